//! What the parties say to the draft: no objection, or objections, each ruled on with what was changed.
//!
//! Answers become records of the round (`Feedback`) when its report is issued (`settle`); until then they are here alone.
//! Not here: how they are printed (reports), and scoring again (scoring).

mod model;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::{open_objections, owed, routes, settle, unanswered};
pub(super) use store::{AnswerKept, ObjectionKept, answers_kept, objections_kept};

/// The verb of a party that answers.
pub(super) const ANSWER: &str = "evaluation.feedback";
