//! What this part tells of a household on its file.

use chrono::NaiveDate;
use db::{DbResult, Record as _, Tx};
use kernel::{Id, Moment};

use super::find;
use super::model::VisitKind;
use super::store::{Escalation, FollowUp, HospitalStay, MajorEvent, Visit, VisitAttempt};
use crate::clients::{Happening, Told};

/// Visits and calls, also those at which nobody was met; what was promised, what happened, what was raised: of the household
/// and of whoever lives in it.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let visits = find::of_household(tx, household, persons, at)?.into_iter().map(happening);
    let attempts = find::attempts(tx, household, at)?.into_iter().map(attempt);
    let promised = find::promises_of(tx, household, persons, at)?.into_iter().map(promise);
    let happened = find::events_of(tx, household, persons, at)?.into_iter().map(event);
    let stays = find::stays_of(tx, household, persons, at)?.into_iter().flat_map(stay);
    let raised = find::raised_of(tx, household, persons, at)?.into_iter().map(raised);
    Ok(visits.chain(attempts).chain(promised).chain(happened).chain(stays).chain(raised).collect())
}

/// Something of no more than words, met by nobody.
fn told(kind: Told, on: NaiveDate, what: &str, worker: Option<Id>, facts: String) -> Happening {
    Happening { kind, on, what: what.to_owned(), face: false, worker, facts, text: Vec::new() }
}

/// Stands where it was settled; while it is open, where it is due.
fn promise(one: FollowUp) -> Happening {
    let on = one.settled_on.unwrap_or(one.due_on);
    let facts = format!("{} · 约定 {} 前", one.state.label(), one.due_on);
    let text = [("约定", Some(one.what)), ("办得怎样", one.outcome)];
    Happening { text: headed(text), ..told(Told::Promise, on, "跟进事项", one.worker_id, facts) }
}

fn event(one: MajorEvent) -> Happening {
    let facts = format!("{} · {} 得知", one.kind.label(), one.known_on);
    let text = vec![("", one.what)];
    Happening { text, ..told(Told::Event, one.happened_on, "重大变故", one.worker_id, facts) }
}

fn stay(one: HospitalStay) -> Vec<Happening> {
    let discharged =
        one.discharged_on.map(|day| told(Told::Hospital, day, "出院", one.worker_id, one.hospital.clone()));
    let cause = Some(one.cause).filter(|cause| !cause.is_empty());
    let admitted = told(Told::Hospital, one.admitted_on, "住院", one.worker_id, one.hospital);
    let text = headed([("", cause)]);
    [Some(Happening { text, ..admitted }), discharged].into_iter().flatten().collect()
}

fn raised(one: Escalation) -> Happening {
    let handled = one.handled_on.map_or("还没有处置".to_owned(), |day| format!("{day} 处置"));
    let facts = format!("{} · {handled}", one.kind.label());
    let text = headed([("发现", Some(one.what)), ("处置", one.handled)]);
    Happening { text, ..told(Told::Escalation, one.raised_on, "紧急上报", one.worker_id, facts) }
}

fn headed<const N: usize>(text: [(&'static str, Option<String>); N]) -> Vec<(&'static str, String)> {
    text.into_iter().filter_map(|(heading, words)| Some((heading, words?))).collect()
}

/// What of this part is still open of a person: promises, what was raised and not dealt with, stays that last.
///
/// # Errors
/// What the database says.
pub fn open_of(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<(&'static str, Id)>> {
    let promised = find::promised_to_person(tx, person)?.into_iter().map(|one| (FollowUp::KIND, one.id));
    let raised = find::unhandled_of(tx, person)?.into_iter().map(|one| (Escalation::KIND, one.id));
    let lasting = find::lasting_of(tx, person)?.into_iter().map(|one| (HospitalStay::KIND, one.id));
    Ok(promised.chain(raised).chain(lasting).collect())
}

fn attempt(one: VisitAttempt) -> Happening {
    let how = if one.kind == VisitKind::Home { "去过" } else { "打过电话" };
    Happening {
        kind: Told::Unmet,
        on: one.tried_on,
        what: format!("{how}，没见到人"),
        face: false,
        worker: one.worker_id,
        facts: one.unmet.label().to_owned(),
        text: one.note.map(|note| ("备注", note)).into_iter().collect(),
    }
}

fn happening(visit: Visit) -> Happening {
    let face = visit.kind == VisitKind::Home;
    let dims = [("生理", visit.physical), ("心理", visit.psychological), ("社会", visit.social)];
    let mut text: Vec<(&'static str, String)> =
        dims.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    text.extend(visit.follow_up.map(|words| ("跟进", words)));
    Happening {
        kind: if face { Told::Visit } else { Told::Phone },
        on: visit.visited_on,
        what: if face { "入户" } else { "电访" }.to_owned(),
        face,
        worker: visit.worker_id,
        facts: format!("{} 分钟", visit.minutes),
        text,
    }
}
