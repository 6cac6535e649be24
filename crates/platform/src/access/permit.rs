//! A permit: proof that one verb was allowed at one station. Only [`permit`] makes one, and every write takes one.

use std::marker::PhantomData;

use db::{DbError, DbResult, Record, Tx};
use kernel::{Actor, Id, Problem};

use super::part::{Correct, Enter, Owned, Verb, Withdraw};

/// Proof that `V` was allowed at a station.
pub struct Permit<V> {
    station: Id,
    verb: PhantomData<V>,
}

/// Decides whether somebody may do `V` at a station.
///
/// # Errors
/// `forbidden`, naming the verb.
pub fn permit<V: Verb>(actor: &Actor, station: Id) -> Result<Permit<V>, Problem> {
    match actor {
        Actor::Console => Ok(Permit { station, verb: PhantomData }),
        Actor::Visitor | Actor::User(_) => Err(Problem::new(
            "forbidden",
            format!("没有“{}”的权限", V::NAME),
            "请在存放数据的机器上用命令办理",
        )),
    }
}

impl<V> Permit<V> {
    /// The station it holds for.
    #[must_use]
    pub fn station(&self) -> Id {
        self.station
    }

    fn covers<R: Record>(&self, row: &R) -> DbResult<()> {
        if row.station_id() == self.station {
            return Ok(());
        }
        let problem = Problem::new("out_of_scope", "这条记录不属于所准许的社工站", "请在它所属的社工站办理");
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
