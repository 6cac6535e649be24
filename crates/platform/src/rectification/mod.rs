//! What became of an earlier round's suggestions.
//! Not here: the findings of the round at hand (evaluation).

mod fields;
mod find;
mod model;
mod pages;
mod policy;
mod routes;
mod store;
mod tasks;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use find::items_of;
pub use model::RectificationStatus;
pub use policy::Rectification;
pub use routes::PART;
pub use store::RectificationItem;

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
