//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::RectificationItem;

crate::part! {
    /// The right to write rectification.
    pub Rectification = "rectification" owns RectificationItem
}
