//! What this part tells of a household on its file.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::store::GroupAttendance;
use crate::clients::{Happening, Told};

/// The sessions that somebody of a household attended.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, _: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let attended = find::attended(tx, persons, at)?;
    let ids: Vec<Id> = attended.iter().map(|one| one.session_id).collect();
    let sessions = find::sessions_by_id(tx, &ids, at)?;
    let ids: Vec<Id> = sessions.iter().map(|session| session.group_id).collect();
    let known = find::groups_by_id(tx, &ids, at)?;
    let names: BTreeMap<Id, String> = known.into_iter().map(|group| (group.id, group.name)).collect();
    let session = |id: Id| sessions.iter().find(|session| session.id == id);
    let one = |one: GroupAttendance| {
        let session = session(one.session_id);
        let name = session.and_then(|session| names.get(&session.group_id)).cloned().unwrap_or_default();
        Happening {
            kind: Told::Group,
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
