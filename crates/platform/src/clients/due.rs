//! What is due of files: plans to review and to approve, levels to look at again, consents of guardians.

mod find;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::list::{Condition, Sought};
use db::{DbResult, Record as _, Tx};
use kernel::Id;
use rules::contacts::Levels;

use super::file;
use super::find as of_file;
use super::store::{Person, PersonalPlan};
use crate::access::Scope;

pub(super) use find::plans_written;

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

/// The plans that nobody has approved and somebody may, having written nothing of them since they were last approved.
///
/// # Errors
/// What the database says.
pub fn plans_to_approve(tx: &mut Tx<'_>, scope: &Scope, me: Id) -> DbResult<Due> {
    let (total, plans) = find::plans_to_approve(tx, &scope.within(), me, NAMED)?;
    named(tx, total, &plans, |plan| plan.made_on)
}

/// The service levels that are to be looked at again by a day: by the date they say or, where they say none, after the days
/// that their level has for it.
///
/// # Errors
/// What the database says.
pub fn levels_to_regrade(tx: &mut Tx<'_>, scope: &Scope, until: NaiveDate, rules: &Levels) -> DbResult<Due> {
    let mut due: Vec<(Id, NaiveDate)> = Vec::new();
    for (household, level, from_on, said) in find::levels_held(tx, &scope.within(), until)? {
        let day = said.or_else(|| rules.regrade_on(level.as_str(), from_on));
        due.extend(day.filter(|day| *day <= until).map(|day| (household, day)));
    }
    let total = due.len();
    due.sort_by_key(|(household, day)| (*day, *household));
    due.truncate(NAMED);
    let households: Vec<Id> = due.iter().map(|(household, _)| *household).collect();
    let persons = of_file::persons_of(tx, &households)?;
    let one = |(household, day)| {
        let name = persons.get(&household).map_or_else(|| file::title(&[]), |all| file::title(all));
        DueOne { household, name, day }
    };
    Ok(Due { total, first: in_order(due.into_iter().map(one).collect()) })
}

/// The children under 14 with an open file for whom no guardian's consent holds on a day.
///
/// # Errors
/// What the database says.
pub fn children_without_consent(tx: &mut Tx<'_>, scope: &Scope, day: NaiveDate) -> DbResult<Due> {
    let mut children = find::children(tx, &scope.within(), day)?;
    let ids: Vec<Id> = children.iter().map(|one| one.id).collect();
    let agreed = find::agreed_by_guardians(tx, &ids, day)?;
    children.retain(|one| !agreed.contains(&one.id));
    let total = children.len();
    children.sort_by_key(|one| (one.filed_on, one.id));
    let one = |one: Person| DueOne { household: one.household_id, name: one.name, day: one.filed_on };
    Ok(Due { total, first: in_order(children.into_iter().take(NAMED).map(one).collect()) })
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
    named(tx, total, &plans, day)
}

fn named(
    tx: &mut Tx<'_>,
    total: usize,
    plans: &[PersonalPlan],
    day: fn(&PersonalPlan) -> NaiveDate,
) -> DbResult<Due> {
    let at = tx.at();
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
