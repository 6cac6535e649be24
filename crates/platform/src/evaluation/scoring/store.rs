//! The tables of sheets, entries and limits. All SQL on them is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

diesel::table! {
    score_sheets (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        seat_id -> Nullable<Text>,
        party -> Nullable<Text>,
        turn -> Integer,
        opened_at -> BigInt,
        sealed_at -> Nullable<BigInt>,
        sealed_by -> Nullable<Text>,
        digest -> Nullable<Text>,
    }
}

diesel::table! {
    score_entries (sheet_id, cell) {
        sheet_id -> Text,
        cell -> Text,
        score -> Nullable<BigInt>,
        measured -> Nullable<BigInt>,
        reason -> Text,
        note -> Text,
        asked_again -> Bool,
        changed_at -> BigInt,
    }
}

diesel::table! {
    round_limits (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        kind -> Text,
        code -> Text,
        times -> Integer,
        note -> Text,
        found_by -> Text,
        found_at -> BigInt,
    }
}

/// A sheet of scores.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_sheets)]
pub(super) struct Sheet {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) round: String,
    /// Whose, where it is an expert's.
    pub(super) seat_id: Option<Id>,
    /// Whose, where it is another party's.
    pub(super) party: Option<String>,
    /// 1, and one more after each discussion.
    pub(super) turn: i32,
    pub(super) opened_at: Moment,
    pub(super) sealed_at: Option<Moment>,
    pub(super) sealed_by: Option<Id>,
    /// SHA-256 of the entries as they were sealed.
    pub(super) digest: Option<String>,
}

/// What stands on a sheet for one cell.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = score_entries, treat_none_as_null = true)]
pub(super) struct Entry {
    pub(super) sheet_id: Id,
    /// `item`, or `item@area`; for a party its code.
    pub(super) cell: String,
    /// In hundredths of a point.
    pub(super) score: Option<i64>,
    /// What the rule proposed when this was saved, in hundredths of a point.
    pub(super) measured: Option<i64>,
    /// Why the score is another.
    pub(super) reason: String,
    pub(super) note: String,
    /// Whether it lay too far apart the time before and is to be scored again.
    pub(super) asked_again: bool,
    pub(super) changed_at: Moment,
}

/// A deduction, bonus or veto that was found.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = round_limits)]
pub(in crate::evaluation) struct Limit {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) station_id: Id,
    pub(in crate::evaluation) round: String,
    /// `deduction`, `bonus` or `veto`.
    pub(in crate::evaluation) kind: String,
    pub(in crate::evaluation) code: String,
    pub(in crate::evaluation) times: i32,
    pub(in crate::evaluation) note: String,
    pub(in crate::evaluation) found_by: Id,
    pub(in crate::evaluation) found_at: Moment,
}

/// Every sheet of a round, the latest turn first.
pub(super) fn sheets_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Sheet>> {
    let own = score_sheets::table.filter(score_sheets::round.eq(round));
    let order = (score_sheets::turn.desc(), score_sheets::id);
    Ok(own.order(order).select(Sheet::as_select()).load(tx.conn())?)
}

/// Opens a sheet. Two requests at one moment open one: the other fails on the constraint and asks again.
pub(super) fn open(tx: &mut Tx<'_>, sheet: &Sheet) -> DbResult<()> {
    diesel::insert_into(score_sheets::table).values(sheet).execute(tx.conn())?;
    Ok(())
}

/// Holds a sheet for writing until the transaction ends, so that nobody seals it meanwhile; false where it is sealed.
pub(super) fn hold(tx: &mut Tx<'_>, sheet: Id) -> DbResult<bool> {
    let open = score_sheets::table.filter(score_sheets::id.eq(sheet).and(score_sheets::sealed_at.is_null()));
    let same = score_sheets::turn.eq(score_sheets::turn);
    Ok(diesel::update(open).set(same).execute(tx.conn())? == 1)
}

/// Seals a sheet that is held.
pub(super) fn seal(tx: &mut Tx<'_>, sheet: Id, by: Id, digest: &str) -> DbResult<()> {
    let at = tx.at();
    let held = score_sheets::table.filter(score_sheets::id.eq(sheet).and(score_sheets::sealed_at.is_null()));
    let sealed = (
        score_sheets::sealed_at.eq(Some(at)),
        score_sheets::sealed_by.eq(Some(by)),
        score_sheets::digest.eq(Some(digest)),
    );
    diesel::update(held).set(sealed).execute(tx.conn())?;
    Ok(())
}

/// What stands on some sheets, by cell.
pub(super) fn entries_of(tx: &mut Tx<'_>, sheets: &[Id]) -> DbResult<Vec<Entry>> {
    let own = score_entries::table.filter(score_entries::sheet_id.eq_any(sheets.to_vec()));
    let order = (score_entries::cell, score_entries::sheet_id);
    Ok(own.order(order).select(Entry::as_select()).load(tx.conn())?)
}

/// Writes what stands on a sheet for a cell.
pub(super) fn put(tx: &mut Tx<'_>, entry: &Entry) -> DbResult<()> {
    let own = score_entries::table
        .filter(score_entries::sheet_id.eq(entry.sheet_id).and(score_entries::cell.eq(&entry.cell)));
    if diesel::update(own).set(entry).execute(tx.conn())? == 0 {
        diesel::insert_into(score_entries::table).values(entry).execute(tx.conn())?;
    }
    Ok(())
}

/// What was found in a round, by kind and code.
pub(in crate::evaluation) fn limits_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Limit>> {
    let own = round_limits::table.filter(round_limits::round.eq(round));
    Ok(own.order((round_limits::kind, round_limits::code)).select(Limit::as_select()).load(tx.conn())?)
}

/// Notes what was found, in place of what was noted of it before; nothing of it stays with no times.
pub(super) fn put_limit(tx: &mut Tx<'_>, limit: &Limit) -> DbResult<()> {
    let own = round_limits::table.filter(
        round_limits::round
            .eq(&limit.round)
            .and(round_limits::kind.eq(&limit.kind))
            .and(round_limits::code.eq(&limit.code)),
    );
    diesel::delete(own).execute(tx.conn())?;
    if limit.times > 0 {
        diesel::insert_into(round_limits::table).values(limit).execute(tx.conn())?;
    }
    Ok(())
}
