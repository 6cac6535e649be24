//! The calling desk: who is to be called, one of them, dialling, what came of it, who comes in their place.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::routing::{get, post};
use db::Tx;
use web::form::Reading;
use web::{Form, Page, render, unkept};

use super::correct::{Asked, correct};
use super::desk_page::{CallPage, DeskPage};
use super::model::CallResult;
use super::routes::kept;
use super::store::{Drawn, REASON};
use super::{call_address, calls, draw, own_address, refused, store};
use crate::access::{self, Part as _};
use crate::clients;
use crate::evaluation::rounds::{self, someone};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};
use crate::surveys::Surveys;

pub(super) fn routes() -> Vec<Route> {
    const RECORDS: Needs = Needs::Verb(Surveys::RECORD);
    vec![
        Route::get("/evaluation/rounds/{round}/sample/calls", RECORDS, get(list)),
        Route::get("/evaluation/rounds/{round}/sample/calls/{drawn}", RECORDS, get(one)),
        Route::post("/evaluation/rounds/{round}/sample/calls/{drawn}/dial", RECORDS, post(dial)),
        Route::post("/evaluation/rounds/{round}/sample/calls/{drawn}/result", RECORDS, post(result)),
        Route::post("/evaluation/rounds/{round}/sample/calls/{drawn}/give-up", RECORDS, post(give_up)),
        Route::post("/evaluation/rounds/{round}/sample/calls/{drawn}/correct", RECORDS, post(correct_it)),
        Route::post("/evaluation/rounds/{round}/sample/calls/{drawn}/replace", RECORDS, post(replace)),
    ]
}

async fn list(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = kept(tx, app, &code)?;
        let sample = store::sample_of(tx, &code)?.ok_or_else(|| refused("sample", "还没有抽样"))?;
        let drawn = store::drawn_of(tx, sample.id)?;
        let people: Vec<_> = drawn.iter().map(|one| (one.person_id, one.guarded)).collect();
        let reached = clients::reached(tx, &people)?;
        let calls = store::calls_of(tx, sample.id)?;
        let frame = rounds::frame(tx, app, &round, "访问名单")?;
        Ok(DeskPage::of(frame, &round, &drawn, &reached, &calls))
    });
    unkept(render(&page.await?))
}

async fn one(app: App, Path((code, drawn)): Path<(String, String)>) -> Page {
    let page = app.read(move |tx, app| {
        let round = kept(tx, app, &code)?;
        let sample = store::sample_of(tx, &code)?.ok_or_else(|| refused("sample", "还没有抽样"))?;
        let found = store::drawn(tx, sample.id, &drawn)?;
        let person = calls::reached(tx, &found)?;
        let all = store::drawn_of(tx, sample.id)?;
        let own: Vec<_> =
            store::calls_of(tx, sample.id)?.into_iter().filter(|call| call.drawn_id == found.id).collect();
        let names: BTreeMap<_, _> = access::display_names(tx, own.iter().map(|call| call.begun_by))?;
        let (me, now) = (someone(app)?, tx.at());
        let mut notes = Vec::new();
        for call in &own {
            notes.push(store::note_of(tx, call)?);
        }
        let corrected = corrections(tx, &found)?;
        let frame = rounds::frame(tx, app, &round, "访问一人")?;
        let page = CallPage::of(frame, &round, (&found, &all), person, &sample);
        Ok(page.with((&own, &notes), &names, (me, now), form_key()?).corrected(corrected))
    });
    unkept(render(&page.await?))
}

/// What was corrected of somebody's result: when, by whom, what, why.
fn corrections(tx: &mut Tx<'_>, drawn: &Drawn) -> Result<Vec<[String; 4]>, Trouble> {
    let all = store::corrections_of(tx, drawn.id)?;
    let names = access::display_names(tx, all.iter().map(|one| one.made_by))?;
    let line = |one: &store::Correction| {
        let reason = one.reason.open(tx.keys(), REASON, &one.id).map_err(db::DbError::from)?;
        let by = names.get(&one.made_by).cloned().unwrap_or_default();
        Ok([one.made_at.minute(), by, format!("{} → {}", one.was, one.became), reason])
    };
    all.iter().map(line).collect()
}

async fn dial(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            calls::begin(tx, &round, someone(app)?, &drawn)?;
            Ok(Leads::silently(format!("{}/calls/{drawn}", own_address(&code))))
        })
        .await?;
    submitted.led()
}

async fn result(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept(tx, app, &code)?;
            let mut reading = Reading::of(form);
            let result = reading.word::<CallResult>("result", "结果");
            let note = reading.optional("note", "情况", 400).unwrap_or_default();
            let result = reading.done(result)?;
            if result == CallResult::Answered {
                return Err(refused("result", "已答的请点“开始问卷”，逐题登记"));
            }
            calls::end(tx, app.asker(), (&round, someone(app)?), &drawn, (result, &note))?;
            Ok(Leads::saying(format!("{}/calls", own_address(&code)), "已登记"))
        })
        .await?;
    submitted.led()
}

async fn correct_it(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept(tx, app, &code)?;
            let mut reading = Reading::of(form);
            let result = reading.word::<CallResult>("result", "结果");
            let reason = reading.text("reason", "为什么更正", 200);
            let receipt = reading.optional("code", "撤回码", 40).unwrap_or_default();
            let (result, reason) = reading.done(result.zip(reason))?;
            let asked = Asked { result, reason: &reason, code: &receipt };
            correct(tx, app.asker(), (&round, someone(app)?), &drawn, &asked)?;
            Ok(Leads::saying(format!("{}/calls/{drawn}", own_address(&code)), "已更正"))
        })
        .await?;
    submitted.led()
}

async fn give_up(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            calls::give_up(tx, app.asker(), &round, &drawn)?;
            Ok(Leads::saying(format!("{}/calls/{drawn}", own_address(&code)), "已记为联系不上"))
        })
        .await?;
    submitted.led()
}

async fn replace(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            let added = draw::replace(tx, &round, &drawn)?;
            Ok(Leads::saying(call_address(&code, added), "已按顺序替补"))
        })
        .await?;
    submitted.led()
}
