//! Rounds on screen: the list, a new one, its stages with what is still missing, its scheme.
//! Not here: who sits on the panel (panel), the scores (scoring) and the result (results).

mod amendments;
mod drafts;
mod guard;
mod new;
mod pages;
mod routes;
mod stages;
mod store;
#[cfg(test)]
pub(in crate::evaluation) mod testing;
#[cfg(test)]
mod tests;
mod waits;

pub use drafts::{DraftPassage, Drafts};
pub(super) use routes::{address, frame, note, routes, seen, someone, title};
pub use routes::{hold, noted};
pub use store::{scheme_file_of, scheme_of};
pub use waits::{Waits, waits};

/// The verb of looking at rounds.
pub(super) const VERB: &str = "evaluation.rounds";
