//! What is due of files: plans to review and to approve, levels to look at again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::list::{Condition, Sought};
use db::{DbResult, Record as _, Tx};
use kernel::Id;

use super::file;
use super::find;
use super::store::{LevelPeriod, Person, PersonalPlan};
use crate::access::Scope;

/// How many are named of those that are due.
const NAMED: usize = 6;

/// What is due, and the first of it, the longest due first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// How many there are.
    pub total: usize,
    /// Some of them.
    pub first: Vec<DueOne>,
}

/// Something due of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueOne {
    /// The household.
    pub household: Id,
    /// Whom it is about.
    pub name: String,
    /// Since when, or by when.
    pub day: NaiveDate,
}

/// The plans that are to be reviewed by a day and say nothing yet of what came of them.
///
/// # Errors
/// What the database says.
pub fn plans_to_review(tx: &mut Tx<'_>, scope: &Scope, until: NaiveDate) -> DbResult<Due> {
    let conditions = vec![
        Condition::Until("review_on", until),
        Condition::Lacks("outcome"),
        Condition::Latest("person_id", "made_on"),
    ];
    plans(tx, scope, conditions, "review_on", |plan| plan.review_on)
}

/// The plans that somebody else wrote and nobody has approved.
///
/// # Errors
/// What the database says.
pub fn plans_to_approve(tx: &mut Tx<'_>, scope: &Scope, me: Id) -> DbResult<Due> {
    let conditions = vec![
        Condition::Lacks("approved_by"),
        Condition::Lacks("outcome"),
        Condition::IsNot("written_by", me.to_string()),
        Condition::Latest("person_id", "made_on"),
    ];
    plans(tx, scope, conditions, "made_on", |plan| plan.made_on)
}

/// The service levels that are to be looked at again by a day.
///
/// # Errors
/// What the database says.
pub fn levels_to_regrade(tx: &mut Tx<'_>, scope: &Scope, until: NaiveDate) -> DbResult<Due> {
    let conditions = vec![
        Condition::Until("regrade_due_on", until),
        Condition::Lacks("to_on"),
        Condition::Latest("household_id", "from_on"),
    ];
    let (total, ids) = sought(tx, LevelPeriod::TABLE, scope, conditions, "regrade_due_on")?;
    let at = tx.at();
    let levels = LevelPeriod::known_among(tx.conn(), at, &ids)?;
    let households: Vec<Id> = levels.iter().map(|level| level.household_id).collect();
    let persons = find::persons_of(tx, &households)?;
    let first = levels.into_iter().filter_map(|level| {
        let name = persons.get(&level.household_id).map_or_else(|| file::title(&[]), |all| file::title(all));
        Some(DueOne { household: level.household_id, name, day: level.regrade_due_on? })
    });
    Ok(Due { total, first: in_order(first.collect()) })
}

fn plans(
    tx: &mut Tx<'_>,
    scope: &Scope,
    conditions: Vec<Condition>,
    by: &'static str,
    day: fn(&PersonalPlan) -> NaiveDate,
) -> DbResult<Due> {
    let (total, ids) = sought(tx, PersonalPlan::TABLE, scope, conditions, by)?;
    let at = tx.at();
    let plans = PersonalPlan::known_among(tx.conn(), at, &ids)?;
    let persons: Vec<Id> = plans.iter().map(|plan| plan.person_id).collect();
    let persons: BTreeMap<Id, (Id, String)> = Person::known_among(tx.conn(), at, &persons)?
        .into_iter()
        .map(|person| (person.id, (person.household_id, person.name)))
        .collect();
    let first = plans.iter().filter_map(|plan| {
        let (household, name) = persons.get(&plan.person_id)?.clone();
        Some(DueOne { household, name, day: day(plan) })
    });
    Ok(Due { total, first: in_order(first.collect()) })
}

/// How many meet the conditions, and the ids of the earliest by a day.
fn sought(
    tx: &mut Tx<'_>,
    table: &'static str,
    scope: &Scope,
    conditions: Vec<Condition>,
    by: &'static str,
) -> DbResult<(usize, Vec<Id>)> {
    let sought = Sought { table, at: tx.at(), within: scope.within(), conditions, latest_by: Some(by) };
    let total = sought.count(tx)?;
    Ok((total, sought.ids(tx, total.saturating_sub(NAMED), NAMED)?))
}

fn in_order(mut due: Vec<DueOne>) -> Vec<DueOne> {
    due.sort_by(|a, b| (a.day, &a.name, a.household).cmp(&(b.day, &b.name, b.household)));
    due
}
