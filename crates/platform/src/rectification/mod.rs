//! What became of an earlier round's suggestions.
//! Not here: the findings of the round at hand (evaluation).

mod fields;
mod find;
mod model;
mod policy;
mod store;

pub use find::items_of;
pub use model::RectificationStatus;
pub use policy::Rectification;
pub use store::RectificationItem;

use crate::Slice;

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
