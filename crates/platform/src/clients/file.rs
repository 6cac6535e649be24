//! A household file as a whole: everything that belongs to it, loaded once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::model::Told;
use super::store::{
    Consent, Contact, Household, LevelPeriod, Need, Person, PersonCategory, PersonalPlan, RiskAssessment,
};
use crate::areas;

/// Something that happened with a household, told by the slice that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Of what kind.
    pub kind: Told,
    /// When.
    pub on: NaiveDate,
    /// What: 入户, 电访, 个案.
    pub what: String,
    /// Whether somebody stood before somebody.
    pub face: bool,
    /// Who did it.
    pub worker: Option<Id>,
    /// In a few words.
    pub facts: String,
    /// What was written, by heading; an empty heading for plain text.
    pub text: Vec<(&'static str, String)>,
}

/// Tells what happened with a household and its persons.
pub type Timeline = fn(&mut Tx<'_>, Id, &[Id], Moment) -> DbResult<Vec<Happening>>;
/// Tells who is at work at some stations on a day: id and name, station by station.
pub type AtWork = fn(&mut Tx<'_>, &[Id], Moment, NaiveDate) -> DbResult<Vec<(Id, String)>>;

/// Tells what is still open of a person: kind and id of each record.
pub type Open = fn(&mut Tx<'_>, Id) -> DbResult<Vec<(&'static str, Id)>>;
/// Tells how many entries of telephones for a household wait to be accepted.
pub type Waiting = fn(&mut Tx<'_>, Id) -> DbResult<usize>;

/// What the slices below tell of a household; put together in `on_files.rs`.
#[derive(Clone, Copy)]
pub struct Later {
    /// What happened with a household and its persons as known at a moment, in any order.
    pub timeline: Timeline,
    /// The workers of some stations who are at work on a day: id and name.
    pub workers: AtWork,
    /// What is still open of a person, and so goes along into another household.
    pub open: Open,
    /// How many entries of telephones for a household wait to be accepted.
    pub waiting: Waiting,
}

/// A household file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) household: Household,
    pub(super) persons: Vec<Person>,
    pub(super) categories: Vec<PersonCategory>,
    pub(super) levels: Vec<LevelPeriod>,
    pub(super) plans: Vec<PersonalPlan>,
    pub(super) contacts: Vec<Contact>,
    pub(super) needs: Vec<Need>,
    pub(super) risks: Vec<RiskAssessment>,
    pub(super) consents: Vec<Consent>,
    pub(super) area: String,
    pub(super) community: String,
    pub(super) station: String,
}

impl File {
    /// Loads everything of a household in as many queries as there are kinds of records.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn load(tx: &mut Tx<'_>, household: Household) -> DbResult<Self> {
        let (id, at) = (household.id, tx.at());
        let persons = find::persons_of(tx, &[id])?.remove(&id).unwrap_or_default();
        let ids: Vec<Id> = persons.iter().map(|person| person.id).collect();
        let station = areas::station(tx, household.station_id, at)?.name;
        let areas_by_id: BTreeMap<Id, String> = areas::areas(tx, household.station_id, at)?
            .into_iter()
            .map(|area| (area.id, area.name))
            .chain(
                areas::communities(tx, household.station_id, at)?.into_iter().map(|one| (one.id, one.name)),
            )
            .collect();
        let name = |id: Option<Id>| id.and_then(|id| areas_by_id.get(&id)).cloned().unwrap_or_default();
        Ok(Self {
            categories: find::categories_of(tx, &[id])?,
            levels: find::levels_of(tx, &[id])?,
            plans: find::plans_of(tx, &ids)?,
            contacts: find::contacts_of(tx, id)?,
            needs: find::needs_of(tx, id)?,
            risks: find::risks_of(tx, id)?,
            consents: find::consents_of(tx, id)?,
            area: name(household.area_id),
            community: name(household.community_id),
            station,
            persons,
            household,
        })
    }

    /// The name by which the household is called: the head's, with 户.
    pub(super) fn title(&self) -> String {
        title(&self.persons)
    }

    /// The level that holds on a day.
    pub(super) fn level(&self, day: NaiveDate) -> Option<&LevelPeriod> {
        self.levels
            .iter()
            .rev()
            .find(|period| period.from_on <= day && period.to_on.is_none_or(|to| day < to))
    }

    /// The categories of a person that hold on a day.
    pub(super) fn categories(&self, person: Id, day: NaiveDate) -> Vec<&PersonCategory> {
        let held = self.categories.iter().filter(|one| one.person_id == person && holds(one, day));
        held.collect()
    }
}

/// Whether a category holds on a day.
pub(super) fn holds(category: &PersonCategory, day: NaiveDate) -> bool {
    category.from_on <= day && category.to_on.is_none_or(|to| day < to)
}

/// The name by which a household is called.
pub(super) fn title(persons: &[Person]) -> String {
    match persons.first() {
        Some(head) => format!("{} 户", head.name),
        None => "空档案".to_owned(),
    }
}
