//! Finding what an import touches: all records of a station, records as a version of them was, and what was built upon
//! new ones.

use std::collections::BTreeSet;

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

use super::super::store::{
    Consent, Contact, Household, LevelPeriod, Need, Person, PersonCategory, PersonalPlan, RiskAssessment,
    RosterEntry, client_contacts, client_needs, consents, households, person_categories, personal_plans,
    persons, risk_assessments, roster_entries, service_levels,
};
use crate::documents;

/// Parameters in one statement.
const AT_ONCE: usize = 900;

/// A kind of record that an import writes.
pub(super) trait Kept: Sized {
    /// The record as a version of it was.
    ///
    /// # Errors
    /// What the database says.
    fn of_version(tx: &mut Tx<'_>, id: Id, version: i32) -> DbResult<Option<Self>>;
}

macro_rules! kept {
    ($($record:ident in $table:ident),+) => {
        $(impl Kept for $record {
            fn of_version(tx: &mut Tx<'_>, id: Id, version: i32) -> DbResult<Option<Self>> {
                let same = $table::table.filter($table::id.eq(id)).filter($table::version.eq(version));
                Ok(same.select($record::as_select()).first(tx.conn()).optional()?)
            }
        })+
    };
}

kept!(
    Household in households,
    Person in persons,
    LevelPeriod in service_levels,
    PersonCategory in person_categories,
    RosterEntry in roster_entries
);

/// The level periods of a station.
///
/// # Errors
/// What the database says.
pub(super) fn levels_of_station(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<LevelPeriod>> {
    Ok(LevelPeriod::known(tx.at()).filter(service_levels::station_id.eq(station)).load(tx.conn())?)
}

/// The categories of a station's persons.
///
/// # Errors
/// What the database says.
pub(super) fn categories_of_station(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<PersonCategory>> {
    Ok(PersonCategory::known(tx.at()).filter(person_categories::station_id.eq(station)).load(tx.conn())?)
}

/// The entries of a station's files due.
///
/// # Errors
/// What the database says.
pub(super) fn entries_of_station(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<RosterEntry>> {
    Ok(RosterEntry::known(tx.at()).filter(roster_entries::station_id.eq(station)).load(tx.conn())?)
}

/// Open persons of other stations with one of these hashed identity numbers.
///
/// # Errors
/// What the database says.
pub(super) fn elsewhere(tx: &mut Tx<'_>, station: Id, hashes: &[String]) -> DbResult<Vec<Person>> {
    let mut there = Vec::new();
    for chunk in hashes.chunks(AT_ONCE) {
        let same: Vec<Person> = Person::known(tx.at())
            .filter(persons::id_number_hash.eq_any(chunk.to_vec()))
            .filter(persons::station_id.ne(station))
            .filter(persons::closed_on.is_null())
            .load(tx.conn())?;
        there.extend(same);
    }
    Ok(there)
}

/// Of new households and persons those that somebody has built upon.
///
/// # Errors
/// What the database says.
pub(super) fn built_upon(
    tx: &mut Tx<'_>,
    households: &[Id],
    persons: &[Id],
) -> DbResult<(BTreeSet<Id>, BTreeSet<Id>)> {
    let at = tx.at();
    let (mut used, mut used_persons) =
        (documents::attached_to(tx, households)?, documents::attached_to(tx, persons)?);
    for chunk in households.chunks(AT_ONCE) {
        let theirs = client_contacts::household_id.eq_any(chunk.to_vec());
        let contacts: Vec<Contact> = Contact::known(at).filter(theirs).load(tx.conn())?;
        used.extend(contacts.iter().map(|one| one.household_id));
    }
    for chunk in persons.chunks(AT_ONCE) {
        let needs: Vec<Need> =
            Need::known(at).filter(client_needs::person_id.eq_any(chunk.to_vec())).load(tx.conn())?;
        let risks: Vec<RiskAssessment> = RiskAssessment::known(at)
            .filter(risk_assessments::person_id.eq_any(chunk.to_vec()))
            .load(tx.conn())?;
        let agreed: Vec<Consent> =
            Consent::known(at).filter(consents::person_id.eq_any(chunk.to_vec())).load(tx.conn())?;
        let plans: Vec<PersonalPlan> = PersonalPlan::known(at)
            .filter(personal_plans::person_id.eq_any(chunk.to_vec()))
            .load(tx.conn())?;
        used_persons.extend(needs.iter().map(|one| one.person_id));
        used_persons.extend(risks.iter().map(|one| one.person_id));
        used_persons.extend(agreed.iter().map(|one| one.person_id));
        used_persons.extend(plans.iter().map(|one| one.person_id));
    }
    Ok((used, used_persons))
}
