//! What one may do here: record, correct and withdraw, each by a permit.

use super::on_site::SiteNote;
use super::store::{
    AcceptedError, ExpertScore, Feedback, Finding, OnSiteDay, PanelMember, PartyScore, PastFigure,
    ReportWording, Round,
};

crate::part! {
    /// The right to write evaluation.
    pub Evaluation = "evaluation" owns Round, PanelMember, OnSiteDay, ExpertScore, PartyScore, Finding, Feedback, PastFigure, ReportWording, AcceptedError, SiteNote
}
