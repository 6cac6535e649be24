//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{AidGiven, HomeAdaptation};

crate::part! {
    /// The right to write aid.
    pub Aid = "aid" owns AidGiven, HomeAdaptation
}
