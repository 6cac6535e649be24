//! The pages of findings: what experts note, what is made of it, and its history.

use axum::extract::Path;
use axum::routing::{get, post};
use db::{Record as _, Tx};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::pages::{FindingLine, ListPage, Note};
use super::store::{self, Draft};
use super::words;
use crate::access::{Correct, Enter, Part as _, Place, Withdraw, new_id, permit};
use crate::areas;
use crate::evaluation::panel::live_seat;
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::scoring::measured;
use crate::evaluation::{Evaluation, Finding, FindingKind, PanelRole, Round, Stage, find};
use crate::shell::{App, Field, FormPage, Group, Leads, Needs, Route, Submitted, Trouble, form_key};

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

async fn list(app: App, Path(code): Path<String>) -> Page {
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
        let earlier = earlier(tx, &round)?;
        let section = |code: &str| {
            let party =
                scheme.parties.iter().find(|party| party.code == code).map(|party| party.name.clone());
            let section = scheme.sections.iter().find(|section| section.code == code);
            section.map(|section| section.name.clone()).or(party).unwrap_or_else(|| code.to_owned())
        };
        let line = |one: &Finding| FindingLine::of(one, section(&one.section), &earlier);
        let lines = written.iter().map(line).collect();
        let writes = keeps(app, &round) && (Stage::Drafting..=Stage::Feedback).contains(&round.stage);
        let frame = frame(tx, app, &round, "评估意见")?;
        Ok(ListPage::of(frame, &round, notes, lines, (writes, all), form_key()?))
    });
    render(&page.await?)
}

/// The findings of the round before, to be seen beside the new ones.
fn earlier(tx: &mut Tx<'_>, round: &Round) -> Result<Vec<Finding>, Trouble> {
    let Some(previous) = &round.previous else { return Ok(Vec::new()) };
    let now = tx.at();
    let before = find::rounds_of(tx, round.station_id, now)?.into_iter().find(|one| one.code == *previous);
    Ok(match before {
        Some(before) => find::findings_of(tx, &before)?,
        None => Vec::new(),
    })
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
            let back = form.text("back") == "desk";
            let to = if back { format!("desk/{cell}") } else { "findings".to_owned() };
            Ok(Leads::saying(format!("{}/{to}", address(&code)), "意见已记下"))
        })
        .await?;
    submitted.led()
}

async fn form(app: App, Path(code): Path<String>, query: Query) -> Page {
    let draft = query.text("note").unwrap_or_default().to_owned();
    render(&page(&app, code, What::New(draft)).await?)
}

async fn edit(app: App, Path((code, id)): Path<(String, String)>) -> Page {
    render(&page(&app, code, What::Known(id)).await?)
}

/// What a form is about: a new finding, made of a note where one is named, or one that there is.
#[derive(Clone)]
enum What {
    New(String),
    Known(String),
}

/// A finding of a round, as it stands.
fn known(tx: &mut Tx<'_>, round: &Round, id: &str) -> Result<Finding, Trouble> {
    let found = find::findings_of(tx, round)?.into_iter().find(|one| one.id.as_str() == id);
    found.ok_or_else(|| {
        let fault = Fault::not_found("unknown_finding", "没有这条意见", "请从评估意见里选");
        fault.near([Link::new(format!("{}/findings", address(&round.code)), "评估意见")]).into()
    })
}

