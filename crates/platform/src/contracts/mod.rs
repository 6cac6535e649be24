//! What was agreed: parties, period, funding, staff, and the categories of people to be served.
//! Not here: the indicator targets (indicators) and how far they are met.

mod fields;
mod find;
mod policy;
mod sheets;
mod store;

pub use find::{contract, contracts_of, count_categories, in_force};
pub use policy::Contracts;
pub use store::{Contract, ContractCategory};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "contracts",
    label: "服务协议",
    kinds: fields::KINDS,
    withdraw: Contracts::withdraw,
    place_of: Contracts::place_of,
    records: Contracts::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "contracts",
    Agreement,
    "服务协议",
    "协议",
    "M5 2.5h10v15H5zM8 6.500h4M8 10h4M8 13.500h2"
);
