//! A new round, and the days and the scheme of one that is being prepared.

use axum::extract::Path;
use chrono::NaiveDate;
use db::Tx;
use kernel::{Id, Problem};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::routes::{address, note, seen, title};
use super::{stages, store};
use crate::access::{Correct, Enter, Part as _, new_id, permit};
use crate::areas::{self, Station};
use crate::contracts::{self, Contract};
use crate::evaluation::{Evaluation, Round, RoundKind, Stage, find, schemes};
use crate::shell::{App, Field, FormPage, Group, Leads, Submitted, Trouble, form_key};

/// What a form asks for beside the contract.
struct Asked {
    kind: RoundKind,
    scheme: (Id, String),
    records_until: NaiveDate,
    evaluated_on: NaiveDate,
    evaluator: String,
    supervision_centre: String,
}

pub(super) async fn form(app: App, query: Query) -> Page {
    render(&page(&app, query.text("station").unwrap_or_default().to_owned()).await?)
}

async fn page(app: &App, code: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let stations = within(tx, app)?;
        let station = stations.iter().find(|station| station.code == code).or_else(|| stations.first());
        let ids: Vec<Id> = station.iter().map(|station| station.id).collect();
        let now = tx.at();
        let contracts = contracts::contracts_of(tx, Some(ids), now)?;
        let name = |one: &Contract| {
            (one.id.to_string(), format!("{}（{} 至 {}）", one.code, one.starts_on, one.ends_on))
        };
        let words: Vec<(String, String)> = contracts.iter().map(name).collect();
        let mut fields = vec![
            pick("contract", "服务协议", &words)
                .value(words.first().map(|(id, _)| id.clone()).unwrap_or_default()),
            Field::radio("kind", "种类", &RoundKind::list()).value(RoundKind::MidTerm.as_str()),
        ];
        fields.extend(common(tx, None)?);
        let frame = app.frame("evaluation", "开一轮评估", None);
        let intro = station.map(|station| station.name.clone()).unwrap_or_default();
        let page = FormPage::new(frame, "/evaluation/rounds/new", form_key()?, vec![Group::new("", fields)]);
        Ok(FormPage {
            intro, submit: "开始筹备", ..page.from([Link::new("/evaluation", "评估轮次")])
        })
    })
    .await
}

fn pick(name: &'static str, label: &str, words: &[(String, String)]) -> Field {
    let words: Vec<(&str, &str)> =
        words.iter().map(|(word, label)| (word.as_str(), label.as_str())).collect();
    Field::pick(name, label, &words)
}

/// The fields that a new round and one in preparation have in common.
fn common(tx: &mut Tx<'_>, round: Option<&Round>) -> Result<Vec<Field>, Trouble> {
    let adopted = schemes::adopted(tx)?;
    let words: Vec<(String, String)> = adopted
        .iter()
        .map(|one| (one.id.to_string(), format!("{}（{} 版）", one.name, one.version)))
        .collect();
    let pinned = match round {
        Some(round) => store::pinned(tx, &round.code)?.map(|id| id.to_string()),
        None => None,
    };
    let day = |of: fn(&Round) -> NaiveDate| round.map(|one| of(one).to_string()).unwrap_or_default();
    let text = |of: fn(&Round) -> &String| round.map(|one| of(one).clone()).unwrap_or_default();
    Ok(vec![
        pick("scheme", "评估指标体系", &words)
            .value(pinned.unwrap_or_default())
            .hint("只列两个人采用过的版本"),
        Field::date("records_until", "数据截止日").value(day(|one| one.records_until)),
        Field::date("evaluated_on", "实地评估日").value(day(|one| one.evaluated_on)),
        Field::text("evaluator", "评估机构").value(text(|one| &one.evaluator)),
        Field::text("supervision_centre", "督导中心").value(text(|one| &one.supervision_centre)),
    ])
}

fn read(tx: &mut Tx<'_>, form: &Form, kind: Option<RoundKind>) -> Result<Asked, Trouble> {
    let mut reading = Reading::of(form);
    let kind = kind.or_else(|| reading.word::<RoundKind>("kind", "种类"));
    let wanted = form.text("scheme").to_owned();
    let scheme = schemes::adopted(tx)?.into_iter().find(|one| one.id.as_str() == wanted);
    let scheme = scheme.map(|one| (one.id, one.code));
    if scheme.is_none() {
        reading.wrong("scheme", "选一版已采用的评估指标体系；还没有的，先请两个人采用");
    }
    let records_until = reading.date("records_until", "数据截止日");
    let evaluated_on = reading.date("evaluated_on", "实地评估日");
    if records_until.zip(evaluated_on).is_some_and(|(until, on)| on < until) {
        reading.wrong("evaluated_on", "实地评估日不能早于数据截止日");
    }
    let evaluator = reading.text("evaluator", "评估机构", 80);
    let supervision_centre = reading.text("supervision_centre", "督导中心", 80);
    let read = (|| {
        let (kind, scheme) = (kind?, scheme?);
        let (records_until, evaluated_on) = (records_until?, evaluated_on?);
        let (evaluator, supervision_centre) = (evaluator?, supervision_centre?);
        Some(Asked { kind, scheme, records_until, evaluated_on, evaluator, supervision_centre })
    })();
    Ok(reading.done(read)?)
}

