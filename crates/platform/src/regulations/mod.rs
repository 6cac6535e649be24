//! The station's own rules, with the version in force.
//! Not here: laws and public policies.

mod fields;
mod policy;
mod sheets;
mod store;

pub use policy::Regulations;
pub use store::Regulation;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "regulations",
    label: "管理制度",
    kinds: fields::KINDS,
    withdraw: Regulations::withdraw,
    place_of: Regulations::place_of,
    records: Regulations::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!("regulations", Resources, "管理制度", "制度", "M4 3.500h9l3 3v10H4zM7 9h6M7 12.500h6");
