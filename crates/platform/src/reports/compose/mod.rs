//! The report as a document: the published report's sections, in words of our own, every number out of the facts.
//!
//! A function of facts, scheme and addresses: no database, no clock. The wording between figures comes from
//! findings and from the templates of the parts; a figure is never typed. Not here: pages and files (the crate
//! paper), and the list of figures beside the report (the manifest).

mod annexes;
mod areas;
mod background;
mod basics;
mod closing;
mod cover;
mod desk;
mod feedback;
mod numbers;
mod parties;
mod printed;
mod progress;
mod result;
mod seal;
mod sections;
mod survey;
#[cfg(test)]
mod tests;
mod way;
mod whole;
mod words;

use kernel::{Id, Problem};
use paper::model::{Document, Inline};
use rules::scoring::Scheme;

use super::Facts;
use desk::Desk;

pub use annexes::SCORES_NOTE;
pub(super) use numbers::{MISSING, score};
pub use printed::{Printed, figures_in};
pub use seal::sealed;
pub use words::{Token, fill, names_in, tokens, wrong};

/// The address of a figure's records: from its code and the code of an area or community, for example
/// `records.html#home_visits@xiaogang` beside a report.
pub type Href<'h> = dyn Fn(&str, Option<&str>) -> String + 'h;

/// What the key of a finding begins with, before its code.
pub(super) const OF_FINDING: &str = "finding.";

/// A passage that people may word otherwise: a sentence of the report's own, or a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its key, the same in every report: `background.lead`; of a finding its code.
    pub key: String,
    /// The report's own words, with tokens.
    pub template: String,
    /// The words in use, with tokens.
    pub words: String,
    /// The same with figures filled in.
    pub run: Vec<Inline>,
    /// In which block of the document it stands.
    pub block: usize,
    /// The finding, where it is one.
    pub finding: Option<Id>,
}

/// A report with what it was made of.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The report.
    pub document: Document,
    /// Its passages that people may word otherwise, in reading order.
    pub passages: Vec<Passage>,
    /// So many blocks are the report without its annexes.
    pub body: usize,
    /// So many blocks speak for themselves; the annexes behind them quote what is wrong and what was said before.
    pub stated: usize,
}

/// The report of a round.
///
/// # Errors
/// As [`composed`].
pub fn compose(facts: &Facts, scheme: &Scheme, href: &Href<'_>) -> Result<Document, Problem> {
    Ok(composed(facts, scheme, href)?.document)
}

/// The same with its passages.
///
/// # Errors
/// A finding's wording names a figure or place that there is not (`unknown_token`) or cannot be read; a finding belongs to
/// no part of the report (`misplaced`), so that nothing is left out silently.
pub fn composed(facts: &Facts, scheme: &Scheme, href: &Href<'_>) -> Result<Composed, Problem> {
    let desk = Desk::of(facts, scheme, href);
    whole::checked(&desk)?;
    let mut document = cover::document(&desk);
    background::preface(&mut document, &desk)?;
    background::background(&mut document, &desk)?;
    summary(&mut document, &desk)?;
    feedback::feedback(&mut document, &desk)?;
    result::result(&mut document, &desk)?;
    closing::closing(&mut document, &desk)?;
    let body = document.blocks.len();
    annexes::annexes(&mut document, &desk);
    let stated = document.blocks.len();
    let mut composed = Composed { document, passages: desk.passages(), body, stated };
    annexes::about_the_text(&mut composed, &desk);
    Ok(composed)
}

/// Part two.
fn summary(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, "评估总结");
    basics::basics(document, desk)?;
    progress::progress(document, desk)?;
    sections::sections(document, desk)?;
    parties::parties(document, desk)?;
    sections::elsewhere(document, desk);
    Ok(())
}
