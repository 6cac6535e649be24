//! What a granted objection obliges: the finding, the score or the passage that it is about changes after the ruling; and in
//! the final report each change names the objection that it comes from.

use db::{DbResult, Record as _, Tx};
use kernel::{Id, Moment};
use rules::scoring::Scheme;

use super::model::{About, Verdict};
use super::store::{self, Objection};
use super::targets::first_words;
use crate::evaluation::{Finding, Round, find, scoring};

/// What an objection that was granted is about, as the text of a report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// The key of a line: of a passage, or `finding.` with the finding's code.
    Line(String),
    /// The code of an item that was scored again.
    Item(String),
}

/// An objection that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Its number in the round, from 1.
    pub number: usize,
    /// What it is about.
    pub touched: Touched,
}

/// A granted objection after whose ruling nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::evaluation) struct Unchanged {
    pub(in crate::evaluation) id: Id,
    /// In words: which objection, and what it is about.
    pub(in crate::evaluation) what: String,
    pub(in crate::evaluation) about: About,
    /// The key of the passage, where it is about one.
    pub(in crate::evaluation) passage: Option<String>,
}

/// The granted objections of a round whose number and target are known.
///
/// # Errors
/// What the database says.
pub fn granted(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Granted>> {
    let mut all = Vec::new();
    for (number, one, _) in ruled_for(tx, round)? {
        let touched = match one.about {
            About::Item => Some(Touched::Item(one.about_code)),
            About::Passage => Some(Touched::Line(one.about_code)),
            About::Finding => {
                let finding = last_finding(tx, &one.about_code)?;
                finding.map(|(_, finding)| Touched::Line(format!("finding.{}", finding.code)))
            }
        };
        all.extend(touched.map(|touched| Granted { number, touched }));
    }
    Ok(all)
}

/// The granted objections whose finding, score or passage has no version later than the ruling.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn unchanged(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<Unchanged>> {
    let mut all = Vec::new();
    for (number, one, ruled_at) in ruled_for(tx, round)? {
        let changed = match one.about {
            About::Item => scoring::sealed_since(tx, round, ruled_at)?,
            About::Finding => last_finding(tx, &one.about_code)?.is_none_or(|(from, _)| from > ruled_at),
            About::Passage => {
                let versions = find::wording_versions(tx, round, &one.about_code)?;
                // One of before passages were chosen names none.
                one.about_code.is_empty() || versions.last().is_some_and(|(stamp, _)| stamp.from > ruled_at)
            }
        };
        if !changed {
            let item =
                scheme.items().find(|(_, item)| one.about == About::Item && item.code == one.about_code);
            let name = item.map_or_else(|| first_words(&one.about_text), |(_, item)| item.name.clone());
            let done = if one.about == About::Item { "重新评完" } else { "改" };
            let what = format!("第 {number} 号异议已采纳，{}“{name}”还没有{done}", one.about.label());
            let passage = (one.about == About::Passage).then_some(one.about_code);
            all.push(Unchanged { id: one.id, what, about: one.about, passage });
        }
    }
    Ok(all)
}

/// The objections that were granted: number, objection, and when.
fn ruled_for(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<(usize, Objection, Moment)>> {
    let all = (1..).zip(store::objections_of(tx, &round.code)?);
    let granted = all.filter(|(_, one)| one.ruling == Some(Verdict::Granted));
    Ok(granted.filter_map(|(number, one)| one.ruled_at.map(|at| (number, one, at))).collect())
}

/// The last version of a finding, withdrawn ones too, and since when.
fn last_finding(tx: &mut Tx<'_>, id: &str) -> DbResult<Option<(Moment, Finding)>> {
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    Ok(Finding::last(tx.conn(), id)?.map(|(stamp, finding)| (stamp.from, finding)))
}
