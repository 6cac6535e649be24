//! What the parties say to the draft: no objection, or objections, each ruled on with what was changed.
//!
//! Answers become records of the round (`Feedback`) when its report is issued (`settle`); until then they are here alone.
//! Not here: how they are printed (reports), and scoring again (scoring).

mod changes;
mod form;
mod kept;
mod model;
mod pages;
mod routes;
mod settle;
mod standing;
mod store;
mod targets;
#[cfg(test)]
mod tests;

pub use changes::{Granted, Touched, granted};
pub(super) use changes::{Unchanged, unchanged};
pub(super) use kept::{AnswerKept, ObjectionKept, answers_kept, objections_kept};
pub(super) use model::About;
pub(super) use routes::{open_objections, routes};
pub(super) use settle::settle;
pub(super) use standing::{owed, unanswered};

/// The verb of a party that answers.
pub(super) const ANSWER: &str = "evaluation.feedback";
