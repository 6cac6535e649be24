//! Finding visits, what was promised and what happened.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use db::{AnyBackend, DbResult, Tx, Within};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};
use kernel::{Id, Moment};
use rules::contacts::Last;

use super::model::{FollowState, VisitKind};
use super::store::{
    Escalation, FollowUp, HospitalStay, MajorEvent, Visit, VisitAttempt, WeatherWarning, escalations,
    follow_ups, hospital_stays, major_events, visit_attempts, visits, weather_warnings,
};
use crate::clients::RiskLevel;

/// The most records of a kind that are told of one household: many years of the closest following.
const MOST: i64 = 1_000;

/// The visits of a household and of whoever lives in it, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn of_household(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<Visit>> {
    let theirs = visits::household_id.eq(household).or(visits::person_id.eq_any(persons.to_vec()));
    Ok(Visit::known(at).filter(theirs).order(visits::visited_on.desc()).limit(MOST).load(tx.conn())?)
}

/// What was promised to a household and to whoever lives in it, settled or not.
///
/// # Errors
/// What the database says.
pub(super) fn promises_of(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<FollowUp>> {
    let theirs = follow_ups::household_id.eq(household).or(follow_ups::person_id.eq_any(persons.to_vec()));
    Ok(FollowUp::known(at).filter(theirs).order(follow_ups::due_on.desc()).limit(MOST).load(tx.conn())?)
}

/// What happened to a household and to whoever lives in it.
///
/// # Errors
/// What the database says.
pub(super) fn events_of(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<MajorEvent>> {
    let theirs =
        major_events::household_id.eq(household).or(major_events::person_id.eq_any(persons.to_vec()));
    let all = MajorEvent::known(at).filter(theirs).order(major_events::happened_on.desc());
    Ok(all.limit(MOST).load(tx.conn())?)
}

/// The stays in hospital of whoever lives in a household.
///
/// # Errors
/// What the database says.
pub(super) fn stays_of(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<HospitalStay>> {
    let theirs =
        hospital_stays::household_id.eq(household).or(hospital_stays::person_id.eq_any(persons.to_vec()));
    let all = HospitalStay::known(at).filter(theirs).order(hospital_stays::admitted_on.desc());
    Ok(all.limit(MOST).load(tx.conn())?)
}

/// What was raised about a household and whoever lives in it.
///
/// # Errors
/// What the database says.
pub(super) fn raised_of(
    tx: &mut Tx<'_>,
    household: Id,
    persons: &[Id],
    at: Moment,
) -> DbResult<Vec<Escalation>> {
    let theirs = escalations::household_id.eq(household).or(escalations::person_id.eq_any(persons.to_vec()));
    Ok(Escalation::known(at)
        .filter(theirs)
        .order(escalations::raised_on.desc())
        .limit(MOST)
        .load(tx.conn())?)
}

/// The last visits of each kind.
#[derive(Debug, QueryableByName)]
struct LastRow {
    #[diesel(sql_type = Text)]
    household_id: Id,
    #[diesel(sql_type = Text)]
    kind: VisitKind,
    #[diesel(sql_type = Bool)]
    greeting_only: bool,
    #[diesel(sql_type = Nullable<Date>)]
    last: Option<NaiveDate>,
}

/// So many households at most are named one by one; beyond, all of their stations are read.
const NAMED: usize = 900;

/// When households were last visited and called up to a day: one query, however many there are.
///
/// # Errors
/// What the database says.
pub(super) fn last(
    tx: &mut Tx<'_>,
    stations: &[Id],
    households: &[Id],
    day: NaiveDate,
) -> DbResult<BTreeMap<Id, Last>> {
    let ids = if households.len() <= NAMED { households } else { stations };
    let column = if households.len() <= NAMED { "household_id" } else { "station_id" };
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (0..ids.len()).map(|n| format!("${}", n + 3)).collect();
    let sql = format!(
        "SELECT r.household_id, r.kind, r.greeting_only, MAX(r.visited_on) AS last FROM visits r WHERE {} AND \
         r.visited_on <= $2 AND r.{column} IN ({}) GROUP BY r.household_id, r.kind, r.greeting_only",
        db::sql::known_sql("$1"),
        places.join(", ")
    );
    let query = sql_query(sql).into_boxed::<AnyBackend>().bind::<BigInt, _>(tx.at()).bind::<Date, _>(day);
    let query = ids.iter().fold(query, |query, id| query.bind::<Text, _>(*id));
    let rows: Vec<LastRow> = query.load(tx.conn())?;
    let mut all: BTreeMap<Id, Last> = BTreeMap::new();
    for row in rows {
        let of = all.entry(row.household_id).or_default();
        let field = match (row.kind, row.greeting_only) {
            (VisitKind::Home, false) => &mut of.home,
            (VisitKind::Home, true) => &mut of.greeting,
            (VisitKind::Phone, _) => &mut of.phone,
        };
        *field = (*field).max(row.last);
    }
    Ok(all)
}

/// What was promised and is not settled, due by a day, the earliest first.
///
/// # Errors
/// What the database says.
pub(super) fn promised(tx: &mut Tx<'_>, within: &Within, until: NaiveDate) -> DbResult<Vec<FollowUp>> {
    let open = FollowUp::visible(tx.at(), within)
        .filter(follow_ups::state.eq_any([FollowState::Open, FollowState::Doing]))
        .filter(follow_ups::due_on.le(until));
    Ok(open.order((follow_ups::due_on, follow_ups::id)).limit(MOST_PROMISED).load(tx.conn())?)
}

/// The most promises that are looked at.
const MOST_PROMISED: i64 = 2_000;

/// What was promised to a household and is not settled.
///
/// # Errors
/// What the database says.
pub(super) fn promised_to(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<FollowUp>> {
    let open = FollowUp::known(tx.at())
        .filter(follow_ups::household_id.eq(household))
        .filter(follow_ups::state.eq_any([FollowState::Open, FollowState::Doing]));
    Ok(open.order((follow_ups::due_on, follow_ups::id)).load(tx.conn())?)
}

/// What was promised to a person and is not settled.
///
/// # Errors
/// What the database says.
pub(super) fn promised_to_person(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<FollowUp>> {
    let open = FollowUp::known(tx.at())
        .filter(follow_ups::person_id.eq(person))
        .filter(follow_ups::state.eq_any([FollowState::Open, FollowState::Doing]));
    Ok(open.load(tx.conn())?)
}

/// What was raised about a person and not dealt with yet.
///
/// # Errors
/// What the database says.
pub(super) fn unhandled_of(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<Escalation>> {
    let open = Escalation::known(tx.at()).filter(escalations::person_id.eq(person));
    Ok(open.filter(escalations::handled_on.is_null()).load(tx.conn())?)
}

/// The stays of a person in hospital that last.
///
/// # Errors
/// What the database says.
pub(super) fn lasting_of(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<HospitalStay>> {
    let stays = HospitalStay::known(tx.at()).filter(hospital_stays::person_id.eq(person));
    Ok(stays.filter(hospital_stays::discharged_on.is_null()).load(tx.conn())?)
}

/// What was promised to households and is not settled.
///
/// # Errors
/// What the database says.
pub(super) fn promised_to_each(tx: &mut Tx<'_>, households: &[Id]) -> DbResult<Vec<FollowUp>> {
    let open = FollowUp::known(tx.at())
        .filter(follow_ups::household_id.eq_any(households.to_vec()))
        .filter(follow_ups::state.eq_any([FollowState::Open, FollowState::Doing]));
    Ok(open.order((follow_ups::due_on, follow_ups::id)).load(tx.conn())?)
}

/// What happened in the last weeks before a day.
///
/// # Errors
/// What the database says.
pub(super) fn events(tx: &mut Tx<'_>, within: &Within, day: NaiveDate) -> DbResult<Vec<MajorEvent>> {
    let late = MajorEvent::visible(tx.at(), within).filter(major_events::known_on.ge(weeks_before(day)));
    Ok(late.filter(major_events::known_on.le(day)).load(tx.conn())?)
}

/// The stays in hospital that last, or ended in the last weeks before a day.
///
/// # Errors
/// What the database says.
pub(super) fn stays(tx: &mut Tx<'_>, within: &Within, day: NaiveDate) -> DbResult<Vec<HospitalStay>> {
    let late = hospital_stays::discharged_on.ge(weeks_before(day)).assume_not_null();
    let stays = HospitalStay::visible(tx.at(), within)
        .filter(hospital_stays::admitted_on.le(day))
        .filter(hospital_stays::discharged_on.is_null().or(late));
    Ok(stays.order(hospital_stays::discharged_on.desc()).load(tx.conn())?)
}

/// What warnings hold on a day, in stations.
///
/// # Errors
/// What the database says.
pub(super) fn warnings(tx: &mut Tx<'_>, stations: &[Id], day: NaiveDate) -> DbResult<Vec<WeatherWarning>> {
    let holds =
        weather_warnings::lifted_on.is_null().or(weather_warnings::lifted_on.gt(day).assume_not_null());
    let all = WeatherWarning::known(tx.at())
        .filter(weather_warnings::station_id.eq_any(stations.to_vec()))
        .filter(weather_warnings::issued_on.le(day));
    Ok(all.filter(holds).load(tx.conn())?)
}

/// The visits of a household on a day, of a kind, the latest last.
///
/// # Errors
/// What the database says.
pub(super) fn of_day(
    tx: &mut Tx<'_>,
    household: Id,
    kind: VisitKind,
    day: NaiveDate,
) -> DbResult<Vec<Visit>> {
    let same = Visit::known(tx.at())
        .filter(visits::household_id.eq(household))
        .filter(visits::kind.eq(kind))
        .filter(visits::visited_on.eq(day));
    Ok(same.order(visits::id).load(tx.conn())?)
}

/// The attempts at which nobody of a household was met, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn attempts(tx: &mut Tx<'_>, household: Id, at: Moment) -> DbResult<Vec<VisitAttempt>> {
    let theirs = VisitAttempt::known(at).filter(visit_attempts::household_id.eq(household));
    Ok(theirs.order(visit_attempts::tried_on.desc()).limit(MOST).load(tx.conn())?)
}

/// What was raised at visits.
///
/// # Errors
/// What the database says.
pub(super) fn raised(tx: &mut Tx<'_>, of: &[Id]) -> DbResult<Vec<Escalation>> {
    let of = escalations::visit_id.eq_any(of.to_vec()).assume_not_null();
    Ok(Escalation::known(tx.at()).filter(of).load(tx.conn())?)
}

/// What was raised and not dealt with yet, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn unhandled(tx: &mut Tx<'_>, within: &Within) -> DbResult<Vec<Escalation>> {
    let open = Escalation::visible(tx.at(), within).filter(escalations::handled_on.is_null());
    Ok(open.order((escalations::raised_on.desc(), escalations::id.desc())).limit(MOST).load(tx.conn())?)
}

/// The visits that say a high risk, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn of_high_risk(tx: &mut Tx<'_>, within: &Within) -> DbResult<Vec<Visit>> {
    let high = Visit::visible(tx.at(), within).filter(visits::risk.eq(RiskLevel::High).assume_not_null());
    Ok(high.order((visits::visited_on.desc(), visits::id.desc())).limit(MOST).load(tx.conn())?)
}

/// What is older than this many days is no longer answered.
const WEEKS: u64 = 42;

fn weeks_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(WEEKS)).unwrap_or(day)
}
