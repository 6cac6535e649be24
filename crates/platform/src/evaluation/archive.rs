//! What is kept of a round beside its report when it is over: sealed sheets, deliveries, answers, objections, the published
//! sample; and checking them later, without a database. The panel stands in it by its codes, never by name; who signed for a
//! side stands with the name that was signed.

use db::{DbResult, Tx};
use rules::sampling::{Published, replay};
use rules::scoring::Paper;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Round, delivery, feedback, find, panel, sample, scoring};

/// What the record calls its form.
const FORM: &str = "kapok-round-1";

/// `round.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRecord {
    /// [`FORM`].
    form: String,
    round: String,
    evaluated_on: chrono::NaiveDate,
    /// Each stage with the moment since when.
    stages: Vec<(String, String)>,
    experts: Vec<Member>,
    pub(super) sheets: Vec<SheetKept>,
    deliveries: Vec<delivery::Kept>,
    answers: Vec<feedback::AnswerKept>,
    objections: Vec<feedback::ObjectionKept>,
}

/// A seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    code: String,
    role: String,
    cleared_at: Option<String>,
    ended_at: Option<String>,
    ending: Option<String>,
}

/// A sealed sheet with the digest it was sealed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetKept {
    /// The code of a seat or a party.
    pub(super) whose: String,
    pub(super) turn: i32,
    pub(super) sealed_at: String,
    pub(super) digest: String,
    pub(super) entries: Vec<EntryKept>,
}

/// A line of it, numbers in hundredths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EntryKept {
    pub(super) cell: String,
    pub(super) score: Option<i64>,
    pub(super) measured: Option<i64>,
    pub(super) reason: String,
    pub(super) note: String,
}

/// The record of a round as it now is.
///
/// # Errors
/// What the database says.
pub fn round_record(tx: &mut Tx<'_>, round: &Round) -> DbResult<RoundRecord> {
    let seats = panel::seats_of(tx, &round.code)?;
    let member = |seat: &panel::Seat| Member {
        code: seat.code.clone(),
        role: seat.role.as_str().to_owned(),
        cleared_at: seat.cleared_at.map(|at| at.minute()),
        ended_at: seat.ended_at.map(|at| at.minute()),
        ending: seat.ending.map(|ending| ending.label().to_owned()),
    };
    let (stages, written_at) = (find::stages_of(tx, round)?, find::written_at(tx, round)?);
    Ok(RoundRecord {
        form: FORM.to_owned(),
        round: round.code.clone(),
        evaluated_on: round.evaluated_on,
        stages: stages.iter().map(|(stage, at)| (stage.as_str().to_owned(), at.minute())).collect(),
        experts: seats.iter().map(member).collect(),
        sheets: scoring::kept(tx, &round.code, &seats)?,
        deliveries: delivery::kept(tx, &round.code, Paper::Draft, written_at)?,
        answers: feedback::answers_kept(tx, &round.code)?,
        objections: feedback::objections_kept(tx, &round.code)?,
    })
}

/// The file of the round's sample, where one was published.
///
/// # Errors
/// What the database says.
pub fn published_sample(tx: &mut Tx<'_>, round: &Round) -> DbResult<Option<String>> {
    sample::published(tx, round)
}

/// What is wrong with the record of a round: sheets whose lines do not give the digest they were sealed with, and scores
/// (expert, cell, points) that are not those of the expert's last sheet. A round that was brought in has no sheets.
#[must_use]
pub fn record_wrong(bytes: &[u8], scores: &[(String, String, Decimal)]) -> Vec<String> {
    let record: RoundRecord = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => return vec![format!("round.json 读不懂：{error}")],
    };
    let differs = |sheet: &&SheetKept| scoring::digest_of(&sheet.entries) != sheet.digest;
    let said =
        |sheet: &SheetKept| format!("{} 第 {} 次封存的评分与封存时的摘要不符", sheet.whose, sheet.turn);
    let mut wrong: Vec<String> = record.sheets.iter().filter(differs).map(said).collect();
    for (expert, cell, points) in scores {
        // By whose they are and by turn.
        let Some(last) = record.sheets.iter().rfind(|sheet| sheet.whose == *expert) else { continue };
        let given = last.entries.iter().find(|entry| entry.cell == *cell).and_then(|entry| entry.score);
        if given.map(|given| Decimal::new(given, 2)) != Some(*points) {
            wrong.push(format!("{expert} 封存的 {cell} 不是算总分时用的 {} 分", points.normalize()));
        }
    }
    wrong
}

/// What is wrong with a published sample: what drawing it again does not give.
#[must_use]
pub fn sample_wrong(bytes: &[u8]) -> Vec<String> {
    match Published::parse(&String::from_utf8_lossy(bytes)) {
        Err(problem) => vec![problem.to_string()],
        Ok(file) => {
            let wrong = replay(&file, None, None).into_iter().filter(|step| !step.agrees);
            wrong.map(|step| format!("抽样 {}：{}", step.what, step.found)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record with an expert's two sheets, of which the last counts.
    fn record(change: impl Fn(&mut RoundRecord)) -> Vec<String> {
        let entry = |cell: &str, score: i64| EntryKept {
            cell: cell.into(),
            score: Some(score),
            measured: None,
            reason: "现场".into(),
            note: String::new(),
        };
        let sheet = |turn: i32, entries: Vec<EntryKept>| SheetKept {
            whose: "E1".into(),
            turn,
            sealed_at: "2025-03-26 17:00".into(),
            digest: scoring::digest_of(&entries),
            entries,
        };
        let mut record = RoundRecord {
            form: FORM.into(),
            round: "yizhan-mid".into(),
            evaluated_on: "2025-03-25".parse().unwrap(),
            stages: vec![],
            experts: vec![],
            sheets: vec![sheet(1, vec![entry("a", 150)]), sheet(2, vec![entry("a", 175), entry("b", 200)])],
            deliveries: vec![],
            answers: vec![],
            objections: vec![],
        };
        change(&mut record);
        let scores = [("E1", "a", Decimal::new(175, 2)), ("E1", "b", Decimal::new(20, 1))];
        let scores = scores.map(|(expert, cell, points)| (expert.to_owned(), cell.to_owned(), points));
        record_wrong(&serde_json::to_vec(&record).unwrap(), &scores)
    }

    #[test]
    fn a_score_changed_afterwards_is_found_with_its_digest_and_without() {
        assert_eq!(record(|_| ()), [""; 0]);
        assert_eq!(
            record(|all| all.sheets[0].entries[0].score = Some(160)),
            ["E1 第 1 次封存的评分与封存时的摘要不符"]
        );
        let forged = |all: &mut RoundRecord| {
            all.sheets[1].entries[0].score = Some(180);
            all.sheets[1].digest = scoring::digest_of(&all.sheets[1].entries);
        };
        assert_eq!(record(forged), ["E1 封存的 a 不是算总分时用的 1.75 分"]);
        assert_eq!(record(|all| drop(all.sheets.pop())).len(), 2, "the last sheet is gone");
        assert_eq!(record(|all| all.sheets.clear()), [""; 0], "a round that was brought in has none");
        assert!(record_wrong(b"{}", &[])[0].contains("读不懂"));
        assert!(!sample_wrong(b"{}").is_empty());
    }
}
