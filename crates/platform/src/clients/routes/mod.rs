//! The pages of household files. Each file parses, asks for a permit, stores, renders.

mod common;
mod household;
mod list;
mod merge;
mod more;
mod one;
mod person;
mod plan;

use axum::routing::{get, post};

pub(super) use common::hold;
pub(super) use list::unkept;

use self::common::{after, communities, community, crumbs, household};
use crate::shell::{Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "clients",
    group: Heading::Services,
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
