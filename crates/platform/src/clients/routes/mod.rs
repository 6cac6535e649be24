//! The pages of household files. Each file parses, asks for a permit, stores, renders.

mod household;
mod list;
mod merge;
mod more;
mod one;
mod person;
mod plan;

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use web::form::Wrong;
use web::{Fault, Form, Link, Page, render};

pub(super) use list::unkept;

use super::find;
use super::store::Household;
use crate::access::{Scope, new_id};
use crate::shell::{App, FormPage, Needs, Part, Route, Submitted, Trouble};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "clients",
    label: "家户档案",
    tab: "档案",
    icon: "M5 2.5h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5M7.500 13h5",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("clients.read");

fn routes() -> Vec<Route> {
    let (record, correct, withdraw) =
        (Needs::Verb("clients.record"), Needs::Verb("clients.correct"), Needs::Verb("clients.withdraw"));
    let (unmask, approve, merging) =
        (Needs::Verb("clients.unmask"), Needs::Verb("clients.approve"), Needs::Verb("clients.merge"));
    let mut routes = super::roster::routes();
    routes.extend([
        Route::get("/clients", READ, get(list::show)),
        Route::get("/clients/new", record, get(household::new_form)),
        Route::post("/clients/new", record, post(household::create)),
        Route::get("/clients/{household}", READ, get(one::show)),
        Route::post("/clients/{household}/unmask", unmask, post(one::unmask)),
        Route::get("/clients/{household}/edit", correct, get(household::edit_form)),
        Route::post("/clients/{household}/edit", correct, post(household::edit)),
        Route::get("/clients/{household}/close", correct, get(household::close_form)),
        Route::post("/clients/{household}/close", correct, post(household::close)),
        Route::post("/clients/{household}/withdraw", withdraw, post(household::withdraw)),
        Route::get("/clients/{household}/merge", merging, get(merge::form)),
        Route::post("/clients/{household}/merge", merging, post(merge::merge)),
        Route::get("/clients/{household}/persons/new", record, get(person::new_form)),
        Route::post("/clients/{household}/persons/new", record, post(person::create)),
        Route::get("/clients/{household}/persons/{person}", correct, get(person::edit_form)),
        Route::post("/clients/{household}/persons/{person}", correct, post(person::edit)),
        Route::get("/clients/{household}/persons/{person}/categories", correct, get(person::categories_form)),
        Route::post("/clients/{household}/persons/{person}/categories", correct, post(person::categories)),
        Route::get("/clients/{household}/persons/{person}/plan", record, get(plan::form)),
        Route::post("/clients/{household}/persons/{person}/plan", record, post(plan::write)),
        Route::post("/clients/{household}/persons/{person}/plan/approve", approve, post(plan::approve)),
        Route::get("/clients/{household}/persons/{person}/consent", record, get(more::consent_form)),
        Route::post("/clients/{household}/persons/{person}/consent", record, post(more::consent)),
        Route::get("/clients/{household}/level", record, get(more::level_form)),
        Route::post("/clients/{household}/level", record, post(more::level)),
        Route::get("/clients/{household}/contact", record, get(more::contact_form)),
        Route::post("/clients/{household}/contact", record, post(more::contact)),
        Route::get("/clients/{household}/need", record, get(more::need_form)),
        Route::post("/clients/{household}/need", record, post(more::need)),
        Route::post("/clients/{household}/needs/{need}/met", correct, post(more::met)),
        Route::get("/clients/{household}/risk", record, get(more::risk_form)),
        Route::post("/clients/{household}/risk", record, post(more::risk)),
    ]);
    routes
}

/// A number for a form, so that sending it twice writes once.
pub(super) fn key(tx: &Tx<'_>) -> Result<String, Trouble> {
    Ok(new_id(tx.at())?.to_string())
}

/// The household of an address, where this page's verb holds for it.
fn household(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(i32, Household), Trouble> {
    Ok(find::household(tx, &app.scope(), id)?)
}

/// The way to a household's page.
fn crumbs(household: &Household) -> [Link; 2] {
    [
        Link::new("/clients", "家户档案"),
        Link::new(format!("/clients/{}", household.id), household.file_number.clone()),
    ]
}

/// Where a form leads: on, or to itself with what is wrong.
async fn after<F>(submitted: Submitted, form: &Form, page: F) -> Page
where
    F: Future<Output = Result<FormPage, Fault>>,
{
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => again(page.await?, form, wrong),
    }
}

fn again(page: FormPage, form: &Form, wrong: Vec<Wrong>) -> Page {
    let page = render(&page.again(form, wrong))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The communities to choose from: those of the stations that somebody may write in.
fn communities(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(String, String)>, Trouble> {
    let now = tx.at();
    let mut offered = Vec::new();
    let stations = crate::areas::all_stations(tx, now)?;
    let several = stations.iter().filter(|station| scope.reaches(station.id)).count() > 1;
    for station in stations.iter().filter(|station| scope.reaches(station.id)) {
        for one in crate::areas::communities(tx, station.id, now)? {
            if scope.covers(crate::access::Place::of(&one)) || scope.covers(place_in(&one)) {
                let name = if several { format!("{} {}", station.name, one.name) } else { one.name.clone() };
                offered.push((one.id.to_string(), name));
            }
        }
    }
    Ok(offered)
}

/// Where a record in a community belongs.
fn place_in(community: &crate::areas::Community) -> crate::access::Place {
    crate::access::Place {
        station: community.station_id,
        area: community.area_id,
        community: Some(community.id),
    }
}

/// The community of this id, where somebody may write in it.
fn community(tx: &mut Tx<'_>, scope: &Scope, id: kernel::Id) -> Result<crate::areas::Community, Trouble> {
    let now = tx.at();
    let found = crate::areas::community(tx, id, now)?.filter(|one| scope.covers(place_in(one)));
    found.ok_or_else(|| vec![Wrong { field: "community".into(), what: "选社区".into() }].into())
}
