//! A permit: proof that one verb was allowed, and where. Only [`permit`] makes one, and every write takes one.

use std::marker::PhantomData;

use db::{DbError, DbResult, Record, Tx};
use kernel::{Id, Problem};

use super::part::{Correct, Enter, Owned, Verb, Withdraw};
use super::{Asker, Place, Scope};

/// Proof that `V` was allowed at a station, in all of it or in some of its areas and communities.
pub struct Permit<V> {
    station: Id,
    scope: Scope,
    verb: PhantomData<V>,
}

/// Decides whether somebody may do `V` at a station.
///
/// # Errors
/// `forbidden`, naming the verb.
pub fn permit<V: Verb>(asker: &Asker, station: Id) -> Result<Permit<V>, Problem> {
    let scope = asker.scope(V::NAME);
    if scope.reaches(station) {
        return Ok(Permit { station, scope, verb: PhantomData });
    }
    let what = format!("没有“{}”的权限", V::NAME);
    Err(Problem::new("forbidden", what, "需要时请联系本站站长或安全管理员授权"))
}

impl<V> Permit<V> {
    /// The station it holds for.
    #[must_use]
    pub fn station(&self) -> Id {
        self.station
    }

    fn covers<R: Record>(&self, row: &R) -> DbResult<()> {
        if row.station_id() == self.station && self.scope.covers(Place::of(row)) {
            return Ok(());
        }
        let problem =
            Problem::new("out_of_scope", "这条记录不在您可以办理的范围内", "请由它所属片区或社区的同事办理");
        Err(DbError::Problem(problem.at(row.id().to_string())))
    }
}

impl<P: super::Part> Permit<Enter<P>> {
    /// Writes new records.
    ///
    /// # Errors
    /// A record of another station, or a constraint refuses; nothing of the transaction is kept then.
    pub fn append<R: Owned<Part = P>>(&self, tx: &mut Tx<'_>, rows: &[R]) -> DbResult<()> {
        rows.iter().try_for_each(|row| self.covers(row))?;
        tx.append(P::RECORD, rows)
    }

    /// The same for what was told without a name: the audit says how many, and no more.
    ///
    /// # Errors
    /// As [`Permit::append`].
    pub fn append_nameless<R: Owned<Part = P>>(&self, tx: &mut Tx<'_>, rows: &[R]) -> DbResult<()> {
        rows.iter().try_for_each(|row| self.covers(row))?;
        tx.append_nameless(P::RECORD, rows)
    }
}

impl<P: super::Part> Permit<Correct<P>> {
    /// Corrects a record: appends a version.
    ///
    /// # Errors
    /// There is no such record, it is withdrawn, or it is of another station.
    pub fn correct<R: Owned<Part = P>>(&self, tx: &mut Tx<'_>, row: &R) -> DbResult<()> {
        self.covers(row)?;
        if let Some((_, stored)) = R::last(tx.conn(), row.id())? {
            self.covers(&stored)?;
        }
        tx.correct(P::CORRECT, row)
    }
}

impl<P: super::Part> Permit<Correct<P>> {
    /// Corrects a record that was read in this version, and refuses when somebody else has corrected it meanwhile.
    ///
    /// # Errors
    /// `changed_meanwhile`, or as [`Permit::correct`].
    pub fn correct_from<R: Owned<Part = P>>(&self, tx: &mut Tx<'_>, row: &R, version: i32) -> DbResult<()> {
        self.covers(row)?;
        if let Some((_, stored)) = R::last(tx.conn(), row.id())? {
            self.covers(&stored)?;
        }
        tx.correct_from(P::CORRECT, row, version)
    }
}

impl<P: super::Part> Permit<Withdraw<P>> {
    /// Withdraws a record: appends a voided version.
    ///
    /// # Errors
    /// There is no such record, it is already withdrawn, or it is of another station.
    pub fn withdraw<R: Owned<Part = P>>(&self, tx: &mut Tx<'_>, id: Id, reason: &str) -> DbResult<()> {
        if let Some((_, stored)) = R::last(tx.conn(), id)? {
            self.covers(&stored)?;
        }
        tx.withdraw::<R>(P::WITHDRAW, id, reason)
    }
}
