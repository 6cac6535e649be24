//! What is written of a visit: the visit, what became of earlier promises, new ones, needs, the risk, what was raised at
//! once, and the common work it was part of. All of it or nothing. Of an attempt, only that it was made.
//! Not here: what a correction raises (`raised.rs`).

use chrono::NaiveDate;
use db::{DbResult, Record, Tx};
use kernel::Id;
use web::form::Wrong;

use super::super::find;
use super::super::model::{AlarmKind, FollowState, VisitKind};
use super::super::policy::Visits;
use super::super::store::{Escalation, FollowUp, Visit, VisitAttempt};
use super::form::{Before, FollowUpSaid, NewAttempt, NewVisit, Said, Side};
use crate::access::{Asker, Correct, Enter, new_id, permit};
use crate::clients::{self, Household, RISKS, RiskLevel, Rolled};
use crate::joint_work;
use crate::shell::Trouble;

/// What came of entering a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The kind of the record: that of a visit, or of an attempt at one.
    pub kind: &'static str,
    /// The record.
    pub record: Id,
    /// Whether it had been entered before, and nothing was written now.
    pub before: bool,
    /// Whether something was raised that must be dealt with within a day.
    pub raised: bool,
}

/// What is known of a household before a visit to it is read.
///
/// # Errors
/// What the database says.
pub fn before(tx: &mut Tx<'_>, file: &Rolled, today: NaiveDate) -> Result<Before, Trouble> {
    hold(tx, file.household.id)?;
    let promised = find::promised_to(tx, file.household.id)?;
    let open = |person: &&clients::Person| person.closed_on.is_none_or(|day| today < day);
    Ok(Before { today, persons: file.persons.iter().filter(open).cloned().collect(), promised })
}

/// The visits of a household are entered by one at a time: a promise is settled once, and a second visit of a day is noticed.
fn hold(tx: &mut Tx<'_>, household: Id) -> DbResult<bool> {
    tx.hold(&format!("visits {household}"))
}

/// Enters what a form says of a household: a visit, or that nobody was met. `said` was read with [`before`] of the same
/// household; sent again with the same id, it is entered once. `worker` is who did it.
///
/// # Errors
/// It is not allowed; a second visit of a kind on one day that is not said to be meant; what the database says.
pub fn enter(
    tx: &mut Tx<'_>,
    (asker, worker): (&Asker, Option<Id>),
    (household, before): (&Household, &Before),
    said: &Said,
) -> Result<Entered, Trouble> {
    let worker = worker.or(household.worker_id);
    match said {
        Said::Visit(said) => enter_visit(tx, (asker, worker), (household, before), said),
        Said::Attempt(said) => enter_attempt(tx, (asker, worker), household, said),
    }
}

/// The visits of a household on a day, of a kind: those that a new one is held against.
///
/// # Errors
/// What the database says.
pub fn same_day(tx: &mut Tx<'_>, household: Id, kind: VisitKind, day: NaiveDate) -> DbResult<Vec<Visit>> {
    find::of_day(tx, household, kind, day)
}

/// What stands under an id that whoever sends a form made, where it is of the same household.
fn standing<R: Record>(
    tx: &mut Tx<'_>,
    id: Option<Id>,
    same: impl Fn(&R) -> bool,
) -> Result<Option<Entered>, Trouble> {
    let Some(id) = id else { return Ok(None) };
    match R::last(tx.conn(), id)? {
        Some((_, row)) if same(&row) => {
            Ok(Some(Entered { kind: R::KIND, record: id, before: true, raised: false }))
        }
        Some(_) => Err(vec![wrong("id", "这个编号已经用在别的探访上：刷新后重新填写".into())].into()),
        None => Ok(None),
    }
}

