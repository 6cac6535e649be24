//! Finding groups and what belongs to them.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Group, GroupAttendance, GroupSession, group_attendances, group_sessions, groups};

/// The most attendances that are told of one household.
const MOST: i64 = 100;

/// The attendances of persons, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn attended(tx: &mut Tx<'_>, persons: &[Id], at: Moment) -> DbResult<Vec<GroupAttendance>> {
    let theirs = GroupAttendance::known(at).filter(group_attendances::person_id.eq_any(persons.to_vec()));
    Ok(theirs.order(group_attendances::held_on.desc()).limit(MOST).load(tx.conn())?)
}

/// Sessions by id.
///
/// # Errors
/// What the database says.
pub(super) fn sessions(tx: &mut Tx<'_>, ids: &[Id], at: Moment) -> DbResult<Vec<GroupSession>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(GroupSession::known(at).filter(group_sessions::id.eq_any(ids.to_vec())).load(tx.conn())?)
}

/// Groups by id.
///
/// # Errors
/// What the database says.
pub(super) fn groups(tx: &mut Tx<'_>, ids: &[Id], at: Moment) -> DbResult<Vec<Group>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Group::known(at).filter(groups::id.eq_any(ids.to_vec())).load(tx.conn())?)
}
