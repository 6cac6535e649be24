//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{BrochureRound, MediaReport, Post, Recognition};

crate::part! {
    /// The right to write publicity.
    pub Publicity = "publicity" owns Post, MediaReport, Recognition, BrochureRound
}
