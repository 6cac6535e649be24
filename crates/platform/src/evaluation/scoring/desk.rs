//! The desk of an expert: one cell after the other, the rule, what was measured, the evidence, the score.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{get, post};
use db::Tx;
use rules::scoring::{Rule, Scheme};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, Target, render};

use super::SCORE;
use super::all_page::{AllPage, AllRow};
use super::cells::{Cell, cells, hundredths, points, typed};
use super::desk_page::{DeskPage, Shown};
use super::measured::{self, Measured};
use super::seal::{Owner, experts, latest, seal, sealed, sheet};
use super::store::{self, Entry, Sheet};
use super::viewer::{Kit, viewer};
use crate::areas;
use crate::documents::Subjects;
use crate::evaluation::panel::{Seat, live_seat};
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone};
use crate::evaluation::{PanelRole, Round, Stage, find, sample, self_review};
use crate::sheets::Sheets;
use crate::shell::{App, Leads, Needs, Route, Submitted, Trouble, form_key};

pub(super) fn routes() -> Vec<Route> {
    const SCORES: Needs = Needs::Verb(SCORE);
    vec![
        Route::get("/evaluation/rounds/{round}/desk", SCORES, get(first)),
        Route::post("/evaluation/rounds/{round}/desk/seal", SCORES, post(close)),
        Route::get("/evaluation/rounds/{round}/desk/all", SCORES, get(all)),
        Route::get("/evaluation/rounds/{round}/desk/{cell}", SCORES, get(show)),
        Route::post("/evaluation/rounds/{round}/desk/{cell}", SCORES, post(save)),
    ]
}

/// Where an expert stands in a round.
struct Desk {
    round: Round,
    scheme: Scheme,
    seat: Seat,
    areas: Vec<areas::Area>,
    sheet: Option<Sheet>,
    entries: BTreeMap<String, Entry>,
}

impl Desk {
    /// The desk of whoever asks; without a cleared seat as an expert there is none.
    fn of(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Self, Trouble> {
        let round = seen(tx, app, code)?;
        let seat = live_seat(tx, code, someone(app)?)?.filter(|seat| seat.role == PanelRole::Expert);
        let none = || Fault::not_found("unknown_desk", "这一轮没有您的评分台", "准入为评估专家后才能评分");
        let seat = seat.ok_or_else(none)?;
        if round.stage < Stage::OnSite {
            let what = format!("这一轮还在“{}”", round.stage.label());
            let fault = Fault::not_found("unknown_desk", what, "实地评估开始后才能评分");
            return Err(fault.near([Link::new(address(code), "这一轮")]).into());
        }
        let scheme = scheme_of(tx, &app.site().library, &round)?;
        let known_at = find::counted_at(tx, &round);
        let areas = areas::areas(tx, round.station_id, known_at)?;
        let sheets = store::sheets_of(tx, code)?;
        let sheet = latest(&sheets, &Owner::Seat(seat.id)).cloned();
        let entries = match &sheet {
            Some(sheet) => store::entries_of(tx, &[sheet.id])?,
            None => Vec::new(),
        };
        let entries = entries.into_iter().map(|entry| (entry.cell.clone(), entry)).collect();
        Ok(Self { round, scheme, seat, areas, sheet, entries })
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        cells(&self.scheme, &self.areas)
    }

    /// Whether a cell may be written: the sheet is open, and after a discussion the cell is one that is asked again.
    fn is_open(&self, cell: &str) -> bool {
        let turn = self.sheet.as_ref().map_or(1, |sheet| sheet.turn);
        let again = self.entries.get(cell).is_some_and(|entry| entry.asked_again);
        self.is_time() && !self.is_sealed() && (turn == 1 || again)
    }

    /// Scores are given on site; afterwards only what an objection that was granted asks for again.
    fn is_time(&self) -> bool {
        let again = self.sheet.as_ref().is_some_and(|sheet| sheet.turn > 1);
        self.round.stage == Stage::OnSite || self.round.stage == Stage::Feedback && again
    }

    fn is_sealed(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.sealed_at.is_some())
    }

