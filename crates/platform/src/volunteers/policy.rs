//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Backbone, Volunteer, VolunteerService, VolunteerTeam};

crate::part! {
    /// The right to write volunteers.
    pub Volunteers = "volunteers" owns Volunteer, VolunteerTeam, Backbone, VolunteerService
}
