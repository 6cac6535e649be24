//! Whom to contact: the households somebody answers for, each with its next contact, how late it is and why. A fixed
//! number of queries, however many households there are.
//! Not here: how a next contact is worked out (`rules::contacts`), and how the list looks (`home`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use rules::contacts::{self, Closed, Due, Event, Facts, Last, Level, Outlook, Person, Stay, Warning};

use super::find;
use super::model::AlarmKind;
use super::store::{FollowUp, HospitalStay, MajorEvent, WeatherWarning};
use crate::access::Scope;
use crate::clients::{self, Rolled, ServiceLevel, Whose};
use crate::library::Library;

/// A household of the list.
#[derive(Debug, Clone)]
pub struct Item {
    /// The household with its persons and categories.
    pub file: Rolled,
    /// The level that holds.
    pub level: Option<ServiceLevel>,
    /// When it was last visited and called.
    pub last: Last,
    /// What is owed to it, the most urgent first, or why nothing is.
    pub outlook: Outlook,
}

impl Item {
    /// The most urgent contact.
    #[must_use]
    pub fn due(&self) -> Option<&Due> {
        self.outlook.first()
    }
}

/// Everything that has to do with contacts, of the households asked for.
struct Known {
    last: BTreeMap<Id, Last>,
    events: BTreeMap<Id, Vec<MajorEvent>>,
    stays: BTreeMap<Id, Vec<HospitalStay>>,
    warnings: Vec<WeatherWarning>,
}

/// The households that a worker answers for, or all within a scope, the most urgent first; among equals by community,
/// building and file number, which is the order of a round on foot.
///
/// # Errors
/// What the database says.
pub fn for_worker(
    tx: &mut Tx<'_>,
    library: &Library,
    scope: &Scope,
    whose: Whose,
    day: NaiveDate,
) -> DbResult<Vec<Item>> {
    let files = clients::roll(tx, scope, whose, day)?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(tx, scope, &files, day)?;
    let mut items: Vec<Item> = files.into_iter().map(|file| item(library, file, &known, day)).collect();
    items.sort_by_key(|item| item.due().map_or((true, None), |due| (false, Some(due.rank()))));
    Ok(items)
}

/// What was promised and not settled, due by a day, within a scope.
///
/// # Errors
/// What the database says.
pub fn promised(tx: &mut Tx<'_>, scope: &Scope, until: NaiveDate) -> DbResult<Vec<FollowUp>> {
    find::promised(tx, &scope.within(), until)
}

/// Something raised that nobody has dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// The household.
    pub household: Id,
    /// Why.
    pub kind: AlarmKind,
    /// Since when.
    pub on: NaiveDate,
    /// Who in the station was told; none where a visit says a high risk and nothing was raised.
    pub told: Option<String>,
    /// What was raised, or else the visit.
    pub record: Id,
}

/// What was raised and not dealt with, within a scope, and every visit of high risk from which nothing was raised, whichever
/// way it was entered. The latest first.
///
/// # Errors
/// What the database says.
pub fn alarms(tx: &mut Tx<'_>, scope: &Scope) -> DbResult<Vec<Alarm>> {
    let within = scope.within();
    let raised = find::unhandled(tx, &within)?.into_iter().map(|one| Alarm {
        household: one.household_id,
        kind: one.kind,
        on: one.raised_on,
        told: Some(one.told),
        record: one.id,
    });
    let mut all: Vec<Alarm> = raised.collect();
    let high = find::of_high_risk(tx, &within)?;
    let of: Vec<Id> = high.iter().map(|visit| visit.id).collect();
    let known: BTreeSet<Id> = find::raised(tx, &of)?.into_iter().filter_map(|one| one.visit_id).collect();
    all.extend(high.into_iter().filter(|visit| !known.contains(&visit.id)).map(|visit| Alarm {
        household: visit.household_id,
        kind: AlarmKind::HighRisk,
        on: visit.visited_on,
        told: None,
        record: visit.id,
    }));
    all.sort_by_key(|alarm| std::cmp::Reverse((alarm.on, alarm.record)));
    Ok(all)
}

/// Whoever came out of hospital in the last weeks, or is there, within a scope.
///
/// # Errors
/// What the database says.
pub fn stays(tx: &mut Tx<'_>, scope: &Scope, day: NaiveDate) -> DbResult<Vec<HospitalStay>> {
    find::stays(tx, &scope.within(), day)
}

fn known(tx: &mut Tx<'_>, scope: &Scope, files: &[Rolled], day: NaiveDate) -> DbResult<Known> {
    let households: Vec<Id> = files.iter().map(|file| file.household.id).collect();
    let mut stations: Vec<Id> = files.iter().map(|file| file.household.station_id).collect();
    stations.sort_unstable();
    stations.dedup();
    let within = scope.within();
    let mut events: BTreeMap<Id, Vec<MajorEvent>> = BTreeMap::new();
    for event in find::events(tx, &within, day)? {
        events.entry(event.household_id).or_default().push(event);
    }
    let mut stays: BTreeMap<Id, Vec<HospitalStay>> = BTreeMap::new();
    for stay in find::stays(tx, &within, day)? {
        stays.entry(stay.household_id).or_default().push(stay);
    }
    let last = find::last(tx, &stations, &households, day)?;
    Ok(Known { last, events, stays, warnings: find::warnings(tx, &stations, day)? })
}

fn item(library: &Library, file: Rolled, known: &Known, day: NaiveDate) -> Item {
    let facts = facts(library, &file, known);
    let holding = facts.level(day).map(|level| level.from);
    let level = file.levels.iter().find(|level| Some(level.from_on) == holding).map(|level| level.level);
    let outlook = contacts::next(&facts, day, &library.levels, &library.calendar);
    Item { level, last: facts.last, outlook, file }
}

fn facts(library: &Library, file: &Rolled, known: &Known) -> Facts {
    let household = &file.household;
    let closed = |on: Option<NaiveDate>, why: &Option<String>| {
        let why = why.as_deref().unwrap_or_default();
        on.map(|on| {
            let why = library.codes.label(rules::codes::List::ClosingReasons, why).to_owned();
            Closed { on, why: if why.is_empty() { "已销档".to_owned() } else { why } }
        })
    };
    let none = Vec::new();
    let stays = known.stays.get(&household.id).unwrap_or(&none);
    let person = |person: &clients::Person| Person {
        closed: closed(person.closed_on, &person.closed_reason),
        categories: file
            .categories
            .iter()
            .filter(|one| one.person_id == person.id)
            .map(|one| (one.category.clone(), one.from_on))
            .collect(),
        stays: stays
            .iter()
            .filter(|stay| stay.person_id == person.id)
            .map(|stay| Stay { from: stay.admitted_on, to: stay.discharged_on })
            .collect(),
    };
    let event = |event: &MajorEvent| Event { known_on: event.known_on, what: event.what.clone() };
    let warned = known.warnings.iter().filter(|warning| warning.station_id == household.station_id);
    Facts {
        opened_on: household.opened_on,
        closed: closed(household.closed_on, &household.closed_reason),
        absent: household.residence == clients::Residence::RegisteredAbsent,
        levels: file
            .levels
            .iter()
            .map(|one| Level { level: one.level.as_str().to_owned(), from: one.from_on, to: one.to_on })
            .collect(),
        persons: file.persons.iter().map(person).collect(),
        last: known.last.get(&household.id).copied().unwrap_or_default(),
        events: known.events.get(&household.id).into_iter().flatten().map(event).collect(),
        warnings: warned
            .map(|one| Warning { from: one.issued_on, to: one.lifted_on, what: one.what.clone() })
            .collect(),
    }
}
