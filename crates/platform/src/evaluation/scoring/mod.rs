//! Scores before they are the round's: the desk of each expert, the sheets of the other parties, sealing, discussion.
//!
//! What stands on a sheet is read by its owner alone until all experts (for parties: all parties) have sealed; it becomes a
//! record of the round only when scoring ends (`settle`). Until then it is in no list, count, search or export, because
//! nothing but this slice reads these tables.
//! Not here: the arithmetic (`rules::scoring`).

mod again;
mod all_page;
mod cells;
mod desk;
mod desk_page;
mod kept;
mod limits;
pub(super) mod measured;
mod overview;
mod pages;
mod party;
mod seal;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod viewer;

pub(super) use again::{resettle, score_again, sealed_since, unsettled};
pub(super) use cells::{hundredths, typed};
pub(super) use kept::{digest_of, kept};
pub(super) use limits::limits_of;
pub(super) use measured::of_survey;
pub(super) use party::{PartyStanding, parties};
pub(super) use seal::{is_sealed, settle, standing};

use crate::shell::Route;

/// The verb of experts.
const SCORE: &str = "evaluation.score";
/// The verb of the other parties.
const PARTY: &str = "evaluation.party";

pub(super) fn routes() -> Vec<Route> {
    let mut all = desk::routes();
    all.extend(party::routes());
    all.extend(overview::routes());
    all
}
