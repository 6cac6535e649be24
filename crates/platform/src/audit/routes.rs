//! The pages of the audit log: looking for lines, and verifying the chains. Reads; writes nothing.

use std::collections::BTreeMap;

use axum::routing::{get, post};
use db::{AuditQuery, Tx, WHOLE};
use kernel::{Id, Moment};
use web::{Fault, Form, Page, Paging, Query, Target, render};

use super::pages::{Asked, Line, ListPage, VerifiedPage};
use crate::access::{self, Scope, StationPlace};
use crate::shell::{App, Heading, Needs, Part, Route, Trouble};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "audit",
    group: Heading::System,
    label: "审计记录",
    tab: "审计",
    icon: "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("audit.read");

/// How many lines stand on one page.
const PAGE: usize = 50;

fn routes() -> Vec<Route> {
    vec![Route::get("/audit", READ, get(list)), Route::ask("/audit/verify", READ, post(verify))]
}

async fn list(app: App, query: Query) -> Page {
    let asked = Asked::parse(&query)?;
    let number = query.page()?;
    let page = app.read(move |tx, app| {
        let stations = visible(tx, app)?;
        let wanted = wanted(tx, &app.scope(), &stations, &asked)?;
        let (lines, total) = match wanted {
            Some(mut wanted) => {
                wanted.limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
                wanted.offset = i64::try_from((number - 1) * PAGE).unwrap_or(i64::MAX);
                tx.audit_search(&wanted)?
            }
            None => (Vec::new(), 0),
        };
        let paging = Paging::new(number, PAGE, usize::try_from(total).unwrap_or(0))?;
        let actors: Vec<Id> = lines.iter().filter_map(|entry| entry.line.actor.parse().ok()).collect();
        let names = access::display_names(tx, actors)?;
        let stations_by_id = names_of(&stations);
        let lines = lines.into_iter().map(|entry| Line::of(entry, &names, &stations_by_id)).collect();
        let frame = app.frame("audit", "审计记录", None);
        Ok(ListPage::of(frame, asked, &stations, lines, paging))
    });
    render(&page.await?)
}

/// Walks along every chain that whoever asks may see, and says what is wrong with it.
async fn verify(app: App, _: Form) -> Page {
    let page = app.read(move |tx, app| {
        let stations = visible(tx, app)?;
        let names = names_of(&stations);
        let everything = app.scope().is_everything();
        let seen = |chain: Id| everything || names.contains_key(&chain);
        let chains = tx.audit_heads()?.into_iter().filter(|head| seen(head.chain)).collect::<Vec<_>>();
        let mut faults = tx.verify_audit()?;
        faults.retain(|fault| seen(fault.chain));
        let frame = app.frame("audit", "核对审计链", None);
        Ok(VerifiedPage::of(frame, &chains, &faults, &names))
    });
    render(&page.await?)
}

/// The stations whose whole chain whoever asks may see.
fn visible(tx: &mut Tx<'_>, app: &App) -> Result<Vec<StationPlace>, Trouble> {
    let scope = app.scope();
    let mut stations = (app.ground().stations)(tx)?;
    stations.retain(|station| scope.whole(station.id));
    Ok(stations)
}

fn names_of(stations: &[StationPlace]) -> BTreeMap<Id, String> {
    stations.iter().map(|station| (station.id, station.name.clone())).collect()
}

/// The query of what was asked for, within the scope; `None` when nobody of that name has an account.
fn wanted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    stations: &[StationPlace],
    asked: &Asked,
) -> Result<Option<AuditQuery>, Trouble> {
    let all = (!scope.is_everything()).then(|| stations.iter().map(|station| station.id).collect());
    let chains = match asked.chain.as_deref() {
        None => all,
        Some("all") if scope.is_everything() => Some(vec![WHOLE]),
        Some(code) => {
            let found = stations.iter().find(|station| station.code == code);
            let found = found.ok_or_else(|| {
                let what = format!("没有代码为“{}”的社工站", code.chars().take(40).collect::<String>());
                Fault::not_found("unknown_station", what, "请从页面上的列表里选")
            })?;
            Some(vec![found.id])
        }
    };
    let actor = match asked.who.as_deref() {
        None => None,
        Some(plain @ ("console" | "visitor")) => Some(plain.to_owned()),
        Some(name) => match access::user_by_name(tx, &name.to_lowercase())? {
            Some(user) => Some(user.id.to_string()),
            None => return Ok(None),
        },
    };
    Ok(Some(AuditQuery {
        chains,
        actor,
        verb: asked.verb.clone(),
        record_id: asked.record,
        from: asked.from.map(|day| Moment::at(day, chrono::NaiveTime::MIN)),
        to: asked.to.map(Moment::end_of),
        offset: 0,
        limit: 0,
    }))
}

/// The address of the same question on another page.
pub(super) fn address(asked: &Asked, page: usize) -> String {
    let target = Target::new(&["audit"])
        .with_some("who", asked.who.as_ref())
        .with_some("verb", asked.verb.as_ref())
        .with_some("record", asked.record)
        .with_some("station", asked.chain.as_ref())
        .with_some("from", asked.from)
        .with_some("to", asked.to);
    target.with("page", page).href()
}
