//! The audit chain: each write leaves a line in the same transaction, and each line's keyed hash covers the one
//! before it. One chain per station, since a chain for all would serialise every write. Not the page that shows it.

use diesel::prelude::*;
use kernel::{Actor, Id, Moment};
use sha2::{Digest as _, Sha256};

use crate::keys::{encode, mac};
use crate::sealed::Sealed;
use crate::{AnyConnection, DbResult, Keys, Record, Tx, sql};

mod anchor;
mod detail;
mod event;
mod faults;
mod kept;
mod search;
#[cfg(test)]
mod tests;
mod verify;
mod walk;

pub use event::Event;
pub use faults::{AuditFault, FaultKind, Ranges};
pub use kept::KeptHeads;
pub use search::{AuditEntry, AuditQuery};
pub use verify::AuditHead;

pub(crate) use anchor::begin;
pub(crate) use detail::{changes, gone, several};

/// The chain of what belongs to no station: sign-ins, grants, the rotation of keys.
pub const WHOLE: Id = Id::NIL;

diesel::table! {
    audit_log (station_id, seq) {
        station_id -> Text,
        seq -> BigInt,
        at -> BigInt,
        actor -> Text,
        verb -> Text,
        kind -> Text,
        record_id -> Nullable<Text>,
        records -> BigInt,
        digest -> Text,
        reason -> Nullable<Text>,
        origin -> Nullable<Text>,
        detail -> Nullable<Binary>,
        mac -> Text,
    }
}

/// What was done, without the content in clear: the digest is over the written versions, sealed values sealed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit_log)]
pub struct AuditLine {
    /// When, in UTC microseconds.
    pub at: Moment,
    /// Who: `console`, `visitor` or a user's id.
    pub actor: String,
    /// What: `visits.record`.
    pub verb: String,
    /// On which kind of record.
    pub kind: String,
    /// On which record, where it was one.
    pub record_id: Option<Id>,
    /// On how many.
    pub records: i64,
    /// SHA-256 over the versions written, in hexadecimal; empty where none was written.
    pub digest: String,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// From where: the client's address, or `console`.
    pub origin: Option<String>,
    /// What changed, as sealed JSON: field → [before, after].
    pub detail: Option<Sealed<String>>,
}

/// A line that waits for the commit, where its number and so its place in the chain is known.
pub(crate) struct Change {
    pub(crate) station_id: Id,
    pub(crate) line: AuditLine,
    /// The detail in clear, sealed when the line gets its number.
    pub(crate) detail: Option<String>,
}

impl AuditLine {
    pub(crate) fn of<R: Record>(at: Moment, actor: &Actor, verb: &'static str, rows: &[&R]) -> Self {
        let mut hash = Sha256::new();
        for row in rows {
            hash.update(serde_json::to_vec(row).unwrap_or_default());
            hash.update(b"\n");
        }
        Self {
            at,
            actor: actor.code(),
            verb: verb.to_owned(),
            kind: R::KIND.to_owned(),
            record_id: if let [row] = rows { Some(row.id()) } else { None },
            records: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            digest: encode(&hash.finalize()),
            reason: None,
            origin: None,
            detail: None,
        }
    }

    /// The keyed hash of this line at its place. Origin and detail are covered where either is there: lines from
    /// before there were any keep their hash.
    fn chained(&self, key: &[u8; 32], seq: i64, previous: &str) -> String {
        let record = self.record_id.map(|id| id.to_string()).unwrap_or_default();
        let (seq, at, records) =
            (seq.to_be_bytes(), self.at.micros().to_be_bytes(), self.records.to_be_bytes());
        let mut parts: Vec<&[u8]> = vec![
            previous.as_bytes(),
            &seq,
            &at,
            self.actor.as_bytes(),
            self.verb.as_bytes(),
            self.kind.as_bytes(),
            record.as_bytes(),
            &records,
            self.digest.as_bytes(),
            self.reason.as_deref().unwrap_or_default().as_bytes(),
        ];
        if self.origin.is_some() || self.detail.is_some() {
            for part in [self.origin.as_deref().map(str::as_bytes), self.detail.as_ref().map(Sealed::bytes)] {
                parts.push(if part.is_some() { b"some" } else { b"none" });
                parts.push(part.unwrap_or_default());
            }
        }
        encode(&mac(key, &parts))
    }
}

/// Appends the lines of a transaction to their chains. Called once, at commit.
pub(crate) fn append(tx: &mut Tx<'_>) -> DbResult<()> {
    let mut changes = std::mem::take(&mut tx.changes);
    changes.sort_by_key(|change| change.station_id);
    let (key, keys) = (tx.keys().derive("audit"), tx.keys());
    let mut begun = Vec::new();
    for group in changes.chunk_by_mut(|a, b| a.station_id == b.station_id) {
        let chain = group[0].station_id;
        let (mut seq, mut head, kept) = sql::lock_audit_head(tx.conn(), chain)?;
        // An end that is not what was kept of it stays so: a later line must not make good what was cut off.
        let sound = seq > 0 && kept == Some(anchor::seal_of(keys, chain, seq, &head));
        if seq == 0 {
            head = before_first(chain);
            begun.push(chain);
        }
        for change in group {
            seq += 1;
            if let Some(detail) = &change.detail {
                change.line.detail = Some(seal(tx.keys(), chain, seq, detail)?);
            }
            head = change.line.chained(&key, seq, &head);
            insert(tx.conn(), chain, seq, &change.line, &head)?;
        }
        let seal = sound.then(|| anchor::seal_of(keys, chain, seq, &head));
        sql::set_audit_head(tx.conn(), chain, (seq, &head, seal.as_deref()))?;
    }
    if begun.is_empty() { Ok(()) } else { anchor::enter(tx.conn(), keys, &begun) }
}

/// What stands before a chain's first line: its id, so that no chain passes for another.
fn before_first(chain: Id) -> String {
    chain.to_string()
}

/// Seals a line's detail for its place: chain and number.
fn seal(keys: &Keys, chain: Id, seq: i64, detail: &str) -> DbResult<Sealed<String>> {
    Ok(Sealed::new(keys, &detail_place(seq), &chain, detail)?)
}

fn detail_place(seq: i64) -> String {
    format!("audit_log.detail#{seq}")
}

fn insert(conn: &mut AnyConnection, chain: Id, seq: i64, line: &AuditLine, mac: &str) -> DbResult<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::station_id.eq(chain),
            audit_log::seq.eq(seq),
            audit_log::at.eq(line.at),
            audit_log::actor.eq(&line.actor),
            audit_log::verb.eq(&line.verb),
            audit_log::kind.eq(&line.kind),
            audit_log::record_id.eq(line.record_id),
            audit_log::records.eq(line.records),
            audit_log::digest.eq(&line.digest),
            audit_log::reason.eq(&line.reason),
            audit_log::origin.eq(&line.origin),
            audit_log::detail.eq(&line.detail),
            audit_log::mac.eq(mac),
        ))
        .execute(conn)?;
    Ok(())
}

impl Tx<'_> {
    /// A station's audit lines from the first, and the number of the first line with which something is wrong.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_lines(&mut self, station: Id) -> DbResult<(Vec<AuditLine>, Option<i64>)> {
        let lines = audit_log::table
            .filter(audit_log::station_id.eq(station))
            .order(audit_log::seq)
            .select(AuditLine::as_select())
            .load(self.conn())?;
        let faults = self.verify_chain(station)?;
        Ok((lines, faults.iter().map(AuditFault::seq).min()))
    }
}
