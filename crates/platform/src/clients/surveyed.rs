//! Persons as a survey asks for them: all of a station with what decides whether they can be drawn, and how somebody who was
//! drawn is reached.
//! Not here: who is drawn, and who may ask.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};
use rules::identity::{masked, masked_phone};
use rules::sampling::Standing;

use super::store::{
    Consent, Contact, Household, Person, PersonCategory, RosterEntry, client_contacts, consents, households,
    person_categories, persons, roster_entries,
};
use super::{find, personal};

/// A person with what decides whether they can be drawn.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// Who.
    pub person: Id,
    /// In which area.
    pub area: Option<Id>,
    /// Codes of the categories that hold on the day.
    pub categories: Vec<String>,
    /// What is known of them on the day.
    pub standing: Standing,
}

/// Every person of a station as the records were known at a moment, with what holds on a day.
///
/// # Errors
/// What the database says.
pub fn surveyed(tx: &mut Tx<'_>, station: Id, known_at: Moment, day: NaiveDate) -> DbResult<Vec<Surveyed>> {
    let all: Vec<Household> =
        Household::known(known_at).filter(households::station_id.eq(station)).load(tx.conn())?;
    let homes: BTreeMap<Id, Household> = all.into_iter().map(|home| (home.id, home)).collect();
    let delisted = delisted(tx, station, known_at, day)?;
    let held: Vec<PersonCategory> =
        PersonCategory::known(known_at).filter(person_categories::station_id.eq(station)).load(tx.conn())?;
    let mut categories: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for one in held {
        if one.from_on <= day && one.to_on.is_none_or(|to| day < to) {
            categories.entry(one.person_id).or_default().push(one.category);
        }
    }
    let people: Vec<Person> =
        Person::known(known_at).filter(persons::station_id.eq(station)).order(persons::id).load(tx.conn())?;
    let of = |person: Person| {
        let home = homes.get(&person.household_id)?;
        let because = |code: &str| {
            let own = person.closed_reason.as_deref();
            own.or(home.closed_reason.as_deref()) == Some(code)
        };
        let standing = Standing {
            born_on: person.born_on,
            filed_on: person.filed_on,
            closed_on: person.closed_on,
            died: because("deceased"),
            moved: because("moved_out"),
            household_closed_on: home.closed_on,
            delisted_on: delisted.get(&home.id).copied(),
        };
        let categories = categories.remove(&person.id).unwrap_or_default();
        Some(Surveyed { person: person.id, area: home.area_id.or(person.area_id), categories, standing })
    };
    Ok(people.into_iter().filter_map(of).collect())
}

/// How many households the roster lists on a day for which no file has been made: nobody of them can be drawn.
///
/// # Errors
/// What the database says.
pub fn listed_without_file(
    tx: &mut Tx<'_>,
    station: Id,
    known_at: Moment,
    day: NaiveDate,
) -> DbResult<usize> {
    let entries = RosterEntry::known(known_at).filter(
        roster_entries::station_id
            .eq(station)
            .and(roster_entries::household_id.is_null())
            .and(roster_entries::listed_on.le(day)),
    );
    let entries: Vec<RosterEntry> = entries.load(tx.conn())?;
    Ok(entries.iter().filter(|entry| entry.delisted_on.is_none_or(|until| until > day)).count())
}

/// Since when households are on the roster no longer; those that still are on the day, or never were, are not in it.
fn delisted(
    tx: &mut Tx<'_>,
    station: Id,
    known_at: Moment,
    day: NaiveDate,
) -> DbResult<BTreeMap<Id, NaiveDate>> {
    let entries: Vec<RosterEntry> =
        RosterEntry::known(known_at).filter(roster_entries::station_id.eq(station)).load(tx.conn())?;
    let mut last: BTreeMap<Id, Option<NaiveDate>> = BTreeMap::new();
    for entry in entries {
        let Some(household) = entry.household_id else { continue };
        let until = entry.delisted_on.filter(|until| *until <= day);
        let known = last.entry(household).or_insert(until);
        // One entry that holds is enough.
        *known = known.zip(until).map(|(one, other)| one.max(other));
    }
    Ok(last.into_iter().filter_map(|(household, until)| Some((household, until?))).collect())
}

