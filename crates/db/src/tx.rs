//! A transaction: the connection, who acts, at what moment, and the writes that everything goes through.

use diesel::sql_types::{BigInt, Text};
use diesel::{RunQueryDsl as _, sql_query};
use kernel::{Actor, Clock, Id, Moment, Problem};

use crate::audit::{AuditLine, Change, changes, gone, several};
use crate::record::{FOREVER, Record, Stamp};
use crate::{AnyConnection, DbResult, Keys, sql};

/// One transaction. Reading goes through [`Tx::conn`]; records are written by [`Tx::append`], [`Tx::correct`] and
/// [`Tx::withdraw`] only, which keep every version and leave an audit line.
pub struct Tx<'c> {
    conn: &'c mut AnyConnection,
    keys: &'c Keys,
    actor: Actor,
    at: Moment,
    origin: Option<String>,
    /// The clock of one that writes.
    clock: Option<Clock>,
    pub(crate) changes: Vec<Change>,
}

impl<'c> Tx<'c> {
    /// One that reads: what it writes is not kept.
    pub(crate) fn reading(conn: &'c mut AnyConnection, keys: &'c Keys, at: Moment) -> Self {
        Self { conn, keys, actor: Actor::Visitor, at, origin: None, clock: None, changes: Vec::new() }
    }

    pub(crate) fn writing(conn: &'c mut AnyConnection, keys: &'c Keys, actor: Actor, clock: Clock) -> Self {
        let origin = (actor == Actor::Console).then(|| "console".to_owned());
        let at = clock.now();
        Self { conn, keys, actor, at, origin, clock: Some(clock), changes: Vec::new() }
    }

