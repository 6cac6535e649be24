//! What is kept of a round beside its report when it is over: sealed sheets, deliveries, answers, objections, the published
//! sample; and checking them later, without a database. The panel stands in it by its codes, never by name; who signed for a
//! side stands with the name that was signed.

use db::{DbResult, Tx};
use rules::sampling::{Published, replay};
use rules::scoring::Paper;
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
    let stages = find::stages_of(tx, round)?;
    Ok(RoundRecord {
        form: FORM.to_owned(),
        round: round.code.clone(),
        evaluated_on: round.evaluated_on,
        stages: stages.iter().map(|(stage, at)| (stage.as_str().to_owned(), at.minute())).collect(),
        experts: seats.iter().map(member).collect(),
        sheets: scoring::kept(tx, &round.code, &seats)?,
        deliveries: delivery::kept(tx, &round.code, Paper::Draft)?,
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

/// What is wrong with the record of a round: sheets whose lines do not give the digest they were sealed with.
#[must_use]
pub fn record_wrong(bytes: &[u8]) -> Vec<String> {
    let record: RoundRecord = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => return vec![format!("round.json 读不懂：{error}")],
    };
    let differs = |sheet: &&SheetKept| scoring::digest_of(&sheet.entries) != sheet.digest;
    let said =
        |sheet: &SheetKept| format!("{} 第 {} 次封存的评分与封存时的摘要不符", sheet.whose, sheet.turn);
    record.sheets.iter().filter(differs).map(said).collect()
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
