//! A seat as the one sees it who was invited: undertaking first, then what ties them, then waiting.

use axum::extract::Path;
use axum::routing::{get, post};
use db::Tx;
use rules::recusal::TieKind;
use web::form::Reading;
use web::{Form, Page, render};

use super::pages::{OwnLine, OwnPage, OwnSeatPage};
use super::seat;
use super::store::{self, Seat};
use crate::evaluation::rounds;
use crate::evaluation::{Round, find};
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};
use crate::{areas, contracts};

pub(super) fn routes() -> Vec<Route> {
    const ANYBODY: Needs = Needs::SignedIn;
    vec![
        Route::get("/evaluation/seats", ANYBODY, get(list)),
        Route::get("/evaluation/seats/{own}", ANYBODY, get(show)),
        Route::post("/evaluation/seats/{own}/undertake", ANYBODY, post(undertake)),
        Route::post("/evaluation/seats/{own}/declare", ANYBODY, post(declare)),
    ]
}

async fn list(app: App) -> Page {
    let page = app.read(|tx, app| {
        let seats = store::seats_of_user(tx, rounds::someone(app)?)?;
        let lines = seats.iter().map(OwnLine::of).collect();
        Ok(OwnPage::of(app.frame("evaluation", "我的评估邀请", None), lines))
    });
    render(&page.await?)
}

async fn show(app: App, Path(id): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let own = store::seat_of_user(tx, &id, rounds::someone(app)?)?;
        // Whose station it is comes to light with the undertaking, and no more of it than one needs to declare.
        let about = if own.undertaken_at.is_some() { about(tx, &own)? } else { Vec::new() };
        let frame = app.frame("evaluation", "评估邀请", None);
        Ok(OwnSeatPage::of(frame, &own, about, form_key()?))
    });
    render(&page.await?)
}

/// Who is evaluated, as far as one has to know it to declare.
fn about(tx: &mut Tx<'_>, own: &Seat) -> Result<Vec<(&'static str, String)>, Trouble> {
    let now = tx.at();
    let round: Round = find::round(tx, &own.round, now)?;
    let station = areas::station(tx, own.station_id, now)?;
    let contract = contracts::contract(tx, round.contract_id, now)?;
    Ok(vec![
        ("被评站", station.name),
        ("承办机构", contract.operator),
        ("镇街", contract.purchaser),
        ("区民政局", contract.supervisor),
        ("实地评估", round.evaluated_on.to_string()),
    ])
}

/// One's seat, which nobody else writes meanwhile.
fn mine(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<Seat, Trouble> {
    let me = rounds::someone(app)?;
    let own = store::seat_of_user(tx, id, me)?;
    rounds::hold(tx, &own.round)?;
    Ok(store::seat_of_user(tx, id, me)?)
}

async fn undertake(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let own = mine(tx, app, &id)?;
            let mut reading = Reading::of(form);
            if form.text("agreed") != "yes" {
                reading.wrong("agreed", "请勾选后再签");
            }
            reading.done(Some(()))?;
            seat::undertake(tx, own)?;
            Ok(Leads::saying(format!("/evaluation/seats/{id}"), "已签保密承诺"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

async fn declare(app: App, Path(id): Path<String>, form: Form) -> Page {
    let page = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let own = mine(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let nothing = form.text("nothing") == "yes";
            let kind = reading.optional_word::<TieKind>("kind", "关系");
            let ground = reading.optional("ground", "说明", 1000);
            match (nothing, kind, &ground) {
                (true, None, None) | (false, Some(_), Some(_)) => {}
                (true, ..) => reading.wrong("nothing", "勾了没有利害关系，就不要再填关系和说明"),
                (false, ..) => reading.wrong("kind", "选关系并写说明，或勾选没有利害关系"),
            }
            let found = reading.done(Some(kind.zip(ground)))?;
            seat::declare(tx, own, &Vec::from_iter(found)).map_err(|error| match error {
                db::DbError::Problem(problem) => {
                    let what = format!("{}：{}", problem.what, problem.remedy);
                    Trouble::from(vec![web::form::Wrong { field: "nothing".into(), what }])
                }
                other => other.into(),
            })?;
            Ok(Leads::saying(format!("/evaluation/seats/{id}"), "已申报"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}
