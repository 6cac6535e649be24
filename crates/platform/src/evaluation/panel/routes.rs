//! The panel as those see it who put it together, and what a station brings forward.

use axum::extract::Path;
use axum::routing::{get, post};
use db::Tx;
use kernel::Problem;
use rules::recusal::TieKind;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::model::{Ending, Ruling, Source};
use super::pages::{PanelPage, SeatLine};
use super::{CHALLENGE, are_named, conflicts, own, seat, store};
use crate::access::{Correct, Part as _, permit};
use crate::evaluation::experts::store as experts;
use crate::evaluation::rounds::{self, address};
use crate::evaluation::{Evaluation, PanelRole, Round};
use crate::shell::{App, Field, FormPage, Group, Leads, Needs, Route, Submitted, Trouble, form_key};

/// Who puts panels together.
const KEEPS: Needs = Needs::Verb(Evaluation::CORRECT);

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const RAISES: Needs = Needs::Verb(CHALLENGE);
    let mut all = vec![
        Route::get("/evaluation/rounds/{round}/panel", KEEPS, get(show)),
        Route::post("/evaluation/rounds/{round}/panel/invite", KEEPS, post(invite)),
        Route::post("/evaluation/rounds/{round}/panel/{seat}/clear", KEEPS, post(clear)),
        Route::post("/evaluation/rounds/{round}/panel/{seat}/leave", KEEPS, post(leave)),
        Route::post("/evaluation/rounds/{round}/challenges/{challenge}", KEEPS, post(rule)),
        Route::get("/evaluation/rounds/{round}/challenge", RAISES, get(form)),
        Route::post("/evaluation/rounds/{round}/challenge", RAISES, post(raise)),
    ];
    all.extend(own::routes());
    all
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = rounds::seen(tx, app, &code)?;
        let (seats, challenges) = (store::seats_of(tx, &code)?, store::challenges_of(tx, &code)?);
        let known = experts::all(tx)?;
        let loads = store::loads(tx)?;
        let line = |one: &store::Seat| {
            let expert = known.iter().find(|expert| expert.id == one.expert_id);
            SeatLine::of(one, expert, seat::missing(one, &challenges))
        };
        let lines = seats.iter().map(line).collect();
        let mut free: Vec<_> = known
            .iter()
            .filter(|expert| !seats.iter().any(|seat| seat.expert_id == expert.id))
            .map(|expert| (loads.get(&expert.id).copied().unwrap_or_default(), expert))
            .collect();
        free.sort_by(|(one, first), (other, second)| (one, &first.name).cmp(&(other, &second.name)));
        let frame = rounds::frame(tx, app, &round, "评估组与回避")?;
        Ok(PanelPage::of(frame, &round, lines, &free, challenges, form_key()?))
    });
    render(&page.await?)
}

