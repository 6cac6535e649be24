//! What this part tells of a household on its file.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Group, GroupAttendance, GroupSession, group_attendances, group_sessions, groups};
use crate::clients::Happening;

/// The sessions that somebody of a household attended.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, _: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let theirs = group_attendances::person_id.eq_any(persons.to_vec());
    let attended: Vec<GroupAttendance> = GroupAttendance::known(at)
        .filter(theirs)
        .order(group_attendances::held_on.desc())
        .limit(100)
        .load(tx.conn())?;
    let ids: Vec<Id> = attended.iter().map(|one| one.session_id).collect();
    let sessions: Vec<GroupSession> =
        GroupSession::known(at).filter(group_sessions::id.eq_any(ids)).load(tx.conn())?;
    let ids: Vec<Id> = sessions.iter().map(|session| session.group_id).collect();
    let known: Vec<Group> = Group::known(at).filter(groups::id.eq_any(ids)).load(tx.conn())?;
    let names: BTreeMap<Id, String> = known.into_iter().map(|group| (group.id, group.name)).collect();
    let session = |id: Id| sessions.iter().find(|session| session.id == id);
    let one = |one: GroupAttendance| {
        let session = session(one.session_id);
        let name = session.and_then(|session| names.get(&session.group_id)).cloned().unwrap_or_default();
        Happening {
            on: one.held_on,
            what: "小组".to_owned(),
            face: true,
            worker: session.and_then(|session| session.worker_id),
            facts: session.map(|session| format!("{name} 第 {} 节", session.number)).unwrap_or_default(),
            text: Vec::new(),
        }
    };
    Ok(attended.into_iter().map(one).collect())
}
