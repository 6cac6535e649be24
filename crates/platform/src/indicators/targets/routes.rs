//! The indicators of a contract: the list, and choosing new ones.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use kernel::Id;
use rules::counting::table_in;
use web::{Fault, Form, Link, Page, Query, Target, render};

use super::super::find;
use super::super::policy::Indicators;
use super::super::store::IndicatorTarget;
use super::change;
use super::offers::{self, Offer};
use super::pages::{ChoosePage, ContractLine, TargetRow, TargetsPage};
use crate::access::{Enter, new_id, permit};
use crate::areas;
use crate::contracts::{self, Contract};
use crate::library::Library;
use crate::shell::{App, Needs, Route, Submitted, Trouble, form_key};

pub(in super::super) fn routes() -> Vec<Route> {
    let (record, correct, withdraw) = (
        Needs::Verb("indicators.record"),
        Needs::Verb("indicators.correct"),
        Needs::Verb("indicators.withdraw"),
    );
    vec![
        Route::get("/indicators/targets", Needs::Verb("indicators.read"), get(list)),
        Route::get("/indicators/targets/new", record, get(choose)),
        Route::post("/indicators/targets/new", record, post(add)),
        Route::get("/indicators/targets/{target}/edit", correct, get(change::form)),
        Route::post("/indicators/targets/{target}/edit", correct, post(change::write)),
        Route::get("/indicators/targets/{target}/withdraw", withdraw, get(change::withdraw_form)),
        Route::post("/indicators/targets/{target}/withdraw", withdraw, post(change::withdraw)),
    ]
}

/// Where the indicators of a contract are.
pub(super) fn address(contract: &Contract) -> String {
    Target::new(&["indicators", "targets"]).with("contract", contract.id).href()
}

