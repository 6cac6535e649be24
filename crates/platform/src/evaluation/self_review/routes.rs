//! The pages of the self-review: all items with what is answered, one item, the report as a file.

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use rules::scoring::{Item, Scheme};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, download, render};

use super::pages::{ListPage, line};
use super::store::{self, Row};
use super::{ANSWER, report};
use crate::access::Place;
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::scoring::measured;
use crate::evaluation::{Round, Stage, rounds};
use crate::shell::{App, Field, FormPage, Group, Needs, Route, Submitted, Trouble, form_key};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(rounds::VERB);
    const ANSWERS: Needs = Needs::Verb(ANSWER);
    vec![
        Route::get("/evaluation/rounds/{round}/self", READS, get(list)),
        Route::get("/evaluation/rounds/{round}/self/report.docx", READS, get(docx)),
        Route::get("/evaluation/rounds/{round}/self/report.pdf", READS, get(pdf)),
        Route::get("/evaluation/rounds/{round}/self/{item}", ANSWERS, get(form)),
        Route::post("/evaluation/rounds/{round}/self/{item}", ANSWERS, post(save)),
    ]
}

async fn list(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (round, scheme) = of(tx, app, &code)?;
        let rows = store::all(tx, &code)?;
        let figures = measured::of_scheme(tx, &app.site().library, &round, &scheme)?;
        let answers = may_answer(app, &round) && round.stage == Stage::SelfReview;
        let of_item = |item: &Item| {
            let row = rows.iter().find(|row| row.item == item.code);
            line(&round, item, row, figures.get(&item.code))
        };
        let sections = scheme.sections.iter();
        let sections = sections
            .map(|section| (section.name.clone(), section.items.iter().map(of_item).collect()))
            .collect();
        let frame = frame(tx, app, &round, "自评")?;
        Ok(ListPage::of(frame, &round, sections, answers))
    });
    render(&page.await?)
}

async fn docx(app: App, Path(code): Path<String>) -> Page {
    let bytes = app.read(move |tx, app| {
        let document = document(tx, app, &code)?;
        paper::docx::render(&document).map_err(|error| Fault::internal(error).into())
    });
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok((download("self-review.docx", kind), bytes.await?).into_response())
}

async fn pdf(app: App, Path(code): Path<String>) -> Page {
    let bytes = app.read(move |tx, app| {
        let document = document(tx, app, &code)?;
        let fonts = paper::Fonts::from_system().map_err(Fault::internal)?;
        paper::pdf::render(&document, &fonts).map_err(|error| Fault::internal(error).into())
    });
    Ok((download("self-review.pdf", "application/pdf"), bytes.await?).into_response())
}

fn document(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<paper::model::Document, Trouble> {
    let (round, scheme) = of(tx, app, code)?;
    let rows = store::all(tx, code)?;
    let figures = measured::of_scheme(tx, &app.site().library, &round, &scheme)?;
    let now = tx.at();
    let station = crate::areas::station(tx, round.station_id, now)?;
    let notice = app.site().sample_notice.clone();
    Ok(report::document(&round, &station, &scheme, &rows, &figures, notice))
}

async fn form(app: App, Path((code, item)): Path<(String, String)>) -> Page {
    render(&page(&app, code, item).await?)
}

async fn page(app: &App, code: String, item: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (round, scheme) = own(tx, app, &code)?;
        let (_, item) = scheme.items().find(|(_, one)| one.code == item).ok_or_else(|| no_item(&code))?;
        let row = store::all(tx, &code)?.into_iter().find(|row| row.item == item.code);
        let basis = measured::rules_of(tx, &app.site().library, &round)?;
        let figure = measured::of_item(tx, &basis, &scheme, item)?;
        let shown = row.as_ref().map(Row::shown);
        let proposed = figure.as_ref().and_then(|one| one.proposed).map(kernel::trimmed);
        let score = shown.as_ref().map(|one| one.score.clone()).or(proposed).unwrap_or_default();
        let measured = figure.map(|one| super::pages::said(&one)).unwrap_or_default();
        let text = |of: fn(&Row) -> &String| row.as_ref().map(|row| of(row).clone()).unwrap_or_default();
        let fields = [
            Field::long("answer", "做了什么，做到什么程度").value(text(|row| &row.answer)).hint(measured),
            Field::long("evidence", "证据").value(text(|row| &row.evidence)).hint(format!(
                "一行一件：先写站内网址，空一格写名称，例如 /documents/… 督导记录；没有网址的只写名称。要求的佐证：{}",
                item.evidence.join("、")
            )),
            Field::text("score", format!("自评分（满分 {}）", kernel::trimmed(item.points))).value(score),
        ];
        let frame = frame(tx, app, &round, &item.name)?;
        let action = format!("{}/self/{}", address(&code), item.code);
        let page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]);
        let crumbs =
            [Link::new(address(&code), title(&round)), Link::new(format!("{}/self", address(&code)), "自评")];
        Ok(FormPage { intro: item.asks.clone(), ..page.from(crumbs) })
    })
    .await
}

async fn save(app: App, Path((code, item)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), item.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = own(tx, app, &to)?;
            let (_, item) = scheme.items().find(|(_, one)| one.code == whose).ok_or_else(|| no_item(&to))?;
            let mut reading = Reading::of(form);
            if round.stage != Stage::SelfReview {
                let what = format!("这一轮在“{}”，自评阶段才能答", round.stage.label());
                return Err(vec![Wrong { field: "answer".into(), what }].into());
            }
            let answer = reading.text("answer", "做了什么", 4000);
            let evidence = reading.optional("evidence", "证据", 4000).unwrap_or_default();
            let decimals = scheme.rounding.entry_decimals;
            let score = crate::evaluation::scoring::typed(form.text("score"), item.points, decimals);
            let score = score.map_err(|what| reading.wrong("score", what)).ok();
            let score = score.and_then(crate::evaluation::scoring::hundredths);
            let (answer, score) = reading.done(answer.zip(score))?;
            let row = Row {
                round: to.clone(),
                item: whose.clone(),
                station_id: round.station_id,
                answer,
                evidence,
                score: Some(score),
                changed_by: someone(app)?,
                changed_at: tx.at(),
            };
            store::put(tx, &row)?;
            note(tx, &round, "evaluation.answered", Some(whose.clone()))?;
            Ok(format!("{}/self", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, code, item).await?.refused(&form, wrong),
    }
}

fn of(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let round = seen(tx, app, code)?;
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    Ok((round, scheme))
}

/// The same for whoever answers for the station; others have no such page.
fn own(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let (round, scheme) = of(tx, app, code)?;
    if may_answer(app, &round) {
        return Ok((round, scheme));
    }
    let fault = Fault::not_found("unknown_answer", "没有由您作答的自评", "自评由本站站长作答");
    Err(fault.near([Link::new(address(code), title(&round))]).into())
}

fn may_answer(app: &App, round: &Round) -> bool {
    app.asker().scope(ANSWER).covers(Place::station(round.station_id))
}

fn no_item(code: &str) -> Trouble {
    let fault = Fault::not_found("unknown_item", "指标体系里没有这一项", "请从自评里选");
    fault.near([Link::new(format!("{}/self", address(code)), "自评")]).into()
}
