//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::JointWork;

crate::part! {
    /// The right to write joint work.
    pub JointWorks = "joint_work" owns JointWork
}