    /// The cells without a score.
    fn left(&self) -> usize {
        self.cells().iter().filter(|cell| !self.is_scored(&cell.code)).count()
    }

    fn is_scored(&self, cell: &str) -> bool {
        self.entries.get(cell).is_some_and(|entry| entry.score.is_some())
    }

    fn href(&self, cell: &str) -> String {
        Target::new(&["evaluation", "rounds", &self.round.code, "desk", cell]).href()
    }
}

async fn first(app: App, Path(code): Path<String>) -> Page {
    let to = app.read(move |tx, app| {
        let desk = Desk::of(tx, app, &code)?;
        let all = desk.cells();
        let open = all.iter().find(|cell| !desk.is_scored(&cell.code) && desk.is_open(&cell.code));
        let again = all.iter().find(|cell| desk.is_open(&cell.code));
        let cell = open.or(again).or(all.first()).map(|cell| cell.code.clone()).unwrap_or_default();
        Ok(desk.href(&cell))
    });
    Ok(Redirect::to(&to.await?).into_response())
}

/// What is looked into besides the tables of this slice.
type Beside = (Extension<Sheets>, Extension<Subjects>);

async fn show(app: App, beside: Beside, Path((code, cell)): Path<(String, String)>, query: Query) -> Page {
    let evidence = query.text("evidence").and_then(|text| text.parse().ok());
    render(&page(&app, beside, code, cell, evidence).await?)
}

/// Every cell on one page, which once it is open needs no network: what is typed is kept in the browser and sent later.
async fn all(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let desk = Desk::of(tx, app, &code)?;
        let measured = measured::of_scheme(tx, &app.site().library, &desk.round, &desk.scheme)?;
        let mut rows = Vec::new();
        for cell in desk.cells() {
            let (open, entry) = (desk.is_open(&cell.code), desk.entries.get(&cell.code));
            rows.push(AllRow::of(
                &cell,
                desk.href(&cell.code),
                measured.get(&cell.item.code),
                (entry, open),
                form_key()?,
            ));
        }
        let frame = frame(tx, app, &desk.round, "一页评完")?;
        Ok(AllPage::of(frame, &desk.round, rows, app.asset("desk.js")))
    });
    render(&page.await?)
}

async fn page(
    app: &App,
    (Extension(sheets), Extension(subjects)): Beside,
    code: String,
    cell: String,
    evidence: Option<usize>,
) -> Result<DeskPage, Fault> {
    app.read(move |tx, app| {
        let desk = Desk::of(tx, app, &code)?;
        let all = desk.cells();
        let place = all.iter().position(|one| one.code == cell).ok_or_else(|| no_cell(&code))?;
        let one = &all[place];
        let basis = measured::rules_of(tx, &app.site().library, &desk.round)?;
        let measured = measured::of_item(tx, &basis, &desk.scheme, one.item)?;
        let answer = self_review::answer(tx, &code, &one.item.code)?;
        let database = &app.site().database;
        let kit = Kit { asker: app.asker(), round: &code, database, sheets, subjects };
        let viewer = viewer(tx, &kit, (measured.as_ref(), &basis), answer.as_ref(), evidence)?;
        let others = others(tx, &desk, &cell)?;
        let near = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|cell| desk.href(&cell.code));
        let shown = Shown {
            title: one.name(),
            measured,
            answer,
            viewer,
            others,
            entry: desk.entries.get(&cell).cloned(),
            open: desk.is_open(&cell),
            sealed: desk.is_sealed(),
            before: near(place.checked_sub(1)),
            next: near(Some(place + 1)),
            left: desk.left(),
            may_seal: desk.is_time() && !desk.is_sealed() && desk.left() == 0,
            turn: desk.sheet.as_ref().map_or(1, |sheet| sheet.turn),
        };
        let lines = all.iter().map(|cell| (cell, desk.href(&cell.code), desk.entries.get(&cell.code)));
        let mut frame = frame(tx, app, &desk.round, &one.name())?;
        frame.task = true;
        let page = DeskPage::of(frame, &desk.round, one, lines, shown);
        Ok(page.with(app.asset("desk.js"), form_key()?, form_key()?))
    })
    .await
}

