//! Partner organisations, community charity funds, their drives and income.
//! Not here: aid given out.

mod fields;
mod model;
mod policy;
mod sheets;
mod store;

pub use model::Tier;
pub use policy::Partners;
pub use store::{CommunityFund, FundDrive, FundIncome, Partner};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "partners",
    label: "公益合伙人与社区基金",
    kinds: fields::KINDS,
    withdraw: Partners::withdraw,
    place_of: Partners::place_of,
    records: Partners::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "partners",
    Resources,
    "慈善资源",
    "慈善",
    "M10 16.500S3 12.500 3 7.500a3.500 3.500 0 0 1 7-1 3.500 3.500 0 0 1 7 1c0 5-7 9-7 9z"
);
