//! The page of feedback: each party answers for itself, the panel rules.

use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use rules::scoring::{Paper, Party, Recipient, Scheme};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::ANSWER;
use super::model::{About, Verdict};
use super::pages::{FeedbackPage, Side};
use super::store::{self, Answered, Objection};
use crate::access::{Asker, Correct, Enter, Part as _, Place, Role, Scope, new_id, permit};
use crate::evaluation::rounds::{self, address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::{
    Evaluation, Feedback, FeedbackAnswer, FeedbackStep, Finding, Round, Stage, delivery, find, scoring,
};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);
    vec![
        Route::get("/evaluation/rounds/{round}/feedback", Needs::Verb(rounds::VERB), get(show)),
        Route::post("/evaluation/rounds/{round}/feedback/{party}", Needs::Verb(ANSWER), post(answer)),
        Route::post("/evaluation/rounds/{round}/objections/{objection}", KEEPS, post(rule)),
    ]
}

/// The station, as a party to the draft.
const STATION: &str = "station";

/// Who answers the draft: code, name, and on which side.
fn sides(scheme: &Scheme) -> Vec<(String, String, Recipient)> {
    let station = (STATION.to_owned(), "社工站".to_owned(), Recipient::Station);
    let party = |party: &Party| Some((party.code.clone(), party.name.clone(), Recipient::of(party.by)?));
    std::iter::once(station).chain(scheme.others().filter_map(party)).collect()
}

/// The parties for which somebody still has to answer a draft that they signed for, each with the last day.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn owed(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<(String, NaiveDate)>> {
    let given = store::answers_of(tx, &round.code)?;
    let mut all = Vec::new();
    for (code, name, side) in sides(scheme) {
        if !speaks(asker, side, round) || given.iter().any(|one| one.party == code) {
            continue;
        }
        if let Some(at) = delivery::signed_for(tx, round, Paper::Draft, side)? {
            all.push((name, delivery::due(scheme, at)));
        }
    }
    Ok(all)
}

/// How many parties have not answered the draft.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn unanswered(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme) -> DbResult<usize> {
    let given = store::answers_of(tx, &round.code)?;
    Ok(sides(scheme).iter().filter(|(code, ..)| !given.iter().any(|one| one.party == *code)).count())
}

/// How many objections are not ruled on.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn open_objections(tx: &mut Tx<'_>, round: &Round) -> DbResult<usize> {
    Ok(store::objections_of(tx, &round.code)?.iter().filter(|one| one.ruling.is_none()).count())
}

/// Writes the answers as records of the round.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(in crate::evaluation) fn settle(tx: &mut Tx<'_>, asker: &Asker, round: &Round) -> DbResult<()> {
    let mut rows = Vec::new();
    let objections = store::objections_of(tx, &round.code)?;
    for given in store::answers_of(tx, &round.code)? {
        let own = objections.iter().filter(|one| one.party == given.party);
        let ruled: Vec<String> = own
            .map(|one| {
                let word = one.ruling.map(Verdict::label).unwrap_or_default();
                let change =
                    if one.change.is_empty() { String::new() } else { format!("，改动：{}", one.change) };
                format!("{}：{word}，{}{change}", one.words, one.reason)
            })
            .collect();
        let note = if ruled.is_empty() { given.note } else { ruled.join("；") };
        rows.push(Feedback {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            step: FeedbackStep::Draft,
            party: given.party,
            answer: given.answer,
            answered_on: given.answered_at.day(),
            note,
        });
    }
    permit::<Enter<Evaluation>>(asker, round.station_id)?.append(tx, &rows)
}

/// The round once its draft is out.
fn drafted(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<(Round, Scheme), Trouble> {
    let round = seen(tx, app, code)?;
    if round.stage < Stage::Feedback {
        let fault = Fault::not_found("unknown_draft", "初稿还没有送出", "送出后再来看");
        return Err(fault.near([Link::new(address(code), title(&round))]).into());
    }
    if !delivery::may_read(tx, app.asker(), &round)? {
        let page = Link::new(format!("{}/delivery", address(code)), "送达与签收");
        let fault = Fault::not_found("unknown_draft", "初稿您还没有签收", "在送达与签收里签收以后再来答复");
        return Err(fault.near([page]).into());
    }
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    Ok((round, scheme))
}

/// Whether somebody answers for a side.
fn speaks(asker: &Asker, side: Recipient, round: &Round) -> bool {
    let place = Place::station(round.station_id);
    let of_side =
        |(role, scope): &(Role, Scope)| delivery::side_of(*role) == Some(side) && scope.covers(place);
    asker.scope(ANSWER).covers(place) && asker.user().is_some_and(|user| user.grants.iter().any(of_side))
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (round, scheme) = drafted(tx, app, &code)?;
        let (answers, objections) = (store::answers_of(tx, &code)?, store::objections_of(tx, &code)?);
        let people = answers.iter().map(|one| one.answered_by).collect::<Vec<Id>>();
        let names = crate::access::display_names(tx, people)?;
        let open = round.stage == Stage::Feedback;
        let side = |(code, name, side): (String, String, Recipient)| {
            let given = answers.iter().find(|one| one.party == code);
            Side {
                given: given.map(|one| {
                    let by = names.get(&one.answered_by).cloned().unwrap_or_default();
                    (one.answer, format!("{} {by}", one.answered_at.minute()), one.note.clone())
                }),
                mine: open && speaks(app.asker(), side, &round),
                code,
                name,
            }
        };
        let sides = sides(&scheme).into_iter().map(side).collect();
        let findings = find::findings_of(tx, &round)?;
        let keeps = open && app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        let frame = frame(tx, app, &round, "初稿反馈")?;
        let page = FeedbackPage::of(frame, &round, &scheme, sides, (keeps, form_key()?));
        Ok(page.with(&findings, &objections))
    });
    render(&page.await?)
}