fn enter_attempt(
    tx: &mut Tx<'_>,
    (asker, worker_id): (&Asker, Option<Id>),
    household: &Household,
    said: &NewAttempt,
) -> Result<Entered, Trouble> {
    let permit = permit::<Enter<Visits>>(asker, household.station_id)?;
    let same = |row: &VisitAttempt| row.household_id == household.id;
    if let Some(standing) = standing(tx, said.id, same)? {
        return Ok(standing);
    }
    let attempt = VisitAttempt {
        id: said.id.map_or_else(|| new_id(tx.at()), Ok)?,
        station_id: household.station_id,
        area_id: household.area_id,
        community_id: household.community_id,
        worker_id,
        household_id: household.id,
        kind: said.kind,
        tried_on: said.tried_on,
        started_at: said.started_at.clone(),
        unmet: said.unmet,
        note: said.note.clone(),
    };
    permit.append(tx, std::slice::from_ref(&attempt))?;
    Ok(Entered { kind: VisitAttempt::KIND, record: attempt.id, before: false, raised: false })
}

fn enter_visit(
    tx: &mut Tx<'_>,
    (asker, worker): (&Asker, Option<Id>),
    (household, before): (&Household, &Before),
    said: &NewVisit,
) -> Result<Entered, Trouble> {
    let permit = permit::<Enter<Visits>>(asker, household.station_id)?;
    if let Some(standing) = standing(tx, said.id, |row: &Visit| row.household_id == household.id)? {
        return Ok(standing);
    }
    if !said.again && !find::of_day(tx, household.id, said.kind, said.visited_on)?.is_empty() {
        let what =
            format!("{} 已经记过一次{}：确实又有一次，勾“是另一次”", said.visited_on, said.kind.label());
        return Err(vec![wrong("again", what)].into());
    }
    let visit = visit(tx, (asker, worker), (household, before), said)?;
    permit.append(tx, std::slice::from_ref(&visit))?;
    settle(tx, asker, household.station_id, before, said)?;
    let promises = said.follow_ups.iter().map(|one| promise(tx, &visit, one));
    let promises = promises.collect::<Result<Vec<_>, Trouble>>()?;
    permit.append(tx, &promises)?;
    for (need, urgency) in &said.needs {
        clients::need(tx, asker, (household, visit.person_id), said.visited_on, (need, *urgency))?;
    }
    if let Some(level) = said.risk.filter(|level| *level > RiskLevel::None) {
        let note = said.sides.iter().map(|side| side.text.as_str()).filter(|text| !text.is_empty());
        let note = note.collect::<Vec<_>>().join("；");
        let found = (level, said.risk_kinds.as_slice(), note.as_str());
        clients::risk(tx, asker, (household, visit.person_id), said.visited_on, found)?;
    }
    let kind = if said.minor {
        Some(AlarmKind::MinorHarm)
    } else {
        (said.risk == Some(RiskLevel::High)).then_some(AlarmKind::HighRisk)
    };
    if let Some(kind) = kind {
        let told = (said.told.clone().unwrap_or_default(), said.reported_to.clone());
        permit.append(tx, &[alarm(tx, &visit, kind, said.visited_on, told)?])?;
    }
    Ok(Entered { kind: Visit::KIND, record: visit.id, before: false, raised: kind.is_some() })
}

fn promise(tx: &Tx<'_>, visit: &Visit, one: &FollowUpSaid) -> Result<FollowUp, Trouble> {
    Ok(FollowUp {
        id: new_id(tx.at())?,
        station_id: visit.station_id,
        area_id: visit.area_id,
        community_id: visit.community_id,
        worker_id: visit.worker_id,
        household_id: visit.household_id,
        person_id: visit.person_id,
        visit_id: Some(visit.id),
        what: one.what.clone(),
        due_on: one.due_on,
        state: FollowState::Open,
        settled_on: None,
        outcome: None,
    })
}

fn wrong(field: &str, what: String) -> Wrong {
    Wrong { field: field.to_owned(), what }
}

