//! What has changed of visits since somebody last asked: for devices that keep a copy.

use chrono::NaiveDate;
use db::{DbResult, FOREVER, Record as _, Stamp, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::find;
use super::model::VisitKind;
use super::store::{FollowUp, Visit, visits};

/// The last versions, also withdrawn ones, of visits to these households since a day that became known after a moment
/// and, within it, after an id; in that order.
///
/// # Errors
/// What the database says.
pub fn changed(
    tx: &mut Tx<'_>,
    households: &[Id],
    since: NaiveDate,
    (from, after): (Moment, Id),
    limit: i64,
) -> DbResult<Vec<(Stamp, Visit)>> {
    let later = visits::known_from.gt(from).or(visits::known_from.eq(from).and(visits::id.gt(after)));
    let rows: Vec<(i32, Moment, bool, Visit)> = visits::table
        .filter(visits::known_until.eq(FOREVER))
        .filter(visits::household_id.eq_any(households.to_vec()))
        .filter(visits::visited_on.ge(since))
        .filter(later)
        .order((visits::known_from, visits::id))
        .limit(limit)
        .select((visits::version, visits::known_from, visits::voided, Visit::as_select()))
        .load(tx.conn())?;
    let stamped = |(version, from, voided, row)| (Stamp { version, from, voided }, row);
    Ok(rows.into_iter().map(stamped).collect())
}

/// What was promised to these households and is not settled, the earliest first.
///
/// # Errors
/// What the database says.
pub fn promised_to_each(tx: &mut Tx<'_>, households: &[Id]) -> DbResult<Vec<FollowUp>> {
    find::promised_to_each(tx, households)
}

/// A promise as it stands; none where there is none or it was withdrawn.
///
/// # Errors
/// What the database says.
pub fn promise(tx: &mut Tx<'_>, id: Id) -> DbResult<Option<FollowUp>> {
    Ok(FollowUp::last(tx.conn(), id)?.filter(|(stamp, _)| !stamp.voided).map(|(_, row)| row))
}

/// When each of these households was last visited and last called: household, day, how.
///
/// # Errors
/// What the database says.
pub fn last_contacts(tx: &mut Tx<'_>, households: &[Id]) -> DbResult<Vec<(Id, NaiveDate, VisitKind)>> {
    let rows: Vec<(Id, NaiveDate, VisitKind)> = visits::table
        .filter(visits::known_until.eq(FOREVER))
        .filter(visits::voided.eq(false))
        .filter(visits::household_id.eq_any(households.to_vec()))
        .group_by((visits::household_id, visits::kind))
        .select((visits::household_id, diesel::dsl::max(visits::visited_on).assume_not_null(), visits::kind))
        .load(tx.conn())?;
    Ok(rows)
}
