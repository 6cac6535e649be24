//! What people answer: the questionnaire at the calling desk, answers apart from who gave them, closing, what they come to.
//!
//! While the survey is open the answers of a round stand in one sealed value without a person; closing turns them into records
//! in another order under other ids and wipes the pages. Why no way leads back: `docs/decisions/0014-answers.md`.
//! Not here: what a questionnaire may say and what answers come to (`rules::survey`), and who is called.

mod ask;
mod close;
pub(super) mod kept;
mod result_page;
mod results;
pub(super) mod store;
mod tables;
#[cfg(test)]
mod tests;
mod wishes;

pub use results::printed_tables;
pub use tables::Table;
pub use wishes::{Wishes, open_wishes};

use db::DbResult;
use rules::survey::Questionnaire;

use super::store::Sample;
use crate::library::Library;
use crate::shell::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut all = ask::routes();
    all.extend(close::routes());
    all.extend(results::routes());
    all.extend(wishes::routes());
    all
}

/// The questionnaire of a sample: word for word as it was when the frame was frozen.
fn questionnaire(library: &Library, sample: &Sample) -> DbResult<Questionnaire> {
    match &sample.questionnaire {
        Some(text) => Questionnaire::parse("questionnaire", text)
            .map_err(|mut problems| db::DbError::Problem(problems.remove(0))),
        None => Ok(library.questionnaires[0].questionnaire.clone()),
    }
}
