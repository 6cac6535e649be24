//! Community activities, large, small and regular, with their head-count and its basis.
//! Not here: groups with fixed members, and fund drives.

mod fields;
mod model;
mod policy;
mod sheets;
mod store;

pub use model::{ActivitySize, ActivityStatus, CountBasis};
pub use policy::Activities;
pub use store::Activity;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "activities",
    label: "社区活动",
    kinds: fields::KINDS,
    withdraw: Activities::withdraw,
    place_of: Activities::place_of,
    records: Activities::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "activities",
    Services,
    "社区活动",
    "活动",
    "M4 5h12v11.500H4zM4 8.500h12M7 3v3.500M13 3v3.500"
);
