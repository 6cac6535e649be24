//! The board of rectification and one item: planned and claimed by the station, verified by somebody else.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::routing::{get, post};
use db::{Event, Record as _, Tx};
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::model::RectificationStatus;
use super::pages::{BoardPage, ItemPage, Line};
use super::policy::Rectification;
use super::store::RectificationItem;
use super::tasks::{self, Task};
use super::{VERIFY, find};
use crate::access::{Correct, Enter, Part as _, Place, new_id, permit};
use crate::areas;
use crate::evaluation::{self, FindingKind, Round};
use crate::shell::{App, Heading, Leads, Needs, Part, Route, Standing, Trouble, form_key};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "rectification",
    group: Heading::Evaluation,
    label: "整改",
    tab: "整改",
    icon: "M4 10a6 6 0 1 1 2 4.500M4 16v-4h4M7.500 10.500 9.500 12.500 13 8.500",
    needs: Needs::Verb(Rectification::READ),
    routes,
};

fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(Rectification::READ);
    const WRITES: Needs = Needs::Verb(Rectification::CORRECT);
    vec![
        Route::get("/rectification", READS, get(board)),
        Route::post("/rectification/rounds/{round}", Needs::Verb(VERIFY), post(begin)),
        Route::get("/rectification/{item}", READS, get(show)),
        Route::post("/rectification/{item}/plan", WRITES, post(plan)),
        Route::post("/rectification/{item}/claim", WRITES, post(claim)),
        Route::post("/rectification/{item}/verify", Needs::Verb(VERIFY), post(verify)),
    ]
}

async fn board(app: App, query: Query) -> Page {
    let status = query.text("status").unwrap_or_default().to_owned();
    let page = app.read(move |tx, app| {
        let scope = app.asker().scope(Rectification::READ);
        let items = find::all_items(tx, scope.stations())?;
        let tasks: BTreeMap<Id, Task> =
            tasks::of(tx, scope.stations())?.into_iter().map(|task| (task.item_id, task)).collect();
        let now = tx.at();
        let stations: BTreeMap<Id, String> =
            areas::all_stations(tx, now)?.into_iter().map(|one| (one.id, one.name)).collect();
        let today = app.site().today;
        let returning = evaluation::returning(tx, scope.stations())?;
        let line = |item: &RectificationItem| {
            let came = returning.iter().any(|(round, code, _)| *round == item.round && *code == item.code);
            Line::of(item, tasks.get(&item.id), &stations, today).marked(came)
        };
        let lines = items.iter().map(line).collect();
        let begins = match app.asker().may(VERIFY) {
            true => waiting(tx, app, &items)?,
            false => Vec::new(),
        };
        let frame = app.frame("rectification", "整改", None);
        Ok(BoardPage::of(frame, lines, &status, begins, form_key()?))
    });
    render(&page.await?)
}

/// Rounds that are over and whose concerns are no items yet: code and station.
fn waiting(tx: &mut Tx<'_>, app: &App, items: &[RectificationItem]) -> Result<Vec<(String, usize)>, Trouble> {
    let scope = app.asker().scope(VERIFY);
    let mut found = Vec::new();
    for round in evaluation::latest_rounds(tx, scope.stations(), 20)? {
        if round.is_over() && !items.iter().any(|item| item.round == round.code) {
            let concerns = evaluation::findings_of(tx, &round)?;
            let count = concerns.iter().filter(|one| one.kind == FindingKind::Concern).count();
            if count > 0 {
                found.push((round.code, count));
            }
        }
    }
    Ok(found)
}

