//! Households with what contacts go by, many at once: a fixed number of queries, however many there are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

use super::file;
use super::find;
use super::model::RiskLevel;
use super::store::{
    Household, LevelPeriod, Person, PersonCategory, RiskAssessment, households, person_categories, persons,
    risk_assessments, service_levels,
};
use crate::access::Scope;

/// A household with its persons, their categories, its level and the last risk.
#[derive(Debug, Clone)]
pub struct Rolled {
    /// The household.
    pub household: Household,
    /// Whoever belongs to it, the head first.
    pub persons: Vec<Person>,
    /// The categories of its persons that hold.
    pub categories: Vec<PersonCategory>,
    /// Its levels that have not ended.
    pub levels: Vec<LevelPeriod>,
    /// The last risk that was assessed.
    pub risk: Option<RiskLevel>,
}

/// Which households are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All that may be seen.
    All,
    /// Those that a worker answers for.
    Worker(Id),
    /// This one.
    One(Id),
}

/// So many ids at most are named one by one; beyond, everything within the scope is read.
const NAMED: usize = 5_000;

impl Rolled {
    /// The name by which it is called: the head's, with 户.
    #[must_use]
    pub fn title(&self) -> String {
        file::title(&self.persons)
    }
}

/// The households with an open file, with what contacts go by, by community, building and file number.
///
/// # Errors
/// What the database says.
pub fn roll(tx: &mut Tx<'_>, scope: &Scope, whose: Whose, day: NaiveDate) -> DbResult<Vec<Rolled>> {
    let (at, within) = (tx.at(), scope.within());
    let mut query = Household::visible(at, &within)
        .filter(households::closed_on.is_null().or(households::closed_on.gt(day).assume_not_null()));
    match whose {
        Whose::All => {}
        Whose::Worker(worker) => query = query.filter(households::worker_id.eq(worker)),
        Whose::One(id) => query = query.filter(households::id.eq(id)),
    }
    let all: Vec<Household> = query
        .order((households::community_id, households::building, households::file_number))
        .load(tx.conn())?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = all.iter().map(|row| row.id).collect();
    let ids = (ids.len() <= NAMED).then_some(ids);
    let mut people = Person::visible(at, &within);
    let mut levels = LevelPeriod::visible(at, &within)
        .filter(service_levels::to_on.is_null().or(service_levels::to_on.gt(day).assume_not_null()));
    let mut categories = PersonCategory::visible(at, &within)
        .filter(person_categories::to_on.is_null().or(person_categories::to_on.gt(day).assume_not_null()));
    let mut risks = RiskAssessment::visible(at, &within);
    if let Some(ids) = ids {
        people = people.filter(persons::household_id.eq_any(ids.clone()));
        levels = levels.filter(service_levels::household_id.eq_any(ids.clone()));
        categories = categories.filter(person_categories::household_id.eq_any(ids.clone()));
        risks = risks.filter(risk_assessments::household_id.eq_any(ids));
    }
    let people: Vec<Person> = people.order((persons::filed_on, persons::id)).load(tx.conn())?;
    let mut persons = by(people, |person| person.household_id);
    let mut levels = by(levels.load(tx.conn())?, |level: &LevelPeriod| level.household_id);
    let mut categories = by(categories.load(tx.conn())?, |one: &PersonCategory| one.household_id);
    let risks: Vec<RiskAssessment> = risks.order(risk_assessments::assessed_on).load(tx.conn())?;
    let risks: BTreeMap<Id, RiskLevel> =
        risks.into_iter().map(|risk| (risk.household_id, risk.level)).collect();
    Ok(all
        .into_iter()
        .map(|household| {
            let id = household.id;
            let mut members = persons.remove(&id).unwrap_or_default();
            members.sort_by_key(|person| person.relation.as_deref() != Some("head"));
            Rolled {
                household,
                persons: members,
                categories: categories.remove(&id).unwrap_or_default(),
                levels: levels.remove(&id).unwrap_or_default(),
                risk: risks.get(&id).copied(),
            }
        })
        .collect())
}

/// The goals of persons' latest plans, each with the day of its review.
///
/// # Errors
/// What the database says.
pub fn goals_of(tx: &mut Tx<'_>, persons: &[Id]) -> DbResult<Vec<(String, NaiveDate)>> {
    let mut seen: Vec<Id> = Vec::new();
    let mut goals = Vec::new();
    for plan in find::plans_of(tx, persons)? {
        if !seen.contains(&plan.person_id) {
            seen.push(plan.person_id);
            goals.push((plan.goals, plan.review_on));
        }
    }
    Ok(goals)
}

/// The households whose numbers an account sees whole now.
///
/// # Errors
/// What the database says.
pub fn shown_whole(tx: &mut Tx<'_>, user: Id) -> DbResult<Vec<Id>> {
    find::unmasked_now(tx, user)
}

fn by<R>(rows: Vec<R>, of: impl Fn(&R) -> Id) -> BTreeMap<Id, Vec<R>> {
    let mut all: BTreeMap<Id, Vec<R>> = BTreeMap::new();
    for row in rows {
        all.entry(of(&row)).or_default().push(row);
    }
    all
}
