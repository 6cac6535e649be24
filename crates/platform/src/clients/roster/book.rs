//! The files of a station as they stand while differences are applied: loaded once, changed in memory, and which
//! difference touched which record.
//! Not here: what a difference does (`apply`), and writing what was touched (`write`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use rules::identity::Phone;
use rules::roster::{FilePerson, Keys as RosterKeys, community_key};

use super::super::find;
use super::super::personal::{PHONE, id_number_hash, open};
use super::super::store::{Household, LevelPeriod, Person, PersonCategory, RosterEntry};
use super::find as of_station;
use crate::areas::{self, Community};

/// The kinds of record that applying writes, in the order they are written: what is referred to comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Households,
    Persons,
    Levels,
    Categories,
    Entries,
}

/// The files of a station.
pub(super) struct Book {
    pub(super) station: Id,
    pub(super) today: NaiveDate,
    /// By the key of their names.
    pub(super) communities: BTreeMap<String, Community>,
    /// The household of each file number, open or closed.
    pub(super) numbers: BTreeMap<String, Id>,
    /// The open household of each number of the city's platform.
    pub(super) platform: BTreeMap<String, Id>,
    pub(super) households: BTreeMap<Id, Household>,
    pub(super) persons: BTreeMap<Id, Person>,
    pub(super) levels: BTreeMap<Id, LevelPeriod>,
    pub(super) categories: BTreeMap<Id, PersonCategory>,
    pub(super) entries: BTreeMap<Id, RosterEntry>,
    /// The records of each household and, for categories, of each person.
    pub(super) persons_of: BTreeMap<Id, Vec<Id>>,
    pub(super) levels_of: BTreeMap<Id, Vec<Id>>,
    pub(super) categories_of: BTreeMap<Id, Vec<Id>>,
    /// The entries of files due: by household, and by file number where no file is made yet.
    entries_of: BTreeMap<Id, Vec<Id>>,
    entries_due: BTreeMap<String, Vec<Id>>,
    /// What was entered here and stands nowhere yet.
    pub(super) entered: BTreeSet<Id>,
    /// What was touched, and by which differences.
    pub(super) touched: BTreeMap<(Table, Id), BTreeSet<usize>>,
}

