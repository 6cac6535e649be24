//! The sample of a round's satisfaction survey: its seed, the frame, who was drawn, calling them, publishing it all.
//!
//! It stands in this slice and not in `surveys`, which lies above it and knows no rounds: the sample is a round's, and its pages
//! ask what all pages of a round ask, who is kept from it. What came of a call becomes a record of `surveys`.
//! What people answer stands in `answers`. Not here: the order of the draw (`rules::sampling`).

mod answers;
mod calls;
mod correct;
mod desk;
mod desk_page;
mod draw;
mod frame;
mod model;
mod pages;
mod publish;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use answers::{Table as SurveyTable, Wishes, open_wishes, printed_tables as survey_tables};
use model::StrataBy;
pub(super) use publish::published;
pub(super) use store::{Sample, sample_of};

use kernel::Id;
use web::form::Wrong;

use super::rounds::address;
use crate::shell::{Route, Trouble};

pub(super) fn routes() -> Vec<Route> {
    let mut all = routes::routes();
    all.extend(desk::routes());
    all.extend(answers::routes());
    all
}

/// The address of a round's sample.
fn own_address(code: &str) -> String {
    format!("{}/sample", address(code))
}

/// The address of somebody who was drawn.
fn call_address(code: &str, drawn: Id) -> String {
    format!("{}/calls/{drawn}", own_address(code))
}

/// That something cannot be done now: what, in words.
fn refused(field: &str, what: impl Into<String>) -> Trouble {
    vec![Wrong { field: field.to_owned(), what: what.into() }].into()
}
