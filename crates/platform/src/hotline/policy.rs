//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Call, Ticket};

crate::part! {
    /// The right to write hotline.
    pub Hotline = "hotline" owns Call, Ticket
}
