//! The board of indicators. Parses, counts, renders; nothing else.

use axum::Extension;
use axum::routing::get;
use db::{DbResult, Tx};
use rules::counting::{Figure, Row};
use web::{Page, Query, render};

use super::board::board;
use super::pages::{BoardPage, Files, Given, STAFF};
use crate::areas;
use crate::figures::{self, Asked, Later, Names, Stand};
use crate::shell::{App, Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "indicators",
    group: Heading::Agreement,
    label: "指标进度",
    tab: "指标",
    icon: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("indicators.read");

/// What the table of files shows in its columns, after the shares.
const FILES: [&str; 5] =
    ["registry.files_due", "registry.files", "registry.persons", "home_visits", "phone_visits"];

fn routes() -> Vec<Route> {
    let board = Route::get("/indicators", READ, get(show));
    std::iter::once(board).chain(super::targets::routes()).collect()
}

async fn show(app: App, Extension(later): Extension<Later>, query: Query) -> Page {
    let asked = Asked::parse(&query, app.site().today)?;
    let page = app.read(move |tx, app| {
        let stand = asked.stand(tx, app, later)?;
        let (station, at) = (stand.at.station, &stand.at);
        let board = board(tx, &app.site().library.catalogue, station, stand.cut_off(), at.known_at)?;
        let given = Given {
            files: files(tx, &stand)?,
            households: figures::value(tx, &stand.rules, "registry.households", at)?,
            staff: staff(tx, &stand)?,
            areas: areas::areas(tx, station, at.known_at)?,
            communities: areas::communities(tx, station, at.known_at)?,
        };
        let frame = app.frame("indicators", "指标进度", Some(stand.standing()));
        Ok(BoardPage::of(frame, &stand, &board, &given))
    });
    render(&page.await?)
}

/// The records of the table of files: one list for each column, whatever the number of areas.
fn files(tx: &mut Tx<'_>, stand: &Stand) -> DbResult<Vec<Files>> {
    let names = Names::load(tx, stand.at.station, stand.at.known_at)?;
    let mut columns = Vec::new();
    for code in FILES {
        let Some(Figure::Counted(rule)) = stand.rules.get(code) else {
            columns.push(Files { code, counted: None });
            continue;
        };
        let listed = figures::list(tx, rule, &stand.at, &names)?;
        let rows: Vec<Row> = listed.into_iter().map(|listed| listed.row).collect();
        columns.push(Files { code, counted: Some((rule.clone(), rows)) });
    }
    Ok(columns)
}

fn staff(tx: &mut Tx<'_>, stand: &Stand) -> DbResult<figures::Values> {
    let mut values = figures::Values::new();
    for code in STAFF {
        values.insert(code.to_owned(), figures::value(tx, &stand.rules, code, &stand.at)?);
    }
    Ok(values)
}
