//! A round of evaluation: its panel, days on site, scores, findings and feedback.
//! Not here: the arithmetic (rules::scoring) and the printed report (reports).

mod fields;
mod find;
mod model;
mod policy;
mod result;
mod store;

pub use find::{
    at_round, feedback_of, findings_of, latest_rounds, panel, past_figures_of, round, rounds_of,
    unknown_round, with_round,
};
pub use model::{FeedbackAnswer, FeedbackStep, FindingKind, PanelRole, RoundKind, Stage};
pub use policy::Evaluation;
pub use result::{inputs, outcome};
pub use store::{ExpertScore, Feedback, Finding, OnSiteDay, PanelMember, PartyScore, PastFigure, Round};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "evaluation",
    label: "评估",
    kinds: fields::KINDS,
    withdraw: Evaluation::withdraw,
    place_of: Evaluation::place_of,
    records: Evaluation::RECORDS,
    sheets: &[],
};
