//! The pages of rounds: the list, one round, its next stage.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbError, Event, Tx};
use kernel::Id;
use web::{Fault, Form, Link, Page, Target, render};

use super::pages::{ListPage, RoundPage, Seen};
use super::{Drafts, VERB, amendments, guard, new, stages, store};
use crate::access::{Asker, Part as _, Place, Role};
use crate::areas;
use crate::evaluation::{Evaluation, PanelRole, Round, Stage, find, panel, results, sample, scoring};
use crate::shell::{App, Frame, Leads, Needs, Route, Standing, Trouble, form_key};
use crate::surveys::Surveys;

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(VERB);
    const ENTERS: Needs = Needs::Verb(Evaluation::RECORD);
    const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);
    vec![
        Route::get("/evaluation", READS, get(list)),
        Route::get("/evaluation/rounds/new", ENTERS, get(new::form)),
        Route::post("/evaluation/rounds/new", ENTERS, post(new::add)),
        Route::get("/evaluation/rounds/{round}", READS, get(show)),
        Route::get("/evaluation/rounds/{round}/amendments", READS, get(amendments::show)),
        Route::get("/evaluation/rounds/{round}/edit", KEEPS, get(new::edit)),
        Route::post("/evaluation/rounds/{round}/edit", KEEPS, post(new::change)),
        Route::post("/evaluation/rounds/{round}/stage", KEEPS, post(next)),
    ]
}

async fn list(app: App) -> Page {
    let page = app.read(|tx, app| {
        let scope = app.asker().scope(VERB);
        let mut rounds = find::latest_rounds(tx, scope.stations(), MOST)?;
        let mut visible = Vec::new();
        for round in rounds.drain(..) {
            if may_see(tx, app, &round)? {
                visible.push(round);
            }
        }
        let now = tx.at();
        let stations: BTreeMap<Id, String> =
            areas::all_stations(tx, now)?.into_iter().map(|one| (one.id, one.name)).collect();
        let may = |verb: &str| app.asker().may(verb);
        let invited = panel::invited(tx, someone(app)?)?;
        let rights = (may(Evaluation::RECORD), may(super::super::experts::VERB), may("evaluation.schemes"));
        let frame = app.frame("evaluation", "评估轮次", None);
        Ok(ListPage::of(frame, &visible, &stations, rights, invited))
    });
    render(&page.await?)
}

/// The most rounds in one list; a bureau's stations have two a year each.
const MOST: i64 = 400;

async fn show(app: App, Extension(drafts): Extension<Drafts>, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let seen = Seen {
            keeps: app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id)),
            answers: reaches(app.asker(), "evaluation.answer", &round),
            challenges: reaches(app.asker(), panel::CHALLENGE, &round),
            seat: panel::live_seat(tx, &code, someone(app)?)?
                .filter(|seat| seat.role == PanelRole::Expert)
                .is_some(),
            samples: reaches(app.asker(), Surveys::READ, &round),
        };
        let scheme = store::scheme_of(tx, &app.site().library, &round);
        let scheme = match scheme {
            Err(DbError::Problem(problem)) if problem.code == "unknown_scheme" => None,
            other => Some(other?),
        };
        let missing = match seen.keeps && scheme.is_some() {
            true => stages::missing_in_all(tx, app, drafts, &round)?,
            false => Vec::new(),
        };
        let parties = match &scheme {
            Some(scheme) => scoring::parties(tx, app.asker(), &round, scheme)?,
            None => Vec::new(),
        };
        let outcome = match &scheme {
            Some(scheme) if results::is_open(tx, app, &round)? => results::total(tx, &round, scheme)?,
            _ => None,
        };
        let named = panel::are_named(app.asker(), &round, scheme.as_ref(), seen.seat);
        let members = find::panel(tx, &round)?.into_iter().map(|one| {
            let from = format!("{} · {}", one.organisation, one.skill);
            (if named { one.name } else { one.code }, from, one.role.label())
        });
        let members = members.collect();
        let history = find::stages_of(tx, &round)?;
        let frame = frame(tx, app, &round, &title(&round))?;
        let sample = sample::sample_of(tx, &code)?;
        let page = RoundPage::of(frame, &round, scheme.as_ref(), seen, form_key()?).promised(sample.as_ref());
        Ok(page.with(missing, parties, outcome, members, &history))
    });
    render(&page.await?)
}

