//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{SampledPerson, SurveyAnswer};

crate::part! {
    /// The right to write surveys.
    pub Surveys = "surveys" owns SampledPerson, SurveyAnswer
}
