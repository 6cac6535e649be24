//! Finding what is due of files, within what somebody may see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use db::{DbResult, Tx, Within};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use kernel::Id;

use super::super::forms::OWN_CONSENT;
use super::super::model::ServiceLevel;
use super::super::store::{
    Consent, LevelPeriod, Person, PersonalPlan, consents, personal_plans, persons, service_levels,
};

/// A level that holds: household, level, since when, when it is to be looked at again.
type Held = (Id, ServiceLevel, NaiveDate, Option<NaiveDate>);

/// The levels that have not ended and are to be looked at again by a day, or do not say when; the last of each household: no
/// more of each of thousands than that.
///
/// # Errors
/// What the database says.
pub(super) fn levels_held(tx: &mut Tx<'_>, within: &Within, until: NaiveDate) -> DbResult<Vec<Held>> {
    let due = service_levels::regrade_due_on
        .is_null()
        .or(service_levels::regrade_due_on.le(until).assume_not_null());
    let held = LevelPeriod::visible(tx.at(), within).filter(service_levels::to_on.is_null()).filter(due);
    let held = held.select((
        service_levels::household_id,
        service_levels::level,
        service_levels::from_on,
        service_levels::regrade_due_on,
    ));
    let all: Vec<Held> = held.order((service_levels::from_on, service_levels::id)).load(tx.conn())?;
    let last: BTreeMap<Id, Held> = all.into_iter().map(|one| (one.0, one)).collect();
    Ok(last.into_values().collect())
}

/// The children under 14 on a day with an open file.
///
/// # Errors
/// What the database says.
pub(super) fn children(tx: &mut Tx<'_>, within: &Within, day: NaiveDate) -> DbResult<Vec<Person>> {
    let born_after = day.checked_sub_months(Months::new(12 * OWN_CONSENT)).unwrap_or(day);
    let young = Person::visible(tx.at(), within)
        .filter(persons::born_on.gt(born_after))
        .filter(persons::closed_on.is_null());
    Ok(young.load(tx.conn())?)
}

/// Of these persons those with a guardian's consent that holds on a day.
///
/// # Errors
/// What the database says.
pub(super) fn agreed_by_guardians(tx: &mut Tx<'_>, persons: &[Id], day: NaiveDate) -> DbResult<BTreeSet<Id>> {
    let mut agreed = BTreeSet::new();
    for chunk in persons.chunks(AT_ONCE) {
        let held = Consent::known(tx.at())
            .filter(consents::person_id.eq_any(chunk.to_vec()))
            .filter(consents::guardian.is_not_null())
            .filter(consents::until_on.is_null().or(consents::until_on.gt(day).assume_not_null()));
        let held: Vec<Consent> = held.load(tx.conn())?;
        agreed.extend(held.into_iter().map(|one| one.person_id));
    }
    Ok(agreed)
}

/// Parameters in one statement.
const AT_ONCE: usize = 900;

/// That the account bound after it wrote some of a plan since this was last approved.
const WROTE: &str = "EXISTS (SELECT 1 FROM personal_plans w WHERE w.id = personal_plans.id AND NOT EXISTS \
    (SELECT 1 FROM personal_plans a WHERE a.id = w.id AND a.version >= w.version AND a.approved_by IS NOT NULL) \
    AND w.written_by = ";
/// Only the latest plan of each person.
const LATEST: &str = "NOT EXISTS (SELECT 1 FROM personal_plans l WHERE l.person_id = personal_plans.person_id AND \
    NOT l.voided AND (l.made_on > personal_plans.made_on OR (l.made_on = personal_plans.made_on AND \
    l.id > personal_plans.id)) AND l.known_until = ";

/// The latest plans of persons that nobody has approved and that an account may, since it wrote nothing of them after they
/// were last approved: how many, and the earliest of them.
///
/// # Errors
/// What the database says.
pub(super) fn plans_to_approve(
    tx: &mut Tx<'_>,
    within: &Within,
    me: Id,
    limit: usize,
) -> DbResult<(usize, Vec<PersonalPlan>)> {
    let at = tx.at();
    let due = || {
        let not_mine = sql::<Bool>(&format!("NOT {WROTE}")).bind::<Text, _>(me).sql(")");
        let latest = sql::<Bool>(LATEST).bind::<BigInt, _>(db::FOREVER).sql(")");
        PersonalPlan::visible(at, within)
            .filter(personal_plans::approved_by.is_null())
            .filter(not_mine)
            .filter(latest)
    };
    let total: i64 = due().count().get_result(tx.conn())?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let first = due().order((personal_plans::made_on, personal_plans::id)).limit(limit).load(tx.conn())?;
    Ok((usize::try_from(total).unwrap_or(0), first))
}

/// Of these persons' plans those of which an account wrote something since they were last approved.
///
/// # Errors
/// What the database says.
pub(in super::super) fn plans_written(tx: &mut Tx<'_>, persons: &[Id], me: Id) -> DbResult<Vec<Id>> {
    let mine = sql::<Bool>(WROTE).bind::<Text, _>(me).sql(")");
    let plans = PersonalPlan::known(tx.at()).filter(personal_plans::person_id.eq_any(persons.to_vec()));
    let plans: Vec<PersonalPlan> = plans.filter(mine).load(tx.conn())?;
    Ok(plans.into_iter().map(|plan| plan.id).collect())
}
