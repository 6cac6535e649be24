//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Household, LevelPeriod, Person, PersonCategory, PersonalPlan, RosterEntry};

crate::part! {
    /// The right to write clients.
    pub Clients = "clients" owns Household, Person, PersonCategory, LevelPeriod, PersonalPlan, RosterEntry
}