fn no_cell(code: &str) -> Trouble {
    let fault = Fault::not_found("unknown_item", "指标体系里没有这一项", "请从目录里选");
    fault.near([Link::new(format!("{}/desk", address(code)), "评分台")]).into()
}

/// What the experts gave before a discussion, by their codes: only once all of them had sealed it.
fn others(tx: &mut Tx<'_>, desk: &Desk, cell: &str) -> Result<Vec<(String, Entry)>, Trouble> {
    let turn = desk.sheet.as_ref().map_or(1, |sheet| sheet.turn);
    if turn == 1 {
        return Ok(Vec::new());
    }
    let experts = experts(tx, &desk.round)?;
    let earlier: Vec<Sheet> =
        store::sheets_of(tx, &desk.round.code)?.into_iter().filter(|sheet| sheet.turn < turn).collect();
    let Ok(all) = sealed(&earlier, &experts.iter().collect::<Vec<_>>()) else { return Ok(Vec::new()) };
    let ids: Vec<_> = all.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = store::entries_of(tx, &ids)?.into_iter().filter(|entry| entry.cell == cell);
    let code = |entry: &Entry| {
        let found = all.iter().find(|(sheet, _)| sheet.id == entry.sheet_id);
        found.map(|(_, code)| code.clone()).unwrap_or_default()
    };
    Ok(entries.map(|entry| (code(&entry), entry)).collect())
}

async fn save(app: App, beside: Beside, Path((code, cell)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), cell.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let desk = Desk::of(tx, app, &to)?;
            let all = desk.cells();
            let place = all.iter().position(|one| one.code == whose).ok_or_else(|| no_cell(&to))?;
            if !desk.is_open(&whose) {
                let what =
                    if desk.is_sealed() { "已经封存，不能再改" } else { "这一项现在不能改" };
                return Err(wrong("score", what));
            }
            let basis = measured::rules_of(tx, &app.site().library, &desk.round)?;
            let measured = measured::of_item(tx, &basis, &desk.scheme, all[place].item)?;
            let entry = read(form, &desk, &all[place], measured.as_ref())?;
            let sheet = sheet(tx, &desk.round, &Owner::Seat(desk.seat.id))?;
            if !store::hold(tx, sheet.id)? {
                return Err(wrong("score", "已经封存，不能再改"));
            }
            store::put(tx, &Entry { sheet_id: sheet.id, changed_at: tx.at(), ..entry })?;
            if form.text("then") == "all" {
                return Ok(Leads::saying(format!("{}/desk/all#c-{}", address(&to), place + 1), "草稿已存"));
            }
            let stays = form.text("then") == "stay" || place + 1 == all.len();
            let next = if stays { place } else { place + 1 };
            Ok(Leads::saying(desk.href(&all[next].code), "草稿已存"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, beside, code, cell, None).await?.refused(&form, &wrong),
    }
}

