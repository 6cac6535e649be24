//! What those see who run a round: who has sealed, what lies too far apart, what limits the result. No score before all
//! experts have sealed theirs.

use axum::extract::Path;
use axum::routing::{get, post};
use db::Tx;
use kernel::{Id, Problem, trimmed};
use rules::scoring::Scheme;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, render};

use super::cells::cells;
use super::desk::said;
use super::limits::{BONUS, DEDUCTION, VETO};
use super::pages::{ApartLine, LimitLine, ScoresPage, SheetLine};
use super::seal::{self, Owner, latest};
use super::store::{self, Limit, Sheet};
use crate::access::{Correct, Part as _, new_id, permit};
use crate::areas;
use crate::evaluation::experts::store as experts;
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::{Evaluation, Round, Stage, find};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};

pub(super) fn routes() -> Vec<Route> {
    const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);
    vec![
        Route::get("/evaluation/rounds/{round}/scores", KEEPS, get(show)),
        Route::post("/evaluation/rounds/{round}/discuss", KEEPS, post(discuss)),
        Route::post("/evaluation/rounds/{round}/limits", KEEPS, post(limit)),
    ]
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (round, scheme) = kept(tx, app, &code)?;
        let seats = seal::experts(tx, &round)?;
        let sheets = store::sheets_of(tx, &code)?;
        let known = experts::some(tx, seats.iter().map(|seat| seat.expert_id).collect())?;
        let name = |id: Id| known.iter().find(|one| one.id == id).map(|one| one.name.clone());
        let line = |name: String, owner: Owner| {
            let sheet = latest(&sheets, &owner);
            let sealed = sheet.and_then(|sheet| sheet.sealed_at.zip(sheet.digest.clone()));
            let sealed = sealed.map(|(at, digest)| (at.minute(), digest));
            SheetLine { name, turn: sheet.map_or(1, |sheet| sheet.turn), sealed }
        };
        let of_seat = |seat: &crate::evaluation::panel::Seat| {
            let name = name(seat.expert_id).unwrap_or_default();
            line(format!("{name}（{}）", seat.code), Owner::Seat(seat.id))
        };
        let all: Vec<_> = seats.iter().collect();
        let sealed = seal::sealed(&sheets, &all);
        let apart = match &sealed {
            Ok(sealed) => apart(tx, &round, &scheme, sealed)?,
            Err(_) => Vec::new(),
        };
        let parties = scheme.others().map(|party| line(party.name.clone(), Owner::Party(party.code.clone())));
        Ok(ScoresPage {
            title: title(&round),
            address: address(&code),
            experts: seats.iter().map(of_seat).collect(),
            parties: parties.collect(),
            threshold: trimmed(scheme.aggregation.discuss_above_percent),
            all_sealed: sealed.is_ok(),
            apart,
            limits: limits(tx, &round, &scheme)?,
            open: round.stage == Stage::OnSite,
            frame: frame(tx, app, &round, "封存与讨论")?,
            key: form_key()?,
        })
    });
    render(&page.await?)
}

/// The cells that lie too far apart, with what each expert gave and noted.
fn apart(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    sealed: &[(Sheet, String)],
) -> Result<Vec<ApartLine>, Trouble> {
    let found = seal::to_discuss(tx, round, scheme, sealed)?;
    let ids: Vec<Id> = sealed.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = store::entries_of(tx, &ids)?;
    let known_at = find::counted_at(tx, round);
    let known = areas::areas(tx, round.station_id, known_at)?;
    let cells = cells(scheme, &known);
    let line = |one: rules::scoring::Discussion| {
        let name = cells.iter().find(|cell| cell.code == one.item);
        let of_cell = entries.iter().filter(|entry| entry.cell == one.item);
        let score = |entry: &store::Entry| {
            let code = sealed.iter().find(|(sheet, _)| sheet.id == entry.sheet_id);
            let code = code.map(|(_, code)| code.clone()).unwrap_or_default();
            (code, said(entry.score), entry.note.clone())
        };
        ApartLine {
            name: name.map(super::cells::Cell::name).unwrap_or_default(),
            apart: trimmed(one.apart),
            scores: of_cell.map(score).collect(),
        }
    };
    Ok(found.into_iter().map(line).collect())
}

