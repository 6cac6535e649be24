//! One passage: its words with figures as tokens, how they read filled in, what was found in them, and their history.

use axum::extract::Path;
use db::{Record as _, Tx};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::opened::{Opened, address, passage_address, report, writer};
use super::pages::{BesidePage, shown};
use crate::access::{Correct, Enter, Withdraw, new_id, permit};
use crate::evaluation::{Evaluation, ReportWording, wording_history};
use crate::reports::checked::Checked;
use crate::reports::compose::{fill, wrong};
use crate::reports::routes::figure_href;
use crate::shell::{App, Field, FormPage, Group, Leads, Submitted, Trouble, form_key, form_version};

/// Characters of a passage at most.
const LONGEST: usize = 2000;

pub(super) async fn show(app: App, Path((code, key)): Path<(String, String)>) -> Page {
    render(&page(&app, code, key, None).await?)
}

/// The same with what was typed, filled in and not saved.
pub(super) async fn preview(app: App, Path((code, key)): Path<(String, String)>, form: Form) -> Page {
    let words = joined(form.text("words"));
    let page = page(&app, code, key, Some(words.clone())).await?;
    let mut wrong = Vec::new();
    if words.is_empty() {
        wrong.push(Wrong { field: "words".into(), what: "填文字".into() });
    }
    render(&page.again(&form, wrong))
}

async fn page(app: &App, code: String, key: String, typed: Option<String>) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let opened = Opened::of(tx, app, &code)?;
        let passage = opened.passage(&key)?;
        let standing = opened.facts.wordings.iter().find(|one| one.passage == key);
        let version = match standing {
            Some(one) => ReportWording::last(tx.conn(), one.id)?.map_or(0, |(stamp, _)| stamp.version),
            None => 0,
        };
        let words = Field::long("words", "文字").value(&passage.words);
        let words = words.hint("数字只写成 {代码}，可以移动、可以不用，不能手写；整段是一个自然段");
        let mut groups = vec![Group::new("", [words, Field::version(version)])];
        if !opened.is_open() {
            groups.clear();
        }
        let history = wording_history(tx, &opened.round, &key)?;
        let text = typed.as_ref().unwrap_or(&passage.words);
        let filled = fill(&opened.facts, &figure_href(&opened.facts), text);
        let frame = opened.frame(app, "改这一段");
        let forms = (frame.token.clone(), form_key()?);
        let takes_back = standing.is_some() && opened.is_open();
        let preview = (typed.is_some(), filled.map(|run| shown(&run)), wrong(&opened.facts, text));
        let beside = BesidePage::of(&opened, passage, preview, takes_back.then_some(forms), history);
        let own = passage_address(&code, &key);
        let page = FormPage::new(frame, own.clone(), form_key()?, groups);
        let crumbs = [Link::new(report(&code), "评估报告"), Link::new(address(&code), "报告用语")];
        Ok(page.from(crumbs).previewed(format!("{own}/preview")).beside(&beside)?)
    })
    .await
}

pub(super) async fn save(app: App, Path((code, key)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), key.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let mut opened = Opened::of(tx, app, &to)?;
            let words = read(&opened, &whose, form)?;
            write(tx, app, &mut opened, &whose, words, form_version(form))?;
            // What the new words say against the rest of the report is told at once.
            let checked = Checked::of(&opened.facts, &|_, _| String::new())?;
            let wrong = checked.open(&opened.facts.accepted).next().is_some();
            let said = if wrong {
                "已保存；文字核验有错误，见这一页和报告用语页"
            } else {
                "已保存；文字核验没有错误"
            };
            Ok(Leads::saying(passage_address(&to, &whose), said))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            let typed = joined(form.text("words"));
            page(&app, code, key, Some(typed)).await?.refused(&form, wrong)
        }
    }
}

/// The words that were sent, where they may stand in the passage.
fn read(opened: &Opened, key: &str, form: &Form) -> Result<String, Trouble> {
    let passage = opened.passage(key)?;
    let mut reading = Reading::of(form);
    if !opened.is_open() {
        reading.wrong("words", opened.closed());
    }
    let words = reading.text("words", "文字", LONGEST).map(|words| joined(&words));
    if let Some(what) = words.as_ref().and_then(|words| wrong(&opened.facts, words)) {
        reading.wrong("words", what);
    }
    if words.as_ref() == Some(&passage.words) {
        reading.wrong("words", "没有改动");
    }
    Ok(reading.done(words)?)
}

/// Writes the words of a passage, and puts them into the facts at hand.
fn write(
    tx: &mut Tx<'_>,
    app: &App,
    opened: &mut Opened,
    key: &str,
    words: String,
    version: i32,
) -> Result<(), Trouble> {
    let (written_by, writer) = writer(app)?;
    let template = opened.passage(key)?.template.clone();
    let station = opened.round.station_id;
    let place = opened.facts.wordings.iter().position(|one| one.passage == key);
    if let Some(place) = place {
        let wording =
            ReportWording { template, words, written_by, writer, ..opened.facts.wordings[place].clone() };
        permit::<Correct<Evaluation>>(app.asker(), station)?.correct_from(tx, &wording, version)?;
        opened.facts.wordings[place] = wording;
        return Ok(());
    }
    if version != 0 {
        let what = "这一段的改写刚被撤回，请回到这一页重新改".to_owned();
        return Err(vec![Wrong { field: "words".into(), what }].into());
    }
    let wording = ReportWording {
        id: new_id(tx.at())?,
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: opened.round.code.clone(),
        passage: key.to_owned(),
        template,
        words,
        written_by,
        writer,
    };
    permit::<Enter<Evaluation>>(app.asker(), station)?.append(tx, std::slice::from_ref(&wording))?;
    opened.facts.wordings.push(wording);
    Ok(())
}

/// Takes the wording of a passage back: the report says its own words again. Also where the passage is no longer there.
pub(super) async fn withdraw(app: App, Path((code, key)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let opened = Opened::of(tx, app, &code)?;
            let permit = permit::<Withdraw<Evaluation>>(app.asker(), opened.round.station_id)?;
            if !opened.is_open() {
                return Err(vec![Wrong { field: "words".into(), what: opened.closed() }].into());
            }
            let standing = opened.facts.wordings.iter().find(|one| one.passage == key);
            let none = || Fault::not_found("unknown_wording", "这一段没有改写", "请从报告用语里选");
            let standing = standing.ok_or_else(none)?;
            permit.withdraw::<ReportWording>(tx, standing.id, "恢复报告原文")?;
            Ok(Leads::saying(address(&code), "已恢复报告原文"))
        })
        .await?;
    submitted.led()
}

/// Lines as one paragraph.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect()
}
