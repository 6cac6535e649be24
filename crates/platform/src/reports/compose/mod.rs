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
mod whole;

use kernel::Problem;
use paper::model::Document;
use rules::scoring::Scheme;

use super::Facts;
use desk::Desk;

pub use annexes::SCORES_NOTE;
pub use printed::{Printed, figures_in};
pub use seal::sealed;

/// The address of a figure's records: from its code and the code of an area or community, for example
/// `records.html#home_visits@xiaogang` beside a report.
pub type Href<'h> = dyn Fn(&str, Option<&str>) -> String + 'h;

/// The report of a round.
///
/// # Errors
/// A finding's wording names a figure or place that there is not (`unknown_token`) or cannot be read; a finding or
/// an earlier suggestion belongs to no part of the report (`misplaced`), so that nothing is left out silently.
pub fn compose(facts: &Facts, scheme: &Scheme, href: &Href<'_>) -> Result<Document, Problem> {
    let desk = Desk { facts, scheme, href };
    whole::checked(&desk)?;
    let mut document = cover::document(&desk);
    background::preface(&mut document, &desk)?;
    background::background(&mut document, &desk)?;
    summary(&mut document, &desk)?;
    feedback::feedback(&mut document, &desk)?;
    result::result(&mut document, &desk)?;
    closing::closing(&mut document, &desk)?;
    annexes::annexes(&mut document, &desk);
    Ok(document)
}

/// Part two.
fn summary(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, "评估总结");
    basics::basics(document, desk)?;
    progress::progress(document, desk)?;
    sections::sections(document, desk)?;
    parties::parties(document, desk)
}
