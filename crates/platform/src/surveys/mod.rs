//! The satisfaction survey: whom it drew, who was reached, and the answers, kept apart from identities.
//! Not here: drawing the sample, and asking (`evaluation/sample`).

mod fields;
mod find;
mod model;
mod policy;
mod store;

pub use find::sampled;
pub use model::ContactOutcome;
pub use policy::Surveys;
pub use store::{SampledPerson, SurveyAnswer};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "surveys",
    label: "满意度调查",
    kinds: fields::KINDS,
    withdraw: Surveys::withdraw,
    place_of: Surveys::place_of,
    records: Surveys::RECORDS,
    sheets: &[],
};