async fn page(app: &App, code: String, what: What) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let scheme = scheme_of(tx, &app.site().library, &round)?;
        let known_at = find::counted_at(tx, &round);
        let areas = areas::areas(tx, round.station_id, known_at)?;
        let (old, version) = match &what {
            What::Known(id) => {
                let old = known(tx, &round, id)?;
                let version = Finding::last(tx.conn(), old.id)?.map_or(1, |(stamp, _)| stamp.version);
                (Some(old), version)
            }
            What::New(_) => (None, 1),
        };
        let draft = match &what {
            What::New(id) => store::drafts_of(tx, &code)?.into_iter().find(|one| one.id.as_str() == id),
            What::Known(_) => None,
        };
        let item = draft.as_ref().and_then(|one| one.cell.split('@').next()).unwrap_or_default();
        let of_item =
            scheme.items().find(|(_, known)| known.code == item).map(|(section, _)| section.code.clone());
        let text = |of: fn(&Finding) -> String, from: fn(&Draft) -> String| {
            old.as_ref().map(of).or_else(|| draft.as_ref().map(from)).unwrap_or_default()
        };
        let mut sections: Vec<(&str, &str)> =
            scheme.sections.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
        sections.extend(scheme.others().map(|one| (one.code.as_str(), one.name.as_str())));
        let places: Vec<(&str, &str)> =
            areas.iter().map(|area| (area.code.as_str(), area.name.as_str())).collect();
        let section = old.as_ref().map(|old| old.section.clone()).or(of_item).unwrap_or_default();
        let area = old.as_ref().and_then(|old| old.area_code.clone());
        let area = area.or_else(|| draft.as_ref()?.cell.split_once('@').map(|(_, area)| area.to_owned()));
        let concerns: Vec<Finding> =
            earlier(tx, &round)?.into_iter().filter(|one| one.kind == FindingKind::Concern).collect();
        let short: Vec<String> = concerns.iter().map(|one| one.text.chars().take(40).collect()).collect();
        let before: Vec<(&str, &str)> =
            concerns.iter().zip(&short).map(|(one, text)| (one.code.as_str(), text.as_str())).collect();
        let returns = old.as_ref().and_then(|old| old.returns.clone()).unwrap_or_default();
        let fields = [
            Field::radio("kind", "类别", &FindingKind::list())
                .value(text(|one| one.kind.as_str().to_owned(), |one| one.kind.as_str().to_owned())),
            Field::pick("section", "部分", &sections).value(section),
            Field::pick("area", "片区", &places).value(area.unwrap_or_default()).hint("说的是全站就不选"),
            Field::long("words", "事实")
                .value(text(|one| one.text.clone(), |one| one.words.clone()))
                .hint("数字写成 {代码}，由系统填入，例如 {home_visits}"),
            Field::long("suggestion", "建议")
                .value(text(|one| one.suggestion.clone().unwrap_or_default(), |one| one.suggestion.clone()))
                .hint("需要关注的必须有建议"),
            Field::text("evidence", "证据")
                .value(text(|one| one.evidence.clone(), |one| one.evidence.clone())),
            Field::pick("returns", "与上一轮哪一条相同", &before)
                .value(returns)
                .hint("选了，报告里会写明上一轮已经提出、整改到哪里"),
            Field::text("position", "次序").value(old.as_ref().map_or(99, |old| old.position).to_string()),
            Field::hidden("note", draft.as_ref().map(|one| one.id.to_string()).unwrap_or_default()),
            Field::version(version),
        ];
        let own = format!("{}/findings", address(&code));
        let action = old.as_ref().map_or_else(|| format!("{own}/new"), |old| format!("{own}/{}", old.id));
        let heading = if old.is_some() { "改评估意见" } else { "写评估意见" };
        let frame = frame(tx, app, &round, heading)?;
        let page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]);
        Ok(page.from([Link::new(address(&code), title(&round)), Link::new(own, "评估意见")]))
    })
    .await
}

/// A finding as it was sent, over what stood before.
fn read(tx: &mut Tx<'_>, app: &App, round: &Round, form: &Form, old: Finding) -> Result<Finding, Trouble> {
    let mut reading = Reading::of(form);
    if !(Stage::Drafting..=Stage::Feedback).contains(&round.stage) {
        reading.wrong("words", format!("这一轮在“{}”，起草和初稿反馈阶段才能写意见", round.stage.label()));
    }
    let kind = reading.word::<FindingKind>("kind", "类别");
    let section = reading.text("section", "部分", 40);
    let words = reading.text("words", "事实", 4000);
    let suggestion = reading.optional("suggestion", "建议", 4000);
    let evidence = reading.text("evidence", "证据", 1000);
    let position = reading.whole("position", "次序", 1, 999).and_then(|one| i32::try_from(one).ok());
    if kind == Some(FindingKind::Concern) && suggestion.is_none() {
        reading.wrong("suggestion", "需要关注的写上建议");
    }
    let (rules, _) = measured::rules_of(tx, &app.site().library, round)?;
    for (field, text) in [("words", &words), ("suggestion", &suggestion)] {
        if let Some(what) = text.as_ref().and_then(|text| words::wrong(text, &rules)) {
            reading.wrong(field, what);
        }
    }
    let area_code = Some(form.text("area").to_owned()).filter(|area| !area.is_empty());
    let returns = Some(form.text("returns").to_owned()).filter(|code| !code.is_empty());
    if let Some(code) = &returns {
        if kind != Some(FindingKind::Concern) {
            reading.wrong("returns", "需要关注的才会再次出现");
        }
        if !earlier(tx, round)?.iter().any(|one| one.code == *code && one.kind == FindingKind::Concern) {
            reading.wrong("returns", "上一轮没有这一条：从列出的里面选");
        }
    }
    let read = (|| {
        Some(Finding {
            kind: kind?,
            section: section?,
            area_code,
            position: position?,
            text: words?,
            suggestion,
            evidence: evidence?,
            returns,
            ..old
        })
    })();
    Ok(reading.done(read)?)
}

async fn add(app: App, Path(code): Path<String>, form: Form) -> Page {
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
            };
            let finding = read(tx, app, &round, form, blank)?;
            permit.append(tx, std::slice::from_ref(&finding))?;
            let wanted = form.text("note").to_owned();
            let notes = store::drafts_of(tx, &to)?;
            if let Some(draft) = notes.iter().find(|one| one.id.as_str() == wanted) {
                store::taken(tx, draft.id, finding.id)?;
            }
            Ok(format!("{}/findings", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            page(&app, code, What::New(form.text("note").to_owned())).await?.refused(&form, wrong)
        }
    }
}

async fn change(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), id.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &to)?;
            let permit = permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            let old = known(tx, &round, &whose)?;
            let finding = read(tx, app, &round, form, old)?;
            permit.correct_from(tx, &finding, crate::shell::form_version(form))?;
            Ok(format!("{}/findings", address(&to)))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, code, What::Known(id)).await?.refused(&form, wrong),
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
