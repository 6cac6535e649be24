//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

use super::model::{ActivitySize, ActivityStatus, CountBasis};

db::record! {
    /// A community activity.
    pub struct Activity("activity") in activities {
        /// The code of the programme it belongs to.
        pub programme: Option<String> [Nullable<Text>],
        /// What it was.
        pub name: String [Text],
        /// How the contract sizes it.
        pub size: ActivitySize [Text],
        /// Whether it took place.
        pub status: ActivityStatus [Text],
        /// When.
        pub held_on: NaiveDate [Date],
        /// Where.
        pub place: String [Text],
        /// Head-count, person-times.
        pub attendances: i32 [Integer],
        /// What the head-count rests on.
        pub basis: CountBasis [Text],
        /// What came of it.
        pub summary: String [Text],
    }
}