pub(super) async fn add(app: App, form: Form) -> Page {
    let submitted = app
        .submit(&form, |tx, app, form| {
            let wanted = form.text("contract").to_owned();
            let stations = within(tx, app)?;
            let ids = stations.iter().map(|station| station.id).collect();
            let now = tx.at();
            let all = contracts::contracts_of(tx, Some(ids), now)?;
            let Some(contract) = all.into_iter().find(|one| one.id.as_str() == wanted) else {
                let what = "选一份服务协议".to_owned();
                return Err(vec![Wrong { field: "contract".into(), what }].into());
            };
            let asked = read(tx, form, None)?;
            let round = round(tx, &stations, &contract, &asked)?;
            let permit = permit::<Enter<Evaluation>>(app.asker(), round.station_id)?;
            permit.append(tx, std::slice::from_ref(&round))?;
            store::pin(tx, &round.code, asked.scheme.0)?;
            Ok(Leads::saying(address(&round.code), "已开始筹备"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, String::new()).await?.refused(&form, wrong),
    }
}

/// The round as it begins: its code is the contract's with its kind.
fn round(
    tx: &mut Tx<'_>,
    stations: &[Station],
    contract: &Contract,
    asked: &Asked,
) -> Result<Round, Trouble> {
    let station = stations.iter().find(|station| station.id == contract.station_id);
    let station = station.ok_or_else(|| Problem::new("unknown_station", "没有这个社工站", "请从列表里选"))?;
    let now = tx.at();
    let before = find::rounds_of(tx, station.id, now)?;
    let suffix = if asked.kind == RoundKind::MidTerm { "mid" } else { "final" };
    let base = format!("{}-{suffix}", contract.code);
    let taken = |code: &str| before.iter().any(|round| round.code == code);
    let code = (1..100)
        .map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") })
        .find(|code| !taken(code))
        .unwrap_or(base);
    Ok(Round {
        id: new_id(now)?,
        station_id: station.id,
        area_id: None,
        community_id: None,
        worker_id: None,
        code,
        contract_id: contract.id,
        kind: asked.kind,
        stage: Stage::Preparing,
        scheme: asked.scheme.1.clone(),
        previous: before.first().map(|round| round.code.clone()),
        records_until: asked.records_until,
        evaluated_on: asked.evaluated_on,
        known_at: now.micros(),
        evaluator: asked.evaluator.clone(),
        supervision_centre: asked.supervision_centre.clone(),
    })
}

/// The stations at which whoever asks may open rounds.
fn within(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Station>, Trouble> {
    let (scope, now) = (app.asker().scope(Evaluation::RECORD), tx.at());
    let mut all = areas::all_stations(tx, now)?;
    all.retain(|station| scope.whole(station.id));
    Ok(all)
}

pub(super) async fn edit(app: App, Path(code): Path<String>) -> Page {
    render(&edit_page(&app, code).await?)
}

async fn edit_page(app: &App, code: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let fields = common(tx, Some(&round))?;
        let frame = super::frame(tx, app, &round, "日程与指标体系")?;
        let page = FormPage::new(
            frame,
            format!("{}/edit", address(&code)),
            form_key()?,
            vec![Group::new("", fields)],
        );
        Ok(page.from([Link::new(address(&code), title(&round))]))
    })
    .await
}

pub(super) async fn change(app: App, Path(code): Path<String>, form: Form) -> Page {
    let own = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let round = seen(tx, app, &own)?;
            let permit = permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            let wrong = |field: &str, what: String| Trouble::from(vec![Wrong { field: field.into(), what }]);
            if round.is_over() {
                return Err(wrong("evaluated_on", "报告已经出具，日程和指标体系不能再改".to_owned()));
            }
            let asked = read(tx, form, Some(round.kind))?;
            if store::pinned(tx, &own)? != Some(asked.scheme.0) {
                stages::may_change_scheme(&round)
                    .map_err(|problem| wrong("scheme", format!("{}：{}", problem.what, problem.remedy)))?;
                store::pin(tx, &own, asked.scheme.0)?;
            }
            if round.stage >= Stage::OnSite && asked.records_until != round.records_until {
                return Err(wrong("records_until", "数据已经冻结，截止日不能再改".to_owned()));
            }
            let changed = Round {
                scheme: asked.scheme.1,
                records_until: asked.records_until,
                evaluated_on: asked.evaluated_on,
                evaluator: asked.evaluator,
                supervision_centre: asked.supervision_centre,
                ..round
            };
            permit.correct(tx, &changed)?;
            note(tx, &changed, "evaluation.planned", None)?;
            Ok(address(&own))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => edit_page(&app, code).await?.refused(&form, wrong),
    }
}
