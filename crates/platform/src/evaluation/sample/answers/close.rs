//! Closing the survey: answers become records in another order under other ids, with the day of closing alone; what they come to
//! is kept as sums; what stood sealed is taken away and its pages are wiped. From then on no way leads back.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::routing::post;
use chrono::NaiveDate;
use db::Tx;
use kernel::{Id, Problem};
use rules::survey::{Closed, Dimension, Questionnaire, closed};
use web::{Form, Page};

use super::kept::{self, Kept};
use super::{questionnaire, store};
use crate::access::{Asker, Enter, Part as _, permit, unordered_id};
use crate::evaluation::rounds::{note, someone};
use crate::evaluation::sample::frame::said;
use crate::evaluation::sample::routes::kept as kept_round;
use crate::evaluation::sample::store as samples;
use crate::evaluation::sample::{own_address, refused};
use crate::evaluation::{Round, Stage};
use crate::library::Library;
use crate::shell::{App, Leads, Needs, Route, Trouble};
use crate::surveys::{ContactOutcome, SurveyAnswer, Surveys};

pub(super) fn routes() -> Vec<Route> {
    const RECORDS: Needs = Needs::Verb(Surveys::RECORD);
    vec![Route::post("/evaluation/rounds/{round}/sample/close", RECORDS, post(close_it))]
}

/// Closes the survey, then wipes; where only the wiping failed before, wipes again.
async fn close_it(app: App, Path(code): Path<String>, form: Form) -> Page {
    let round = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept_round(tx, app, &code)?;
            let sample = samples::hold(tx, &code).map_err(|error| said(error, "close"))?;
            if sample.closed_at.is_none() || sample.wiped_at.is_some() {
                close(tx, (&app.site().library, app.asker()), &round, someone(app)?)?;
            }
            Ok(Leads::saying(own_address(&code), "调查已结束，答案已与人分开"))
        })
        .await?;
    let answer = submitted.led()?;
    app.work(move |app| wiped(app, &round)).await?;
    Ok(answer)
}

/// Closes the survey of a round, once everybody was called to an end.
pub(super) fn close(
    tx: &mut Tx<'_>,
    (library, asker): (&Library, &Asker),
    round: &Round,
    by: Id,
) -> Result<(), Trouble> {
    let mut sample = samples::hold(tx, &round.code).map_err(|error| said(error, "close"))?;
    if round.stage != Stage::OnSite {
        return Err(refused("close", format!("这一轮在“{}”，不能结束调查", round.stage.label())));
    }
    if sample.drawn_at.is_none() {
        return Err(refused("close", "还没有抽样"));
    }
    if sample.closed_at.is_some() {
        return Err(refused("close", "调查已经结束"));
    }
    let drawn = samples::drawn_of(tx, sample.id)?;
    let open = drawn.iter().filter(|one| one.outcome.is_none()).count();
    if open > 0 {
        return Err(refused("close", format!("还有 {open} 人没有结束访问")));
    }
    let answered = drawn.iter().filter(|one| one.outcome == Some(ContactOutcome::Answered)).count();
    let kept = kept::all(tx, sample.id)?;
    if kept.len() != answered {
        let what = format!("登记已答 {answered} 人，问卷有 {} 份，对不上：请核对访问名单", kept.len());
        return Err(refused("close", what));
    }
    let asked = questionnaire(library, &sample)?;
    let entries: Vec<_> = kept.iter().map(|one| one.entry.clone()).collect();
    let result = closed(&asked, &entries);
    let day = tx.at().day();
    let rows = rows(round, &asked, (&kept, &result), day)?;
    if !rows.is_empty() {
        permit::<Enter<Surveys>>(asker, round.station_id)?.append_nameless(tx, &rows)?;
    }
    store::drop_content(tx, sample.id)?;
    let wishes = store::pass_on(tx, sample.id, day)?;
    sample.closed_by = Some(by);
    sample.closed_at = Some(tx.at());
    sample.result = Some(serde_json::to_string(&result).unwrap_or_default());
    samples::save(tx, &sample)?;
    let words = format!("问卷 {} 份，经本人同意转告 {wishes} 人的愿望", rows.len());
    note(tx, round, "surveys.close", Some(words))
}

/// The records: without a person, under ids of chance and in their order, all of one day and moment. Whether more care is
/// wished for is spread anew over the answers of an area: with the wishes that were passed on it would tell whose they are.
fn rows(
    round: &Round,
    asked: &Questionnaire,
    (kept, result): (&[Kept], &Closed),
    day: NaiveDate,
) -> Result<Vec<SurveyAnswer>, Problem> {
    let told: Vec<&String> = result.areas.iter().filter_map(|area| area.area.as_ref()).collect();
    let mut cells: BTreeMap<Option<&String>, Vec<&Kept>> = BTreeMap::new();
    for one in kept {
        cells.entry(one.entry.area.as_ref().filter(|area| told.contains(area))).or_default().push(one);
    }
    let points = |one: &Kept, dimension| asked.points(&one.entry.filled, dimension);
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut rows = Vec::with_capacity(kept.len());
    for (area, own) in cells {
        let mut wanting: Vec<(Id, bool)> = Vec::with_capacity(own.len());
        for one in &own {
            wanting.push((unordered_id()?, asked.wants_care(&one.entry.filled)));
        }
        wanting.sort_by_key(|(chance, _)| *chance);
        for (one, (_, wants_more_care)) in own.into_iter().zip(wanting) {
            let all = points(one, None);
            let of = |dimension| whole(points(one, Some(dimension)).given);
            rows.push(SurveyAnswer {
                id: unordered_id()?,
                station_id: round.station_id,
                area_id: area.and_then(|area| area.parse().ok()),
                community_id: None,
                worker_id: None,
                round: round.code.clone(),
                answered_on: day,
                problem_solved: of(Dimension::ProblemSolved),
                abilities: of(Dimension::Abilities),
                support_network: of(Dimension::SupportNetwork),
                points: whole(all.given),
                points_possible: whole(all.possible),
                wants_more_care,
            });
        }
    }
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// Wipes the pages on which sealed answers stood, outside any transaction, and notes that it was done.
pub(super) fn wiped(app: &App, code: &str) -> Result<(), Trouble> {
    app.site().database.wipe(store::BOXES)?;
    app.write_now(|tx| {
        let round = kept_round(tx, app, code)?;
        let mut sample = samples::hold(tx, code).map_err(|error| said(error, "close"))?;
        if sample.wiped_at.is_some() {
            return Ok(());
        }
        sample.wiped_at = Some(tx.at());
        samples::save(tx, &sample)?;
        note(tx, &round, "surveys.wiped", None)
    })
}
