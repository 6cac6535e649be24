//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::VisitKind;

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
    }
}
