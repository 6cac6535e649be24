//! The page of what the survey came to, and its sheet. Nobody sees any of it before the survey is closed.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::get;
use db::{DbResult, Tx};
use kernel::Id;
use rules::survey::Closed;
use web::{Fault, Link, Page, download, render};

use super::result_page::{Found, ResultPage};
use super::tables::Table;
use super::{questionnaire, store, tables};
use crate::access::Part as _;
use crate::areas;
use crate::evaluation::Round;
use crate::evaluation::rounds::{self, address};
use crate::evaluation::sample::model::CallResult;
use crate::evaluation::sample::routes::read;
use crate::evaluation::sample::store::{self as samples, Call, Drawn, Sample};
use crate::evaluation::scoring::of_survey;
use crate::library::Library;
use crate::shell::{App, Needs, Route, Trouble};
use crate::surveys::{ContactOutcome, Surveys};

pub(super) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(Surveys::READ);
    vec![
        Route::get("/evaluation/rounds/{round}/survey", READS, get(show)),
        Route::get("/evaluation/rounds/{round}/survey.xlsx", READS, get(xlsx)),
    ]
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let found = found(tx, app, &code)?;
        let frame = rounds::frame(tx, app, &found.round, "满意度调查结果")?;
        Ok(ResultPage::of(frame, &found))
    });
    render(&page.await?)
}

async fn xlsx(app: App, Path(code): Path<String>) -> Page {
    let bytes = app.read(move |tx, app| {
        let found = found(tx, app, &code)?;
        let notice = app.site().sample_notice.clone();
        paper::xlsx::render(&tables::document(&found, notice)).map_err(|error| Fault::internal(error).into())
    });
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok((download("survey.xlsx", kind), bytes.await?).into_response())
}

/// What a closed survey came to, for whoever may see it.
fn found(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Found, Trouble> {
    let round = read(tx, app, code)?;
    let Some(sample) = closed(tx, code)? else {
        let fault = Fault::not_found(
            "no_result_yet",
            "调查还没有结束，结果谁也看不到",
            "全部访问完、结束调查以后再来",
        );
        return Err(fault.near([Link::new(format!("{}/sample", address(code)), "满意度抽样")]).into());
    };
    Ok(gathered(tx, &app.site().library, round, sample)?)
}

fn closed(tx: &mut Tx<'_>, code: &str) -> DbResult<Option<Sample>> {
    Ok(samples::sample_of(tx, code)?.filter(|sample| sample.closed_at.is_some()))
}

/// The tables that the report prints of a closed survey; none before.
///
/// # Errors
/// What the database says.
pub fn printed_tables(tx: &mut Tx<'_>, library: &Library, round: &Round) -> DbResult<Vec<Table>> {
    let Some(sample) = closed(tx, &round.code)? else { return Ok(Vec::new()) };
    Ok(tables::printed(&gathered(tx, library, round.clone(), sample)?))
}

fn gathered(tx: &mut Tx<'_>, library: &Library, round: Round, sample: Sample) -> DbResult<Found> {
    let result: Closed =
        sample.result.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let drawn = samples::drawn_of(tx, sample.id)?;
    let calls = samples::calls_of(tx, sample.id)?;
    let now = tx.at();
    let areas: BTreeMap<Id, String> =
        areas::areas(tx, round.station_id, now)?.into_iter().map(|area| (area.id, area.name)).collect();
    let (asked, item) = (questionnaire(library, &sample)?, item(tx, library, &round)?);
    Ok(Found {
        asked,
        result,
        item,
        frame: samples::members_of(tx, sample.id)?.len(),
        replaced: drawn.iter().filter(|one| one.replaces.is_some()).count(),
        answered: drawn.iter().filter(|one| one.outcome == Some(ContactOutcome::Answered)).count(),
        reasons: reasons(&drawn, &calls),
        drawn: drawn.len(),
        wishes: store::wishes_of(tx, sample.id)?.len(),
        fixed: fixed(&sample),
        areas: areas.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        sample,
        round,
    })
}

/// The item of the scheme that rests on the survey: its name, what was measured, the points it proposes and of how many.
fn item(tx: &mut Tx<'_>, library: &Library, round: &Round) -> DbResult<Option<[String; 4]>> {
    let scheme = rounds::scheme_of(tx, library, round)?;
    of_survey(tx, library, round, &scheme)
}

/// Whether the strata have numbers of their own, so that the whole is not in their proportion.
fn fixed(sample: &Sample) -> bool {
    sample.allocation.as_deref().is_some_and(|how| how.contains("fixed"))
}

/// Why somebody did not answer, counted: what came of the last call.
fn reasons(drawn: &[Drawn], calls: &[Call]) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<Option<CallResult>, usize> = BTreeMap::new();
    for one in drawn.iter().filter(|one| one.outcome != Some(ContactOutcome::Answered)) {
        let last = calls.iter().rev().find(|call| call.drawn_id == one.id && call.result.is_some());
        *counted.entry(last.and_then(|call| call.result)).or_default() += 1;
    }
    let word = |reason: Option<CallResult>| reason.map_or("没有号码", CallResult::label).to_owned();
    counted.into_iter().map(|(reason, number)| (word(reason), number)).collect()
}
