//! The pages of findings: what experts note, what is made of it, and its history.

use axum::Extension;
use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbResult, Tx};
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, Query, render};

use super::before::{Before, Earlier, FollowedUp, before, filled};
use super::form::{What, With, known, page, read};
use super::pages::{FindingLine, ListPage, Note, place};
use super::plain::Filling;
use super::store::{self, Draft};
use crate::access::{Correct, Enter, Part as _, Place, Withdraw, new_id, permit};
use crate::areas::{self, Area};
use crate::evaluation::panel::live_seat;
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone};
use crate::evaluation::{Evaluation, Finding, FindingKind, PanelRole, Round, Stage, find, history};
use crate::shell::{App, Leads, Needs, Route, Submitted, form_key};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(Evaluation::READ);
    const NOTES: Needs = Needs::Verb("evaluation.score");
    vec![
        Route::get("/evaluation/rounds/{round}/findings", READS, get(list)),
        Route::post("/evaluation/rounds/{round}/findings/notes", NOTES, post(take_note)),
        Route::get("/evaluation/rounds/{round}/findings/new", Needs::Verb(Evaluation::RECORD), get(form)),
        Route::post("/evaluation/rounds/{round}/findings/new", Needs::Verb(Evaluation::RECORD), post(add)),
        Route::get(
            "/evaluation/rounds/{round}/findings/{finding}",
            Needs::Verb(Evaluation::CORRECT),
            get(edit),
        ),
        Route::post(
            "/evaluation/rounds/{round}/findings/{finding}",
            Needs::Verb(Evaluation::CORRECT),
            post(change),
        ),
        Route::ask(
            "/evaluation/rounds/{round}/findings/new/preview",
            Needs::Verb(Evaluation::RECORD),
            post(preview_new),
        ),
        Route::ask(
            "/evaluation/rounds/{round}/findings/{finding}/preview",
            Needs::Verb(Evaluation::CORRECT),
            post(preview),
        ),
        Route::post(
            "/evaluation/rounds/{round}/findings/{finding}/withdraw",
            Needs::Verb(Evaluation::WITHDRAW),
            post(withdraw),
        ),
    ]
}

fn keeps(app: &App, round: &Round) -> bool {
    app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id))
}

async fn list(app: App, Extension(followed): Extension<FollowedUp>, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let seat = live_seat(tx, &code, someone(app)?)?;
        // Everybody's notes once scoring has ended; before that one's own alone.
        let all = round.stage >= Stage::Drafting;
        let mine = |draft: &Draft| seat.as_ref().is_some_and(|seat| seat.id == draft.seat_id);
        let notes = store::drafts_of(tx, &code)?.into_iter().filter(|draft| all || mine(draft));
        let scheme = scheme_of(tx, &app.site().library, &round)?;
        let named = |draft: Draft| {
            let item = draft.cell.split('@').next().unwrap_or_default();
            let found = scheme.items().find(|(_, known)| known.code == item);
            let name = found.map(|(section, item)| format!("{} · {}", section.name, item.name));
            Note::of(draft, name.unwrap_or_default())
        };
        let notes: Vec<Note> = notes.map(named).collect();
        let written = if all || keeps(app, &round) { find::findings_of(tx, &round)? } else { Vec::new() };
        let section = |code: &str| {
            let party =
                scheme.parties.iter().find(|party| party.code == code).map(|party| party.name.clone());
            let section = scheme.sections.iter().find(|section| section.code == code);
            section.map(|section| section.name.clone()).or(party).unwrap_or_else(|| "整份报告".to_owned())
        };
        let library = &app.site().library;
        let mut filling = Filling::of(tx, library, &round)?;
        let findings = filled(tx, &mut filling, written)?;
        // Beside what is written of this round, for those who see that.
        let earlier = if all || keeps(app, &round) { before(tx, app, followed, &round)? } else { Vec::new() };
        let areas = areas::areas(tx, round.station_id, find::counted_at(tx, &round))?;
        let place = |one: &Finding| place(&section(&one.section), area_name(&areas, one));
        let line = |one: &Finding| FindingLine::of(one, section(&one.section), beside(&earlier, one, &place));
        let lines = findings.iter().map(line).collect();
        let unsaid = earlier.iter().filter(|one| !findings.iter().any(|new| one.said_again(new)));
        let unsaid = unsaid.map(|one| one.told("", &place)).collect();
        let writes = keeps(app, &round) && (Stage::Drafting..=Stage::Feedback).contains(&round.stage);
        let frame = frame(tx, app, &round, "评估意见")?;
        Ok(ListPage::of(frame, &round, notes, (lines, unsaid), (writes, all), form_key()?))
    });
    render(&page.await?)
}

/// The name of the area that a finding speaks of; its code where there is no such area any more.
fn area_name<'f>(areas: &'f [Area], finding: &'f Finding) -> Option<&'f str> {
    let code = finding.area_code.as_deref()?;
    Some(areas.iter().find(|area| area.code == code).map_or(code, |area| area.name.as_str()))
}

/// The concerns of the round before that a finding speaks of again.
fn beside(earlier: &[Before], finding: &Finding, place: &dyn Fn(&Finding) -> String) -> Vec<Earlier> {
    let again = earlier.iter().filter(|one| one.said_again(finding));
    let how =
        |one: &Before| if one.came_back(finding) { "再次出现" } else { "同一部分、同一片区" };
    again.map(|one| one.told(how(one), place)).collect()
}

