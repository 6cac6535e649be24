//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::Outcome;

db::record! {
    /// A case, from its intake on.
    pub struct Case("case") in cases {
        /// The person.
        pub person_id: Id [Text],
        /// The household.
        pub household_id: Id [Text],
        /// The number on the case file.
        pub number: String [Text],
        /// The date of the intake.
        pub opened_on: NaiveDate [Date],
        /// Whether it helps one person to apply for a policy, one to one.
        pub one_to_one: bool [Bool],
        /// What the appraisal found.
        pub problem: String [Text],
        /// The case plan.
        pub plan: String [Text],
    }
}

db::record! {
    /// One meeting of a case.
    pub struct CaseSession("case_session") in case_sessions {
        /// The case.
        pub case_id: Id [Text],
        /// When.
        pub held_on: NaiveDate [Date],
        /// How long.
        pub minutes: i32 [Integer],
        /// What happened.
        pub note: String [Text],
    }
}

db::record! {
    /// The closure of a case.
    pub struct CaseClosure("case_closure") in case_closures {
        /// The case.
        pub case_id: Id [Text],
        /// When.
        pub closed_on: NaiveDate [Date],
        /// What came of it.
        pub outcome: Outcome [Text],
        /// The outcome review.
        pub note: String [Text],
    }
}
