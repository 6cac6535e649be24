//! Applying differences and undoing an import, each in one transaction.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use db::{Event, Tx};
use rules::roster::Difference;
use web::form::Wrong;
use web::{Form, Page, render};

use super::super::super::file::Later;
use super::super::super::policy::Reconcile;
use super::super::super::routes::{hold, unkept};
use super::super::store::{self, Import, State};
use super::super::{apply as applying, undo as undoing, write};
use super::import::page;
use super::seen::{Narrowed, Seen, fingerprint, rows};
use crate::access::permit;
use crate::shell::{App, Leads, Submitted, Trouble};

/// That the files are no longer what the page showed.
const CHANGED: &str = "changed";
/// How many reasons are said at once.
const SAID: usize = 20;

pub(super) async fn apply(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app.submit(&form, move |tx, app, form| apply_now(tx, app, &to, form)).await?;
    after(&app, id, &form, submitted).await
}

fn apply_now(tx: &mut Tx<'_>, app: &App, id: &str, form: &Form) -> Result<Leads, Trouble> {
    let import = held(tx, app, id)?;
    permit::<Reconcile>(app.asker(), import.station_id)?;
    if import.state == State::Undone {
        return Err(closed().into());
    }
    let mut seen = Seen::load(tx, app, &import)?;
    let chosen: BTreeSet<String> = chosen(&seen, form)?.into_iter().map(|one| one.key.clone()).collect();
    let rows = rows(&seen.roster);
    let found: Vec<&Difference> = seen.found.iter().filter(|one| chosen.contains(&one.key)).collect();
    applying::apply(tx, &mut seen.book, &app.site().library.codes, &found, &rows)?;
    write::write(tx, app.asker(), &seen.book, &import, &found)?;
    settle(tx, &import, State::Applied, format!("应用 {} 处不同", found.len()))?;
    Ok(Leads::saying(narrowed_address(id, &narrowed(form)), "已应用"))
}

/// An import, while nobody else writes files of its station.
fn held(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<Import, Trouble> {
    let import = store::import(tx, &app.scope(), id)?;
    let station = import.station_id;
    if hold(tx, station)? { Ok(store::import(tx, &app.scope(), id)?) } else { Ok(import) }
}

/// What a form chooses; refused where the files are no longer what the page showed.
fn chosen<'s>(seen: &'s Seen, form: &Form) -> Result<Vec<&'s Difference>, Vec<Wrong>> {
    if form.text("all") == "1" {
        let free: Vec<&Difference> =
            seen.narrowed(&narrowed(form)).into_iter().filter(|one| seen.free(one)).collect();
        if fingerprint(free.iter().copied()) != form.text("seen") {
            let what = format!("这一类在您看过之后变了，现在有 {} 条：看过下面的再应用", free.len());
            return Err(wrong(CHANGED, [what]));
        }
        return if free.is_empty() { Err(nothing()) } else { Ok(free) };
    }
    let keys: BTreeSet<&str> = form.all("d").into_iter().collect();
    if keys.is_empty() {
        return Err(nothing());
    }
    let chosen: Vec<&Difference> = seen.found.iter().filter(|one| keys.contains(one.key.as_str())).collect();
    let known: BTreeSet<&str> = chosen.iter().map(|one| one.key.as_str()).collect();
    let gone: Vec<&str> = keys.difference(&known).copied().collect();
    if !gone.is_empty() {
        return Err(wrong(CHANGED, gone.into_iter().map(|key| changed(seen, key))));
    }
    let refused = chosen.iter().filter_map(|one| {
        seen.obstacles.get(&one.key).map(|why| format!("{}（{}）：{why}", one.name, one.kind.label()))
    });
    let refused: Vec<String> = refused.collect();
    if !refused.is_empty() {
        return Err(wrong("d", refused));
    }
    both(seen, &chosen)?;
    Ok(chosen)
}

