//! Opinions and complaints about the station's work, and what was answered.
//! Not here: the satisfaction survey, and what evaluators find.

mod fields;
mod model;
mod policy;
mod sheets;
mod store;

pub use model::Channel;
pub use policy::Opinions;
pub use store::Opinion;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "opinions",
    label: "意见收集",
    kinds: fields::KINDS,
    withdraw: Opinions::withdraw,
    place_of: Opinions::place_of,
    records: Opinions::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "opinions",
    Services,
    "意见收集",
    "意见",
    "M3.500 4.500h13v9H9l-4 3v-3H3.500zM7 8h6M7 10.500h4"
);