/// The contracts of the stations within reach, the latest first.
fn contracts_seen(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Contract>, Trouble> {
    let now = tx.at();
    Ok(contracts::contracts_of(tx, app.scope().stations(), now)?)
}

/// The contract that is asked for by its id or its station's code; else the latest. `None` where there is none at all.
fn chosen(tx: &mut Tx<'_>, app: &App, all: &[Contract], query: &Query) -> Result<Option<Contract>, Trouble> {
    let now = tx.at();
    if let Some(id) = query.text("contract") {
        let found = all.iter().find(|contract| contract.id.as_str() == id).cloned();
        return found.map(Some).ok_or_else(|| unknown().into());
    }
    let Some(code) = query.text("station") else { return Ok(all.first().cloned()) };
    let station = areas::all_stations(tx, now)?.into_iter().find(|one| one.code == code);
    let station = station.filter(|station| app.scope().reaches(station.id)).ok_or_else(|| {
        let what = format!("没有代码为“{}”的社工站", code.chars().take(40).collect::<String>());
        Fault::not_found("unknown_station", what, "请核对代码，或从“协议指标”里选")
    })?;
    Ok(all.iter().find(|one| one.station_id == station.id).cloned())
}

fn unknown() -> Fault {
    Fault::not_found("unknown_contract", "没有这份服务协议", "请从“协议指标”里选")
        .near([Link::new("/indicators/targets", "协议指标")])
}

async fn list(app: App, query: Query) -> Page {
    let page = app.read(move |tx, app| {
        let all = contracts_seen(tx, app)?;
        let contract = chosen(tx, app, &all, &query)?;
        let kept = match &contract {
            Some(contract) => find::with_versions(tx, contract.id)?,
            None => Vec::new(),
        };
        let catalogue = &app.site().library.catalogue;
        let may = |verb: &str| {
            let scope = app.asker().scope(verb);
            contract.as_ref().map_or(!scope.is_empty(), |contract| scope.whole(contract.station_id))
        };
        let line = contract.as_ref().map(|contract| contract_line(tx, contract)).transpose()?;
        let link = |one: &Contract| {
            let current = contract.as_ref().is_some_and(|contract| contract.id == one.id);
            (Link::new(address(one), one.code.clone()), current)
        };
        Ok(TargetsPage {
            frame: app.frame("indicators", "协议指标", None),
            contracts: all.iter().take(MOST_LISTED).map(link).collect(),
            contract: line,
            rows: kept.iter().map(|one| TargetRow::of(one, catalogue)).collect(),
            may_open: may("contracts.read"),
            documents: may("documents.read") && may("indicators.read"),
            may_record: may("indicators.record"),
            may_correct: may("indicators.correct"),
            may_withdraw: may("indicators.withdraw"),
        })
    });
    render(&page.await?)
}

/// How many contracts stand to choose from: those of a city are reached through their stations.
const MOST_LISTED: usize = 12;

fn contract_line(tx: &mut Tx<'_>, contract: &Contract) -> Result<ContractLine, Trouble> {
    let now = tx.at();
    let station = areas::station(tx, contract.station_id, now)?;
    let new = Target::new(&["indicators", "targets", "new"]).with("contract", contract.id);
    Ok(ContractLine {
        href: format!("/contracts/contracts/{}", contract.id),
        add: new.href(),
        board: Target::new(&["indicators"]).with("station", &station.code).href(),
        code: contract.code.clone(),
        period: format!("{}，{} 至 {}", station.name, contract.starts_on, contract.ends_on),
    })
}

async fn choose(app: App, query: Query) -> Page {
    render(&choose_page(&app, query, None).await?)
}

async fn choose_page(
    app: &App,
    query: Query,
    sent: Option<(Form, Vec<web::form::Wrong>)>,
) -> Result<ChoosePage, Fault> {
    app.read(move |tx, app| {
        let mut all = contracts_seen(tx, app)?;
        all.retain(|contract| app.scope().whole(contract.station_id));
        let Some(contract) = chosen(tx, app, &all, &query)? else {
            let fault = Fault::not_found("no_contract", "还没有服务协议", "先登记服务协议，再定它的指标");
            return Err(fault.near([Link::new("/contracts/contracts/new", "登记服务协议")]).into());
        };
        let (offers, agreed) = (offered(app), agreed(tx, contract.id)?);
        let frame = app.frame("indicators", "加指标", None);
        let sent = sent.as_ref().map(|(form, wrong)| (form, wrong.clone()));
        Ok(ChoosePage::of(frame, &contract, (&offers, &agreed), sent, form_key()?))
    })
    .await
}

fn offered(app: &App) -> Vec<Offer> {
    let library = &app.site().library;
    offers::offers(&library.rules, &library.rules_text)
}

/// What a contract has agreed on, by the code of the figure.
fn agreed(tx: &mut Tx<'_>, contract: Id) -> Result<BTreeMap<String, i32>, Trouble> {
    let kept = find::with_versions(tx, contract)?;
    Ok(kept.into_iter().map(|one| (one.now.code, one.now.target)).collect())
}

async fn add(app: App, form: Form) -> Page {
    let submitted = app
        .submit(&form, |tx, app, form| {
            let now = tx.at();
            let id: Id = form.text("contract").parse().map_err(|_| Trouble::from(unknown()))?;
            let contract = contracts::contract(tx, id, now)?;
            if !app.scope().whole(contract.station_id) {
                return Err(unknown().into());
            }
            let kept = find::with_versions(tx, contract.id)?;
            let mut offers = offered(app);
            offers.retain(|offer| kept.iter().all(|one| one.now.code != offer.code));
            let targets = offers::chosen(form, &offers)?;
            let last = kept.iter().map(|one| one.now.position).max().unwrap_or(0);
            offers.retain(|offer| targets.contains_key(&offer.code));
            let mut rows = Vec::with_capacity(offers.len());
            for (place, offer) in (last + 1..).zip(&offers) {
                let target = targets.get(&offer.code).copied().unwrap_or_default();
                rows.push(new_target(tx, &contract, offer, (target, place), &app.site().library)?);
            }
            permit::<Enter<Indicators>>(app.asker(), contract.station_id)?.append(tx, &rows)?;
            Ok(address(&contract))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            let query = format!("contract={}", form.text("contract"));
            let page = choose_page(&app, Query::parse(&query), Some((form, wrong))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)?).into_response())
        }
    }
}

/// An indicator of a contract with its rule as it now stands in the library: from here on it stays as it is.
fn new_target(
    tx: &Tx<'_>,
    contract: &Contract,
    offer: &Offer,
    (target, position): (i32, i32),
    library: &Library,
) -> Result<IndicatorTarget, Trouble> {
    let rule = table_in(&library.rules_text, &offer.code).ok_or_else(|| {
        let what = format!("计数规则里没有“{}”", offer.name);
        Fault::not_found("unknown_figure", what, "请刷新页面后重新选")
    })?;
    Ok(IndicatorTarget {
        id: new_id(tx.at())?,
        station_id: contract.station_id,
        area_id: None,
        community_id: None,
        worker_id: None,
        contract_id: contract.id,
        code: offer.code.clone(),
        name: offer.name.clone(),
        unit: offer.unit.clone(),
        target,
        heading: offer.heading.to_owned(),
        position,
        rule,
        amended_on: None,
    })
}
