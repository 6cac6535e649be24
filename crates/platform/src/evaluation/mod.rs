//! A round of evaluation: its panel, days on site, scores, findings and feedback.
//! The pages, in the order a round goes: `schemes`, `experts`, `rounds`, `panel`, `self_review`, `on_site`, `sample`, `scoring`,
//! `results`, `findings`, `delivery`, `feedback`.
//! Not here: the arithmetic (rules::scoring) and the printed report (reports).

mod archive;
mod delivery;
mod experts;
mod feedback;
mod fields;
mod find;
mod findings;
mod history;
mod model;
mod on_site;
mod panel;
mod policy;
mod result;
mod results;
mod rounds;
mod sample;
pub(crate) mod schemes;
mod scoring;
mod self_review;
mod store;
#[cfg(test)]
pub(crate) use scoring::testing as scoring_testing;
#[cfg(test)]
pub(crate) mod testing;

pub use archive::{RoundRecord, published_sample, record_wrong, round_record, sample_wrong};
pub use delivery::{may_read, send};
pub use feedback::{Granted, Touched, granted};
pub use find::{
    accepted_of, at_round, feedback_of, findings_of, latest_rounds, over_with_concerns, panel,
    past_figures_of, returning, round, rounds_of, unknown_round, with_round, wordings_of,
};
pub use findings::{Became, FollowedUp, last_writer, plain_text};
pub use history::{Told, wording_history};
pub use model::{FeedbackAnswer, FeedbackStep, FindingKind, PanelRole, RoundKind, Stage};
pub use on_site::{SiteNote, SiteNoteKind, SiteNoteState};
pub use panel::kept_from;
pub use policy::Evaluation;
pub use result::{inputs, outcome};
pub use rounds::{DraftPassage, Drafts, Waits, hold, noted, scheme_file_of, scheme_of, waits};
pub use sample::{SurveyTable, Wishes, open_wishes, survey_tables};
pub use store::{
    AcceptedError, ExpertScore, Feedback, Finding, OnSiteDay, PanelMember, PartyScore, PastFigure,
    ReportWording, Round,
};

use crate::Slice;
use crate::shell::{Heading, Needs, Part, Route};

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
    label: "评估轮次",
    tab: "轮次",
    icon: "M4 4h12M4 8h12M4 12h8M4 16h8M15 11v6M12.500 14h5",
    needs: Needs::Verb(rounds::VERB),
    routes,
};

fn routes() -> Vec<Route> {
    let mut all = rounds::routes();
    all.extend(schemes::routes());
    all.extend(experts::routes());
    all.extend(panel::routes());
    all.extend(self_review::routes());
    all.extend(on_site::routes());
    all.extend(sample::routes());
    all.extend(scoring::routes());
    all.extend(results::routes());
    all.extend(findings::routes());
    all.extend(delivery::routes());
    all.extend(feedback::routes());
    all
}
