//! What became of an earlier round's suggestions.
//! Not here: the findings of the round at hand (evaluation).

mod begin;
mod board;
mod fields;
mod find;
mod followed;
mod model;
mod pages;
mod policy;
mod routes;
mod steps;
mod store;
mod tasks;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod told;
mod waits;

pub use begin::begun;
pub use find::{items_of, named};
pub use followed::FOLLOWED;
pub use model::RectificationStatus;
pub use policy::Rectification;
pub use routes::PART;
pub use store::RectificationItem;
pub use waits::waits;

use crate::Slice;

/// The verb of those who make items of concerns and verify what became of them.
const VERIFY: &str = "rectification.verify";

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "rectification",
    label: "整改",
    kinds: fields::KINDS,
    withdraw: Rectification::withdraw,
    place_of: Rectification::place_of,
    records: Rectification::RECORDS,
    sheets: &[],
};
