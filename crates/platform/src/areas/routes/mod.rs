//! The pages of areas. Each file parses, asks for a permit, stores, renders.

mod edit;
mod import;
mod list;
mod station;

use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use db::Tx;
use web::{Fault, Link};

use super::find;
use super::forms::All;
use super::store::Station;
use crate::shell::{App, Field, FormPage, Group, Heading, Needs, Part, Route, Trouble, form_key};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "areas",
    group: Heading::System,
    label: "片区与社区",
    tab: "片区",
    icon: "M3 6l5-2 4 2 5-2v10l-5 2-4-2-5 2zM8 4v10M12 6v10",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("areas.read");

fn routes() -> Vec<Route> {
    let (record, correct, withdraw) =
        (Needs::Verb("areas.record"), Needs::Verb("areas.correct"), Needs::Verb("areas.withdraw"));
    let stations = Needs::Verb("areas.stations");
    // The upload counts what it reads itself, so that it can say what is too large.
    let preview: MethodRouter<App> = post(import::preview).layer(DefaultBodyLimit::disable());
    vec![
        Route::get("/areas", READ, get(list::show)),
        Route::get("/areas/new", stations, get(station::form)),
        Route::post("/areas/new", stations, post(station::create)),
        Route::get("/areas/{station}/edit", stations, get(station::edit_form)),
        Route::post("/areas/{station}/edit", stations, post(station::edit)),
        Route::get("/areas/{station}/withdraw", stations, get(station::withdraw_form)),
        Route::post("/areas/{station}/withdraw", stations, post(station::withdraw)),
        Route::get("/areas/{station}/new/{kind}", record, get(edit::new_form)),
        Route::post("/areas/{station}/new/{kind}", record, post(edit::create)),
        Route::get("/areas/{station}/import", record, get(import::form)),
        Route::ask("/areas/{station}/import", record, preview),
        Route::post("/areas/{station}/import/apply", record, post(import::apply)),
        Route::get("/areas/{station}/{kind}/{id}", correct, get(edit::edit_form)),
        // What lies in a community goes along with it, in one transaction.
        Route::post("/areas/{station}/{kind}/{id}", correct, post(edit::edit)).slow(),
        Route::get("/areas/{station}/{kind}/{id}/withdraw", withdraw, get(edit::withdraw_form)),
        Route::post("/areas/{station}/{kind}/{id}/withdraw", withdraw, post(edit::withdraw)),
    ]
}

/// The station of a code, where this page's verb reaches it; one that it does not reach is not there.
fn station(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Station, Trouble> {
    let (now, scope) = (tx.at(), app.scope());
    let mut all = find::all_stations(tx, now)?.into_iter();
    all.find(|one| one.code == code && scope.reaches(one.id)).ok_or_else(|| {
        let what = format!("没有代码为“{}”的社工站", code.chars().take(40).collect::<String>());
        let fault = Fault::not_found("unknown_station", what, "请从“片区与社区”里选");
        fault.near([Link::new("/areas", PART.label)]).into()
    })
}

/// All that a station has.
fn all_of(tx: &mut Tx<'_>, station: &Station) -> Result<All, Trouble> {
    let now = tx.at();
    Ok(All {
        areas: find::areas(tx, station.id, now)?,
        communities: find::communities(tx, station.id, now)?,
        points: find::service_points(tx, station.id, now)?,
    })
}

/// The form that withdraws something: an example of a reason, and what it means.
fn withdrawing(
    app: &App,
    title: &str,
    action: String,
    (example, intro): (&'static str, &str),
) -> Result<FormPage, Trouble> {
    let reason = Field::text("reason", "作废的理由").hint(example);
    let frame = app.frame("areas", title, None);
    let page = FormPage::new(frame, action, form_key()?, vec![Group::new("", [reason])]);
    let page = page.from([Link::new("/areas", PART.label)]);
    Ok(FormPage { intro: intro.to_owned(), submit: "作废", ..page })
}