async fn answer(app: App, Path((code, party)): Path<(String, String)>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = drafted(tx, app, &code)?;
            let side = sides(&scheme).into_iter().find(|(known, ..)| *known == party);
            let side = side.filter(|(_, _, side)| speaks(app.asker(), *side, &round));
            let none = || Fault::not_found("unknown_party", "没有由您答复的这一方", "请从初稿反馈页进入");
            let (party, _, side) = side.ok_or_else(none)?;
            let mut reading = Reading::of(form);
            if delivery::signed_for(tx, &round, Paper::Draft, side)?.is_none() {
                reading.wrong("answer", "先在“送达与签收”里签收初稿，再答复");
            }
            if round.stage != Stage::Feedback {
                reading.wrong("answer", format!("这一轮已到“{}”，不再收答复", round.stage.label()));
            }
            let answer = reading.word::<FeedbackAnswer>("answer", "答复");
            let words = reading.optional("words", "意见", 2000).unwrap_or_default();
            let about = reading.optional_word::<About>("about", "针对");
            let about_code = match about {
                Some(About::Finding) => form.text("finding").to_owned(),
                Some(About::Item) => form.text("item").to_owned(),
                _ => String::new(),
            };
            if answer == Some(FeedbackAnswer::Objection) {
                if words.is_empty() {
                    reading.wrong("words", "写明哪里不对、凭什么材料");
                }
                let known = match about {
                    Some(About::Finding) => find::findings_of(tx, &round)?
                        .iter()
                        .any(|one: &Finding| one.id.as_str() == about_code),
                    Some(About::Item) => scheme.items().any(|(_, item)| item.code == about_code),
                    Some(About::Passage) => true,
                    None => false,
                };
                if !known {
                    reading.wrong("about", "选针对的是哪条意见、哪个评分项，或报告文字");
                }
            }
            let answer = reading.done(answer)?;
            let before = store::objections_of(tx, &code)?.iter().any(|one| one.party == party);
            if answer == FeedbackAnswer::NoObjection && before {
                let what = "已经提过异议，等裁定；不能再答无异议".to_owned();
                return Err(vec![Wrong { field: "answer".into(), what }].into());
            }
            let (by, at) = (someone(app)?, tx.at());
            let row = Answered {
                round: code.clone(),
                party: party.clone(),
                station_id: round.station_id,
                answer,
                note: words.clone(),
                answered_by: by,
                answered_at: at,
            };
            store::answer(tx, &row)?;
            if let Some(about) = about.filter(|_| answer == FeedbackAnswer::Objection) {
                let objection = Objection {
                    id: new_id(at)?,
                    station_id: round.station_id,
                    round: code.clone(),
                    party,
                    about,
                    about_code,
                    words,
                    raised_by: by,
                    raised_at: at,
                    ruling: None,
                    reason: String::new(),
                    change: String::new(),
                    ruled_by: None,
                    ruled_at: None,
                };
                store::object(tx, &objection)?;
            }
            note(tx, &round, "evaluation.feedback", Some(answer.label().to_owned()))?;
            Ok(Leads::saying(format!("{}/feedback", address(&code)), "已答复"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn rule(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme) = drafted(tx, app, &code)?;
            permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            let all = store::objections_of(tx, &code)?;
            let none = || Fault::not_found("unknown_objection", "没有这条异议", "请从初稿反馈页里选");
            let found = all.iter().find(|one| one.id.as_str() == id).ok_or_else(none)?;
            let mut reading = Reading::of(form);
            let ruling = reading.word::<Verdict>("ruling", "裁定");
            let reason = reading.text("reason", "理由", 1000);
            let change = reading.optional("change", "改动", 2000).unwrap_or_default();
            let by = someone(app)?;
            if found.raised_by == by {
                reading.wrong("ruling", "提出的人不能自己裁定");
            }
            if ruling == Some(Verdict::Granted) && change.is_empty() {
                reading.wrong("change", "采纳的写明改了什么：原来怎样，改成怎样");
            }
            let (ruling, reason) = reading.done(ruling.zip(reason))?;
            if !store::rule(tx, found.id, ruling, (&reason, &change), by)? {
                let what = "已经有人裁定过".to_owned();
                return Err(vec![Wrong { field: "ruling".into(), what }].into());
            }
            let mut said = "已裁定";
            if ruling == Verdict::Granted && found.about == About::Item {
                scoring::score_again(tx, &round, &scheme, &found.about_code)?;
                said = "已裁定；请专家重新评这一项";
            }
            note(tx, &round, "evaluation.objection_ruled", Some(format!("{} {reason}", ruling.label())))?;
            Ok(Leads::saying(format!("{}/feedback", address(&code)), said))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}
