//! The page of a result and its sheet.

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::get;
use db::{DbError, DbResult, Tx};
use rules::scoring::{Outcome, Scheme, severity};
use web::{Fault, Link, Page, download, render};

use super::pages::{ResultPage, sheet};
use crate::access::{Part as _, Place};
use crate::evaluation::rounds::{self, address, frame, scheme_of, seen, someone, title};
use crate::evaluation::{Evaluation, Round, Stage, delivery, inputs, outcome, panel};
use crate::shell::{App, Needs, Route, Trouble};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(rounds::VERB);
    vec![
        Route::get("/evaluation/rounds/{round}/result", READS, get(show)),
        Route::get("/evaluation/rounds/{round}/result.xlsx", READS, get(xlsx)),
    ]
}

/// Whether whoever asks may see the result: those who run the round and its panel from the end of scoring, everybody else
/// with the paper that says it.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn is_open(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<bool, Trouble> {
    let place = Place::station(round.station_id);
    let inside = app.asker().scope(Evaluation::CORRECT).covers(place)
        || panel::live_seat(tx, &round.code, someone(app)?)?.is_some();
    if inside {
        return Ok(round.stage >= Stage::Drafting);
    }
    Ok(delivery::may_read(tx, app.asker(), round)?)
}

/// The result, where one can be worked out.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn total(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Option<Outcome>> {
    match outcome(tx, round, scheme) {
        Err(DbError::Problem(_)) => Ok(None),
        other => other.map(Some),
    }
}

/// A round whose result whoever asks may see, with it.
fn found(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme, Outcome), Trouble> {
    let round = seen(tx, app, code)?;
    let near = || Link::new(address(code), title(&round));
    if !is_open(tx, app, &round)? {
        let fault = Fault::not_found("unknown_result", "这一轮还没有结果", "签收初稿后可以看");
        return Err(fault.near([near()]).into());
    }
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    let outcome = total(tx, &round, &scheme)?.ok_or_else(|| {
        let fault = Fault::not_found("unknown_result", "这一轮的评分还不全", "补齐评分后可以看");
        fault.near([near()])
    })?;
    Ok((round, scheme, outcome))
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (round, scheme, outcome) = found(tx, app, &code)?;
        let inside = app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        let severity = match inside {
            true => severity(&scheme, &inputs(tx, &round)?).ok(),
            false => None,
        };
        let frame = frame(tx, app, &round, "评分结果")?;
        Ok(ResultPage::of(frame, &round, &scheme, outcome, severity))
    });
    render(&page.await?)
}

async fn xlsx(app: App, Path(code): Path<String>) -> Page {
    let bytes = app.read(move |tx, app| {
        let (round, scheme, outcome) = found(tx, app, &code)?;
        let notice = app.site().sample_notice.clone();
        paper::xlsx::render(&sheet(&round, &scheme, &outcome, notice))
            .map_err(|error| Fault::internal(error).into())
    });
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok((download("result.xlsx", kind), bytes.await?).into_response())
}
