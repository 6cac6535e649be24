//! One item of rectification: planned and claimed by the station, verified and opened again by somebody else.

use askama::Template as _;
use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbError, Event, Record as _, Tx};
use kernel::{Id, Problem};
use web::form::Reading;
use web::{Fault, Form, Link, Page, render};

use super::begin::begin;
use super::board::board;
use super::model::{RectificationStatus, StepKind};
use super::pages::{Happened, ItemPage, Rights};
use super::policy::Rectification;
use super::store::RectificationItem;
use super::tasks::{self, Task};
use super::{VERIFY, find, steps, told};
use crate::access::{Correct, Part as _, Place, permit};
use crate::shell::{App, Heading, Leads, Needs, Part, Route, Standing, Trouble, form_key};
use crate::{areas, documents};

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
        Route::post("/rectification/{item}/reopen", Needs::Verb(VERIFY), post(reopen)),
    ]
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
        let others = may(VERIFY) && may(Rectification::CORRECT) && task.claimed_by != me(app);
        let rights = Rights {
            writes: may(Rectification::CORRECT),
            verifies: others && task.claimed.is_some(),
            reopens: others && item.status == RectificationStatus::Done,
        };
        let steps = steps::of_item(tx, item.id)?;
        let people = steps.iter().filter_map(|step| step.made_by).chain(task.claimed_by);
        let names = crate::access::display_names(tx, people)?;
        let versions = RectificationItem::versions(tx.conn(), item.id)?;
        let panel = documents::panel(tx, app.asker(), &item, &[])?;
        let failed = |error: askama::Error| DbError::from(Problem::new("template", error.to_string(), ""));
        let happened = Happened {
            claimed_by: task.claimed_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            reopened: steps.iter().filter(|step| step.kind == StepKind::Reopened).count(),
            verdict: told::verdict(&steps, &names),
            told: told::all(&versions, &steps, &names),
            earlier: find::earlier(tx, &item)?,
            documents: panel.render().map_err(failed)?,
        };
        let standing = Standing { code: station.code, name: station.name, as_of: None };
        let frame = app.frame("rectification", "整改事项", Some(standing));
        Ok(ItemPage { frame, item, task, happened, rights, key: form_key()? })
    });
    render(&page.await?)
}

/// Whoever is signed in.
fn me(app: &App) -> Option<Id> {
    app.asker().user().map(|user| user.user)
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
            steps::add(tx, &task, me(app), StepKind::Planned, None, &task.plan)?;
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
            task.claimed = Some(status);
            (task.done, task.proof, task.comment) = (done, proof, comment);
            (task.claimed_by, task.claimed_at) = (me(app), Some(tx.at()));
            (task.verified_by, task.verified_at) = (None, None);
            tasks::put(tx, &task)?;
            steps::add(tx, &task, me(app), StepKind::Claimed, Some(status), &task.done)?;
            note(tx, &item, "rectification.claimed", Some(status.label().to_owned()))?;
            Ok(Leads::saying(format!("/rectification/{}", item.id), "已报送，等别人核实"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

/// The item with its task, where whoever asks verifies.
fn others(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(RectificationItem, Task), Trouble> {
    let (item, task) = own(tx, app, id)?;
    if app.asker().scope(VERIFY).covers(Place::station(item.station_id)) {
        return Ok((item, task));
    }
    let what = "您在这个社工站没有核实整改的权限";
    Err(Problem::new("forbidden", what, "需要时请联系安全管理员授权").into())
}

async fn verify(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (item, mut task) = others(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let accepted = reading.chosen("verdict", &[("accept", "属实"), ("reopen", "退回")]);
            if accepted.is_none() {
                reading.wrong("verdict", "选属实或退回");
            }
            let opinion = reading.text("opinion", "核实意见", 1000);
            if task.claimed.is_none() {
                reading.wrong("verdict", "还没有报送，没有可核实的");
            } else if task.claimed_by == me(app) {
                reading.wrong("verdict", "报送的人不能自己核实");
            } else if form.text("claimed") != task.claim() {
                reading.wrong("verdict", "您看过之后又有新的报送：看过再核实");
            }
            let (verdict, opinion) = reading.done(accepted.zip(opinion))?;
            let claimed = task.claimed.take();
            // What was verified before stands where a claim is sent back.
            let found = claimed.filter(|_| verdict == "accept");
            let changed = match found {
                Some(status) => {
                    let (action, proof) = (task.done.clone(), task.proof.clone());
                    RectificationItem { status, action, proof, ..item.clone() }
                }
                None => item.clone(),
            };
            if changed != item {
                permit::<Correct<Rectification>>(app.asker(), item.station_id)?.correct(tx, &changed)?;
            }
            task.claimed_at = None;
            (task.verified_by, task.verified_at) = (me(app), Some(tx.at()));
            task.opinion.clone_from(&opinion);
            task.reopened += i32::from(found.is_none());
            tasks::put(tx, &task)?;
            let kind = if found.is_some() { StepKind::Verified } else { StepKind::SentBack };
            steps::add(tx, &task, me(app), kind, found, &opinion)?;
            note(tx, &item, "rectification.verified", Some(format!("{verdict} {opinion}")))?;
            let said = if found.is_some() { "已核实" } else { "已退回" };
            Ok(Leads::saying(format!("/rectification/{}", item.id), said))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

/// Opens an item again that was verified as done: never by whoever claimed it.
async fn reopen(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (item, mut task) = others(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "重新打开的理由", 1000);
            if item.status != RectificationStatus::Done {
                reading.wrong("reason", "核实完成的才能重新打开");
            } else if task.claimed_by == me(app) {
                reading.wrong("reason", "报送的人不能自己重新打开");
            } else if form.text("verified") != task.verified() {
                reading.wrong("reason", "您看过之后又有新的核实：看过再重新打开");
            }
            let reason = reading.done(reason)?;
            let changed = RectificationItem { status: RectificationStatus::Open, ..item.clone() };
            permit::<Correct<Rectification>>(app.asker(), item.station_id)?.correct(tx, &changed)?;
            (task.verified_by, task.verified_at) = (None, None);
            task.opinion.clear();
            tasks::put(tx, &task)?;
            steps::add(tx, &task, me(app), StepKind::Reopened, None, &reason)?;
            note(tx, &item, "rectification.reopened", Some(reason))?;
            Ok(Leads::saying(format!("/rectification/{}", item.id), "已重新打开"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
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
