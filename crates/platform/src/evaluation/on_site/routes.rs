//! The pages of the record on site.

use askama::Template as _;
use axum::Extension;
use axum::extract::Path;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{Record as _, Tx};
use kernel::Problem;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::pages::{ListPage, NotePage};
use super::store::{self, SiteNote, SiteNoteKind, SiteNoteState};
use crate::access::{Asker, Correct, Enter, Part as _, Place, Withdraw, new_id, permit};
use crate::documents::{self, Subjects};
use crate::evaluation::rounds::{address, frame, scheme_of, seen, title};
use crate::evaluation::{Evaluation, Feedback, FeedbackAnswer, FeedbackStep, Round, Stage};
use crate::shell::{
    App, Field, FormPage, Group, Leads, Needs, Route, Submitted, Trouble, form_key, form_version,
};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READS: Needs = Needs::Verb(Evaluation::READ);
    const RECORDS: Needs = Needs::Verb(Evaluation::RECORD);
    const CORRECTS: Needs = Needs::Verb(Evaluation::CORRECT);
    const WITHDRAWS: Needs = Needs::Verb(Evaluation::WITHDRAW);
    vec![
        Route::get("/evaluation/rounds/{round}/on-site", READS, get(list)),
        Route::get("/evaluation/rounds/{round}/on-site/new", RECORDS, get(form)),
        Route::post("/evaluation/rounds/{round}/on-site/new", RECORDS, post(add)),
        Route::post("/evaluation/rounds/{round}/on-site/checklist", RECORDS, post(checklist)),
        Route::get("/evaluation/rounds/{round}/on-site/{note}", READS, get(show)),
        Route::get("/evaluation/rounds/{round}/on-site/{note}/edit", CORRECTS, get(edit)),
        Route::post("/evaluation/rounds/{round}/on-site/{note}/edit", CORRECTS, post(change)),
        Route::post("/evaluation/rounds/{round}/on-site/{note}/withdraw", WITHDRAWS, post(withdraw)),
        Route::post("/evaluation/rounds/{round}/on-site/{note}/sign", RECORDS, post(sign)),
    ]
}

fn writes(app: &App, round: &Round) -> bool {
    let open = (Stage::SelfReview..=Stage::Drafting).contains(&round.stage);
    open && app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id))
}

fn wrong(what: &str) -> Trouble {
    vec![Wrong { field: "words".into(), what: what.into() }].into()
}

/// The round, as long as its record may be written.
fn open(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    let round = seen(tx, app, code)?;
    if !(Stage::SelfReview..=Stage::Drafting).contains(&round.stage) {
        return Err(wrong("自评到起草阶段才能写现场记录"));
    }
    Ok(round)
}

/// Writes what the station said at the end of each day as its feedback on the spot: no objection where the record is as it
/// was, an objection where it is not.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(in crate::evaluation) fn settle(tx: &mut Tx<'_>, asker: &Asker, round: &Round) -> db::DbResult<()> {
    let mut rows = Vec::new();
    for note in store::of_round(tx, round.station_id, &round.code)? {
        let answer = match (note.kind, note.state) {
            (SiteNoteKind::Closing, SiteNoteState::Done) => FeedbackAnswer::NoObjection,
            (SiteNoteKind::Closing, SiteNoteState::Differs) => FeedbackAnswer::Objection,
            _ => continue,
        };
        rows.push(Feedback {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            step: FeedbackStep::OnSpot,
            party: "station".to_owned(),
            answer,
            answered_on: note.held_on,
            note: note.words,
            signer: note.whom,
        });
    }
    permit::<Enter<Evaluation>>(asker, round.station_id)?.append(tx, &rows)
}

async fn list(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let notes = store::of_round(tx, round.station_id, &code)?;
        let frame = frame(tx, app, &round, "现场记录")?;
        Ok(ListPage::of(frame, &round, &notes, writes(app, &round), form_key()?))
    });
    render(&page.await?)
}

/// A note of a round, with its version.
fn known(tx: &mut Tx<'_>, round: &Round, id: &str) -> Result<(i32, SiteNote), Trouble> {
    let unknown = || {
        let fault = Fault::not_found("unknown_note", "没有这条现场记录", "请从现场记录里选");
        fault.near([Link::new(format!("{}/on-site", address(&round.code)), "现场记录")])
    };
    let id = id.parse().map_err(|_| unknown())?;
    match SiteNote::last(tx.conn(), id)? {
        Some((stamp, note)) if !stamp.voided && note.round == round.code => Ok((stamp.version, note)),
        _ => Err(unknown().into()),
    }
}