/// What was sent, over what stood there.
fn read(form: &Form, desk: &Desk, cell: &Cell<'_>, measured: Option<&Measured>) -> Result<Entry, Vec<Wrong>> {
    let mut reading = Reading::of(form);
    let decimals = desk.scheme.rounding.entry_decimals;
    let text = form.text("score");
    let draft = form.text("then") == "stay" && text.is_empty();
    let score = match draft {
        true => None,
        false => typed(text, cell.item.points, decimals).map_err(|what| reading.wrong("score", what)).ok(),
    };
    let reason = reading.optional("reason", "理由", 1000).unwrap_or_default();
    let note = reading.optional("note", "记要", 4000).unwrap_or_default();
    let proposed = measured.and_then(|measured| measured.proposed);
    let departs = score.zip(proposed).is_some_and(|(score, proposed)| score != proposed);
    if departs && reason.is_empty() && form.text("then") != "stay" {
        reading.wrong("reason", "与按数据测算的分数不同，写明理由");
    }
    let again = desk.entries.get(&cell.code).is_some_and(|entry| entry.asked_again);
    let entry = Entry {
        sheet_id: desk.seat.id,
        cell: cell.code.clone(),
        score: score.and_then(hundredths),
        measured: proposed.and_then(hundredths),
        reason,
        note,
        asked_again: again,
        changed_at: desk.seat.invited_at,
    };
    reading.done(Some(entry))
}

async fn close(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let desk = Desk::of(tx, app, &code)?;
            if !desk.is_time() {
                return Err(wrong("score", "现在不能封存"));
            }
            if let Some(what) = unfinished(&desk) {
                return Err(wrong("score", &what));
            }
            if let Some(what) = survey_open(tx, app, &desk)? {
                return Err(wrong("score", &what));
            }
            let Some(sheet) = &desk.sheet else { return Err(wrong("score", "还没有评分")) };
            let digest = seal(tx, sheet, someone(app)?).map_err(|error| match error {
                db::DbError::Problem(problem) => wrong("score", &problem.what),
                other => other.into(),
            })?;
            let said = format!("{} 第 {} 次 {digest}", desk.seat.code, sheet.turn);
            note(tx, &desk.round, "evaluation.sealed", Some(said))?;
            Ok(Leads::saying(address(&code), "已封存"))
        })
        .await?;
    submitted.led()
}

/// What keeps a sheet from being sealed.
fn unfinished(desk: &Desk) -> Option<String> {
    let all = desk.cells();
    let open: Vec<String> = all.iter().filter(|cell| !desk.is_scored(&cell.code)).map(Cell::name).collect();
    if !open.is_empty() {
        return Some(format!("还有 {} 项没有评分：{}", open.len(), open.join("、")));
    }
    let unsaid = all.iter().find(|cell| {
        let entry = desk.entries.get(&cell.code);
        entry.is_some_and(|entry| {
            entry.measured.is_some_and(|measured| entry.score != Some(measured)) && entry.reason.is_empty()
        })
    });
    unsaid.map(|cell| format!("“{}”与测算的分数不同，还没有写理由", cell.name()))
}

/// What of the survey keeps a sheet from being sealed: it is still open, or what it came to was not there when the score was
/// entered.
fn survey_open(tx: &mut Tx<'_>, app: &App, desk: &Desk) -> Result<Option<String>, Trouble> {
    let all = desk.cells();
    let Some(cell) = all.iter().find(|cell| matches!(cell.item.rule, Rule::Survey { .. })) else {
        return Ok(None);
    };
    let Some(sample) = sample::sample_of(tx, &desk.round.code)? else { return Ok(None) };
    if sample.closed_at.is_none() {
        return Ok(Some(format!("“{}”要等满意度调查结束，有了测算值再封存", cell.name())));
    }
    let basis = measured::rules_of(tx, &app.site().library, &desk.round)?;
    let measured = measured::of_item(tx, &basis, &desk.scheme, cell.item)?;
    let proposed = measured.and_then(|measured| measured.proposed).and_then(hundredths);
    let entered = desk.entries.get(&cell.code).and_then(|entry| entry.measured);
    Ok((proposed != entered).then(|| format!("“{}”评分以后才有测算值，请打开这一项重新看过", cell.name())))
}

fn wrong(field: &str, what: &str) -> Trouble {
    vec![Wrong { field: field.to_owned(), what: what.to_owned() }].into()
}

/// What a score is, for pages.
pub(super) fn said(score: Option<i64>) -> String {
    score.map(|score| kernel::trimmed(points(score))).unwrap_or_default()
}
