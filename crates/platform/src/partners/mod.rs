//! Partner organisations, community charity funds, their drives and income.
//! Not here: aid given out.

mod fields;
mod model;
mod policy;
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
};