/// Who wrote the last version of a finding.
///
/// # Errors
/// What the database says.
pub fn last_writer(tx: &mut Tx<'_>, round: &Round, finding: Id) -> DbResult<Option<Id>> {
    Ok(history::writers::<Finding>(tx, round.station_id, finding)?.last().copied().flatten())
}

async fn take_note(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &code)?;
            let seat = live_seat(tx, &code, someone(app)?)?.filter(|seat| seat.role == PanelRole::Expert);
            let none =
                || Fault::not_found("unknown_desk", "这一轮没有您的评分台", "准入为评估专家后才能写意见");
            let seat = seat.ok_or_else(none)?;
            let mut reading = Reading::of(form);
            if !(Stage::OnSite..=Stage::Drafting).contains(&round.stage) {
                reading.wrong("words", format!("这一轮在“{}”，不再收意见", round.stage.label()));
            }
            let scheme = scheme_of(tx, &app.site().library, &round)?;
            let cell = form.text("cell").to_owned();
            let item = cell.split('@').next().unwrap_or_default();
            if !scheme.items().any(|(_, known)| known.code == item) {
                reading.wrong("cell", "指标体系里没有这一项");
            }
            let kind = reading.word::<FindingKind>("kind", "类别");
            let words = reading.text("words", "事实", 2000);
            let suggestion = reading.optional("suggestion", "建议", 2000).unwrap_or_default();
            let evidence = reading.optional("evidence", "证据", 1000).unwrap_or_default();
            let (kind, words) = reading.done(kind.zip(words))?;
            let draft = Draft {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                round: code.clone(),
                seat_id: seat.id,
                cell: cell.clone(),
                kind,
                words,
                suggestion,
                evidence,
                written_at: tx.at(),
                taken_as: None,
            };
            store::add(tx, &draft)?;
            note(tx, &round, "evaluation.noted", None)?;
            let back = form.text("back") == "desk";
            let to = if back { format!("desk/{cell}") } else { "findings".to_owned() };
            Ok(Leads::saying(format!("{}/{to}", address(&code)), "意见已记下"))
        })
        .await?;
    submitted.led()
}

async fn form(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path(code): Path<String>,
    query: Query,
) -> Page {
    render(&page(&app, followed, code, What::New, With::named(&query)).await?)
}

async fn edit(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path((code, id)): Path<(String, String)>,
    query: Query,
) -> Page {
    render(&page(&app, followed, code, What::Known(id), With::named(&query)).await?)
}

async fn preview_new(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    render(&page(&app, followed, code, What::New, With::typed(&form)).await?.again(&form, Vec::new()))
}

async fn preview(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Page {
    render(&page(&app, followed, code, What::Known(id), With::typed(&form)).await?.again(&form, Vec::new()))
}

async fn add(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    let to = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &to)?;
            let permit = permit::<Enter<Evaluation>>(app.asker(), round.station_id)?;
            let number = find::findings_of(tx, &round)?.len() + 1;
            let blank = Finding {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                area_id: None,
                community_id: None,
                worker_id: None,
                round: to.clone(),
                code: format!("f{number}-{}", &tx.at().micros().to_string()[8..]),
                kind: FindingKind::Strength,
                section: String::new(),
                area_code: None,
                position: 99,
                text: String::new(),
                suggestion: None,
                evidence: String::new(),
                returns: None,
                owner: None,
                due_on: None,
            };
            let finding = read(tx, app, &round, form, blank)?;
            permit.append(tx, std::slice::from_ref(&finding))?;
            take(tx, form, &finding)?;
            Ok(format!("{}/findings", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            page(&app, followed, code, What::New, With::sent(&form)).await?.refused(&form, wrong)
        }
    }
}

/// The note that a form names stands in its finding now.
fn take(tx: &mut Tx<'_>, form: &Form, finding: &Finding) -> DbResult<()> {
    let notes = store::drafts_of(tx, &finding.round)?;
    match notes.iter().find(|one| one.id.as_str() == form.text("note") && one.taken_as.is_none()) {
        Some(draft) => store::taken(tx, draft.id, finding.id),
        None => Ok(()),
    }
}

async fn change(
    app: App,
    Extension(followed): Extension<FollowedUp>,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Page {
    let (to, whose) = (code.clone(), id.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &to)?;
            let permit = permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            let old = known(tx, &round, &whose)?;
            let finding = read(tx, app, &round, form, old)?;
            permit.correct_from(tx, &finding, crate::shell::form_version(form))?;
            take(tx, form, &finding)?;
            Ok(format!("{}/findings", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            page(&app, followed, code, What::Known(id), With::sent(&form)).await?.refused(&form, wrong)
        }
    }
}

async fn withdraw(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &code)?;
            let permit = permit::<Withdraw<Evaluation>>(app.asker(), round.station_id)?;
            let old = known(tx, &round, &id)?;
            if round.is_over() {
                let what = "报告已经出具，不能再作废".to_owned();
                return Err(vec![Wrong { field: "reason".into(), what }].into());
            }
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "理由", 200);
            let reason = reading.done(reason)?;
            permit.withdraw::<Finding>(tx, old.id, &reason)?;
            note(tx, &round, "evaluation.finding_withdrawn", Some(reason))?;
            Ok(Leads::saying(format!("{}/findings", address(&code)), "已作废"))
        })
        .await?;
    submitted.led()
}