/// The fields of a note; the version goes along with one that there is.
fn fields(app: &App, old: Option<(i32, &SiteNote)>) -> Vec<Field> {
    let note = old.map(|(_, note)| note);
    let day = note.map_or(app.site().today, |note| note.held_on).to_string();
    let text = |of: fn(&SiteNote) -> Option<&String>| note.and_then(of).cloned().unwrap_or_default();
    let kind = note.map_or(SiteNoteKind::Interview, |note| note.kind).as_str();
    let state = note.map_or(SiteNoteState::Open, |note| note.state).as_str();
    let mut all = vec![
        Field::radio("kind", "种类", &SiteNoteKind::list()).value(kind),
        Field::date("held_on", "日期").value(day),
        Field::text("hour", "几点").value(text(|note| note.hour.as_ref())).hint("例如：14:05"),
        Field::text("whom", "对谁")
            .value(text(|note| note.whom.as_ref()))
            .hint("写身份，不写姓名：独居老人家属、站长、社工站代表"),
        Field::long("words", "内容")
            .value(text(|note| Some(&note.words)))
            .hint("要做的、看到的、听到的；“现场确认”写社工站代表的反馈，会印在报告的现场反馈里"),
        Field::radio("state", "办到哪里", &SiteNoteState::list()).value(state),
    ];
    all.extend(old.map(|(version, _)| Field::version(version)));
    all
}

/// A note as it was sent, over what stood before.
fn read(form: &Form, old: SiteNote) -> Result<SiteNote, Trouble> {
    let mut reading = Reading::of(form);
    let kind = reading.word::<SiteNoteKind>("kind", "种类");
    let state = reading.word::<SiteNoteState>("state", "办到哪里");
    let held_on = reading.date("held_on", "日期");
    if held_on.is_none() && form.text("held_on").is_empty() {
        reading.wrong("held_on", "填日期");
    }
    let hour = reading.optional("hour", "几点", 5);
    if hour.as_deref().is_some_and(|hour| chrono::NaiveTime::parse_from_str(hour, "%H:%M").is_err()) {
        reading.wrong("hour", "写成 14:05 这样");
    }
    let whom = reading.optional("whom", "对谁", 60);
    let asked = matches!(kind, Some(SiteNoteKind::Interview | SiteNoteKind::Closing));
    if asked && whom.is_none() {
        reading.wrong("whom", "写受访者或签名人的身份");
    }
    let words = reading.text("words", "内容", 4000);
    let read = kind.zip(state).zip(held_on.zip(words));
    let ((kind, state), (held_on, words)) = reading.done(read)?;
    Ok(SiteNote { kind, state, held_on, hour, whom, words, ..old })
}

fn blank(tx: &Tx<'_>, round: &Round) -> db::DbResult<SiteNote> {
    Ok(SiteNote {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: round.code.clone(),
        kind: SiteNoteKind::Check,
        held_on: round.evaluated_on,
        hour: None,
        whom: None,
        words: String::new(),
        state: SiteNoteState::Open,
    })
}

async fn form(app: App, Path(code): Path<String>) -> Page {
    render(&form_page(&app, code, None).await?)
}

async fn edit(app: App, Path((code, id)): Path<(String, String)>) -> Page {
    render(&form_page(&app, code, Some(id)).await?)
}

/// The form of a new note, or of one that there is.
async fn form_page(app: &App, code: String, id: Option<String>) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let old = id.map(|id| known(tx, &round, &id)).transpose()?;
        let own = format!("{}/on-site", address(&code));
        let (heading, action) = match &old {
            Some((_, note)) => ("更正现场记录", format!("{own}/{}/edit", note.id)),
            None => ("写现场记录", format!("{own}/new")),
        };
        let frame = frame(tx, app, &round, heading)?;
        let group = Group::new("", fields(app, old.as_ref().map(|(version, note)| (*version, note))));
        let page = FormPage::new(frame, action, form_key()?, vec![group]);
        Ok(page.from([Link::new(address(&code), title(&round)), Link::new(own, "现场记录")]))
    })
    .await
}