async fn begin(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            evaluation::hold(tx, &code)?;
            let now = tx.at();
            let none = || Fault::not_found("unknown_round", "没有这个评估轮次", "请从整改页里选");
            let round: Round = evaluation::round(tx, &code, now).map_err(|_| none())?;
            if !app.asker().scope(VERIFY).covers(Place::station(round.station_id)) {
                return Err(none().into());
            }
            let permit = permit::<Enter<Rectification>>(app.asker(), round.station_id)?;
            if !round.is_over() {
                return Err(wrong("round", "报告出具以后才建立整改事项"));
            }
            if !find::items_of(tx, round.station_id, &code, now)?.is_empty() {
                return Err(wrong("round", "这一轮的整改事项已经建立"));
            }
            let findings = evaluation::findings_of(tx, &round)?;
            for finding in findings.iter().filter(|one| one.kind == FindingKind::Concern) {
                let library = &app.site().library;
                let concern = evaluation::plain_text(tx, library, &round, &finding.text)?;
                let suggestion = finding.suggestion.clone().unwrap_or_default();
                let suggestion = evaluation::plain_text(tx, library, &round, &suggestion)?;
                let item = RectificationItem {
                    id: new_id(tx.at())?,
                    station_id: round.station_id,
                    area_id: None,
                    community_id: None,
                    worker_id: None,
                    round: code.clone(),
                    code: finding.code.clone(),
                    section: finding.section.clone(),
                    area_code: finding.area_code.clone(),
                    concern,
                    action: String::new(),
                    status: RectificationStatus::Open,
                    proof: String::new(),
                };
                permit.append(tx, std::slice::from_ref(&item))?;
                let blank = Task::new(item.id, item.station_id, suggestion);
                let owner = finding.owner.clone().unwrap_or_default();
                tasks::put(tx, &Task { owner, due_on: finding.due_on, ..blank })?;
            }
            Ok(Leads::saying("/rectification", "整改事项已建立"))
        })
        .await?;
    submitted.led()
}

/// An item within what whoever asks may see, with its task.
fn found(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(RectificationItem, Task), Trouble> {
    let none = || {
        let fault = Fault::not_found("unknown_item", "没有这件整改事项", "请从整改页里选");
        Trouble::from(fault.near([Link::new("/rectification", "整改")]))
    };
    let scope = app.asker().scope(Rectification::READ);
    let id: Id = id.parse().map_err(|_| none())?;
    let standing = RectificationItem::last(tx.conn(), id)?.filter(|(stamp, _)| !stamp.voided);
    let item = standing.map(|(_, item)| item).filter(|item| scope.reaches(item.station_id));
    let item = item.ok_or_else(none)?;
    let task = tasks::task(tx, item.id)?;
    let task = task.unwrap_or_else(|| Task::new(item.id, item.station_id, String::new()));
    Ok((item, task))
}

async fn show(app: App, Path(id): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (item, task) = found(tx, app, &id)?;
        let now = tx.at();
        let station = areas::station(tx, item.station_id, now)?;
        let place = Place::station(item.station_id);
        let may = |verb: &str| app.asker().scope(verb).covers(place);
        let me = app.asker().user().map(|user| user.user);
        let verifies = may(VERIFY) && task.claimed.is_some() && task.claimed_by != me;
        let people = [task.claimed_by, task.verified_by].into_iter().flatten().collect::<Vec<_>>();
        let names = crate::access::display_names(tx, people)?;
        let mut history = Vec::new();
        for (stamp, version) in RectificationItem::versions(tx.conn(), item.id)? {
            history.push((stamp.from.minute(), version.status.label(), version.action.clone()));
        }
        let standing = Standing { code: station.code, name: station.name, as_of: None };
        let frame = app.frame("rectification", "整改事项", Some(standing));
        let rights = (may(Rectification::CORRECT), verifies);
        let earlier = find::earlier(tx, &item)?;
        Ok(ItemPage::of(frame, item, task, (names, history), rights, form_key()?).after(earlier))
    });
    render(&page.await?)
}

