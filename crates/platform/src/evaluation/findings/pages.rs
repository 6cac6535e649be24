//! What the pages of findings show.

use askama::Template;
use web::form::{KEY, TOKEN};

use super::before::Earlier;
use super::store::Draft;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{Finding, FindingKind, Round};
use crate::shell::Frame;

/// What an expert noted.
pub(super) struct Note {
    id: String,
    item: String,
    kind: &'static str,
    words: String,
    suggestion: String,
    evidence: String,
    taken: bool,
}

impl Note {
    pub(super) fn of(draft: Draft, item: String) -> Self {
        Self {
            id: draft.id.to_string(),
            item,
            kind: draft.kind.label(),
            words: draft.words,
            suggestion: draft.suggestion,
            evidence: draft.evidence,
            taken: draft.taken_as.is_some(),
        }
    }
}

/// A finding of the panel.
pub(super) struct FindingLine {
    id: String,
    kind: &'static str,
    concern: bool,
    section: String,
    area: String,
    text: String,
    suggestion: String,
    evidence: String,
    /// Who should put it right, and by when.
    proposed: String,
    /// Whether it was a concern of the round before already.
    returns: bool,
    /// Concerns of the round before that this says again, with what became of them.
    earlier: Vec<Earlier>,
}

impl FindingLine {
    pub(super) fn of(finding: &Finding, section: String, earlier: Vec<Earlier>) -> Self {
        Self {
            id: finding.id.to_string(),
            kind: finding.kind.label(),
            concern: finding.kind == FindingKind::Concern,
            section,
            area: finding.area_code.clone().unwrap_or_default(),
            text: finding.text.clone(),
            suggestion: finding.suggestion.clone().unwrap_or_default(),
            evidence: finding.evidence.clone(),
            proposed: proposed(finding),
            returns: finding.returns.is_some(),
            earlier,
        }
    }
}

/// `服务质量 · 东片区`: the section, and the area where there is one.
pub(super) fn place(section: &str, area: Option<&str>) -> String {
    area.map_or_else(|| section.to_owned(), |area| format!("{section} · {area}"))
}

/// `社工站，2025-06-30 以前`, or as much of it as is said.
fn proposed(finding: &Finding) -> String {
    let due = finding.due_on.map(|day| format!("{day} 以前"));
    finding.owner.clone().into_iter().chain(due).collect::<Vec<_>>().join("，")
}

/// The findings of a round.
#[derive(Template)]
#[template(path = "evaluation/templates/findings.html")]
pub(super) struct ListPage {
    frame: Frame,
    title: String,
    address: String,
    notes: Vec<Note>,
    lines: Vec<FindingLine>,
    /// Concerns of the round before that no finding says again.
    unsaid: Vec<Earlier>,
    writes: bool,
    all: bool,
    key: String,
}

impl ListPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        notes: Vec<Note>,
        (lines, unsaid): (Vec<FindingLine>, Vec<Earlier>),
        (writes, all): (bool, bool),
        key: String,
    ) -> Self {
        let (title, address) = (title(round), address(&round.code));
        Self { title, address, frame, notes, lines, unsaid, writes, all, key }
    }
}
