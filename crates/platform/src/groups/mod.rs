//! Groups, their sessions and who attended.
//! Not here: activities open to all.

mod attend;
mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod sheets;
mod store;
#[cfg(test)]
mod tests;

pub use attend::ATTEND;
pub use model::GroupStage;
pub use on_file::on_file;
pub use policy::Groups;
pub use store::{Group, GroupAttendance, GroupSession};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "groups",
    label: "小组",
    kinds: fields::KINDS,
    withdraw: Groups::withdraw,
    place_of: Groups::place_of,
    records: Groups::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "groups",
    Services,
    "小组",
    "小组",
    "M6 8.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM14 8.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM10 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 17c.5-1.500 2-2.500 4-2.500s3.500 1 4 2.500"
);
