//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Opinion;

crate::part! {
    /// The right to write opinions.
    pub Opinions = "opinions" owns Opinion
}
