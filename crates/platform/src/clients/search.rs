//! Finding people by what somebody types: name, pinyin, initials, file number, community, building, identity number,
//! telephone tail. The index holds no number of a person; those are found by their keyed hashes.

use std::collections::{BTreeMap, BTreeSet};

use db::search::{Entry, Word};
use db::{DbResult, Tx};
use kernel::Id;
use rules::identity::IdNumber;
use rules::names;

use super::find;
use super::find::Found;
use super::personal::{id_number_hash, phone_tail_hash};
use super::store::{Household, Person};
use crate::access::Scope;
use crate::areas;

const KIND: &str = "person";
/// Parameters in one statement.
const AT_ONCE: usize = 900;
/// How many hits are looked at; whoever finds as many should type more.
pub(super) const MOST: usize = 500;

/// The households found, the best first, of those that may be seen.
///
/// # Errors
/// What the database says.
pub(super) fn search(tx: &mut Tx<'_>, scope: &Scope, text: &str) -> DbResult<Vec<Id>> {
    let found = persons(tx, scope, text)?;
    let seen = found.iter().filter(|one| scope.covers(one.place)).map(|one| one.household);
    let mut once = BTreeSet::new();
    Ok(seen.filter(|household| once.insert(*household)).collect())
}

fn persons(tx: &mut Tx<'_>, scope: &Scope, text: &str) -> DbResult<Vec<Found>> {
    let narrow: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    if let Ok(number) = IdNumber::parse(&narrow, tx.at().day()) {
        let hash = id_number_hash(tx.keys(), number.as_str());
        return Ok(find::by_id_number(tx, &hash)?.iter().map(Found::of).collect());
    }
    let digits = narrow.len() == 4 || narrow.len() == 11;
    if digits && narrow.chars().all(|sign| sign.is_ascii_digit()) {
        let by_tail = by_tail(tx, scope, &narrow)?;
        if !by_tail.is_empty() {
            return Ok(by_tail.iter().map(Found::of).collect());
        }
    }
    let words: Vec<Word> = names::query(text)
        .into_iter()
        .map(|word| match word {
            names::Word::Phrase(tokens) => Word::phrase(&tokens.concat()),
            names::Word::Prefix(start) => Word::prefix(&start),
        })
        .collect();
    let ids =
        tx.search(KIND, &words, scope.stations().as_deref(), i64::try_from(MOST).unwrap_or(i64::MAX))?;
    let mut found: BTreeMap<Id, Found> =
        find::found(tx, &ids)?.into_iter().map(|found| (found.person, found)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The last four digits; with all eleven the number itself must be the same.
fn by_tail(tx: &mut Tx<'_>, scope: &Scope, digits: &str) -> DbResult<Vec<Person>> {
    let stations = match scope.stations() {
        Some(stations) => stations,
        None => {
            let now = tx.at();
            areas::all_stations(tx, now)?.into_iter().map(|station| station.id).collect()
        }
    };
    let hashes: Vec<String> =
        stations.iter().map(|station| phone_tail_hash(tx.keys(), *station, digits)).collect();
    let found = find::by_phone_tail(tx, &hashes)?;
    if digits.len() == 4 {
        return Ok(found);
    }
    let mut same = Vec::new();
    for person in found {
        let (_, phone) = super::personal::numbers(tx.keys(), &person, true)?;
        if phone.as_deref() == Some(digits) {
            same.push(person);
        }
    }
    Ok(same)
}

/// Makes the persons of a household findable as they now are.
///
/// # Errors
/// What the database says.
pub(super) fn index_household(tx: &mut Tx<'_>, household: &Household) -> DbResult<()> {
    let community = community_names(tx, household.station_id)?;
    let members = find::persons_of(tx, &[household.id])?.remove(&household.id).unwrap_or_default();
    let entries: Vec<Entry> = members.iter().map(|person| entry(person, household, &community)).collect();
    tx.index_many(KIND, &entries)
}

/// Makes these persons of a station findable as they now are: after a roster was applied.
///
/// # Errors
/// What the database says.
pub(super) fn index_these(tx: &mut Tx<'_>, station: Id, persons: &[(&Person, &Household)]) -> DbResult<()> {
    let community = community_names(tx, station)?;
    let entries: Vec<Entry> =
        persons.iter().map(|(person, household)| entry(person, household, &community)).collect();
    tx.index_many(KIND, &entries)
}

/// Makes the persons of these households of a station findable as they now are.
///
/// # Errors
/// What the database says.
pub(super) fn index_households(tx: &mut Tx<'_>, station: Id, households: &[Id]) -> DbResult<()> {
    let community = community_names(tx, station)?;
    for chunk in households.chunks(AT_ONCE) {
        let members = find::persons_of(tx, chunk)?;
        let rows = find::households(tx, chunk)?;
        let of = |one: &Household| members.get(&one.id).cloned().unwrap_or_default();
        let entries = rows.iter().flat_map(|one| of(one).into_iter().map(move |person| (person, one)));
        let entries: Vec<Entry> = entries.map(|(person, one)| entry(&person, one, &community)).collect();
        tx.index_many(KIND, &entries)?;
    }
    Ok(())
}

/// Makes a person findable no longer.
///
/// # Errors
/// What the database says.
pub(super) fn forget(tx: &mut Tx<'_>, person: Id) -> DbResult<()> {
    tx.unindex(KIND, person)
}

/// Makes every person of a station findable: after an import, or where the index was not kept.
///
/// # Errors
/// What the database says.
pub fn index_station(tx: &mut Tx<'_>, station: Id) -> DbResult<usize> {
    let at = tx.at();
    let community = community_names(tx, station)?;
    let households: BTreeMap<Id, Household> =
        find::households_of_station(tx, station, at)?.into_iter().map(|one| (one.id, one)).collect();
    let persons = find::persons_of_station(tx, station, at)?;
    let entries: Vec<Entry> = persons
        .iter()
        .filter_map(|person| Some(entry(person, households.get(&person.household_id)?, &community)))
        .collect();
    tx.index_many(KIND, &entries)?;
    Ok(entries.len())
}

fn community_names(tx: &mut Tx<'_>, station: Id) -> DbResult<BTreeMap<Id, String>> {
    let now = tx.at();
    let all = areas::communities(tx, station, now)?;
    Ok(all.into_iter().map(|community| (community.id, community.name)).collect())
}

fn entry(person: &Person, household: &Household, communities: &BTreeMap<Id, String>) -> Entry {
    let community = household.community_id.and_then(|id| communities.get(&id)).cloned().unwrap_or_default();
    let terms = vec![
        names::terms(&person.name).join(" "),
        household.file_number.clone(),
        community,
        household.building.clone(),
    ];
    Entry { record_id: person.id, station_id: person.station_id, terms }
}
