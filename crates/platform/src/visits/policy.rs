//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Visit;

crate::part! {
    /// The right to write visits.
    pub Visits = "visits" owns Visit
}
