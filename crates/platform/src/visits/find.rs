//! Finding visits.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Visit, visits};

/// The most visits that are told of one household: three years of the closest following.
const MOST: i64 = 200;

/// The visits of a household and of whoever lives in it, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn of_household(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<Visit>> {
    let theirs = visits::household_id.eq(household).or(visits::person_id.eq_any(persons.to_vec()));
    Ok(Visit::known(at).filter(theirs).order(visits::visited_on.desc()).limit(MOST).load(tx.conn())?)
}
