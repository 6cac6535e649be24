//! The questionnaire at the calling desk: a plain form, on which skip rules are applied once it is sent.

use axum::extract::Path;
use axum::routing::get;
use db::{Sealed, Tx};
use kernel::Id;
use rules::survey::{Asks, DECLINED, Entry, Question, Questionnaire, UNKNOWN};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render, unkept};

use super::store::{WISH, Wish};
use super::{kept, questionnaire, store};
use crate::access::{Part as _, unordered_id};
use crate::evaluation::Round;
use crate::evaluation::rounds::{self, address, someone, title};
use crate::evaluation::sample::calls::{self, open};
use crate::evaluation::sample::model::CallResult;
use crate::evaluation::sample::routes::kept as kept_round;
use crate::evaluation::sample::store::{self as samples, Drawn};
use crate::evaluation::sample::{call_address, own_address, refused};
use crate::shell::{App, Field, FormPage, Group, Kind, Leads, Needs, Route, Submitted, Trouble, form_key};
use crate::surveys::Surveys;

pub(super) fn routes() -> Vec<Route> {
    const RECORDS: Needs = Needs::Verb(Surveys::RECORD);
    const PATH: &str = "/evaluation/rounds/{round}/sample/calls/{drawn}/questionnaire";
    vec![Route::get(PATH, RECORDS, get(form)), Route::post(PATH, RECORDS, axum::routing::post(submit))]
}

/// The name of a question's field.
fn field_of(code: &str) -> String {
    format!("q_{code}")
}

async fn form(app: App, Path((code, drawn)): Path<(String, String)>) -> Page {
    unkept(render(&page(&app, code, drawn).await?))
}

async fn page(app: &App, code: String, drawn: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = kept_round(tx, app, &code)?;
        let sample = samples::sample_of(tx, &code)?.ok_or_else(|| refused("sample", "还没有抽样"))?;
        let found = samples::drawn(tx, sample.id, &drawn)?;
        if !is_called(tx, &found, someone(app)?)? {
            return Err(refused("result", "先按“拨打”，接通以后再填问卷"));
        }
        let person = calls::reached(tx, &found)?.unwrap_or_default();
        let asked = questionnaire(&app.site().library, &sample)?;
        let frame = rounds::frame(tx, app, &round, "问卷")?;
        let own = call_address(&round.code, found.id);
        let crumbs = [
            Link::new("/evaluation", "评估轮次"),
            Link::new(address(&round.code), title(&round)),
            Link::new(format!("{}/calls", own_address(&round.code)), "访问名单"),
            Link::new(own.clone(), person.name),
        ];
        let mut page =
            FormPage::new(frame, format!("{own}/questionnaire"), form_key()?, groups(&asked)).from(crumbs);
        page.intro.clone_from(&asked.opening);
        if found.guarded {
            page.intro = format!("由监护人答。{}", page.intro);
        }
        page.submit = "登记答案";
        Ok(page)
    })
    .await
}

/// Whether somebody is on the telephone with them: an attempt of theirs whose result is not noted.
fn is_called(tx: &mut Tx<'_>, drawn: &Drawn, me: Id) -> Result<bool, Trouble> {
    let calls = samples::calls_of(tx, drawn.sample_id)?;
    let own =
        calls.iter().any(|call| call.drawn_id == drawn.id && call.begun_by == me && call.result.is_none());
    Ok(own && drawn.outcome.is_none())
}

/// The questions in their order, those of one kind under one heading; after the wish for more care, the consent.
fn groups(asked: &Questionnaire) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for question in &asked.questions {
        let legend = match &question.asks {
            Asks::Dimension(dimension) => dimension.label(),
            Asks::Choice(_) => "知晓度",
            Asks::Care => "希望多关心",
        };
        let mut fields = vec![field(asked, question)];
        if question.asks == Asks::Care {
            fields.extend(consent());
        }
        match groups.last_mut() {
            Some(group) if group.legend == legend => group.fields.extend(fields),
            _ => groups.push(Group::new(legend, fields)),
        }
    }
    groups
}

