//! The text of a report, checked: what its statements say against each other, which of it somebody let stand, and which
//! passage it concerns. Not here: what is found (rules::checks::text).

use kernel::Problem;
use paper::docx;
use paper::model::{Document, Inline};
use rules::checks::text::{Finding, Severity, Text, check, read};

use super::{Composed, Facts, Passage, composed};
use crate::evaluation::{AcceptedError, ReportWording};

/// A composed report with what was found in its text.
pub(super) struct Checked {
    pub(super) composed: Composed,
    pub(super) findings: Vec<Finding>,
    text: Text,
}

impl Checked {
    /// Composes the report of these facts and checks its text.
    ///
    /// # Errors
    /// The report cannot be written.
    pub(super) fn of(facts: &Facts, href: &super::Href<'_>) -> Result<Self, Problem> {
        Self::read(composed(facts, &facts.scheme.scheme, href)?)
    }

    /// Checks the text of a report by the checks that anyone's is read with. They read its DOCX, where a table is a table.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read(composed: Composed) -> Result<Self, Problem> {
        let unreadable =
            |error: String| Problem::new("unreadable_report", error, "请把这份报告的数据交给开发者核查");
        let blocks = composed.document.blocks.iter().take(composed.stated).cloned().collect();
        let stated = Document { blocks, ..composed.document.clone() };
        let bytes = docx::render(&stated).map_err(|error| unreadable(error.to_string()))?;
        let text = read(&bytes, "report.docx").map_err(|error| unreadable(error.to_string()))?;
        let findings = check(&text).findings;
        Ok(Self { composed, findings, text })
    }

    /// The errors that nobody has let stand.
    pub(super) fn open<'f>(&'f self, accepted: &'f [AcceptedError]) -> impl Iterator<Item = &'f Finding> {
        self.errors().filter(|error| !accepted.iter().any(|one| is(one, error)))
    }

    /// The errors.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// Whether something was found in a passage.
    pub(super) fn concerns(&self, finding: &Finding, passage: &Passage) -> bool {
        let own = squeezed(&passage.run.iter().map(Inline::plain).collect::<String>());
        let lines = finding.locations.iter().filter_map(|place| {
            let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
            self.text.lines.get(index)
        });
        let mut texts = lines.map(|line| squeezed(&line.text));
        !own.is_empty() && texts.any(|line| line.contains(&own))
    }

    /// What people want passages to say that the report no longer has.
    pub(super) fn vanished<'f>(&self, facts: &'f Facts) -> impl Iterator<Item = &'f ReportWording> {
        let there = |key: &str| self.composed.passages.iter().any(|passage| passage.key == key);
        facts.wordings.iter().filter(move |one| !there(&one.passage))
    }
}

/// Whether an error is the one that somebody let stand: it says the same.
pub(super) fn is(accepted: &AcceptedError, error: &Finding) -> bool {
    accepted.rule == error.rule && accepted.message == error.message
}

/// Leaves of what somebody let stand only what is still found. A report that cannot be written keeps all of it: it is not
/// written.
pub(super) fn lapse(facts: &mut Facts) {
    if facts.accepted.is_empty() {
        return;
    }
    let Ok(checked) = Checked::of(facts, &|_, _| String::new()) else { return };
    facts.accepted.retain(|one| checked.errors().any(|error| is(one, error)));
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
