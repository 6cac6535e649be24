//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Activity;

crate::part! {
    /// The right to write activities.
    pub Activities = "activities" owns Activity
}
