//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::Direction;

db::record! {
    /// A call of the hotline.
    pub struct Call("call") in calls {
        /// Who called whom.
        pub direction: Direction [Text],
        /// When.
        pub called_on: NaiveDate [Date],
        /// Whether it was answered.
        pub answered: bool [Bool],
        /// How long.
        pub seconds: i32 [Integer],
        /// With whom: the household, where it has a file.
        pub household_id: Option<Id> [Nullable<Text>],
        /// With whom of them.
        pub person_id: Option<Id> [Nullable<Text>],
    }
}

db::record! {
    /// The ticket of a call.
    pub struct Ticket("ticket") in tickets {
        /// The call.
        pub call_id: Id [Text],
        /// Of the call.
        pub direction: Direction [Text],
        /// The day of the call.
        pub opened_on: NaiveDate [Date],
        /// When it was filled in.
        pub filled_on: Option<NaiveDate> [Nullable<Date>],
        /// Why the call was made.
        pub reason: Option<String> [Nullable<Text>],
        /// What was done.
        pub action: Option<String> [Nullable<Text>],
    }
}
