//! What happened to the documents of records: lines of a record's history, and lines of the audit log that name the
//! record, so that whoever looks for it finds them.

use std::collections::BTreeSet;

use db::{DbResult, Event, Stamp, Tx};
use kernel::{Id, Moment};

use super::find;
use super::store::Document;
use crate::access::Verb;

/// A line of a record's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Moment,
    /// What was done.
    pub what: String,
}

/// What happened to the documents of records, the first first.
///
/// # Errors
/// What the database says.
pub(super) fn of(tx: &mut Tx<'_>, subjects: &[Id]) -> DbResult<Vec<Told>> {
    let versions = find::versions(tx, subjects)?;
    let own: BTreeSet<Id> = subjects.iter().copied().collect();
    let mut told = Vec::new();
    for all in versions.chunk_by(|(_, a), (_, b)| a.id == b.id) {
        let mut before: Option<&Document> = None;
        for (stamp, row) in all {
            let here = |row: &Document| own.contains(&row.subject_id);
            let what = words((before.filter(|row| here(row)), before), stamp, row, here(row));
            told.extend(what.map(|what| Told { at: stamp.from, what }));
            before = Some(row);
        }
    }
    told.sort_by_key(|one| one.at);
    Ok(told)
}

/// What a version did, as the record sees it; `was` is the version before where it was attached here, and anywhere.
fn words(
    (was, before): (Option<&Document>, Option<&Document>),
    stamp: &Stamp,
    row: &Document,
    here: bool,
) -> Option<String> {
    let title = &row.title;
    match (was, here) {
        (_, true) if stamp.voided => Some(format!("作废文件“{title}”")),
        (None, true) if before.is_none() => Some(format!("附上文件“{title}”（{}）", row.kind.label())),
        (None, true) => Some(format!("文件“{title}”随合并移到这里")),
        (Some(_), false) => Some(format!("文件“{title}”随合并移走")),
        (Some(was), true) => {
            let said =
                |row: &Document| (row.title.clone(), row.kind, row.signed, row.signed_on, row.note.clone());
            (said(was) != said(row)).then(|| format!("更正文件“{title}”"))
        }
        (None, false) => None,
    }
}

/// Leaves a line in the audit log that names the record to which this was done.
///
/// # Errors
/// What the database says.
pub(super) fn note<V: Verb>(tx: &mut Tx<'_>, row: &Document, reason: Option<&str>) -> DbResult<()> {
    let event = Event {
        verb: V::NAME,
        kind: &row.subject_kind,
        record_id: Some(row.subject_id),
        reason: reason.map(str::to_owned),
        detail: None,
    };
    tx.event(row.station_id, event)
}
