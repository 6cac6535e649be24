//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Escalation, FollowUp, HospitalStay, MajorEvent, Visit, VisitAttempt, WeatherWarning};

crate::part! {
    /// The right to write visits.
    pub Visits = "visits" owns Visit, VisitAttempt, FollowUp, MajorEvent, HospitalStay, WeatherWarning, Escalation
}
