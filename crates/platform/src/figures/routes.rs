//! The pages of figures: all of them, and one with its records. Parses, counts, renders; nothing else.

mod asked;

use axum::Extension;
use axum::extract::Path;
use axum::routing::get;
use db::Tx;
use rules::counting::{By, RuleSet};
use web::{Fault, Link, Page, Paging, Query, render};

use super::pages::{FigurePage, IndexPage, Seen, Shown, of_target};
use super::{Detail, Names, Scope, values};
use crate::shell::{App, Heading, Needs, Part, Route, Trouble};
use crate::{areas, staff};

pub(crate) use asked::{Asked, Later, RoundLink, Stand};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "figures",
    group: Heading::Agreement,
    label: "数字与记录",
    tab: "数字",
    icon: "M4 4h12v12H4zM4 8h12M4 12h12M9 8v8",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("figures.read");

/// How many records stand on one page.
const PAGE: usize = 50;

/// What a figure can be broken down by, as it stands in addresses.
pub(super) const BY: [(&str, By); 4] =
    [("area", By::Area), ("community", By::Community), ("worker", By::Worker), ("month", By::Month)];

fn routes() -> Vec<Route> {
    vec![Route::get("/figures", READ, get(index)), Route::get("/figures/{code}", READ, get(figure))]
}

async fn index(app: App, Extension(later): Extension<Later>, query: Query) -> Page {
    let asked = Asked::parse(&query, app.site().today)?;
    let page = app.read(move |tx, app| {
        let stand = asked.stand(tx, app, later)?;
        let values = values::all(tx, &stand.rules, &stand.at)?;
        let frame = app.frame("figures", "数字与记录", Some(stand.standing()));
        Ok(IndexPage::of(frame, &stand, &values, &app.site().library.rules_text))
    });
    render(&page.await?)
}

async fn figure(
    app: App,
    Extension(later): Extension<Later>,
    Path(code): Path<String>,
    query: Query,
) -> Page {
    let asked = Asked::parse(&query, app.site().today)?;
    let (by, page) = (query.word("by", &BY)?, query.page()?);
    let scope = query.text("scope").map(str::to_owned);
    let page = app.read(move |tx, app| {
        let stand = asked.stand(tx, app, later)?;
        known(&stand, &code)?;
        let (scope, place) = scoped(tx, &stand, scope.as_deref())?;
        let at = stand.at.within(scope);
        let names = Names::load(tx, at.station, at.known_at)?;
        let detail = Detail::load(tx, &stand.rules, &code, &at, &names)?;
        let seen = Seen::of(&app.scope(), at.station, &names);
        let shown = Shown {
            by: by.unwrap_or(if place.is_some() { By::Community } else { By::Area }),
            paging: Paging::new(page, PAGE, records(&detail, &stand.rules, &seen))?,
            place,
            areas: areas::areas(tx, at.station, at.known_at)?,
            communities: areas::communities(tx, at.station, at.known_at)?,
            workers: staff::workers_of(tx, at.station, at.known_at)?,
            operands: operands(tx, &stand, &code, &at)?,
            seen,
        };
        let frame = app.frame("figures", &detail.name, Some(stand.standing()));
        Ok(FigurePage::of(frame, &stand, &at, &detail, &names, &shown))
    });
    render(&page.await?)
}

/// Only a counted figure lists its records; a derived one names the figures it comes from.
fn records(detail: &Detail, rules: &RuleSet, seen: &Seen) -> usize {
    match rules.get(&detail.code) {
        Some(rules::counting::Figure::Counted(_)) => {
            detail.records.iter().flat_map(|(_, all)| all).filter(|one| seen.has(one)).count()
        }
        _ => 0,
    }
}

fn known(stand: &Stand, code: &str) -> Result<(), Trouble> {
    if stand.rules.get(code).is_some() {
        return Ok(());
    }
    let similar =
        stand.rules.similar(code).into_iter().filter(|similar| !of_target(similar) || of_target(code));
    let near = similar.map(|similar| {
        let name = stand.rules.get(similar).map_or(similar, |figure| figure.name());
        Link::new(stand.figure(similar).href(), format!("{name}（{similar}）"))
    });
    let what = format!("没有代码为“{code}”的数字");
    Err(Fault::not_found("unknown_figure", what, "请核对代码，或从“数字与记录”里找").near(near).into())
}

/// `area:xiaogang` or `community:xiaogangdong`, and the name of that place.
fn scoped(
    tx: &mut Tx<'_>,
    stand: &Stand,
    text: Option<&str>,
) -> Result<(Scope, Option<(String, String)>), Trouble> {
    let Some(text) = text else { return Ok((Scope::Station, None)) };
    let (station, known_at) = (stand.at.station, stand.at.known_at);
    let mut known = Vec::new();
    for area in areas::areas(tx, station, known_at)? {
        known.push((format!("area:{}", area.code), area.name, Scope::Area(area.id)));
    }
    for community in areas::communities(tx, station, known_at)? {
        let name = format!("{}社区", community.name);
        known.push((format!("community:{}", community.code), name, Scope::Community(community.id)));
    }
    if let Some((code, name, scope)) = known.iter().find(|(code, ..)| code == text) {
        return Ok((*scope, Some((code.clone(), name.clone()))));
    }
    let what = format!("没有“{}”这个片区或社区", text.chars().take(40).collect::<String>());
    let codes: Vec<&str> = known.iter().map(|(code, ..)| code.as_str()).collect();
    let remedy = format!("参数 scope 可以填：{}", codes.join("、"));
    Err(Fault::bad_request("unknown_place", what, remedy).into())
}

/// The figures that a derived one comes from, with their values.
fn operands(
    tx: &mut Tx<'_>,
    stand: &Stand,
    code: &str,
    at: &super::At,
) -> Result<Vec<(String, Option<rust_decimal::Decimal>)>, Trouble> {
    let Some(rules::counting::Figure::Derived { derivation, .. }) = stand.rules.get(code) else {
        return Ok(vec![]);
    };
    let mut operands = Vec::new();
    for need in derivation.needs() {
        operands.push((need.to_owned(), values::value(tx, &stand.rules, need, at)?));
    }
    Ok(operands)
}
