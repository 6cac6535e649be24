//! Audit lines of what is not a versioned record: sign-ins, grants, readings of unmasked personal data.

use kernel::{Id, Problem};

use super::{AuditLine, Change};
use crate::{DbResult, Tx};

/// Something that happened and is no version of a record.
#[derive(Debug, Clone, Default)]
pub struct Event<'a> {
    /// What: `access.sign_in`.
    pub verb: &'a str,
    /// On which kind of thing: `user`.
    pub kind: &'a str,
    /// On which, where it was one.
    pub record_id: Option<Id>,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// What else is worth knowing; kept sealed.
    pub detail: Option<serde_json::Value>,
}

impl Tx<'_> {
    /// Leaves an audit line in a chain, committed with the transaction: a station's id, or [`super::WHOLE`].
    ///
    /// # Errors
    /// The transaction only reads: the line would be lost.
    pub fn event(&mut self, chain: Id, event: Event<'_>) -> DbResult<()> {
        if !self.writes() {
            return Err(Problem::new(
                "event_unwritten",
                format!("操作“{}”没有记入审计", event.verb),
                "这是程序错误：只读的事务记不下审计，请报告给维护者",
            )
            .into());
        }
        let line = AuditLine {
            at: self.at(),
            actor: self.actor().code(),
            verb: event.verb.to_owned(),
            kind: event.kind.to_owned(),
            record_id: event.record_id,
            records: event.record_id.is_some().into(),
            digest: String::new(),
            reason: event.reason,
            origin: self.origin().map(str::to_owned),
            detail: None,
        };
        let detail = event.detail.map(|detail| detail.to_string());
        self.changes.push(Change { station_id: chain, line, detail });
        Ok(())
    }
}