/// What the scheme knows of deductions, bonuses and vetoes, with what was found of each.
fn limits(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme) -> Result<Vec<LimitLine>, Trouble> {
    let found = store::limits_of(tx, &round.code)?;
    let line = |kind: &'static str, kind_label: &'static str, code: &str, name: &str, ground: &str| {
        let own = found.iter().find(|one| one.kind == kind && one.code == code);
        LimitLine {
            kind,
            kind_label,
            code: code.to_owned(),
            name: name.to_owned(),
            ground: ground.to_owned(),
            times: own.map_or(0, |one| one.times),
            note: own.map(|one| one.note.clone()).unwrap_or_default(),
        }
    };
    let mut all = Vec::new();
    all.extend(scheme.vetoes.iter().map(|one| line(VETO, "否决", &one.code, &one.name, &one.ground)));
    all.extend(
        scheme.deductions.iter().map(|one| line(DEDUCTION, "扣分", &one.code, &one.name, &one.ground)),
    );
    all.extend(scheme.bonuses.iter().map(|one| line(BONUS, "加分", &one.code, &one.name, &one.ground)));
    Ok(all)
}

async fn discuss(app: App, Path(code): Path<String>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let (round, scheme) = open(tx, app, &code)?;
            let cells = seal::discuss(tx, &round, &scheme).map_err(|error| match error {
                db::DbError::Problem(Problem { what, remedy, .. }) => {
                    wrong("discuss", format!("{what}：{remedy}"))
                }
                other => other.into(),
            })?;
            note(tx, &round, "evaluation.discussed", Some(format!("{cells} 项")))?;
            Ok(Leads::saying(format!("{}/scores", address(&code)), "已请各位专家讨论后重新评这几项"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn limit(app: App, Path(code): Path<String>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = open(tx, app, &code)?;
            let all = limits(tx, &round, &scheme)?;
            let (kind, wanted) = (form.text("kind"), form.text("code"));
            let known = all.iter().find(|one| one.kind == kind && one.code == wanted);
            let unknown = || Fault::not_found("unknown_limit", "指标体系里没有这一项", "请从列表里选");
            let known = known.ok_or_else(unknown)?;
            let mut reading = Reading::of(form);
            let times = reading.whole("times", "次数", 0, 99);
            let said = reading.optional("note", "依据", 1000).unwrap_or_default();
            if times.is_some_and(|times| times > 0) && said.is_empty() {
                reading.wrong("note", "写明查到了什么、凭什么材料");
            }
            let times = reading.done(times)?;
            let limit = Limit {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                round: round.code.clone(),
                kind: known.kind.to_owned(),
                code: known.code.clone(),
                times: i32::try_from(times).unwrap_or_default(),
                note: said.clone(),
                found_by: someone(app)?,
                found_at: tx.at(),
            };
            store::put_limit(tx, &limit)?;
            note(tx, &round, "evaluation.limit", Some(format!("{} {times} {said}", known.code)))?;
            Ok(format!("{}/scores", address(&code)))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

/// The round with its scheme, where whoever asks runs it.
fn kept(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let round = seen(tx, app, code)?;
    permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    Ok((round, scheme))
}

/// The same while the panel is on site.
fn open(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let (round, scheme) = kept(tx, app, code)?;
    if round.stage != Stage::OnSite {
        return Err(wrong("stage", format!("这一轮已到“{}”，实地评估阶段才能办", round.stage.label())));
    }
    Ok((round, scheme))
}

fn wrong(field: &str, what: String) -> Trouble {
    vec![Wrong { field: field.to_owned(), what }].into()
}
