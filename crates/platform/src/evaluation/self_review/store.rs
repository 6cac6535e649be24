//! The table of answers. All SQL on it is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, trimmed};
use rules::scoring::Scheme;
use rust_decimal::Decimal;

diesel::table! {
    self_answers (round, item) {
        round -> Text,
        item -> Text,
        station_id -> Text,
        answer -> Text,
        evidence -> Text,
        score -> Nullable<BigInt>,
        changed_by -> Text,
        changed_at -> BigInt,
    }
}

/// What a station answered to an item.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = self_answers, treat_none_as_null = true)]
pub(super) struct Row {
    pub(super) round: String,
    pub(super) item: String,
    pub(super) station_id: Id,
    pub(super) answer: String,
    /// One piece in a line; a line may begin with an address of the site and a blank.
    pub(super) evidence: String,
    /// Its own score, in hundredths of a point.
    pub(super) score: Option<i64>,
    pub(super) changed_by: Id,
    pub(super) changed_at: Moment,
}

/// The same as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::evaluation) struct Answer {
    pub(in crate::evaluation) answer: String,
    /// Each with its address, empty where it has none.
    pub(in crate::evaluation) evidence: Vec<(String, String)>,
    /// The station's own score.
    pub(in crate::evaluation) score: String,
}

impl Row {
    pub(super) fn shown(&self) -> Answer {
        let piece = |line: &str| match line.split_once(' ').filter(|(href, _)| href.starts_with('/')) {
            Some((href, label)) => (label.trim().to_owned(), href.to_owned()),
            None if line.starts_with('/') => (line.to_owned(), line.to_owned()),
            None => (line.to_owned(), String::new()),
        };
        let lines = self.evidence.lines().map(str::trim).filter(|line| !line.is_empty());
        Answer {
            answer: self.answer.clone(),
            evidence: lines.map(piece).collect(),
            score: self.score.map(|score| trimmed(Decimal::new(score, 2))).unwrap_or_default(),
        }
    }
}

/// What was answered in a round, by item.
pub(super) fn all(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Row>> {
    let own = self_answers::table.filter(self_answers::round.eq(round)).order(self_answers::item);
    Ok(own.select(Row::as_select()).load(tx.conn())?)
}

/// What was answered to an item.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn answer(tx: &mut Tx<'_>, round: &str, item: &str) -> DbResult<Option<Answer>> {
    Ok(all(tx, round)?.iter().find(|row| row.item == item).map(Row::shown))
}

/// How many items of a scheme are answered.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn answered(tx: &mut Tx<'_>, round: &str, scheme: &Scheme) -> DbResult<usize> {
    let rows = all(tx, round)?;
    Ok(scheme.items().filter(|(_, item)| rows.iter().any(|row| row.item == item.code)).count())
}

/// Writes an answer.
pub(super) fn put(tx: &mut Tx<'_>, row: &Row) -> DbResult<()> {
    let own =
        self_answers::table.filter(self_answers::round.eq(&row.round).and(self_answers::item.eq(&row.item)));
    if diesel::update(own).set(row).execute(tx.conn())? == 0 {
        diesel::insert_into(self_answers::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}