/// The item with its task, where the station's own people or the evaluator write.
fn own(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(RectificationItem, Task), Trouble> {
    let (item, task) = found(tx, app, id)?;
    permit::<Correct<Rectification>>(app.asker(), item.station_id)?;
    Ok((item, task))
}

async fn plan(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (item, mut task) = own(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let owner = reading.text("owner", "负责人", 40);
            let plan = reading.text("plan", "措施", 2000);
            let due_on = reading.date("due_on", "完成期限");
            let (owner, plan) = reading.done(owner.zip(plan))?;
            (task.owner, task.plan, task.due_on) = (owner, plan, due_on);
            tasks::put(tx, &task)?;
            note(tx, &item, "rectification.planned", None)?;
            Ok(format!("/rectification/{}", item.id))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn claim(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (item, mut task) = own(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let status = reading.word::<RectificationStatus>("status", "落实情况");
            if status == Some(RectificationStatus::Open) {
                reading.wrong("status", "选部分完成或已完成");
            }
            if item.status == RectificationStatus::Done {
                reading.wrong("status", "已经核实完成");
            }
            let done = reading.text("done", "做了什么", 2000);
            let proof = reading.text("proof", "凭证", 1000);
            let comment = reading.text("comment", "说明", 1000);
            let read = status.zip(done).zip(proof.zip(comment));
            let ((status, done), (proof, comment)) = reading.done(read)?;
            let by = app.asker().user().map(|user| user.user);
            task.claimed = Some(status);
            (task.done, task.proof, task.comment) = (done, proof, comment);
            (task.claimed_by, task.claimed_at) = (by, Some(tx.at()));
            (task.verified_by, task.verified_at) = (None, None);
            tasks::put(tx, &task)?;
            note(tx, &item, "rectification.claimed", Some(status.label().to_owned()))?;
            Ok(Leads::saying(format!("/rectification/{}", item.id), "已报送，等别人核实"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn verify(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (item, mut task) = own(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let accepted = reading.chosen("verdict", &[("accept", "属实"), ("reopen", "退回")]);
            if accepted.is_none() {
                reading.wrong("verdict", "选属实或退回");
            }
            let opinion = reading.text("opinion", "核实意见", 1000);
            let by = app.asker().user().map(|user| user.user);
            if task.claimed.is_none() {
                reading.wrong("verdict", "还没有报送，没有可核实的");
            } else if task.claimed_by == by {
                reading.wrong("verdict", "报送的人不能自己核实");
            } else if form.text("claimed") != task.claim() {
                reading.wrong("verdict", "您看过之后又有新的报送：看过再核实");
            }
            let (verdict, opinion) = reading.done(accepted.zip(opinion))?;
            let claimed = task.claimed.take().unwrap_or(RectificationStatus::Open);
            let reopened = verdict == "reopen";
            let status = if reopened { RectificationStatus::Open } else { claimed };
            let changed = RectificationItem {
                status,
                action: if reopened { item.action.clone() } else { task.done.clone() },
                proof: if reopened { item.proof.clone() } else { task.proof.clone() },
                ..item.clone()
            };
            if changed != item {
                permit::<Correct<Rectification>>(app.asker(), item.station_id)?.correct(tx, &changed)?;
            }
            task.claimed_at = None;
            (task.verified_by, task.verified_at) = (by, Some(tx.at()));
            task.opinion.clone_from(&opinion);
            task.reopened += i32::from(reopened);
            tasks::put(tx, &task)?;
            note(tx, &item, "rectification.verified", Some(format!("{verdict} {opinion}")))?;
            let said = if reopened { "已退回" } else { "已核实" };
            Ok(Leads::saying(format!("/rectification/{}", item.id), said))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

fn wrong(field: &str, what: &str) -> Trouble {
    vec![Wrong { field: field.to_owned(), what: what.to_owned() }].into()
}

/// The audit line.
fn note(
    tx: &mut Tx<'_>,
    item: &RectificationItem,
    verb: &'static str,
    reason: Option<String>,
) -> db::DbResult<()> {
    let event = Event { verb, kind: "rectification", record_id: Some(item.id), reason, detail: None };
    tx.event(item.station_id, event)
}
