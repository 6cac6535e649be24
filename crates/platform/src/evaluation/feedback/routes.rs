//! The page of feedback: each party answers for itself, the panel rules.

use axum::Extension;
use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbResult, Tx};
use kernel::Id;
use rules::scoring::{Recipient, Scheme};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::ANSWER;
use super::changes::unchanged;
use super::form;
use super::model::{About, Verdict};
use super::pages::{FeedbackPage, Owed, Side};
use super::standing::{sides, speaks, unanswered};
use super::store::{self, Answered, Objection};
use super::targets::{Target, targets};
use crate::access::{Correct, Part as _, Place, new_id, permit};
use crate::evaluation::rounds::{self, Drafts, address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::{Evaluation, Round, Stage, delivery, scoring};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);
    vec![
        Route::get("/evaluation/rounds/{round}/feedback", Needs::Verb(rounds::VERB), get(show)),
        Route::post("/evaluation/rounds/{round}/feedback/{party}", Needs::Verb(ANSWER), post(answer)),
        Route::post("/evaluation/rounds/{round}/objections/{objection}", KEEPS, post(rule)),
    ]
}

/// How many objections are not ruled on.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn open_objections(tx: &mut Tx<'_>, round: &Round) -> DbResult<usize> {
    Ok(store::objections_of(tx, &round.code)?.iter().filter(|one| one.ruling.is_none()).count())
}

/// The round once its draft is out.
fn drafted(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let round = seen(tx, app, code)?;
    if round.stage < Stage::Feedback {
        let fault = Fault::not_found("unknown_draft", "初稿还没有送出", "送出后再来看");
        return Err(fault.near([Link::new(address(code), title(&round))]).into());
    }
    if !delivery::may_read(tx, app.asker(), &round)? {
        let page = Link::new(format!("{}/delivery", address(code)), "送达与签收");
        let fault = Fault::not_found("unknown_draft", "初稿您还没有签收", "在送达与签收里签收以后再来答复");
        return Err(fault.near([page]).into());
    }
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    Ok((round, scheme))
}

async fn show(app: App, Extension(drafts): Extension<Drafts>, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (round, scheme) = drafted(tx, app, &code)?;
        let (answers, objections) = (store::answers_of(tx, &code)?, store::objections_of(tx, &code)?);
        let people =
            answers.iter().map(|one| one.answered_by).chain(objections.iter().map(|one| one.raised_by));
        let names = crate::access::display_names(tx, people.collect::<Vec<Id>>())?;
        let open = round.stage == Stage::Feedback;
        let today = tx.at().day();
        let unanswered = unanswered(tx, &round, &scheme)?;
        let side = |(code, name, side): (String, String, Recipient)| {
            let given = answers.iter().find(|one| one.party == code);
            Side {
                given: given.map(|one| {
                    let by = names.get(&one.answered_by).cloned().unwrap_or_default();
                    (one.answer, format!("{} {by}", one.answered_at.minute()), one.note.clone())
                }),
                owed: unanswered.iter().find(|one| one.code == code).and_then(|one| Owed::of(one, today)),
                mine: open && speaks(app.asker(), side, &round),
                code,
                name,
            }
        };
        let sides = sides(&scheme).into_iter().map(side).collect();
        let keeps = open && app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        let unchanged = if open { unchanged(tx, &round, &scheme)? } else { Vec::new() };
        let targets = if open { targets(tx, drafts, &round, &scheme)? } else { Vec::new() };
        let frame = frame(tx, app, &round, "初稿反馈")?;
        let page = FeedbackPage::of(frame, &round, sides, (keeps, form_key()?));
        Ok(page.with(&targets, &objections, &names, &unchanged))
    });
    render(&page.await?)
}

