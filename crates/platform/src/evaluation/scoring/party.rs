//! The other parties: each gives one score with its comment, sealed from the others.

use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbResult, Tx};
use rules::scoring::{Party, Scheme, ScoredBy};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::PARTY;
use super::cells::{hundredths, typed};
use super::pages::PartyPage;
use super::seal::{Owner, latest, seal, sheet};
use super::store::{self, Entry};
use crate::access::{Asker, Place, Role};
use crate::evaluation::rounds::{address, frame, note, scheme_of, seen, someone, title};
use crate::evaluation::{Round, Stage};
use crate::shell::{App, Leads, Needs, Route, Submitted, Trouble, form_key};

pub(super) fn routes() -> Vec<Route> {
    const SCORES: Needs = Needs::Verb(PARTY);
    vec![
        Route::get("/evaluation/rounds/{round}/party/{party}", SCORES, get(show)),
        Route::post("/evaluation/rounds/{round}/party/{party}", SCORES, post(save)),
        Route::post("/evaluation/rounds/{round}/party/{party}/seal", SCORES, post(close)),
    ]
}

/// How far a party is, as a page of the round says it: never with a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::evaluation) struct PartyStanding {
    pub(in crate::evaluation) name: String,
    pub(in crate::evaluation) word: &'static str,
    pub(in crate::evaluation) sealed: bool,
    /// Where whoever asks gives its score.
    pub(in crate::evaluation) href: Option<String>,
}

/// How far each party is; the panel as one of them.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn parties(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<PartyStanding>> {
    let sheets = store::sheets_of(tx, &round.code)?;
    let over = round.stage > Stage::OnSite;
    let standing = |party: &Party| {
        let sealed = match party.by {
            ScoredBy::Panel => over,
            _ => {
                let own = latest(&sheets, &Owner::Party(party.code.clone()));
                over || own.is_some_and(|sheet| sheet.sealed_at.is_some())
            }
        };
        let own = gives(asker, party, round) && round.stage >= Stage::OnSite && party.by != ScoredBy::Panel;
        PartyStanding {
            name: party.name.clone(),
            word: match (sealed, party.by) {
                (true, _) => "已封存",
                (false, ScoredBy::Panel) => "专家逐项评分",
                (false, _) => "未封存",
            },
            sealed,
            href: own.then(|| format!("{}/party/{}", address(&round.code), party.code)),
        }
    };
    Ok(scheme.parties.iter().map(standing).collect())
}

/// Whether somebody gives the score of a party.
fn gives(asker: &Asker, party: &Party, round: &Round) -> bool {
    let role = match party.by {
        ScoredBy::Panel => return false,
        ScoredBy::StreetOffice => Role::StreetOffice,
        ScoredBy::SupervisionCentre => Role::SupervisionCentre,
        ScoredBy::DistrictBureau => Role::DistrictBureau,
        ScoredBy::EvaluatorStaff => Role::Evaluator,
    };
    let place = Place::station(round.station_id);
    asker
        .user()
        .is_some_and(|user| user.grants.iter().any(|(held, scope)| *held == role && scope.covers(place)))
}

/// The round and the party, where whoever asks gives its score; else there is no such page.
fn own(tx: &mut Tx<'_>, app: &App, code: &str, party: &str) -> Result<(Round, Scheme, Party), Trouble> {
    let round = seen(tx, app, code)?;
    let scheme = scheme_of(tx, &app.site().library, &round)?;
    let found = scheme.others().find(|one| one.code == party).cloned();
    let found = found.filter(|party| gives(app.asker(), party, &round)).ok_or_else(|| {
        let fault = Fault::not_found("unknown_party", "没有由您评分的这一方", "请从这一轮的页面进入");
        fault.near([Link::new(address(code), title(&round))])
    })?;
    Ok((round, scheme, found))
}

async fn show(app: App, Path((code, party)): Path<(String, String)>) -> Page {
    render(&page(&app, code, party).await?)
}

async fn page(app: &App, code: String, party: String) -> Result<PartyPage, Fault> {
    app.read(move |tx, app| {
        let (round, _, party) = own(tx, app, &code, &party)?;
        let sheets = store::sheets_of(tx, &code)?;
        let sheet = latest(&sheets, &Owner::Party(party.code.clone())).cloned();
        let entry = match &sheet {
            Some(sheet) => store::entries_of(tx, &[sheet.id])?.pop(),
            None => None,
        };
        let frame = frame(tx, app, &round, &format!("{}评分", party.name))?;
        Ok(PartyPage::of(frame, &round, &party, (sheet, entry), form_key()?))
    })
    .await
}

async fn save(app: App, Path((code, party)): Path<(String, String)>, form: Form) -> Page {
    let (to, whose) = (code.clone(), party.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (round, scheme, party) = own(tx, app, &to, &whose)?;
            let sheet = writable(tx, &round, &party)?;
            let mut reading = Reading::of(form);
            let decimals = scheme.rounding.entry_decimals;
            let score = typed(form.text("score"), party.out_of, decimals);
            let score = score.map_err(|what| reading.wrong("score", what)).ok().and_then(hundredths);
            let note = reading.text("note", "意见", 2000);
            let (score, note) = reading.done(score.zip(note))?;
            let entry = Entry {
                sheet_id: sheet.id,
                cell: party.code.clone(),
                score: Some(score),
                measured: None,
                reason: String::new(),
                note,
                asked_again: false,
                changed_at: tx.at(),
            };
            store::put(tx, &entry)?;
            Ok(format!("{}/party/{}", address(&to), party.code))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, code, party).await?.refused(&form, &wrong),
    }
}

async fn close(app: App, Path((code, party)): Path<(String, String)>, form: Form) -> Page {
    let page = (code.clone(), party.clone());
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let (round, _, party) = own(tx, app, &code, &party)?;
            let sheet = writable(tx, &round, &party)?;
            let entries = store::entries_of(tx, &[sheet.id])?;
            if entries.iter().all(|entry| entry.score.is_none()) {
                return Err(wrong("还没有填得分，不能封存"));
            }
            let digest = seal(tx, &sheet, someone(app)?)?;
            note(tx, &round, "evaluation.sealed", Some(format!("{} {digest}", party.code)))?;
            Ok(Leads::saying(address(&code), "已封存"))
        })
        .await?;
    submitted.back(&app, &form, |app| show(app, Path(page))).await
}

/// The sheet of a party, as long as it may be written.
fn writable(tx: &mut Tx<'_>, round: &Round, party: &Party) -> Result<store::Sheet, Trouble> {
    if round.stage != Stage::OnSite {
        return Err(wrong("实地评估阶段才能评分"));
    }
    let sheet = sheet(tx, round, &Owner::Party(party.code.clone()))?;
    if !store::hold(tx, sheet.id)? {
        return Err(wrong("已经封存，不能再改"));
    }
    Ok(sheet)
}

fn wrong(what: &str) -> Trouble {
    vec![Wrong { field: "score".to_owned(), what: what.to_owned() }].into()
}
