//! The pages of household files. Each file parses, asks for a permit, stores, renders.

mod amend;
mod common;
mod household;
mod list;
mod member;
mod merge;
mod more;
mod one;
mod person;
mod plan;

use axum::routing::{get, post};

pub(super) use common::hold;
pub(super) use list::unkept;

use self::common::{after, communities, community, crumbs, hold_visits, household, withdrawing};
use super::store::{Contact, Need, RiskAssessment};
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

const REVIEW: &str = "/clients/{household}/persons/{person}/plans/{plan}/review";
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
        Route::get(REVIEW, correct, get(plan::review_form)),
        Route::post(REVIEW, correct, post(plan::review)),
        Route::get("/clients/{household}/persons/{person}/consent", record, get(more::consent_form)),
        Route::post("/clients/{household}/persons/{person}/consent", record, post(more::consent)),
        Route::get("/clients/{household}/persons/{person}/close", correct, get(member::close_form)),
        Route::post("/clients/{household}/persons/{person}/close", correct, post(member::close)),
        Route::get("/clients/{household}/persons/{person}/move", correct, get(member::move_form)),
        Route::post("/clients/{household}/persons/{person}/move", correct, post(member::go)),
        Route::get("/clients/{household}/persons/{person}/withdraw", withdraw, get(member::withdraw_form)),
        Route::post("/clients/{household}/persons/{person}/withdraw", withdraw, post(member::withdraw)),
        Route::get("/clients/{household}/level", record, get(more::level_form)),
        Route::post("/clients/{household}/level", record, post(more::level)),
        Route::get("/clients/{household}/contact", record, get(more::contact_form)),
        Route::post("/clients/{household}/contact", record, post(more::contact)),
        Route::get("/clients/{household}/need", record, get(more::need_form)),
        Route::post("/clients/{household}/need", record, post(more::need)),
        Route::post("/clients/{household}/needs/{need}/met", correct, post(more::met)),
        Route::get("/clients/{household}/risk", record, get(more::risk_form)),
        Route::post("/clients/{household}/risk", record, post(more::risk)),
        Route::get("/clients/{household}/consents/{consent}/revoke", correct, get(amend::revoke_form)),
        Route::post("/clients/{household}/consents/{consent}/revoke", correct, post(amend::revoke)),
    ]);
    routes.extend(small::<Contact>("/clients/{household}/contacts/{contact}", WITHDRAW[0]));
    routes.extend(small::<Need>("/clients/{household}/needs/{need}", WITHDRAW[1]));
    routes.extend(small::<RiskAssessment>("/clients/{household}/risks/{risk}", WITHDRAW[2]));
    routes
}

const WITHDRAW: [&str; 3] = [
    "/clients/{household}/contacts/{contact}/withdraw",
    "/clients/{household}/needs/{need}/withdraw",
    "/clients/{household}/risks/{risk}/withdraw",
];

/// Correcting and withdrawing a kind of small record.
fn small<R: amend::Small>(one: &'static str, gone: &'static str) -> [Route; 4] {
    let (correct, withdraw) = (Needs::Verb("clients.correct"), Needs::Verb("clients.withdraw"));
    [
        Route::get(one, correct, get(amend::edit_form::<R>)),
        Route::post(one, correct, post(amend::edit::<R>)),
        Route::get(gone, withdraw, get(amend::withdraw_form::<R>)),
        Route::post(gone, withdraw, post(amend::withdraw::<R>)),
    ]
}