/// A number to call.
#[derive(Clone)]
pub struct Number {
    /// Whose: 本人, 母亲, 同户 何**.
    pub whose: String,
    /// As it is shown.
    pub masked: String,
    /// As it is dialled.
    pub whole: String,
}

/// How a person is reached.
#[derive(Clone, Default)]
pub struct Reached {
    /// The name; empty where the file is there no longer.
    pub name: String,
    /// The household's community.
    pub community: Option<Id>,
    /// The person's area.
    pub area: Option<Id>,
    /// Numbers, the best first.
    pub numbers: Vec<Number>,
}

/// How persons are reached, as it is known now: by their own number; a child, or somebody without one, by those of the
/// household's contacts and of whoever else is grown up there. `guarded` are the children.
///
/// # Errors
/// What the database says, or the keys are not those the numbers were sealed with.
pub fn reached(tx: &mut Tx<'_>, people: &[(Id, bool)]) -> DbResult<BTreeMap<Id, Reached>> {
    let ids: Vec<Id> = people.iter().map(|(id, _)| *id).collect();
    let own: Vec<Person> = Person::known(tx.at()).filter(persons::id.eq_any(ids.clone())).load(tx.conn())?;
    let homes: Vec<Id> = own.iter().map(|person| person.household_id).collect();
    let members = find::persons_of(tx, &homes)?;
    let contacts: Vec<Contact> = Contact::known(tx.at())
        .filter(client_contacts::household_id.eq_any(homes))
        .order(client_contacts::id)
        .load(tx.conn())?;
    let signed: Vec<Consent> =
        Consent::known(tx.at()).filter(consents::person_id.eq_any(ids)).load(tx.conn())?;
    let day = tx.at().day();
    let mut all = BTreeMap::new();
    for person in own {
        let guarded = people.iter().any(|(id, guarded)| *id == person.id && *guarded);
        let guardian = signed.iter().rev().find(|one| one.person_id == person.id);
        let guardian = guardian.and_then(|one| one.guardian_relation.clone());
        let contacts: Vec<&Contact> =
            contacts.iter().filter(|one| one.household_id == person.household_id).collect();
        let members = members.get(&person.household_id).map_or(&[][..], Vec::as_slice);
        let mut numbers = Vec::new();
        if !guarded && let Some(phone) = personal::numbers(tx.keys(), &person, true)?.1 {
            numbers.push(Number::of("本人".to_owned(), phone));
        }
        if numbers.is_empty() {
            numbers = of_others(tx, &person, guardian.as_deref(), &contacts, members, day)?;
        }
        let (community, area) = (person.community_id, person.area_id);
        all.insert(person.id, Reached { name: person.name, community, area, numbers });
    }
    Ok(all)
}

/// Numbers of those around a person: the guardian's first.
fn of_others(
    tx: &Tx<'_>,
    person: &Person,
    guardian: Option<&str>,
    contacts: &[&Contact],
    members: &[Person],
    day: NaiveDate,
) -> DbResult<Vec<Number>> {
    let mut numbers = Vec::new();
    let mut sorted: Vec<&Contact> = contacts.to_vec();
    sorted.sort_by_key(|one| Some(one.relation.as_str()) != guardian);
    for contact in sorted {
        let (_, phone) = personal::contact(tx.keys(), contact, true)?;
        numbers.push(Number::of(contact.relation.clone(), phone));
    }
    for other in members.iter().filter(|other| other.id != person.id && !other.is_minor(day)) {
        if let Some(phone) = personal::numbers(tx.keys(), other, true)?.1 {
            numbers.push(Number::of(format!("同户 {}", masked(&other.name, 1, 0)), phone));
        }
    }
    Ok(numbers)
}

impl Number {
    fn of(whose: String, whole: String) -> Self {
        Self { whose, masked: masked_phone(&whole), whole }
    }
}
