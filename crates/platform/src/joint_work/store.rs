//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

use super::model::JointKind;

db::record! {
    /// What social workers and administrative workers of a community did together on a day.
    pub struct JointWork("joint_work") in joint_works {
        /// When.
        pub done_on: NaiveDate [Date],
        /// Of what kind.
        pub kind: JointKind [Text],
        /// What was done.
        pub what: String [Text],
        /// How many administrative workers took part.
        pub administrative_workers: i32 [Integer],
        /// How many households were visited; 0 where none was.
        pub households_visited: i32 [Integer],
    }
}
