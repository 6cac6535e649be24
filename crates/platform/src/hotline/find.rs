//! Finding calls and their tickets.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Call, Ticket, calls, tickets};

/// The most calls that are told of one household.
const MOST: i64 = 200;

/// The calls with a household and whoever lives in it, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn of_household(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<Call>> {
    let theirs = calls::household_id.eq(household).or(calls::person_id.eq_any(persons.to_vec()));
    let theirs = Call::known(at).filter(theirs.assume_not_null());
    Ok(theirs.order(calls::called_on.desc()).limit(MOST).load(tx.conn())?)
}

/// The tickets of calls.
///
/// # Errors
/// What the database says.
pub(super) fn tickets_of(tx: &mut Tx<'_>, calls: &[Id], at: Moment) -> DbResult<Vec<Ticket>> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Ticket::known(at).filter(tickets::call_id.eq_any(calls.to_vec())).load(tx.conn())?)
}
