//! Finding cases and what belongs to them.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Case, CaseClosure, CaseSession, case_closures, case_sessions, cases};

/// The most sessions that are told of one household.
const MOST: i64 = 200;

/// The cases of a household and of whoever lives in it.
///
/// # Errors
/// What the database says.
pub(super) fn of_household(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<Case>> {
    let theirs = cases::household_id.eq(household).or(cases::person_id.eq_any(persons.to_vec()));
    Ok(Case::known(at).filter(theirs).load(tx.conn())?)
}

/// The cases of a person.
///
/// # Errors
/// What the database says.
pub(super) fn of_person(tx: &mut Tx<'_>, person: Id, at: Moment) -> DbResult<Vec<Case>> {
    Ok(Case::known(at).filter(cases::person_id.eq(person)).load(tx.conn())?)
}

/// The sessions of cases, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn sessions_of(tx: &mut Tx<'_>, cases: &[Id], at: Moment) -> DbResult<Vec<CaseSession>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = CaseSession::known(at).filter(case_sessions::case_id.eq_any(cases.to_vec()));
    Ok(theirs.order(case_sessions::held_on.desc()).limit(MOST).load(tx.conn())?)
}

/// The closures of cases.
///
/// # Errors
/// What the database says.
pub(super) fn closures_of(tx: &mut Tx<'_>, cases: &[Id], at: Moment) -> DbResult<Vec<CaseClosure>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = case_closures::case_id.eq_any(cases.to_vec());
    Ok(CaseClosure::known(at).filter(theirs).load(tx.conn())?)
}
