//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

use super::model::Channel;

db::record! {
    /// What somebody thinks of the station's work, and what was answered.
    pub struct Opinion("opinion") in opinions {
        /// When it was given.
        pub given_on: NaiveDate [Date],
        /// How it reached the station.
        pub channel: Channel [Text],
        /// Whether it is a complaint.
        pub complaint: bool [Bool],
        /// What was said.
        pub content: String [Text],
        /// What was answered; empty as long as nothing was.
        pub answer: String [Text],
        /// When it was answered.
        pub answered_on: Option<NaiveDate> [Nullable<Date>],
    }
}
