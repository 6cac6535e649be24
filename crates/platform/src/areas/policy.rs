//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Area, Community, ServicePoint, Station};

crate::part! {
    /// The right to write areas.
    pub Areas = "areas" owns Station, Area, Community, ServicePoint
}
