//! A round of evaluation: its panel, days on site, scores, findings and feedback.
//! The schemes on screen are in `schemes`.
//! Not here: the arithmetic (rules::scoring) and the printed report (reports).

mod fields;
mod find;
mod model;
mod policy;
mod result;
pub(crate) mod schemes;
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
use crate::shell::{Heading, Needs, Part};

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

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "evaluation",
    group: Heading::Evaluation,
    label: "评估指标体系",
    tab: "体系",
    icon: "M4 4h12M4 8h12M4 12h8M4 16h8M15 11v6M12.500 14h5",
    needs: Needs::Verb("evaluation.schemes"),
    routes: schemes::routes,
};
