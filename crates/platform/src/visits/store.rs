//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::{AlarmKind, EventKind, FollowState, Standing, Unmet, VisitKind, VisitPlace, WeatherKind};
use crate::clients::RiskLevel;

db::record! {
    /// A home or phone visit.
    pub struct Visit("visit") in visits {
        /// The household.
        pub household_id: Id [Text],
        /// The person who was met or spoken to.
        pub person_id: Id [Text],
        /// How it was made.
        pub kind: VisitKind [Text],
        /// When.
        pub visited_on: NaiveDate [Date],
        /// How long.
        pub minutes: i32 [Integer],
        /// How the body is.
        pub physical: String [Text],
        /// How the mind is.
        pub psychological: String [Text],
        /// Who is around.
        pub social: String [Text],
        /// What was promised.
        pub follow_up: Option<String> [Nullable<Text>],
        /// Whether nothing but greetings was exchanged.
        pub greeting_only: bool [Bool],
        /// When it began: 14:05.
        pub started_at: Option<String> [Nullable<Text>],
        /// Where.
        pub place: Option<VisitPlace> [Nullable<Text>],
        /// The names of everybody met.
        pub met: Option<String> [Nullable<Text>],
        /// How the body stands.
        pub physical_state: Option<Standing> [Nullable<Text>],
        /// How the mind stands.
        pub psychological_state: Option<Standing> [Nullable<Text>],
        /// How company stands.
        pub social_state: Option<Standing> [Nullable<Text>],
        /// What was looked at and asked about.
        pub seen: Option<String> [Nullable<Text>],
        /// Resources and policies that were explained.
        pub explained: Option<String> [Nullable<Text>],
        /// How high the risk is.
        pub risk: Option<RiskLevel> [Nullable<Text>],
        /// Of what.
        pub risk_kinds: Option<String> [Nullable<Text>],
        /// The common work it was part of, where administrative workers came along.
        pub joint_work_id: Option<Id> [Nullable<Text>],
    }
}

db::record! {
    /// A visit or a call at which nobody was met: no contact, and nothing that a rule counts.
    pub struct VisitAttempt("visit_attempt") in visit_attempts {
        /// The household.
        pub household_id: Id [Text],
        /// How it was tried.
        pub kind: VisitKind [Text],
        /// When.
        pub tried_on: NaiveDate [Date],
        /// At what time: 14:05.
        pub started_at: Option<String> [Nullable<Text>],
        /// Why nobody was met.
        pub unmet: Unmet [Text],
        /// What else there is to say.
        pub note: Option<String> [Nullable<Text>],
    }
}

db::record! {
    /// Something promised, with the day by which.
    pub struct FollowUp("follow_up") in follow_ups {
        /// The household.
        pub household_id: Id [Text],
        /// To whom.
        pub person_id: Id [Text],
        /// The visit it was promised at.
        pub visit_id: Option<Id> [Nullable<Text>],
        /// What.
        pub what: String [Text],
        /// By which day.
        pub due_on: NaiveDate [Date],
        /// What became of it.
        pub state: FollowState [Text],
        /// When it was done or given up.
        pub settled_on: Option<NaiveDate> [Nullable<Date>],
        /// What came of it.
        pub outcome: Option<String> [Nullable<Text>],
    }
}

db::record! {
    /// Something grave that happened to a household.
    pub struct MajorEvent("major_event") in major_events {
        /// The household.
        pub household_id: Id [Text],
        /// To whom.
        pub person_id: Id [Text],
        /// Of what kind.
        pub kind: EventKind [Text],
        /// What.
        pub what: String [Text],
        /// When it happened.
        pub happened_on: NaiveDate [Date],
        /// When the station learned of it.
        pub known_on: NaiveDate [Date],
    }
}

db::record! {
    /// A stay in hospital.
    pub struct HospitalStay("hospital_stay") in hospital_stays {
        /// The household.
        pub household_id: Id [Text],
        /// Who.
        pub person_id: Id [Text],
        /// Where.
        pub hospital: String [Text],
        /// Why.
        pub cause: String [Text],
        /// The first day.
        pub admitted_on: NaiveDate [Date],
        /// The day of discharge; none while it lasts.
        pub discharged_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// A warning of bad weather for the whole station.
    pub struct WeatherWarning("weather_warning") in weather_warnings {
        /// Of what.
        pub kind: WeatherKind [Text],
        /// In words: 寒冷橙色预警.
        pub what: String [Text],
        /// When it was given.
        pub issued_on: NaiveDate [Date],
        /// When it was lifted; none while it holds.
        pub lifted_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// Something raised at once: who was told, to whom it was reported, what was done within a day.
    pub struct Escalation("escalation") in escalations {
        /// The household.
        pub household_id: Id [Text],
        /// About whom.
        pub person_id: Id [Text],
        /// The visit at which it was found.
        pub visit_id: Option<Id> [Nullable<Text>],
        /// Why.
        pub kind: AlarmKind [Text],
        /// What was found.
        pub what: String [Text],
        /// When.
        pub raised_on: NaiveDate [Date],
        /// Who in the station was told.
        pub told: String [Text],
        /// The authority it was reported to.
        pub reported_to: Option<String> [Nullable<Text>],
        /// When it was dealt with.
        pub handled_on: Option<NaiveDate> [Nullable<Date>],
        /// How.
        pub handled: Option<String> [Nullable<Text>],
    }
}