impl Book {
    /// Loads the files of a station, closed ones too.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn load(tx: &mut Tx<'_>, station: Id, today: NaiveDate) -> DbResult<Self> {
        let at = tx.at();
        let households = find::households_of_station(tx, station, at)?;
        let persons = find::persons_of_station(tx, station, at)?;
        let levels = of_station::levels_of_station(tx, station)?;
        let categories = of_station::categories_of_station(tx, station)?;
        let entries = of_station::entries_of_station(tx, station)?;
        let communities = areas::communities(tx, station, at)?;
        let (mut entries_of, mut entries_due) = (BTreeMap::new(), BTreeMap::new());
        for entry in &entries {
            place(&mut entries_of, &mut entries_due, entry);
        }
        let open = households.iter().filter(|one| one.closed_on.is_none());
        Ok(Self {
            station,
            today,
            communities: communities.into_iter().map(|one| (community_key(&one.name), one)).collect(),
            numbers: households.iter().map(|one| (one.file_number.clone(), one.id)).collect(),
            platform: open.filter_map(|one| Some((one.platform_id.clone()?, one.id))).collect(),
            persons_of: grouped(&persons, |one| one.household_id, |one| one.id),
            levels_of: grouped(&levels, |one| one.household_id, |one| one.id),
            categories_of: grouped(&categories, |one| one.person_id, |one| one.id),
            entries_of,
            entries_due,
            households: households.into_iter().map(|one| (one.id, one)).collect(),
            persons: persons.into_iter().map(|one| (one.id, one)).collect(),
            levels: levels.into_iter().map(|one| (one.id, one)).collect(),
            categories: categories.into_iter().map(|one| (one.id, one)).collect(),
            entries: entries.into_iter().map(|one| (one.id, one)).collect(),
            entered: BTreeSet::new(),
            touched: BTreeMap::new(),
        })
    }

    /// What the roster is compared with. Telephones are opened for their keys and go no further.
    ///
    /// # Errors
    /// A number does not open.
    pub(super) fn files(&self, keys: &db::Keys) -> DbResult<Vec<FilePerson>> {
        let names: BTreeMap<Id, &str> =
            self.communities.values().map(|one| (one.id, one.name.as_str())).collect();
        let mut files = Vec::with_capacity(self.persons.len());
        for person in self.persons.values() {
            let Some(household) = self.households.get(&person.household_id) else { continue };
            let phone = person.phone.as_ref().map(|phone| open(keys, PHONE, person.id, phone)).transpose()?;
            files.push(FilePerson {
                person: person.id.to_string(),
                household: household.id.to_string(),
                platform_id: person.platform_id.clone(),
                id_key: Some(person.id_number_hash.clone()),
                file_number: Some(household.file_number.clone()),
                name: person.name.clone(),
                community: household
                    .community_id
                    .and_then(|id| names.get(&id))
                    .map(|name| (*name).to_owned()),
                level: self.level(household.id).map(|level| level.level.as_str().to_owned()),
                categories: self.held(person.id).map(|one| one.category.clone()).collect(),
                residence: Some(household.residence.as_str().to_owned()),
                phone_key: phone.map(|phone| phone_key(keys, &phone)),
                closed: person.closed_on.is_some() || household.closed_on.is_some(),
            });
        }
        Ok(files)
    }

    /// The level of a household today.
    pub(super) fn level(&self, household: Id) -> Option<&LevelPeriod> {
        let own = self.levels_of.get(&household).into_iter().flatten().filter_map(|id| self.levels.get(id));
        own.filter(|one| one.from_on <= self.today && one.to_on.is_none_or(|to| self.today < to))
            .max_by_key(|one| (one.from_on, one.id))
    }

    /// The categories of a person today.
    pub(super) fn held(&self, person: Id) -> impl Iterator<Item = &PersonCategory> {
        let own = self.categories_of.get(&person).into_iter().flatten();
        own.filter_map(|id| self.categories.get(id)).filter(|one| super::super::file::holds(one, self.today))
    }

    /// The community that a roster means by a name.
    pub(super) fn community(&self, name: &str) -> Option<&Community> {
        self.communities.get(&community_key(name))
    }

    /// The persons of a household.
    pub(super) fn members(&self, household: Id) -> Vec<Id> {
        self.persons_of.get(&household).cloned().unwrap_or_default()
    }

    /// The entries of files due that are a household's.
    pub(super) fn entries_of(&self, household: Id) -> Vec<Id> {
        let number = self.households.get(&household).map(|one| &one.file_number);
        let due = number.and_then(|number| self.entries_due.get(number));
        self.entries_of.get(&household).into_iter().chain(due).flatten().copied().collect()
    }

    /// Adds an entry of files due.
    pub(super) fn add_entry(&mut self, entry: RosterEntry) {
        place(&mut self.entries_of, &mut self.entries_due, &entry);
        self.entries.insert(entry.id, entry);
    }

    /// Notes that a difference touched a record.
    pub(super) fn touch(&mut self, table: Table, id: Id, by: usize) {
        self.touched.entry((table, id)).or_default().insert(by);
    }
}

/// How numbers become keys: by keyed hashes, so that a difference's key tells nothing of them.
pub(super) fn with_keys<T>(keys: &db::Keys, work: impl FnOnce(RosterKeys<'_>) -> T) -> T {
    work(RosterKeys {
        id_number: &|number| id_number_hash(keys, number.as_str()),
        phone: &|phone: &Phone| phone_key(keys, &phone.key()),
    })
}

fn phone_key(keys: &db::Keys, phone: &str) -> String {
    keys.lookup("roster.phone", phone)
}

fn place(of: &mut BTreeMap<Id, Vec<Id>>, due: &mut BTreeMap<String, Vec<Id>>, entry: &RosterEntry) {
    match entry.household_id {
        Some(household) => of.entry(household).or_default().push(entry.id),
        None => due.entry(entry.file_number.clone()).or_default().push(entry.id),
    }
}

fn grouped<T>(rows: &[T], by: impl Fn(&T) -> Id, id: impl Fn(&T) -> Id) -> BTreeMap<Id, Vec<Id>> {
    let mut groups: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for row in rows {
        groups.entry(by(row)).or_default().push(id(row));
    }
    groups
}
