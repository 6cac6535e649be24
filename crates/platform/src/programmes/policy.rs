//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Programme;

crate::part! {
    /// The right to write programmes.
    pub Programmes = "programmes" owns Programme
}
