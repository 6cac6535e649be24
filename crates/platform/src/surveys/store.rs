//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::ContactOutcome;

db::record! {
    /// A person whom the sample drew.
    pub struct SampledPerson("sampled_person") in sampled_persons {
        /// The person.
        pub person_id: Id [Text],
        /// The round's code.
        pub round: String [Text],
        /// The last attempt.
        pub called_on: NaiveDate [Date],
        /// How many attempts.
        pub attempts: i32 [Integer],
        /// What came of it.
        pub outcome: ContactOutcome [Text],
    }
}

db::record! {
    /// The answers of one person, without the person.
    pub struct SurveyAnswer("survey_answer") in survey_answers {
        /// The round's code.
        pub round: String [Text],
        /// The day.
        pub answered_on: NaiveDate [Date],
        /// Points of its questions, added up.
        pub problem_solved: i32 [Integer],
        /// Points of its questions, added up.
        pub abilities: i32 [Integer],
        /// Points of its questions, added up.
        pub support_network: i32 [Integer],
        /// The three together.
        pub points: i32 [Integer],
        /// How many points there were to give, in the questions that were answered.
        pub points_possible: i32 [Integer],
        /// Whether more care is wished for.
        pub wants_more_care: bool [Bool],
    }
}
