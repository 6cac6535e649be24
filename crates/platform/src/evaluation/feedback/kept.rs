//! Answers and objections as they are kept with a round that is over.

use db::{DbResult, Tx};
use kernel::Id;
use serde::{Deserialize, Serialize};

use super::store::{Answered, Objection, answers_of, objections_of};
use crate::access::display_names;
use crate::evaluation::{FeedbackAnswer, find};

/// An answer as it is kept with the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::evaluation) struct AnswerKept {
    party: String,
    answer: String,
    note: String,
    /// When; of a silence the last day on which something could have been said.
    answered_at: String,
    /// Who signed it, by name; nobody of a silence, and archives of before have none.
    #[serde(default)]
    signer: Option<String>,
}

/// An objection as it is kept with the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::evaluation) struct ObjectionKept {
    party: String,
    about: String,
    about_code: String,
    /// The words of the draft that it is about.
    #[serde(default)]
    about_text: String,
    words: String,
    raised_at: String,
    /// Who raised it, by name.
    #[serde(default)]
    raised_by: String,
    ruling: Option<String>,
    reason: String,
    change: String,
    ruled_at: Option<String>,
    /// Who ruled, by name.
    #[serde(default)]
    ruled_by: Option<String>,
}

/// The answers of a round, and the silences that were written down when it ended, as they are kept with it.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn answers_kept(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<AnswerKept>> {
    let answers = answers_of(tx, round)?;
    let names = display_names(tx, answers.iter().map(|one| one.answered_by))?;
    let kept = |one: Answered| AnswerKept {
        signer: names.get(&one.answered_by).cloned(),
        party: one.party,
        answer: one.answer.as_str().to_owned(),
        note: one.note,
        answered_at: one.answered_at.minute(),
    };
    let mut all: Vec<AnswerKept> = answers.into_iter().map(kept).collect();
    let now = tx.at();
    let round = find::round(tx, round, now)?;
    let silences =
        find::feedback_of(tx, &round)?.into_iter().filter(|one| one.answer == FeedbackAnswer::Silent);
    all.extend(silences.map(|one| AnswerKept {
        party: one.party,
        answer: one.answer.as_str().to_owned(),
        note: one.note,
        answered_at: one.answered_on.to_string(),
        signer: None,
    }));
    Ok(all)
}

/// The objections of a round, as they are kept with it.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn objections_kept(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<ObjectionKept>> {
    let objections = objections_of(tx, round)?;
    let people = objections.iter().flat_map(|one| [Some(one.raised_by), one.ruled_by]);
    let names = display_names(tx, people.flatten().collect::<Vec<Id>>())?;
    let kept = |one: Objection| ObjectionKept {
        party: one.party,
        about: one.about.as_str().to_owned(),
        about_code: one.about_code,
        about_text: one.about_text,
        words: one.words,
        raised_at: one.raised_at.minute(),
        raised_by: names.get(&one.raised_by).cloned().unwrap_or_default(),
        ruling: one.ruling.map(|ruling| ruling.as_str().to_owned()),
        reason: one.reason,
        change: one.change,
        ruled_at: one.ruled_at.map(|at| at.minute()),
        ruled_by: one.ruled_by.and_then(|by| names.get(&by).cloned()),
    };
    Ok(objections.into_iter().map(kept).collect())
}
