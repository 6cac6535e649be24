//! Handing a paper on, and signing for it.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::{Id, Moment};
use rules::scoring::{Hop, Paper, Recipient, Scheme};
use web::form::Wrong;
use web::{Fault, Form, Page, render};

use super::model::{Gone, due, late, opens, paper_of, side_of, step_due};
use super::pages::{DeliveryPage, Step};
use super::store;
use crate::access::{Asker, Correct, Part as _, Place, Role, display_names, permit};
use crate::evaluation::feedback::ANSWER;
use crate::evaluation::panel::live_seat;
use crate::evaluation::rounds::{self, address, frame, note, scheme_of, seen, someone};
use crate::evaluation::{Evaluation, Round, Stage};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const SIGNS: Needs = Needs::Verb(ANSWER);
    vec![
        Route::get("/evaluation/rounds/{round}/delivery", Needs::Verb(rounds::VERB), get(show)),
        Route::post("/evaluation/rounds/{round}/delivery/{paper}/{recipient}/send", SIGNS, post(pass)),
        Route::post("/evaluation/rounds/{round}/delivery/{paper}/{recipient}/receive", SIGNS, post(sign)),
    ]
}

/// Whether somebody may read what a round has written: those who write it, from the beginning; a party when it has signed
/// for it; those above the parties when it is out. A round of which no delivery was recorded is open once it is issued.
///
/// # Errors
/// What the database says.
pub fn may_read(tx: &mut Tx<'_>, asker: &Asker, round: &Round) -> DbResult<bool> {
    if asker.scope_beside(Evaluation::READ, Role::Expert).reaches(round.station_id) {
        return Ok(true);
    }
    if let Some(user) = asker.user()
        && live_seat(tx, &round.code, user.user)?.is_some()
    {
        return Ok(true);
    }
    let Some(paper) = paper_of(round.stage) else { return Ok(false) };
    let gone = store::gone(tx, &round.code)?;
    if gone.is_empty() {
        return Ok(round.stage == Stage::Issued);
    }
    let sides = sides_of(asker, round);
    let mut of_paper = gone.iter().filter(|one| one.paper == paper);
    Ok(match sides.is_empty() {
        true => of_paper.next().is_some(),
        false => of_paper.any(|one| one.received.is_some() && sides.contains(&one.recipient)),
    })
}

/// The sides on which somebody stands at a round's station.
fn sides_of(asker: &Asker, round: &Round) -> Vec<Recipient> {
    let grants = asker.user().map(|user| user.grants.as_slice()).unwrap_or_default();
    let here = grants.iter().filter(|(_, scope)| scope.reaches(round.station_id));
    here.filter_map(|(role, _)| side_of(*role)).collect()
}

/// Whether somebody hands on and signs for a side.
fn speaks(asker: &Asker, round: &Round, side: Recipient) -> bool {
    asker.scope(ANSWER).covers(Place::station(round.station_id)) && sides_of(asker, round).contains(&side)
}

/// Hands the paper of a round's stage on to those who get it from the evaluator, once it is written; nothing for those who
/// have it.
///
/// # Errors
/// It is not allowed, the stage hands nothing on, or what the database says.
pub fn send(tx: &mut Tx<'_>, asker: &Asker, round: &Round, scheme: &Scheme) -> Result<(), Trouble> {
    permit::<Correct<Evaluation>>(asker, round.station_id)?;
    let by = asker.user().map(|user| user.user);
    let (Some(paper), Some(by)) = (paper_of(round.stage), by) else {
        let what = format!("这一轮在“{}”，没有要送出的文本", round.stage.label());
        return Err(wrong(what));
    };
    let gone = store::gone(tx, &round.code)?;
    let first = scheme.route.iter().filter(|hop| hop.of == paper && hop.from == Recipient::Evaluator);
    for hop in first.filter(|hop| opens(**hop, &gone)) {
        store::send(tx, (&round.code, round.station_id), (paper, hop.to), by)?;
        note(tx, round, "evaluation.sent", Some(format!("{} {}", paper.label(), hop.to.label())))?;
    }
    Ok(())
}

/// When the draft was sent to each side that it was sent to, and whether that side signed for it.
pub(in crate::evaluation) fn draft_sent(
    tx: &mut Tx<'_>,
    round: &Round,
) -> DbResult<BTreeMap<Recipient, (Moment, bool)>> {
    let gone = store::gone(tx, &round.code)?;
    let of_draft = gone.iter().filter(|one| one.paper == Paper::Draft);
    Ok(of_draft.map(|one| (one.recipient, (one.sent_at, one.received.is_some()))).collect())
}

