//! The ledger of what social workers and administrative workers did together, by community.
//! Not here: visits, each of which is a record of its own.

mod fields;
mod model;
mod policy;
mod sheets;
mod store;
mod together;

pub use model::JointKind;
pub use policy::JointWorks;
pub use store::JointWork;
pub use together::visited;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "joint_work",
    label: "双工联动",
    kinds: fields::KINDS,
    withdraw: JointWorks::withdraw,
    place_of: JointWorks::place_of,
    records: JointWorks::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "joint_work",
    Services,
    "双工联动",
    "双工",
    "M7 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM13 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 16c.5-3 2-4 4-4s3.500 1 4 4M12 12.200c2-.7 4.200.6 5 3.800"
);
