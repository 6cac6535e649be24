//! The page of setting up.

use axum::routing::get;
use db::Tx;
use web::{Fault, Link, Page, Query, Target, render, unkept};

use super::facts::facts;
use super::pages::{SetupPage, StepPart};
use super::steps::{Facts, steps};
use crate::areas::{self, Station};
use crate::shell::{App, Heading, Needs, Part, Route, Trouble};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "setup",
    group: Heading::System,
    label: "开站向导",
    tab: "向导",
    icon: "M4 5l1.500 1.500L8 4M4 10.500L5.500 12 8 9.500M4 16l1.500 1.500L8 15M11 5.500h6M11 11h6M11 16.500h6",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("setup.read");

fn routes() -> Vec<Route> {
    vec![Route::get("/setup", READ, get(show))]
}

async fn show(app: App, query: Query) -> Page {
    let page = app.read(move |tx, app| {
        let stations = reached(tx, app)?;
        let station = chosen(&stations, query.text("station"))?;
        let today = app.site().today;
        let facts = match station {
            Some(station) => facts(tx, station, today)?,
            None => Facts::default(),
        };
        let may = |verb: &str| {
            let scope = app.asker().scope(verb);
            match station {
                Some(station) => scope.reaches(station.id),
                None => scope.is_everything(),
            }
        };
        let link = |one: &Station| {
            let href = Target::new(&["setup"]).with("station", &one.code).href();
            (Link::new(href, one.name.clone()), station.is_some_and(|station| station.id == one.id))
        };
        Ok(SetupPage {
            frame: app.frame("setup", "开站向导", None),
            stations: stations.iter().map(link).collect(),
            parts: steps(&facts).into_iter().map(|step| StepPart::of(step, &may)).collect(),
            station: station.map(|station| station.name.clone()),
        })
    });
    unkept(render(&page.await?))
}

/// The stations that this page's verb reaches.
fn reached(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Station>, Trouble> {
    let (now, scope) = (tx.at(), app.scope());
    let mut all = areas::all_stations(tx, now)?;
    all.retain(|station| scope.reaches(station.id));
    Ok(all)
}

fn chosen<'s>(stations: &'s [Station], code: Option<&str>) -> Result<Option<&'s Station>, Fault> {
    let Some(code) = code else { return Ok(stations.first()) };
    stations.iter().find(|station| station.code == code).map(Some).ok_or_else(|| {
        let what = format!("没有代码为“{}”的社工站", code.chars().take(40).collect::<String>());
        let fault = Fault::not_found("unknown_station", what, "请从“开站向导”里选");
        fault.near([Link::new("/setup", PART.label)])
    })
}
