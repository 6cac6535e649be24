//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Fen;
use kernel::Id;

use super::model::{AdaptationKind, AidKind};

db::record! {
    /// Aid passed on to people on one day.
    pub struct AidGiven("aid") in aids {
        /// The code of the programme it belongs to.
        pub programme: Option<String> [Nullable<Text>],
        /// When.
        pub given_on: NaiveDate [Date],
        /// What kind.
        pub kind: AidKind [Text],
        /// What.
        pub what: String [Text],
        /// To how many, person-times.
        pub attendances: i32 [Integer],
        /// Worth how much.
        pub value: Fen [BigInt],
    }
}

db::record! {
    /// A home or building found in need of adaptation, and what became of it.
    pub struct HomeAdaptation("home_adaptation") in home_adaptations {
        /// The household, for a home.
        pub household_id: Option<Id> [Nullable<Text>],
        /// What is adapted.
        pub kind: AdaptationKind [Text],
        /// When the need was found.
        pub found_on: NaiveDate [Date],
        /// When it was done.
        pub done_on: Option<NaiveDate> [Nullable<Date>],
        /// What is needed.
        pub need: String [Text],
        /// Buildings adapted.
        pub buildings: i32 [Integer],
        /// Elders who benefit.
        pub elders: i32 [Integer],
    }
}