    /// The connection, for queries.
    pub fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }

    /// The keys, for sealing and for lookups.
    #[must_use]
    pub fn keys(&self) -> &'c Keys {
        self.keys
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// From where: stands in the audit lines that follow. `console` for the console, else nothing until it is set.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Says from where the actor acts: the client's address.
    pub fn set_origin(&mut self, origin: Option<String>) {
        self.origin = origin;
    }

    pub(crate) fn writes(&self) -> bool {
        self.clock.is_some()
    }

    /// Until a writing transaction ends, nobody else holds what goes by this name: what is read after this is still so at the
    /// commit, and what others wrote while this one waited is known to it. SQLite has one writer and needs no waiting. Gives
    /// whether others may have written since the transaction began: what was read before it is then to be read again.
    ///
    /// # Errors
    /// What the database says.
    pub fn hold(&mut self, name: &str) -> DbResult<bool> {
        let Some(clock) = self.clock else { return Ok(false) };
        let waited = sql::wait_for(self.conn, name)?;
        if waited {
            self.at = self.at.max(clock.now());
        }
        Ok(waited)
    }

    /// The moment the transaction began: every version it writes is known from then on.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.at
    }

    /// The same transaction at another moment: a history that is brought in keeps its own moments.
    pub fn set_at(&mut self, at: Moment) {
        self.at = at;
    }

    /// Writes new records. `verb` names what was done in the audit log: `visits.record`.
    ///
    /// # Errors
    /// A constraint refuses; nothing of the transaction is kept then.
    pub fn append<R: Record>(&mut self, verb: &'static str, rows: &[R]) -> DbResult<()> {
        let keys = self.keys;
        self.enter(verb, rows, |group| match group {
            [row] => changes(keys, None, *row),
            group => several(group),
        })
    }

    /// Enters records of which the audit says how many, and neither which nor what: what was told without a name.
    ///
    /// # Errors
    /// As [`Tx::append`].
    pub fn append_nameless<R: Record>(&mut self, verb: &'static str, rows: &[R]) -> DbResult<()> {
        let lines = self.changes.len();
        self.enter(verb, rows, |_| None)?;
        self.changes[lines..].iter_mut().for_each(|change| change.line.record_id = None);
        Ok(())
    }

    fn enter<R: Record>(
        &mut self,
        verb: &'static str,
        rows: &[R],
        detail: impl Fn(&[&R]) -> Option<String>,
    ) -> DbResult<()> {
        let ids: Vec<(Id, Id)> = rows.iter().map(|row| (row.id(), row.station_id())).collect();
        sql::register(self.conn, R::KIND, &ids)?;
        let stamp = Stamp { version: 1, from: self.at, voided: false };
        let stamped: Vec<_> = rows.iter().map(|row| (stamp, row)).collect();
        R::insert(self.conn, &stamped)?;
        let mut rows: Vec<&R> = rows.iter().collect();
        rows.sort_by_key(|row| row.station_id());
        for group in rows.chunk_by(|a, b| a.station_id() == b.station_id()) {
            self.note(verb, group, detail(group), None);
        }
        Ok(())
    }

    /// Corrects a record: appends a version with the new content; the old one stays readable as it was known.
    ///
    /// # Errors
    /// There is no such record, it is withdrawn, or a constraint refuses.
    pub fn correct<R: Record>(&mut self, verb: &'static str, row: &R) -> DbResult<()> {
        let (stamp, before) = self.standing::<R>(row.id())?;
        self.replace(verb, (stamp, &before), row)
    }

    /// Corrects a record that was read in this version.
    ///
    /// # Errors
    /// `changed_meanwhile`, or as [`Tx::correct`].
    pub fn correct_from<R: Record>(&mut self, verb: &'static str, row: &R, version: i32) -> DbResult<()> {
        let (stamp, before) = self.standing::<R>(row.id())?;
        if stamp.version != version {
            let remedy = "请看看现在的内容，再决定改不改";
            let problem = Problem::new("changed_meanwhile", "这条记录刚被别人改过", remedy);
            return Err(problem.at(row.id().to_string()).into());
        }
        self.replace(verb, (stamp, &before), row)
    }

    /// Withdraws a record: appends a voided version. It counts no longer and stays in the history.
    ///
    /// # Errors
    /// There is no such record, or it is already withdrawn.
    pub fn withdraw<R: Record>(&mut self, verb: &'static str, id: Id, reason: &str) -> DbResult<()> {
        let (stamp, row) = self.standing::<R>(id)?;
        self.supersede(stamp, &row, true)?;
        self.note(verb, &[&row], gone(self.keys, &row), Some(reason));
        Ok(())
    }

    fn replace<R: Record>(
        &mut self,
        verb: &'static str,
        (stamp, before): (Stamp, &R),
        row: &R,
    ) -> DbResult<()> {
        self.supersede(stamp, row, false)?;
        self.note(verb, &[row], changes(self.keys, Some(before), row), None);
        Ok(())
    }

    fn standing<R: Record>(&mut self, id: Id) -> DbResult<(Stamp, R)> {
        match R::last(self.conn, id)? {
            Some((stamp, row)) if !stamp.voided => Ok((stamp, row)),
            Some(_) => Err(Problem::new("withdrawn", "这条记录已经作废", "请先查看它的历史")
                .at(id.to_string())
                .into()),
            None => {
                Err(Problem::new("unknown_record", "没有这条记录", "请核对编号").at(id.to_string()).into())
            }
        }
    }

    fn supersede<R: Record>(&mut self, last: Stamp, row: &R, voided: bool) -> DbResult<()> {
        // Two versions of one moment would leave the first known for no time at all: time moves on between them.
        let from = self.at.max(Moment::from_micros(last.from.micros() + 1));
        let close = format!("UPDATE {} SET known_until = $1 WHERE id = $2 AND known_until = $3", R::TABLE);
        sql_query(close)
            .bind::<BigInt, _>(from)
            .bind::<Text, _>(row.id())
            .bind::<BigInt, _>(FOREVER)
            .execute(self.conn)?;
        R::insert(self.conn, &[(Stamp { version: last.version + 1, from, voided }, row)])?;
        Ok(())
    }

    /// Keeps an audit line for the commit; the rows are of one station.
    fn note<R: Record>(
        &mut self,
        verb: &'static str,
        rows: &[&R],
        detail: Option<String>,
        reason: Option<&str>,
    ) {
        let Some(first) = rows.first() else { return };
        let mut line = AuditLine::of(self.at, &self.actor, verb, rows);
        line.reason = reason.map(str::to_owned);
        line.origin.clone_from(&self.origin);
        self.changes.push(Change { station_id: first.station_id(), line, detail });
    }
}