async fn add(app: App, Path(code): Path<String>, form: Form) -> Page {
    let to = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = open(tx, app, &to)?;
            let note = read(form, blank(tx, &round)?)?;
            permit::<Enter<Evaluation>>(app.asker(), round.station_id)?
                .append(tx, std::slice::from_ref(&note))?;
            Ok(format!("{}/on-site/{}", address(&to), note.id))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => form_page(&app, code, None).await?.refused(&form, wrong),
    }
}

/// Notes what the scheme asks to be looked through, an item each, once.
async fn checklist(app: App, Path(code): Path<String>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = open(tx, app, &code)?;
            let scheme = scheme_of(tx, &app.site().library, &round)?;
            let there = store::of_round(tx, round.station_id, &code)?;
            let mut notes = Vec::new();
            for (section, item) in scheme.items() {
                let words = format!("{} · {}：{}", section.name, item.name, item.evidence.join("、"));
                if !there.iter().any(|note| note.kind == SiteNoteKind::Check && note.words == words) {
                    notes.push(SiteNote { words, ..blank(tx, &round)? });
                }
            }
            if notes.is_empty() {
                return Err(wrong("清单已经按指标体系列出"));
            }
            permit::<Enter<Evaluation>>(app.asker(), round.station_id)?.append(tx, &notes)?;
            Ok(Leads::saying(format!("{}/on-site", address(&code)), "清单已列出"))
        })
        .await?;
    submitted.back(&app, &form, |app| list(app, Path(page))).await
}

async fn show(app: App, Path((code, id)): Path<(String, String)>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let (_, note) = known(tx, &round, &id)?;
        let panel = documents::panel(tx, app.asker(), &note, &[])?;
        let writes = writes(app, &round);
        let signs = NotePage::signs(&note, documents::has_signature(tx, note.id)?, writes);
        let failed = |error: askama::Error| Problem::new("template", error.to_string(), "");
        let documents = panel.render().map_err(|error| db::DbError::from(failed(error)))?;
        let frame = frame(tx, app, &round, note.kind.label())?;
        Ok(NotePage {
            frame,
            title: title(&round),
            address: address(&code),
            note,
            documents,
            writes,
            signs,
            key: form_key()?,
        })
    });
    render(&page.await?)
}

async fn change(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), id.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = open(tx, app, &to)?;
            let (_, old) = known(tx, &round, &whose)?;
            if documents::has_signature(tx, old.id)? {
                return Err(wrong("社工站已经签名，不能再改：要改，请作废这一条，另写一条再请对方签名"));
            }
            let note = read(form, old)?;
            permit::<Correct<Evaluation>>(app.asker(), round.station_id)?.correct_from(
                tx,
                &note,
                form_version(form),
            )?;
            Ok(format!("{}/on-site", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => form_page(&app, code, Some(id)).await?.refused(&form, wrong),
    }
}

async fn withdraw(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let page = (code.clone(), id.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = open(tx, app, &code)?;
            let (_, note) = known(tx, &round, &id)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的原因", 200);
            let reason = reading.done(reason)?;
            let permit = permit::<Withdraw<Evaluation>>(app.asker(), round.station_id)?;
            permit.withdraw::<SiteNote>(tx, note.id, &reason)?;
            Ok(Leads::saying(format!("{}/on-site", address(&code)), "已作废"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn sign(
    app: App,
    Extension(subjects): Extension<Subjects>,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Page {
    let page = (code.clone(), id.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = open(tx, app, &code)?;
            let (_, note) = known(tx, &round, &id)?;
            let png = STANDARD.decode(form.text("signature")).ok();
            let png = png.filter(|bytes| bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
            let png = png.ok_or_else(|| wrong("还没有签名，或签名的图片不完整：请重签"))?;
            if note.kind != SiteNoteKind::Closing {
                return Err(wrong("签名签在“现场确认”上"));
            }
            documents::attach_signature(
                tx,
                app,
                subjects,
                (SiteNote::KIND, note.id),
                (&png, Some(note.held_on)),
            )?;
            Ok(Leads::saying(format!("{}/on-site/{id}", address(&code)), "已签名"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}
