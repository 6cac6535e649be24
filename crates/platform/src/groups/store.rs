//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::GroupStage;

db::record! {
    /// A group.
    pub struct Group("group") in groups {
        /// The programme it belongs to.
        pub programme_id: Option<Id> [Nullable<Text>],
        /// What it is called.
        pub name: String [Text],
        /// The day of its first session.
        pub started_on: NaiveDate [Date],
        /// What it is for.
        pub aim: String [Text],
    }
}

db::record! {
    /// One meeting of a group.
    pub struct GroupSession("group_session") in group_sessions {
        /// The group.
        pub group_id: Id [Text],
        /// When.
        pub held_on: NaiveDate [Date],
        /// Which session.
        pub number: i32 [Integer],
        /// The stage of the group.
        pub stage: GroupStage [Text],
        /// What happened.
        pub note: String [Text],
    }
}

db::record! {
    /// One person at one session.
    pub struct GroupAttendance("group_attendance") in group_attendances {
        /// The session.
        pub session_id: Id [Text],
        /// Who attended.
        pub person_id: Id [Text],
        /// When.
        pub held_on: NaiveDate [Date],
    }
}
