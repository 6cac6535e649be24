//! Contacts due and overdue by worker, area and level, with the month's work ahead; made to be printed.

use std::collections::BTreeMap;

use askama::Template;
use axum::routing::get;
use chrono::{Days, NaiveDate};
use db::{DbResult, Tx};
use kernel::Id;
use rules::contacts::By;
use web::{Page, render, unkept};

use super::today::{Item, for_worker};
use crate::clients::Whose;
use crate::shell::{App, Frame, Heading, Needs, Part, Route};
use crate::{areas, staff};

/// The page; it is reached from today's list.
pub const PART: Part = Part {
    name: "visits",
    group: Heading::Services,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::Verb("visits.read"),
    routes: || vec![Route::get("/visits/due", Needs::Verb("visits.read"), get(show))],
};

/// How many days ahead the work is counted.
const AHEAD: u64 = 30;

/// `/visits/due`.
#[derive(Template)]
#[template(path = "visits/templates/due.html")]
struct DuePage {
    frame: Frame,
    day: NaiveDate,
    until: NaiveDate,
    provisional: bool,
    tables: Vec<Table>,
}

/// Rows under a heading.
struct Table {
    heading: &'static str,
    rows: Vec<Row>,
}

/// How much is due of something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) households: u64,
    /// Households with something overdue.
    pub(super) late: u64,
    /// The most days late.
    pub(super) worst: i64,
    /// Due today or in the seven days after.
    pub(super) soon: u64,
    /// Home visits and calls up to the end of the month ahead.
    pub(super) homes: u64,
    pub(super) calls: u64,
}

async fn show(app: App) -> Page {
    let page = app.read(|tx, app| {
        let (scope, day) = (app.scope(), app.site().today);
        let until = day.checked_add_days(Days::new(AHEAD)).unwrap_or(day);
        let library = &app.site().library;
        let items = for_worker(tx, library, &scope, Whose::All, day)?;
        let names = names(tx, &items)?;
        let name = |id: Option<Id>| id.and_then(|id| names.get(&id).cloned());
        let named = |heading, none: &str, of: fn(&Item) -> Option<Id>, link: bool| {
            let row = |item: &Item| name(of(item)).unwrap_or_else(|| none.to_owned());
            let href = |item: &Item| of(item).filter(|_| link).map(|id| format!("/today?worker={id}"));
            Table { heading, rows: table(&items, until, row, href) }
        };
        let level = |item: &Item| item.level.map_or("未评定", |level| level.label()).to_owned();
        let tables = vec![
            named("按社工", "没有责任社工", |item| item.file.household.worker_id, true),
            named("按片区", "未分片区", |item| item.file.household.area_id, false),
            Table { heading: "按服务等级", rows: table(&items, until, level, |_| None) },
        ];
        let provisional = library.calendar.is_provisional(until);
        Ok(DuePage { frame: app.frame("visits", "联系到期", None), day, until, provisional, tables })
    });
    unkept(render(&page.await?))
}

/// The names of workers and areas.
fn names(tx: &mut Tx<'_>, items: &[Item]) -> DbResult<BTreeMap<Id, String>> {
    let mut stations: Vec<Id> = items.iter().map(|item| item.file.household.station_id).collect();
    stations.sort_unstable();
    stations.dedup();
    let at = tx.at();
    let mut names = BTreeMap::new();
    for station in stations {
        names.extend(staff::workers_of(tx, station, at)?.into_iter().map(|one| (one.id, one.name)));
        names.extend(areas::areas(tx, station, at)?.into_iter().map(|one| (one.id, one.name)));
    }
    Ok(names)
}

/// What is due, by whatever `of` says of a household; the last row is the sum.
pub(super) fn table(
    items: &[Item],
    until: NaiveDate,
    of: impl Fn(&Item) -> String,
    href: impl Fn(&Item) -> Option<String>,
) -> Vec<Row> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut sum = Row { name: "合计".to_owned(), ..Row::default() };
    for item in items {
        let name = of(item);
        let row =
            rows.entry(name.clone()).or_insert_with(|| Row { name, href: href(item), ..Row::default() });
        for row in [row, &mut sum] {
            row.add(item, until);
        }
    }
    rows.into_values().chain([sum]).collect()
}

impl Row {
    fn add(&mut self, item: &Item, until: NaiveDate) {
        self.households += 1;
        let worst = item.outlook.owed.iter().map(|due| due.overdue).max();
        match worst {
            Some(days) if days > 0 => self.late += 1,
            Some(-7..=0) => self.soon += 1,
            _ => {}
        }
        self.worst = self.worst.max(worst.unwrap_or(0));
        for due in &item.outlook.owed {
            // What is late is made up for today; then it goes on by its interval.
            let today = due.on + chrono::TimeDelta::days(due.overdue);
            let left = (until - due.on.max(today)).num_days();
            let times = if left < 0 { 0 } else { 1 + left / i64::from(due.every) };
            let times = u64::try_from(times).unwrap_or(0);
            match due.by {
                By::Home => self.homes += times,
                By::Phone => self.calls += times,
            }
        }
    }
}
