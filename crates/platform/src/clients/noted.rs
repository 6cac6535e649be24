//! What a visit finds of a household, entered into its file: a need, a risk; and the number to call, where it is open.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;

use super::model::{RiskLevel, Urgency};
use super::personal;
use super::policy::Clients;
use super::store::{Household, Need, Person, RiskAssessment};
use crate::access::{Asker, Enter, new_id, permit};

/// Enters that a person needs something.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn need(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (household, person_id): (&Household, Id),
    found_on: NaiveDate,
    (need, urgency): (&str, Urgency),
) -> DbResult<()> {
    let need = Need {
        id: new_id(tx.at())?,
        station_id: household.station_id,
        area_id: household.area_id,
        community_id: household.community_id,
        worker_id: household.worker_id,
        household_id: household.id,
        person_id,
        found_on,
        need: need.to_owned(),
        urgency,
        met_on: None,
    };
    permit::<Enter<Clients>>(asker, household.station_id)?.append(tx, &[need])
}

/// Enters how high a risk is.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn risk(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (household, person_id): (&Household, Id),
    assessed_on: NaiveDate,
    (level, kinds, note): (RiskLevel, &[&str], &str),
) -> DbResult<()> {
    let risk = RiskAssessment {
        id: new_id(tx.at())?,
        station_id: household.station_id,
        area_id: household.area_id,
        community_id: household.community_id,
        worker_id: household.worker_id,
        household_id: household.id,
        person_id,
        assessed_on,
        level,
        kinds: kinds.join(","),
        note: note.to_owned(),
        review_on: None,
    };
    permit::<Enter<Clients>>(asker, household.station_id)?.append(tx, &[risk])
}

/// The whole telephone number of a person: for whoever has it open, and for nobody else.
///
/// # Errors
/// The keys are not those it was sealed with.
pub fn phone_of(tx: &Tx<'_>, person: &Person) -> DbResult<Option<String>> {
    Ok(personal::numbers(tx.keys(), person, true)?.1)
}
