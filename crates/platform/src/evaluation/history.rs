//! What was changed in a record of the evaluation, version by version: who, when, and word by word.
//!
//! The versions say what and when, the audit log says who. Not here: how records of other slices tell it (sheets).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use db::{AuditQuery, DbResult, Record, Stamp, Tx};
use kernel::Id;
use rules::wording::changes::{Change, How, written};

use super::find::wording_versions;
use super::{ReportWording, Round};
use crate::access::display_names;

/// What one version changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: String,
    /// Who; empty where it is not known.
    pub who: String,
    /// What was done: 写下, 改写, 作废.
    pub what: &'static str,
    /// The texts that it changed: the word for each, and both texts together.
    pub texts: Vec<(&'static str, Vec<Change>)>,
}

impl Told {
    /// A version after the one before it; of the first one everything is new.
    #[must_use]
    pub fn of(
        stamp: Stamp,
        who: String,
        before: &[(&'static str, String)],
        now: &[(&'static str, String)],
    ) -> Self {
        let text = |all: &[(&str, String)], label: &str| {
            all.iter().find(|(known, _)| *known == label).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let changed = |(label, now): &(&'static str, String)| {
            let changes = written(&text(before, label), now);
            changes.iter().any(|change| change.how != How::Same).then_some((*label, changes))
        };
        let what = match (stamp.voided, before.is_empty()) {
            (true, _) => "作废",
            (false, true) => "写下",
            (false, false) => "改写",
        };
        let texts = if stamp.voided { Vec::new() } else { now.iter().filter_map(changed).collect() };
        Self { at: stamp.from.minute(), who, what, texts }
    }
}

/// Lines of a record that are looked at: no record of the evaluation has nearly as many.
const LINES: i64 = 500;

/// Who wrote the versions of a record, the first first: as many as there are lines of it.
///
/// # Errors
/// What the database says.
pub(super) fn writers<R: Record>(tx: &mut Tx<'_>, station: Id, id: Id) -> DbResult<Vec<Option<Id>>> {
    let query = AuditQuery {
        chains: Some(vec![station]),
        record_id: Some(id),
        limit: LINES,
        ..AuditQuery::default()
    };
    let (mut lines, _) = tx.audit_search(&query)?;
    // Events that name the record are no versions of it.
    lines.retain(|entry| entry.line.kind == R::KIND && !entry.line.digest.is_empty());
    Ok(lines.iter().rev().map(|entry| entry.line.actor.parse().ok()).collect())
}

/// What was changed in the wording of a passage, the latest first: the first change is told from the report's own words.
///
/// # Errors
/// What the database says.
pub fn wording_history(tx: &mut Tx<'_>, round: &Round, passage: &str) -> DbResult<Vec<Told>> {
    let versions = wording_versions(tx, round, passage)?;
    let mut who: BTreeMap<Id, Vec<Option<Id>>> = BTreeMap::new();
    for (_, row) in &versions {
        if let Entry::Vacant(unknown) = who.entry(row.id) {
            unknown.insert(writers::<ReportWording>(tx, round.station_id, row.id)?);
        }
    }
    let names = display_names(tx, who.values().flatten().flatten().copied())?;
    let mut all = Vec::new();
    let mut before = String::new();
    for (stamp, row) in versions {
        if stamp.version == 1 {
            before.clone_from(&row.template);
        }
        let place = usize::try_from(stamp.version).unwrap_or_default().saturating_sub(1);
        let writer = who.get(&row.id).and_then(|all| all.get(place)).copied().flatten();
        let writer = writer.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        all.push(Told::of(stamp, writer, &[("文字", before)], &[("文字", row.words.clone())]));
        before = row.words;
    }
    all.reverse();
    Ok(all)
}

/// The versions of a record as a history, the latest first; `texts` says which of its texts are told.
///
/// # Errors
/// What the database says.
pub(super) fn of<R: Record>(
    tx: &mut Tx<'_>,
    station: Id,
    id: Id,
    texts: impl Fn(&R) -> Vec<(&'static str, String)>,
) -> DbResult<Vec<Told>> {
    let writers = writers::<R>(tx, station, id)?;
    let names = display_names(tx, writers.iter().flatten().copied())?;
    let mut before: Vec<(&'static str, String)> = Vec::new();
    let mut all = Vec::new();
    for (place, (stamp, row)) in R::versions(tx.conn(), id)?.into_iter().enumerate() {
        let who = writers.get(place).copied().flatten().and_then(|who| names.get(&who).cloned());
        let now = texts(&row);
        all.push(Told::of(stamp, who.unwrap_or_default(), &before, &now));
        before = now;
    }
    all.reverse();
    Ok(all)
}