/// Refuses two values for one field of one household.
fn both(seen: &Seen, chosen: &[&Difference]) -> Result<(), Vec<Wrong>> {
    let rivals: Vec<&&Difference> = chosen.iter().filter(|one| seen.rivals.contains(&one.key)).collect();
    let mut households = BTreeSet::new();
    let twice: Vec<String> = rivals
        .iter()
        .filter(|one| !households.insert((one.household.clone(), one.kind.code())))
        .map(|one| format!("{}：同一户名册上有不同的值，只能选一个", one.sentence))
        .collect();
    if twice.is_empty() { Ok(()) } else { Err(wrong("d", twice)) }
}

/// A difference that is no longer there: as it was told, and what is told of the same person now.
fn changed(seen: &Seen, key: &str) -> String {
    let Some(told) = seen.content.told.get(key) else {
        return "有一处不同在您看过之后变了：看过下面的再应用".to_owned();
    };
    let name = told.split('（').next().unwrap_or_default();
    let now: Vec<&str> = seen
        .found
        .iter()
        .filter(|one| !name.is_empty() && one.name == name)
        .map(|one| one.sentence.as_str())
        .collect();
    if now.is_empty() {
        format!("看过之后变了。原来：{told}；现在：档案和名册已经一致")
    } else {
        format!("看过之后变了。原来：{told}；现在：{}", now.join("；"))
    }
}

pub(super) async fn undo(
    app: App,
    Path(id): Path<String>,
    Extension(later): Extension<Later>,
    form: Form,
) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let import = held(tx, app, &to)?;
            permit::<Reconcile>(app.asker(), import.station_id)?;
            if import.state != State::Applied {
                return Err(closed().into());
            }
            let (back, left) = undoing::undo(tx, app.asker(), later, &import, app.site().today)?;
            settle(tx, &import, State::Undone, format!("撤销名册对账：恢复 {back} 条记录，保留 {left} 条"))?;
            Ok(Leads::silently(format!("/clients/roster/{to}")))
        })
        .await?;
    after(&app, id, &form, submitted).await
}

/// Notes what has become of an import, with an audit line.
fn settle(tx: &mut Tx<'_>, import: &Import, state: State, reason: String) -> Result<(), Trouble> {
    if !store::set_state(tx, import, state)? {
        return Err(closed().into());
    }
    let event =
        Event { verb: "clients.roster", kind: "roster_import", reason: Some(reason), ..Event::default() };
    Ok(tx.event(import.station_id, event)?)
}

/// Where a form leads: on, or to the page with why not.
async fn after(app: &App, id: String, form: &Form, submitted: Submitted) -> Page {
    let wrong = match submitted {
        Submitted::Done(answer) => return Ok(answer),
        Submitted::Wrong(wrong) => wrong,
    };
    let stale = wrong.iter().any(|one| one.field == CHANGED);
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (narrowed, all) = (narrowed(form), wrong.len());
    let mut said: Vec<String> = wrong.into_iter().take(SAID).map(|one| one.what).collect();
    if all > SAID {
        said.push(format!("还有 {} 处", all - SAID));
    }
    let page = app.read(move |tx, app| page(tx, app, &id, &narrowed, 1, said)).await?;
    Ok((status, unkept(render(&page))?).into_response())
}

fn narrowed(form: &Form) -> Narrowed {
    let kind = Some(form.text("kind")).filter(|kind| !kind.is_empty()).map(str::to_owned);
    Narrowed { kind, community: form.text("community").parse().ok() }
}

fn narrowed_address(id: &str, narrowed: &Narrowed) -> String {
    web::Target::new(&["clients", "roster", id]).with_some("community", narrowed.community).href()
}

fn wrong(field: &str, what: impl IntoIterator<Item = String>) -> Vec<Wrong> {
    what.into_iter().map(|what| Wrong { field: field.to_owned(), what }).collect()
}

fn nothing() -> Vec<Wrong> {
    wrong("d", ["没有选：先勾选要应用的行，再点“应用勾选的”".to_owned()])
}

fn closed() -> Vec<Wrong> {
    let what = "这次名册导入没有可以这样办的内容：还没有应用，或已经撤销。要再对账，请重新导入名册";
    wrong("state", [what.to_owned()])
}