async fn next(app: App, Extension(drafts): Extension<Drafts>, Path(code): Path<String>, form: Form) -> Page {
    let page = code.clone();
    // With the days on site the figures freeze: whoever is writing ends first, or their records would come into them later.
    let freezes = form.text("from").parse().is_ok_and(|from| guard::after(from) == Some(Stage::OnSite));
    let work = move |tx: &mut Tx<'_>, app: &App, form: &Form| {
        let round = seen(tx, app, &code)?;
        stages::next(tx, app, drafts, round, form.text("from"))?;
        Ok::<_, Trouble>(Leads::saying(address(&code), "已进入下一阶段"))
    };
    let submitted =
        if freezes { app.submit_alone(&form, work).await? } else { app.submit(&form, work).await? };
    submitted.back(&app, &form, |app| show(app, Extension(drafts), Path(page))).await
}

/// A round is written by one at a time: its stage, its sheets and its sample are at the commit as they were read.
///
/// # Errors
/// What the database says.
pub fn hold(tx: &mut Tx<'_>, code: &str) -> db::DbResult<()> {
    tx.hold(&format!("round {code}")).map(drop)
}

/// The round, where whoever asks may see it; one that may not be seen is not there. Who writes holds it.
pub(in crate::evaluation) fn seen(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    hold(tx, code)?;
    let now = tx.at();
    let found = match find::round(tx, code, now) {
        Ok(round) => may_see(tx, app, &round)?.then_some(round),
        Err(DbError::Problem(problem)) if problem.code == "unknown_round" => None,
        Err(error) => return Err(error.into()),
    };
    found.ok_or_else(|| {
        let problem = find::unknown_round(code);
        let fault = Fault::not_found(problem.code, problem.what, "请核对代码，或从评估轮次里选");
        fault.near([Link::new("/evaluation", "评估轮次")]).into()
    })
}

/// Whether somebody may see a round: through a role at its station; as an expert only with a cleared seat in this very
/// round. Whoever is kept from a station has no role there (`panel::kept_from`).
pub(super) fn may_see(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<bool, Trouble> {
    if app.asker().scope_beside(VERB, Role::Expert).reaches(round.station_id) {
        return Ok(true);
    }
    if !app.asker().scope(VERB).reaches(round.station_id) {
        return Ok(false);
    }
    Ok(panel::live_seat(tx, &round.code, someone(app)?)?.is_some())
}

fn reaches(asker: &Asker, verb: &str, round: &Round) -> bool {
    asker.scope(verb).covers(Place::station(round.station_id))
}

/// Whoever is signed in.
pub(in crate::evaluation) fn someone(app: &App) -> Result<Id, Trouble> {
    let user = app.asker().user().ok_or_else(|| Fault::of_status(axum::http::StatusCode::UNAUTHORIZED))?;
    Ok(user.user)
}

/// The address of a round.
pub(in crate::evaluation) fn address(code: &str) -> String {
    Target::new(&["evaluation", "rounds", code]).href()
}

/// What a round is called.
pub(in crate::evaluation) fn title(round: &Round) -> String {
    format!("{}评估 {}", round.kind.label(), round.code)
}

/// The frame of a page of a round.
pub(in crate::evaluation) fn frame(
    tx: &mut Tx<'_>,
    app: &App,
    round: &Round,
    title: &str,
) -> Result<Frame, Trouble> {
    let now = tx.at();
    let station = areas::station(tx, round.station_id, now)?;
    let standing = Standing { code: station.code, name: station.name, as_of: None };
    Ok(app.frame("evaluation", title, Some(standing)))
}

/// The audit line of something done about a round's report.
///
/// # Errors
/// What the database says.
pub fn noted(tx: &mut Tx<'_>, round: &Round, verb: &'static str) -> Result<(), Trouble> {
    note(tx, round, verb, None)
}

/// The audit line of something done in a round.
pub(in crate::evaluation) fn note(
    tx: &mut Tx<'_>,
    round: &Round,
    verb: &'static str,
    reason: Option<String>,
) -> Result<(), Trouble> {
    let detail = Some(serde_json::json!({ "round": round.code }));
    let event = Event { verb, kind: "round", record_id: Some(round.id), reason, detail };
    Ok(tx.event(round.station_id, event)?)
}
