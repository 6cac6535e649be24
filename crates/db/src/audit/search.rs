//! Looking for audit lines: by chain, actor, verb, record and time, newest first. Not their verification.

use diesel::prelude::*;
use kernel::{Id, Moment};

use super::{AuditLine, audit_log, detail_place};
use crate::{AnyBackend, DbResult, Keys, Tx};

/// Which lines; what is `None` does not narrow.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// In these chains: station ids, and [`super::WHOLE`].
    pub chains: Option<Vec<Id>>,
    /// By this actor, in the form of `Actor::code`.
    pub actor: Option<String>,
    /// With a verb that begins so: `visits.` or `access.unmask`.
    pub verb: Option<String>,
    /// On this record.
    pub record_id: Option<Id>,
    /// Not before.
    pub from: Option<Moment>,
    /// Not after.
    pub to: Option<Moment>,
    /// Lines to pass over.
    pub offset: i64,
    /// Lines to return at most.
    pub limit: i64,
}

/// A line with its place and what it says changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The chain: a station's id or [`super::WHOLE`].
    pub chain: Id,
    /// The line's number in its chain, from 1.
    pub seq: i64,
    /// The line.
    pub line: AuditLine,
    /// What changed: field → [before, after], or an event's own content.
    pub detail: Option<serde_json::Value>,
    /// Whether there is a detail that does not open: it was altered, or sealed under another key.
    pub detail_broken: bool,
}

impl Tx<'_> {
    /// The lines a query asks for, newest first, and how many there are in all.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_search(&mut self, query: &AuditQuery) -> DbResult<(Vec<AuditEntry>, i64)> {
        let total = asked(query).count().get_result(self.conn())?;
        let rows: Vec<(Id, i64, AuditLine)> = asked(query)
            .order((audit_log::at.desc(), audit_log::seq.desc(), audit_log::station_id.desc()))
            .offset(query.offset.max(0))
            .limit(query.limit.max(0))
            .select((audit_log::station_id, audit_log::seq, AuditLine::as_select()))
            .load(self.conn())?;
        let keys = self.keys();
        Ok((rows.into_iter().map(|(chain, seq, line)| entry(keys, chain, seq, line)).collect(), total))
    }
}

fn asked(query: &AuditQuery) -> audit_log::BoxedQuery<'_, AnyBackend> {
    let mut lines = audit_log::table.into_boxed();
    if let Some(chains) = &query.chains {
        lines = lines.filter(audit_log::station_id.eq_any(chains));
    }
    if let Some(actor) = &query.actor {
        lines = lines.filter(audit_log::actor.eq(actor));
    }
    if let Some(verb) = &query.verb {
        // Every text that begins so and no other: in bytes, U+10FFFF comes after every character.
        lines =
            lines.filter(audit_log::verb.ge(verb)).filter(audit_log::verb.lt(format!("{verb}\u{10FFFF}")));
    }
    if let Some(record) = &query.record_id {
        lines = lines.filter(audit_log::record_id.eq(record));
    }
    if let Some(from) = query.from {
        lines = lines.filter(audit_log::at.ge(from));
    }
    if let Some(to) = query.to {
        lines = lines.filter(audit_log::at.le(to));
    }
    lines
}

fn entry(keys: &Keys, chain: Id, seq: i64, line: AuditLine) -> AuditEntry {
    let opened = line.detail.as_ref().map(|sealed| sealed.open(keys, &detail_place(seq), &chain));
    let detail = match &opened {
        Some(Ok(text)) => serde_json::from_str(text).ok(),
        _ => None,
    };
    AuditEntry { chain, seq, detail_broken: opened.is_some() && detail.is_none(), detail, line }
}
