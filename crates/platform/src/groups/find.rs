//! Finding groups, their sessions and who came.

use std::collections::BTreeSet;

use db::list::{Condition, Sought};
use db::{DbResult, Record as _, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Group, GroupAttendance, GroupSession, group_attendances, group_sessions, groups};
use crate::access::Scope;

/// The most attendances that are told of one household.
const MOST: i64 = 100;

/// The most groups whose sessions are looked through.
const MOST_GROUPS: usize = 50;

/// Whoever attended a session.
///
/// # Errors
/// What the database says.
pub(super) fn present(tx: &mut Tx<'_>, session: Id) -> DbResult<BTreeSet<Id>> {
    let of = GroupAttendance::known(tx.at()).filter(group_attendances::session_id.eq(session));
    let all: Vec<GroupAttendance> = of.load(tx.conn())?;
    Ok(all.into_iter().map(|one| one.person_id).collect())
}

/// Whoever attended any session of a group.
///
/// # Errors
/// What the database says.
pub(super) fn members(tx: &mut Tx<'_>, group: Id) -> DbResult<BTreeSet<Id>> {
    let of = GroupSession::known(tx.at()).filter(group_sessions::group_id.eq(group));
    let sessions: Vec<GroupSession> = of.load(tx.conn())?;
    let ids: Vec<Id> = sessions.iter().map(|session| session.id).collect();
    let all = GroupAttendance::known(tx.at()).filter(group_attendances::session_id.eq_any(ids));
    let all: Vec<GroupAttendance> = all.load(tx.conn())?;
    Ok(all.into_iter().map(|one| one.person_id).collect())
}

/// Sessions by what people write: part of the group's name and which session it was, as “手工小组 3” or “手工小组第3节”.
///
/// # Errors
/// What the database says.
pub(super) fn sessions(tx: &mut Tx<'_>, scope: &Scope, text: &str) -> DbResult<Vec<Id>> {
    let (name, number) = read(text);
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let named = Sought {
        table: Group::TABLE,
        at: tx.at(),
        within: scope.within(),
        conditions: vec![Condition::Contains(vec!["name"], name)],
        latest_by: Some("started_on"),
    };
    let of = named.ids(tx, 0, MOST_GROUPS)?;
    let mut all = GroupSession::known(tx.at()).filter(group_sessions::group_id.eq_any(of));
    if let Some(number) = number {
        all = all.filter(group_sessions::number.eq(number));
    }
    let all: Vec<GroupSession> = all.order(group_sessions::held_on.desc()).load(tx.conn())?;
    Ok(all.into_iter().map(|session| session.id).collect())
}

/// The group's name and the number that end a text.
fn read(text: &str) -> (String, Option<i32>) {
    let text = text.trim().trim_end_matches(['节', '次']).trim_end();
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text[name.len()..].parse().ok();
    (name.trim_end().trim_end_matches('第').trim_end().to_owned(), number)
}

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
pub(super) fn sessions_by_id(tx: &mut Tx<'_>, ids: &[Id], at: Moment) -> DbResult<Vec<GroupSession>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(GroupSession::known(at).filter(group_sessions::id.eq_any(ids.to_vec())).load(tx.conn())?)
}

/// Groups by id.
///
/// # Errors
/// What the database says.
pub(super) fn groups_by_id(tx: &mut Tx<'_>, ids: &[Id], at: Moment) -> DbResult<Vec<Group>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Group::known(at).filter(groups::id.eq_any(ids.to_vec())).load(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_session_is_named_by_its_group_and_number() {
        let cases = [
            ("手工小组 3", "手工小组", Some(3)),
            ("手工小组第12节", "手工小组", Some(12)),
            ("手工小组 第 2 次", "手工小组", Some(2)),
            ("手工小组", "手工小组", None),
            ("3", "", Some(3)),
        ];
        for (text, name, number) in cases {
            assert_eq!(read(text), (name.to_owned(), number), "{text}");
        }
    }
}