async fn invite(app: App, Path(code): Path<String>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = kept(tx, app, &code)?;
            let mut reading = Reading::of(form);
            let role = reading.word::<PanelRole>("role", "职责");
            let expert = reading.text("expert", "专家", 40);
            let (role, expert) = reading.done(role.zip(expert))?;
            let expert = experts::one(tx, &expert)?;
            let replaces = Some(form.text("replaces")).filter(|id| !id.is_empty());
            let replaces = replaces.map(|id| store::seat(tx, &code, id)).transpose()?.map(|seat| seat.id);
            let by = rounds::someone(app)?;
            seat::invite(tx, &round, &expert, role, replaces, by).map_err(said("expert"))?;
            Ok(Leads::saying(format!("{}/panel", address(&code)), "已邀请，等本人签承诺和申报"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn clear(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = kept(tx, app, &code)?;
            let found = store::seat(tx, &code, &id)?;
            let to = format!("{}/panel", address(&code));
            // What has come into the data since the invitation is brought forward first, and kept.
            if found.is_pending() && conflicts::look(tx, &round, &found)? > 0 {
                return Ok(Leads::saying(to, "又核出新的关系，先裁定再准入"));
            }
            let challenges = store::challenges_of(tx, &code)?;
            if let Some(what) = seat::missing(&found, &challenges) {
                return Err(wrong("seat", format!("不能准入：{what}")));
            }
            let expert = experts::one(tx, found.expert_id.as_str())?;
            seat::clear(tx, app.asker(), (&round, found), &expert, rounds::someone(app)?)?;
            Ok(Leads::saying(to, "已准入"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn leave(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            kept(tx, app, &code)?;
            let found = store::seat(tx, &code, &id)?;
            seat::end(tx, app.asker(), found, Ending::Left)?;
            Ok(Leads::saying(format!("{}/panel", address(&code)), "已退出评估组"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn rule(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            kept(tx, app, &code)?;
            let all = store::challenges_of(tx, &code)?;
            let unknown = || Fault::not_found("unknown_challenge", "没有这件事项", "请从评估组页里选");
            let found = all.iter().find(|one| one.id.as_str() == id).ok_or_else(unknown)?;
            let mut reading = Reading::of(form);
            let ruling = reading.word::<Ruling>("ruling", "裁定");
            let reason = reading.text("reason", "理由", 400);
            let (ruling, reason) = reading.done(ruling.zip(reason))?;
            let by = rounds::someone(app)?;
            seat::rule(tx, app.asker(), found, ruling, &reason, by).map_err(said("ruling"))?;
            Ok(Leads::saying(format!("{}/panel", address(&code)), "已裁定"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn form(app: App, Path(code): Path<String>) -> Page {
    render(&challenge_page(&app, code).await?)
}

async fn challenge_page(app: &App, code: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = rounds::seen(tx, app, &code)?;
        let mut whom = vec![(String::new(), "不针对某个人：对评估工作的意见".to_owned())];
        for (seat, name) in named(tx, app, &round)? {
            whom.push((seat, format!("申请 {name} 回避")));
        }
        let words: Vec<(&str, &str)> = whom.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        let fields = [
            Field::radio("seat", "针对", &words),
            Field::pick("kind", "情形", &TieKind::list()),
            Field::long("ground", "事实与理由").hint("写明单位、时间、经过；裁定后会答复"),
        ];
        let frame = rounds::frame(tx, app, &round, "申请回避或提意见")?;
        let action = format!("{}/challenge", address(&code));
        let page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]);
        Ok(FormPage { submit: "提交", ..page.from([Link::new(address(&code), rounds::title(&round))]) })
    })
    .await
}

/// Everybody with a seat that has not ended: id, and the name, or where the scheme keeps names from the station the code
/// with the employer, which is what ties are found by.
fn named(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<Vec<(String, String)>, Trouble> {
    let seats: Vec<_> =
        store::seats_of(tx, &round.code)?.into_iter().filter(|seat| seat.ended_at.is_none()).collect();
    let known = experts::some(tx, seats.iter().map(|seat| seat.expert_id).collect())?;
    let scheme = rounds::scheme_of(tx, &app.site().library, round)?;
    let open = are_named(app.asker(), round, Some(&scheme), false);
    let word = |seat: &store::Seat| {
        let expert = known.iter().find(|one| one.id == seat.expert_id);
        expert.map_or_else(String::new, |one| match open {
            true => one.name.clone(),
            false => format!("{}（{}）", seat.code, one.organisation),
        })
    };
    Ok(seats.iter().map(|seat| (seat.id.to_string(), word(seat))).collect())
}

async fn raise(app: App, Path(code): Path<String>, form: Form) -> Page {
    let to = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = rounds::seen(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let kind = reading.word::<TieKind>("kind", "情形");
            let ground = reading.text("ground", "事实与理由", 1000);
            if round.is_over() {
                reading.wrong("ground", "这一轮已经出具报告，不再受理");
            }
            let (kind, ground) = reading.done(kind.zip(ground))?;
            let against = Some(form.text("seat")).filter(|id| !id.is_empty());
            let against = against.map(|id| store::seat(tx, &to, id)).transpose()?.map(|seat| seat.id);
            let source = if against.is_some() { Source::Requested } else { Source::Conduct };
            let (whose, by) = ((round.station_id, round.code.as_str(), against), app.asker().actor().code());
            seat::challenge(tx, whose, source, kind, &ground, by)?;
            rounds::note(tx, &round, "evaluation.challenged", Some(ground))?;
            Ok(Leads::saying(address(&to), "已提交，裁定后会答复"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => challenge_page(&app, code).await?.refused(&form, wrong),
    }
}

/// The round, where whoever asks may change it.
fn kept(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    let round = rounds::seen(tx, app, code)?;
    permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
    Ok(round)
}

fn wrong(field: &str, what: String) -> Trouble {
    vec![Wrong { field: field.to_owned(), what }].into()
}

/// A problem of the rules as a wrong field.
fn said(field: &'static str) -> impl Fn(db::DbError) -> Trouble {
    move |error| match error {
        db::DbError::Problem(Problem { what, remedy, .. }) => wrong(field, format!("{what}：{remedy}")),
        other => other.into(),
    }
}
