//! Groups, their sessions and who attended.
//! Not here: activities open to all.

mod fields;
mod model;
mod on_file;
mod policy;
mod store;

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
};
