//! Writing the answers as records of the round, once nothing more is waited for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::Tx;
use kernel::Id;
use rules::scoring::Scheme;

use super::model::{About, Verdict};
use super::standing::{Unanswered, unanswered};
use super::store::{self, Objection};
use crate::access::{Asker, Enter, display_names, new_id, permit};
use crate::evaluation::rounds::note;
use crate::evaluation::{Evaluation, Feedback, FeedbackAnswer, FeedbackStep, Round};
use crate::shell::Trouble;

/// Writes the answers as records of the round, each with who signed it; and, where the scheme no longer waits, the silence of
/// those whose last day is past.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(in crate::evaluation) fn settle(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    let objections = store::objections_of(tx, &round.code)?;
    let answers = store::answers_of(tx, &round.code)?;
    let names: BTreeMap<Id, String> = display_names(tx, answers.iter().map(|one| one.answered_by))?;
    for given in answers {
        let own = (1..).zip(&objections).filter(|(_, one)| one.party == given.party);
        let ruled: Vec<String> = own.map(|(number, one)| told(number, one)).collect();
        rows.push(Feedback {
            note: if ruled.is_empty() { given.note } else { ruled.join("；") },
            signer: names.get(&given.answered_by).cloned(),
            answered_on: given.answered_at.day(),
            ..row(tx, round, given.party, given.answer)?
        });
    }
    let today = tx.at().day();
    for one in unanswered(tx, round, scheme)? {
        let Some(day) = one.silent(today) else { continue };
        let answer = FeedbackAnswer::Silent;
        note(
            tx,
            round,
            "evaluation.feedback_silent",
            Some(format!("{} {}，{day}", one.name, answer.label())),
        )?;
        rows.push(Feedback {
            note: silence(&one, day),
            answered_on: day,
            ..row(tx, round, one.code, answer)?
        });
    }
    Ok(permit::<Enter<Evaluation>>(asker, round.station_id)?.append(tx, &rows)?)
}

fn row(tx: &Tx<'_>, round: &Round, party: String, answer: FeedbackAnswer) -> Result<Feedback, Trouble> {
    Ok(Feedback {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: round.code.clone(),
        step: FeedbackStep::Draft,
        party,
        answer,
        answered_on: tx.at().day(),
        note: String::new(),
        signer: None,
    })
}

/// An objection with its ruling, as the report tells it.
fn told(number: usize, one: &Objection) -> String {
    let place = match one.about_place.as_str() {
        "" => String::new(),
        place if one.about == About::Finding => format!("，{place}一条"),
        place => format!("，{place}"),
    };
    let ruling = one.ruling.map(Verdict::label).unwrap_or_default();
    let change = if one.change.is_empty() { String::new() } else { format!("，改动：{}", one.change) };
    format!(
        "第{number}号异议（{}{place}）：{}：{ruling}，{}{change}",
        one.about.label(),
        one.words,
        one.reason
    )
}

/// That nothing was said until the last day.
fn silence(one: &Unanswered, day: NaiveDate) -> String {
    let sent = one.sent.map(|(at, signed)| (at.day(), if signed { "已签收" } else { "没有签收" }));
    let sent = sent.map(|(day, signed)| format!("初稿{day}送出，{signed}；")).unwrap_or_default();
    format!("{sent}到{day}没有答复，不作无异议")
}
