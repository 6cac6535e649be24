//! The audit chain: each write leaves a line in the same transaction, and each line's keyed hash covers the one
//! before it. One chain per station, since a chain for all would serialise every write.

use diesel::prelude::*;
use kernel::{Actor, Id, Moment};
use sha2::{Digest as _, Sha256};

use crate::keys::{encode, mac};
use crate::{AnyConnection, DbResult, Record, Tx, sql};

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
    /// SHA-256 over the versions written, in hexadecimal.
    pub digest: String,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
}

pub(crate) struct Change {
    pub(crate) station_id: Id,
    pub(crate) line: AuditLine,
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
        }
    }

    fn chained(&self, key: &[u8; 32], seq: i64, previous: &str) -> String {
        let record = self.record_id.map(|id| id.to_string()).unwrap_or_default();
        encode(&mac(
            key,
            &[
                previous.as_bytes(),
                &seq.to_be_bytes(),
                &self.at.micros().to_be_bytes(),
                self.actor.as_bytes(),
                self.verb.as_bytes(),
                self.kind.as_bytes(),
                record.as_bytes(),
                &self.records.to_be_bytes(),
                self.digest.as_bytes(),
                self.reason.as_deref().unwrap_or_default().as_bytes(),
            ],
        ))
    }
}

/// Appends the lines of a transaction to their stations' chains. Called once, at commit.
pub(crate) fn append(tx: &mut Tx<'_>) -> DbResult<()> {
    let mut changes = std::mem::take(&mut tx.changes);
    changes.sort_by_key(|change| change.station_id);
    let key = tx.keys().derive("audit");
    for group in changes.chunk_by(|a, b| a.station_id == b.station_id) {
        let station = group[0].station_id;
        let (mut seq, mut head) = sql::lock_audit_head(tx.conn(), station)?;
        for change in group {
            seq += 1;
            head = change.line.chained(&key, seq, &head);
            insert(tx.conn(), station, seq, &change.line, &head)?;
        }
        sql::set_audit_head(tx.conn(), station, seq, &head)?;
    }
    Ok(())
}

fn insert(conn: &mut AnyConnection, station: Id, seq: i64, line: &AuditLine, mac: &str) -> DbResult<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::station_id.eq(station),
            audit_log::seq.eq(seq),
            audit_log::at.eq(line.at),
            audit_log::actor.eq(&line.actor),
            audit_log::verb.eq(&line.verb),
            audit_log::kind.eq(&line.kind),
            audit_log::record_id.eq(line.record_id),
            audit_log::records.eq(line.records),
            audit_log::digest.eq(&line.digest),
            audit_log::reason.eq(&line.reason),
            audit_log::mac.eq(mac),
        ))
        .execute(conn)?;
    Ok(())
}

impl Tx<'_> {
    /// A station's audit lines from the first, and the number of the first line whose keyed hash does not follow
    /// from the line before it, or of the line that is missing at the end.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_lines(&mut self, station: Id) -> DbResult<(Vec<AuditLine>, Option<i64>)> {
        let key = self.keys().derive("audit");
        let rows: Vec<(i64, String, AuditLine)> = audit_log::table
            .filter(audit_log::station_id.eq(station))
            .order(audit_log::seq)
            .select((audit_log::seq, audit_log::mac, AuditLine::as_select()))
            .load(self.conn())?;
        let (last, head_mac) = sql::lock_audit_head(self.conn(), station)?;
        let mut head = String::new();
        let mut broken = None;
        for (index, (seq, mac, line)) in rows.iter().enumerate() {
            head = line.chained(&key, *seq, &head);
            let expected = i64::try_from(index).unwrap_or(i64::MAX) + 1;
            if broken.is_none() && (*seq != expected || *mac != head) {
                broken = Some(expected);
            }
        }
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if broken.is_none() && (count != last || head != head_mac) {
            broken = Some(count + 1);
        }
        Ok((rows.into_iter().map(|(_, _, line)| line).collect(), broken))
    }
}
