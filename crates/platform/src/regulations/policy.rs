//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Regulation;

crate::part! {
    /// The right to write regulations.
    pub Regulations = "regulations" owns Regulation
}
