//! What a station answers to each item of a round's scheme: in words, with evidence, with its own score.
//! Not here: the measured figures (scoring) and the scheme (schemes).

mod pages;
mod report;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;
pub(super) use store::{Answer, answer, answered};

/// The verb of a station that answers.
const ANSWER: &str = "evaluation.answer";