/// Something of a round's papers that waits for somebody: in words, and by which day what is done.
pub(in crate::evaluation) type Waiting = (String, Option<(NaiveDate, &'static str)>);

/// What of a round's papers waits for somebody.
pub(in crate::evaluation) fn waiting(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<Waiting>> {
    let gone = store::gone(tx, &round.code)?;
    let mut all = Vec::new();
    for hop in &scheme.route {
        let found = gone.iter().find(|one| one.paper == hop.of && one.recipient == hop.to);
        let by = step_due(*hop, scheme, &gone);
        match found {
            Some(one) if one.received.is_none() && speaks(asker, round, hop.to) => {
                let answered = (hop.of == Paper::Draft).then(|| (due(scheme, one.sent_at), "答复"));
                let by = by.map(|day| (day, "签收")).or(answered);
                all.push((format!("{}等您签收", hop.of.label()), by));
            }
            None if speaks(asker, round, hop.from) && opens(*hop, &gone) => {
                let what = format!("{}等您转交{}", hop.of.label(), hop.to.label());
                all.push((what, by.map(|day| (day, "转交"))));
            }
            _ => {}
        }
    }
    Ok(all)
}

/// The steps of the stage's paper that are past their day, in words.
pub(in crate::evaluation) fn overdue(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    today: NaiveDate,
) -> DbResult<Vec<String>> {
    let gone = store::gone(tx, &round.code)?;
    let paper = paper_of(round.stage);
    let own = scheme.route.iter().filter(|hop| Some(hop.of) == paper);
    Ok(own.filter_map(|hop| late(*hop, scheme, &gone, today)).collect())
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let scheme = scheme_of(tx, &app.site().library, &round)?;
        let gone = store::gone(tx, &code)?;
        let people = gone.iter().flat_map(|one| [Some(one.sent_by), one.received.map(|(by, _)| by)]);
        let names = display_names(tx, people.flatten().collect::<Vec<Id>>())?;
        let today = tx.at().day();
        let steps: Vec<Step> =
            scheme.route.iter().map(|hop| step(app, &round, &scheme, (*hop, &gone, today), &names)).collect();
        let keeps = app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        let sends = keeps
            && paper_of(round.stage).is_some_and(|paper| {
                let mut first = scheme.route.iter().filter(|hop| hop.of == paper);
                first.any(|hop| hop.from == Recipient::Evaluator && opens(*hop, &gone))
            });
        let frame = frame(tx, app, &round, "送达与签收")?;
        Ok(DeliveryPage::of(frame, &round, steps, sends, form_key()?))
    });
    render(&page.await?)
}

/// A step as the page shows it.
fn step(
    app: &App,
    round: &Round,
    scheme: &Scheme,
    (hop, gone, today): (Hop, &[Gone], NaiveDate),
    names: &BTreeMap<Id, String>,
) -> Step {
    let found = gone.iter().find(|one| one.paper == hop.of && one.recipient == hop.to);
    let said = |(by, at): (Id, Moment)| {
        format!("{} {}", at.minute(), names.get(&by).map(String::as_str).unwrap_or_default())
    };
    let onward = hop.from != Recipient::Evaluator;
    Step {
        paper: hop.of,
        from: hop.from.label(),
        to: hop.to,
        sent: found.map(|one| said((one.sent_by, one.sent_at))),
        received: found.and_then(|one| one.received).map(said),
        due: found.filter(|one| one.paper == Paper::Draft).map(|one| due(scheme, one.sent_at).to_string()),
        by: step_due(hop, scheme, gone).map(|day| match day < today {
            true => format!("已过 {day}"),
            false => format!("{day} 前{}", if found.is_some() { "签收" } else { "转交" }),
        }),
        passes: onward && opens(hop, gone) && speaks(app.asker(), round, hop.from),
        signs: found.is_some_and(|one| one.received.is_none()) && speaks(app.asker(), round, hop.to),
    }
}

/// The step that an address names.
fn named(scheme: &Scheme, paper: &str, recipient: &str) -> Result<Hop, Trouble> {
    let found = scheme.route.iter().find(|hop| hop.of.as_str() == paper && hop.to.as_str() == recipient);
    found.copied().ok_or_else(|| none().into())
}

fn none() -> Fault {
    Fault::not_found("unknown_delivery", "没有由您办理的这一步", "请从送达与签收页进入")
}

fn wrong(what: String) -> Trouble {
    vec![Wrong { field: "paper".into(), what }].into()
}

type Address = Path<(String, String, String)>;

async fn pass(app: App, Path((code, paper, recipient)): Address, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = seen(tx, app, &code)?;
            let scheme = scheme_of(tx, &app.site().library, &round)?;
            let hop = named(&scheme, &paper, &recipient)?;
            if hop.from == Recipient::Evaluator || !speaks(app.asker(), &round, hop.from) {
                return Err(none().into());
            }
            if !opens(hop, &store::gone(tx, &code)?) {
                return Err(wrong(format!("{}现在不能转交：先签收，每方只转一次", hop.of.label())));
            }
            store::send(tx, (&code, round.station_id), (hop.of, hop.to), someone(app)?)?;
            note(tx, &round, "evaluation.sent", Some(format!("{} {}", hop.of.label(), hop.to.label())))?;
            Ok(Leads::saying(format!("{}/delivery", address(&code)), "已转交"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn sign(app: App, Path((code, paper, recipient)): Address, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = seen(tx, app, &code)?;
            let scheme = scheme_of(tx, &app.site().library, &round)?;
            let hop = named(&scheme, &paper, &recipient)?;
            if !speaks(app.asker(), &round, hop.to) {
                return Err(none().into());
            }
            if !store::receive(tx, &code, (hop.of, hop.to), someone(app)?)? {
                return Err(wrong(format!("{}还没有送到，或者已经签收过", hop.of.label())));
            }
            note(tx, &round, "evaluation.received", Some(format!("{} {}", hop.of.label(), hop.to.label())))?;
            Ok(Leads::saying(format!("/reports/{code}"), "已签收"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}
