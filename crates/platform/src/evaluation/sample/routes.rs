//! The page of a sample and its steps: seed, frame, draw, publishing, the file.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use rules::sampling::{Allocation, LEAST};
use web::form::Reading;
use web::{Fault, Form, Page, download, render};

use super::model::StrataBy;
use super::pages::SamplePage;
use super::{draw, frame, own_address, publish, refused, store};
use crate::access::{Enter, Part as _, Place, permit};
use crate::evaluation::rounds::{self, someone};
use crate::evaluation::{Round, find};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};
use crate::surveys::Surveys;

/// More than a station has people.
const MOST: i64 = 100_000;

pub(super) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(Surveys::READ);
    const RECORDS: Needs = Needs::Verb(Surveys::RECORD);
    vec![
        Route::get("/evaluation/rounds/{round}/sample", READS, get(show)),
        Route::get("/evaluation/rounds/{round}/sample/sample.json", READS, get(file)),
        Route::post("/evaluation/rounds/{round}/sample/seed", RECORDS, post(seed)),
        Route::post("/evaluation/rounds/{round}/sample/frame", RECORDS, post(freeze)),
        Route::post("/evaluation/rounds/{round}/sample/draw", RECORDS, post(draw_it)),
        Route::post("/evaluation/rounds/{round}/sample/publish", RECORDS, post(publish_it)),
    ]
}

/// The round, where whoever asks may see it and its survey.
pub(super) fn read(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    let round = rounds::seen(tx, app, code)?;
    if app.asker().scope(Surveys::READ).covers(Place::station(round.station_id)) {
        return Ok(round);
    }
    let problem = find::unknown_round(code);
    Err(Fault::not_found(problem.code, problem.what, "满意度抽样只给评估组看").into())
}

/// The round, where whoever asks may keep its survey.
pub(super) fn kept(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    let round = rounds::seen(tx, app, code)?;
    permit::<Enter<Surveys>>(app.asker(), round.station_id)?;
    Ok(round)
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = read(tx, app, &code)?;
        let keeps = app.asker().scope(Surveys::RECORD).covers(Place::station(round.station_id));
        let sample = store::sample_of(tx, &code)?;
        let (members, drawn) = match &sample {
            Some(sample) => (store::members_of(tx, sample.id)?, store::drawn_of(tx, sample.id)?),
            None => (Vec::new(), Vec::new()),
        };
        let frame = rounds::frame(tx, app, &round, "满意度抽样")?;
        let files = &app.site().library.questionnaires;
        Ok(SamplePage::of(frame, &round, (sample, &members, &drawn), keeps, form_key()?).asking(files))
    });
    render(&page.await?)
}

async fn file(app: App, Path(code): Path<String>) -> Page {
    let text = app.read(move |tx, app| {
        let round = read(tx, app, &code)?;
        let sample = store::sample_of(tx, &code)?.filter(|sample| sample.published_at.is_some());
        let sample = sample.ok_or_else(|| refused("file", "样本还没有公布"))?;
        Ok(publish::file(tx, &round, &sample)?.text())
    });
    Ok((download("sample.json", "application/json"), text.await?).into_response())
}

async fn seed(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            frame::commit(tx, &round, someone(app)?)?;
            Ok(Leads::saying(own_address(&code), "已承诺种子"))
        })
        .await?;
    submitted.led()
}

async fn freeze(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept(tx, app, &code)?;
            let mut reading = Reading::of(form);
            let strata = reading.word::<StrataBy>("strata_by", "分层");
            let library = &app.site().library;
            let asked = library
                .questionnaires
                .iter()
                .find(|one| one.questionnaire.code == form.text("questionnaire"));
            if asked.is_none() {
                reading.wrong("questionnaire", "选一份问卷");
            }
            let (strata, asked) = reading.done(strata.zip(asked))?;
            frame::freeze(tx, &round, (&library.codes, asked), someone(app)?, strata)?;
            Ok(Leads::saying(own_address(&code), "名单已冻结"))
        })
        .await?;
    submitted.led()
}

async fn draw_it(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept(tx, app, &code)?;
            let mut reading = Reading::of(form);
            let wanted = reading.whole("wanted", "样本量", 0, MOST);
            let fixed = form.text("allocation") == "fixed";
            let mut each = BTreeMap::new();
            if fixed && let Some(sample) = store::sample_of(tx, &code)? {
                let members = store::members_of(tx, sample.id)?;
                for (number, stratum) in draw::counted(&members).into_keys().enumerate() {
                    let of = reading.whole(&format!("s{number}"), &format!("“{stratum}”抽几人"), 0, MOST);
                    each.insert(stratum, usize::try_from(of.unwrap_or_default()).unwrap_or_default());
                }
            }
            let wanted = reading.done(wanted)?;
            let how = if fixed { Allocation::Fixed(each) } else { Allocation::Proportional };
            let wanted = i32::try_from(wanted).unwrap_or(i32::MAX);
            draw::draw(tx, &round, someone(app)?, wanted, &how)?;
            Ok(Leads::saying(own_address(&code), "已抽样"))
        })
        .await?;
    submitted.led()
}

async fn publish_it(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            publish::publish(tx, &round, someone(app)?)?;
            Ok(Leads::saying(own_address(&code), "已公布"))
        })
        .await?;
    submitted.led()
}

/// How many are wanted where nobody says otherwise.
pub(super) const WANTED: usize = LEAST;
