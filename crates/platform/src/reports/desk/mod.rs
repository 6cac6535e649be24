//! The desk of a round's report: its passages worded otherwise, the errors of its text let stand with a reason, and what was
//! changed between its versions.
//!
//! Figures stay what they are: a passage names them, and nobody types one. Not here: findings, which are written in the
//! evaluation, and how the report is composed.

mod accept;
mod changes;
mod drafts;
mod edit;
mod list;
mod opened;
mod pages;
#[cfg(test)]
mod tests;

use axum::routing::{get, post};

pub(crate) use drafts::DRAFTS;
pub(super) use opened::writer;

use crate::access::Part as _;
use crate::evaluation::Evaluation;
use crate::shell::{Needs, Route};

pub(super) fn routes() -> Vec<Route> {
    const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);
    const TAKES_BACK: Needs = Needs::Verb(Evaluation::WITHDRAW);
    vec![
        Route::get("/reports/{round}/wording", KEEPS, get(list::show)),
        Route::get("/reports/{round}/wording/{passage}", KEEPS, get(edit::show)),
        Route::post("/reports/{round}/wording/{passage}", KEEPS, post(edit::save)),
        Route::ask("/reports/{round}/wording/{passage}/preview", KEEPS, post(edit::preview)),
        Route::post("/reports/{round}/wording/{passage}/withdraw", TAKES_BACK, post(edit::withdraw)),
        Route::post("/reports/{round}/accepted", KEEPS, post(accept::accept)),
        Route::post("/reports/{round}/accepted/{accepted}/withdraw", TAKES_BACK, post(accept::withdraw)),
        Route::get("/reports/{round}/changes", super::routes::READ, get(changes::show)),
        Route::post("/reports/{round}/changes", KEEPS, post(changes::keep)),
    ]
}