fn visit(
    tx: &mut Tx<'_>,
    (asker, worker_id): (&Asker, Option<Id>),
    (household, before): (&Household, &Before),
    said: &NewVisit,
) -> Result<Visit, Trouble> {
    let joint_work_id = match (said.administrative, said.kind) {
        (1.., VisitKind::Home) => {
            let place = (household.station_id, household.area_id, household.community_id, worker_id);
            let first = find::of_day(tx, household.id, said.kind, said.visited_on)?.is_empty();
            Some(joint_work::visited(tx, asker, place, (said.visited_on, said.administrative, first))?)
        }
        _ => None,
    };
    let name =
        |id: &Id| before.persons.iter().find(|person| person.id == *id).map(|person| person.name.as_str());
    let names: Vec<&str> = said.met.iter().filter_map(name).collect();
    let seen: Vec<&str> = said.sides.iter().flat_map(|side| side.seen.iter().copied()).collect();
    let kinds = RISKS.iter().filter(|(word, _)| said.risk_kinds.contains(word)).map(|(_, label)| *label);
    let kinds = kinds.collect::<Vec<_>>().join("、");
    let follow_up: Vec<&str> = said.follow_ups.iter().map(|one| one.what.as_str()).collect();
    let some = |text: String| (!text.is_empty()).then_some(text);
    let [physical, psychological, social] = &said.sides;
    let text = |side: &Side| side.text.clone();
    Ok(Visit {
        id: said.id.map_or_else(|| new_id(tx.at()), Ok)?,
        station_id: household.station_id,
        area_id: household.area_id,
        community_id: household.community_id,
        worker_id,
        household_id: household.id,
        person_id: said.met[0],
        kind: said.kind,
        visited_on: said.visited_on,
        minutes: said.minutes,
        physical: text(physical),
        psychological: text(psychological),
        social: text(social),
        follow_up: some(follow_up.join("；")),
        greeting_only: said.greeting_only,
        started_at: said.started_at.clone(),
        place: said.place,
        met: some(names.join("、")),
        physical_state: physical.state,
        psychological_state: psychological.state,
        social_state: social.state,
        seen: some(seen.join("、")),
        explained: said.explained.clone(),
        risk: said.risk,
        risk_kinds: some(kinds),
        joint_work_id,
    })
}

/// What became of earlier promises: a correction of each, so that what it was before stays.
fn settle(
    tx: &mut Tx<'_>,
    asker: &Asker,
    station: Id,
    before: &Before,
    said: &NewVisit,
) -> Result<(), Trouble> {
    if said.outcomes.is_empty() {
        return Ok(());
    }
    let correct = permit::<Correct<Visits>>(asker, station)?;
    for (id, state) in &said.outcomes {
        let Some(one) = before.promised.iter().find(|one| one.id == *id) else { continue };
        let settled = matches!(state, FollowState::Done | FollowState::Dropped);
        let settled_on = settled.then_some(said.visited_on);
        correct.correct(tx, &FollowUp { state: *state, settled_on, ..one.clone() })?;
    }
    Ok(())
}

/// Something that must be dealt with within a day, found at a visit.
pub(super) fn alarm(
    tx: &Tx<'_>,
    visit: &Visit,
    kind: AlarmKind,
    raised_on: NaiveDate,
    (told, reported_to): (String, Option<String>),
) -> Result<Escalation, Trouble> {
    let texts = [&visit.physical, &visit.psychological, &visit.social].map(String::as_str);
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    let what: Vec<&str> = visit.risk_kinds.as_deref().into_iter().chain(texts).collect();
    Ok(Escalation {
        id: new_id(tx.at())?,
        station_id: visit.station_id,
        area_id: visit.area_id,
        community_id: visit.community_id,
        worker_id: visit.worker_id,
        household_id: visit.household_id,
        person_id: visit.person_id,
        visit_id: Some(visit.id),
        kind,
        what: if what.is_empty() { kind.label().to_owned() } else { what.join("；") },
        raised_on,
        told,
        reported_to,
        handled_on: None,
        handled: None,
    })
}