fn field(asked: &Questionnaire, question: &Question) -> Field {
    let choices = asked.choices(question);
    let mut words: Vec<(&str, &str)> =
        choices.iter().map(|choice| (choice.code.as_str(), choice.label.as_str())).collect();
    words.extend([(UNKNOWN, "不清楚"), (DECLINED, "不愿回答")]);
    let mut hints = Vec::new();
    if let Some(when) = &question.when
        && let Some(earlier) = asked.question(&when.question)
    {
        let offered = asked.choices(earlier);
        let label = |code: &String| {
            offered
                .iter()
                .find(|choice| choice.code == *code)
                .map_or(code.clone(), |choice| choice.label.clone())
        };
        let answers: Vec<String> = when.is.iter().map(label).collect();
        hints.push(format!("只在“{}”答“{}”时问；别的跳过，填了也不算", earlier.text, answers.join("”“")));
    }
    if !question.required {
        hints.push("可以不填".to_owned());
    }
    Field::radio(field_of(&question.code), question.text.clone(), &words).hint(hints.join("；"))
}

fn consent() -> [Field; 2] {
    let words = vec![("yes".to_owned(), "本人同意把姓名和这个愿望转告社工站".to_owned())];
    [
        Field::new("consent", "希望多关心的，问是否同意转告", Kind::Ticks(words))
            .hint("不同意就不转；转告的只有姓名和愿望，不含任何答案"),
        Field::long("wish", "希望怎样关心（选填）").hint("只在同意转告时留下"),
    ]
}

async fn submit(app: App, Path((code, drawn)): Path<(String, String)>, form: Form) -> Page {
    let (round, one) = (code.clone(), drawn.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept_round(tx, app, &code)?;
            let receipt = answer(tx, app, &round, &drawn, form)?;
            let said = format!("已登记。撤回码 {receipt}：只显示这一次，登记错了才用得着；别与姓名记在一起");
            Ok(Leads::saying(format!("{}/calls", own_address(&code)), said))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong)
            if wrong.iter().all(|one| one.field.starts_with("q_") || one.field == "wish") =>
        {
            unkept(page(&app, round, one).await?.refused(&form, wrong))
        }
        Submitted::Wrong(wrong) => Submitted::Wrong(wrong).led(),
    }
}

/// Keeps what was answered, apart from who answered, and ends the call; the code of the answer.
fn answer(tx: &mut Tx<'_>, app: &App, round: &Round, drawn: &str, form: &Form) -> Result<String, Trouble> {
    let (found, sample) = open(tx, round, drawn)?;
    let asked = questionnaire(&app.site().library, &sample)?;
    let filled = asked.fill(|code| form.text(&field_of(code)));
    let filled = filled.map_err(|wrong| {
        let wrong = wrong.into_iter().map(|(code, what)| Wrong { field: field_of(&code), what });
        Trouble::from(wrong.collect::<Vec<_>>())
    })?;
    calls::end(tx, app.asker(), (round, someone(app)?), drawn, (CallResult::Answered, ""))?;
    if asked.wants_care(&filled) && form.text("consent") == "yes" {
        wish(tx, round, &found, form)?;
    }
    let area = calls::reached(tx, &found)?.and_then(|person| person.area);
    let entry = Entry { area: area.map(|area| area.to_string()), filled };
    Ok(kept::put(tx, sample.id, entry)?)
}

/// Keeps the wish of somebody who agreed: on the side of the call, without any answer.
fn wish(tx: &mut Tx<'_>, round: &Round, found: &Drawn, form: &Form) -> Result<(), Trouble> {
    let mut reading = Reading::of(form);
    let wish = reading.optional("wish", "希望怎样关心", 200);
    let wish = reading.done(Some(wish))?;
    let (id, person) = (unordered_id()?, calls::reached(tx, found)?.unwrap_or_default());
    let wish =
        wish.map(|wish| Sealed::new(tx.keys(), WISH, &id, &wish)).transpose().map_err(db::DbError::from)?;
    let wish = Wish {
        id,
        station_id: round.station_id,
        area_id: person.area,
        community_id: person.community,
        sample_id: found.sample_id,
        person_id: found.person_id,
        wish,
        consented_on: tx.at().day(),
        passed_on: None,
        done: None,
        done_by: None,
        done_at: None,
    };
    Ok(store::add_wish(tx, &wish)?)
}
