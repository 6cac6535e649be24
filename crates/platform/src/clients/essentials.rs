//! What somebody has to know of a household at its door, without a signal: masked, and no more than that.
//! Not here: the file itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;
use rules::codes::{Codes, List};

use super::file::{holds, title};
use super::model::ServiceLevel;
use super::store::{Household, Person, households};
use super::{find, personal};
use crate::access::Scope;
use crate::areas;

/// A household as it stands on a telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Essentials {
    /// Which.
    pub household: Id,
    /// What it is called.
    pub title: String,
    /// Its file number.
    pub file_number: String,
    /// The community's name.
    pub community: String,
    /// The building; never the door.
    pub address: String,
    /// The level that holds on the day.
    pub level: Option<ServiceLevel>,
    /// Who lives there, the head first.
    pub persons: Vec<EssentialPerson>,
}

/// A person of a household as they stand on a telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EssentialPerson {
    /// Who.
    pub person: Id,
    /// The name.
    pub name: String,
    /// The categories that hold on the day, in words.
    pub categories: Vec<String>,
    /// The telephone number, masked.
    pub phone: Option<String>,
    /// Whether they are under 18 on the day: the law then asks more.
    pub minor: bool,
}

/// Under this age somebody is a minor, in whole years.
const ADULT: u32 = 18;

impl Person {
    /// Whether somebody is under 18 on a day.
    #[must_use]
    pub fn is_minor(&self, day: NaiveDate) -> bool {
        day.years_since(self.born_on).is_some_and(|age| age < ADULT)
    }
}

/// Whose households are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Followed {
    /// Those of this worker; all that may be seen where there is none.
    pub worker: Option<Id>,
    /// Only those after this one, by id.
    pub after: Option<Id>,
    /// At most so many.
    pub limit: i64,
}

/// The open households that a worker follows, by id.
///
/// # Errors
/// What the database says.
pub fn followed(tx: &mut Tx<'_>, scope: &Scope, asked: &Followed) -> DbResult<Vec<Id>> {
    let mut all = Household::visible(tx.at(), &scope.within()).filter(households::closed_on.is_null());
    if let Some(worker) = asked.worker {
        all = all.filter(households::worker_id.eq(worker));
    }
    if let Some(after) = asked.after {
        all = all.filter(households::id.gt(after));
    }
    let rows: Vec<Household> = all.order(households::id).limit(asked.limit).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The essentials of households that may be seen, in the order of their ids; the number of queries is the same for all.
///
/// # Errors
/// What the database says, or a sealed value does not open.
pub fn essentials(tx: &mut Tx<'_>, codes: &Codes, ids: &[Id], day: NaiveDate) -> DbResult<Vec<Essentials>> {
    let mut rows = find::households(tx, ids)?;
    rows.sort_by_key(|row| row.id);
    let mut persons = find::persons_of(tx, ids)?;
    let (categories, levels) = (find::categories_of(tx, ids)?, find::levels_of(tx, ids)?);
    let (mut names, at): (BTreeMap<Id, String>, _) = (BTreeMap::new(), tx.at());
    let stations: std::collections::BTreeSet<Id> = rows.iter().map(|row| row.station_id).collect();
    for station in stations {
        names.extend(areas::communities(tx, station, at)?.into_iter().map(|one| (one.id, one.name)));
    }
    let keys = tx.keys();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let members = persons.remove(&row.id).unwrap_or_default();
        let level = levels.iter().rev().find(|level| {
            level.household_id == row.id && level.from_on <= day && level.to_on.is_none_or(|to| day < to)
        });
        let mut shown = Vec::with_capacity(members.len());
        for person in members.iter().filter(|person| person.closed_on.is_none()) {
            let held = categories.iter().filter(|one| one.person_id == person.id && holds(one, day));
            let words = held.map(|one| codes.label(List::Categories, &one.category).to_owned());
            let phone = person.phone.as_ref();
            let phone = phone.map(|_| personal::numbers(keys, person, false)).transpose()?;
            shown.push(EssentialPerson {
                person: person.id,
                name: person.name.clone(),
                categories: words.collect(),
                phone: phone.and_then(|(_, phone)| phone),
                minor: person.is_minor(day),
            });
        }
        all.push(Essentials {
            household: row.id,
            title: title(&members),
            community: row.community_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            address: personal::address(keys, &row, false)?,
            level: level.map(|level| level.level),
            file_number: row.file_number,
            persons: shown,
        });
    }
    Ok(all)
}