async fn answer(
    app: App,
    Extension(drafts): Extension<Drafts>,
    Path((code, party)): Path<(String, String)>,
    form: Form,
) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = drafted(tx, app, &code)?;
            let side = sides(&scheme).into_iter().find(|(known, ..)| *known == party);
            let side = side.filter(|(_, _, side)| speaks(app.asker(), *side, &round));
            let none = || Fault::not_found("unknown_party", "没有由您答复的这一方", "请从初稿反馈页进入");
            let (party, _, side) = side.ok_or_else(none)?;
            let signed = delivery::draft_sent(tx, &round)?.get(&side).is_some_and(|(_, signed)| *signed);
            let closed = match (signed, round.stage) {
                (false, _) => Some("先在“送达与签收”里签收初稿，再答复".to_owned()),
                (true, Stage::Feedback) => None,
                (true, stage) => Some(format!("这一轮已到“{}”，不再收答复", stage.label())),
            };
            let before = store::objections_of(tx, &code)?.iter().any(|one| one.party == party);
            let said = form::read(form, &targets(tx, drafts, &round, &scheme)?, closed, before)?;
            let (by, at) = (someone(app)?, tx.at());
            let row = Answered {
                round: code.clone(),
                party: party.clone(),
                station_id: round.station_id,
                answer: said.answer,
                note: said.words.clone(),
                answered_by: by,
                answered_at: at,
            };
            store::answer(tx, &row)?;
            if let Some(target) = said.target {
                store::object(tx, &objection(&row, said.words, target)?)?;
            }
            note(tx, &round, ANSWER, Some(said.answer.label().to_owned()))?;
            Ok(Leads::saying(format!("{}/feedback", address(&code)), "已答复"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Extension(drafts), Path(page))).await
}

/// An objection that goes with an answer.
fn objection(given: &Answered, words: String, target: Target) -> DbResult<Objection> {
    Ok(Objection {
        id: new_id(given.answered_at)?,
        station_id: given.station_id,
        round: given.round.clone(),
        party: given.party.clone(),
        about: target.about,
        about_code: target.code,
        about_place: target.place,
        about_text: target.text,
        words,
        raised_by: given.answered_by,
        raised_at: given.answered_at,
        ruling: None,
        reason: String::new(),
        change: String::new(),
        ruled_by: None,
        ruled_at: None,
    })
}

async fn rule(
    app: App,
    Extension(drafts): Extension<Drafts>,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = drafted(tx, app, &code)?;
            permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            let all = store::objections_of(tx, &code)?;
            let none = || Fault::not_found("unknown_objection", "没有这条异议", "请从初稿反馈页里选");
            let found = all.iter().find(|one| one.id.as_str() == id).ok_or_else(none)?;
            let mut reading = Reading::of(form);
            let ruling = reading.word::<Verdict>("ruling", "裁定");
            let reason = reading.text("reason", "理由", 1000);
            let change = reading.optional("change", "改动", 2000).unwrap_or_default();
            let by = someone(app)?;
            if found.raised_by == by {
                reading.wrong("ruling", "提出的人不能自己裁定");
            }
            if ruling == Some(Verdict::Granted) && change.is_empty() {
                reading.wrong("change", "采纳的写明改了什么：原来怎样，改成怎样");
            }
            let (ruling, reason) = reading.done(ruling.zip(reason))?;
            if !store::rule(tx, found.id, ruling, (&reason, &change), by)? {
                let what = "已经有人裁定过".to_owned();
                return Err(vec![Wrong { field: "ruling".into(), what }].into());
            }
            let said = match (ruling, found.about) {
                (Verdict::Refused, _) => "已裁定",
                (Verdict::Granted, About::Item) => {
                    scoring::score_again(tx, &round, &scheme, &found.about_code)?;
                    "已裁定；请专家重新评这一项"
                }
                (Verdict::Granted, _) => "已裁定；照裁定改好以后才能出具报告",
            };
            note(tx, &round, "evaluation.objection_ruled", Some(format!("{} {reason}", ruling.label())))?;
            Ok(Leads::saying(format!("{}/feedback", address(&code)), said))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Extension(drafts), Path(page))).await
}
