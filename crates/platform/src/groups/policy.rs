//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Group, GroupAttendance, GroupSession};

crate::part! {
    /// The right to write groups.
    pub Groups = "groups" owns Group, GroupSession, GroupAttendance
}
