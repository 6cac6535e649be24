//! The list of a sheet: narrowed by what stands in the address, counted, page by page.

use db::list::{Condition, Sought};
use db::{DbResult, Tx};
use kernel::Id;
use web::{Fault, Link, Page, Paging, Query, Target, render, unkept};

use super::super::column::{Column, Holds};
use super::super::entry::{COMMUNITY, WORKER};
use super::super::names::{Names, offered};
use super::super::ops::Ops;
use super::super::pages::{Cell, Filter, ListPage, ListRow};
use super::super::sheet::{Row, Sheet, Sheets, Whose};
use super::super::values::shown;
use crate::access::Scope;
use crate::shell::{App, Trouble};

/// How many records stand on one page.
const PAGE: usize = 50;
/// The longest text that is looked for, in characters.
const LONGEST: usize = 60;

/// What a list is narrowed to.
pub(in super::super) struct Narrowed {
    /// What each record has to meet.
    pub(in super::super) conditions: Vec<Condition>,
    /// The same as parameters of the address.
    pub(in super::super) target: Target,
}

pub(super) async fn show(app: App, sheets: Sheets, sheet: &'static Sheet, query: Query) -> Page {
    let page = app.read(move |tx, app| {
        let scope = app.scope();
        let narrowed = narrowed(sheet, &query)?;
        let sought = sought(tx, sheet, &scope, narrowed.conditions);
        let paging = Paging::new(query.page()?, PAGE, sought.count(tx)?)?;
        let rows = load(tx, sheet, &sought, paging.range().start, PAGE)?;
        let all: Vec<(&Sheet, &Row)> = rows.iter().map(|row| (sheet, row)).collect();
        let at = tx.at();
        let names = Names::in_rows(tx, sheets, at, &all)?;
        let columns: Vec<&Column> = sheet.columns.iter().filter(|column| column.listed).collect();
        let mut heads: Vec<(String, bool)> = columns
            .iter()
            .map(|column| (sheet.label_of(column).to_owned(), is_number(sheet, column)))
            .collect();
        if matches!(sheet.whose, Whose::DoneBy | Whose::About) {
            heads.push(("社工".to_owned(), false));
        }
        if sheet.kind() != "worker" {
            heads.push(("社区".to_owned(), false));
        }
        let rows = rows.iter().map(|row| list_row(sheet, &columns, row, &names)).collect();
        Ok(ListPage {
            frame: app.frame(sheet.slice(), sheet.label, None),
            tabs: tabs(sheets, sheet),
            note: sheet.note,
            filters: filters(tx, sheets, sheet, &scope, &query)?,
            dated: sheet.dated.and_then(|name| sheet.column(name)).map(|column| {
                let (from, until) =
                    (query.text("from").unwrap_or_default(), query.text("until").unwrap_or_default());
                (sheet.label_of(column), from.to_owned(), until.to_owned())
            }),
            asked: query.text("q").unwrap_or_default().to_owned(),
            label: sheet.label,
            href: sheet.href(),
            heads,
            rows,
            paging,
            may_add: app.asker().may(sheet.ops.record),
            may_export: app.asker().may("transfer.read"),
            kind: sheet.kind(),
            narrowed: narrowed.target.href().contains('?'),
            target: narrowed.target,
        })
    });
    unkept(render(&page.await?))
}

/// The sheets of the slice, as tabs above the list; none where there is one only.
pub(super) fn tabs(sheets: Sheets, sheet: &'static Sheet) -> Vec<(Link, bool)> {
    let all: Vec<&Sheet> = sheets.of_slice(sheet.slice()).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter().map(|one| (Link::new(one.href(), one.label), one.kind() == sheet.kind())).collect()
}

/// The records of a sheet that meet conditions, within what may be seen.
pub(in super::super) fn sought(
    tx: &Tx<'_>,
    sheet: &Sheet,
    scope: &Scope,
    conditions: Vec<Condition>,
) -> Sought {
    Sought { table: sheet.ops.table, at: tx.at(), within: scope.within(), conditions, latest_by: sheet.dated }
}

/// Some of them, in their order.
pub(in super::super) fn load(
    tx: &mut Tx<'_>,
    sheet: &Sheet,
    sought: &Sought,
    offset: usize,
    limit: usize,
) -> DbResult<Vec<Row>> {
    let ids = sought.ids(tx, offset, limit)?;
    let mut rows: std::collections::BTreeMap<Id, Row> =
        (sheet.ops.among)(tx, sought.at, &ids)?.into_iter().map(|row| (row.base.id, row)).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// Reads the address: a day from and until, a community, a worker, words of closed lists, records referred to, a text.
pub(in super::super) fn narrowed(sheet: &'static Sheet, query: &Query) -> Result<Narrowed, Trouble> {
    let mut conditions = Vec::new();
    let mut target = Target::new(&[sheet.slice(), sheet.path]);
    if let Some(dated) = sheet.dated {
        let (from, until) = (query.date("from")?, query.date("until")?);
        conditions.extend(from.map(|day| Condition::From(dated, day)));
        conditions.extend(until.map(|day| Condition::Until(dated, day)));
        target = target.with_some("from", from).with_some("until", until);
    }
    for place in [COMMUNITY, WORKER] {
        let Some(id) = query.text(place).and_then(|id| id.parse::<Id>().ok()) else { continue };
        conditions.push(Condition::Is(place, id.to_string()));
        target = target.with(place, id);
    }
    for column in sheet.columns {
        let Some(text) = query.text(column.name) else { continue };
        let condition = match sheet.holds(column) {
            Holds::Word(words) if words().iter().any(|(word, _)| *word == text) => {
                Condition::Is(column.name, text.to_owned())
            }
            Holds::Refers(_) if text.parse::<Id>().is_ok() => Condition::Is(column.name, text.to_owned()),
            Holds::Flag => Condition::Flag(column.name, text == "yes"),
            Holds::Date if text == "none" => Condition::Lacks(column.name),
            _ => continue,
        };
        conditions.push(condition);
        target = target.with(column.name, text);
    }
    if let Some(text) = query.text("q").map(str::trim).filter(|text| !text.is_empty()) {
        let text: String = text.chars().take(LONGEST).collect();
        conditions.push(Condition::Contains(lines(sheet), text.clone()));
        target = target.with("q", text);
    }
    Ok(Narrowed { conditions, target })
}

/// The columns that hold text.
fn lines(sheet: &Sheet) -> Vec<&'static str> {
    let line = |column: &&Column| matches!(sheet.holds(column), Holds::Text(_) | Holds::Long);
    sheet.columns.iter().filter(line).map(|column| column.name).collect()
}

fn filters(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    sheet: &'static Sheet,
    scope: &Scope,
    query: &Query,
) -> DbResult<Vec<Filter>> {
    let mut filters = Vec::new();
    let chosen = |name: &str| query.text(name).unwrap_or_default().to_owned();
    for column in sheet.columns.iter().filter(|column| column.listed) {
        if let Holds::Word(words) = sheet.holds(column) {
            let words =
                words().into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect();
            filters.push(Filter {
                name: column.name,
                label: sheet.label_of(column),
                chosen: chosen(column.name),
                words,
            });
        }
    }
    let places = [("community", COMMUNITY, "社区", sheet.kind() != "worker")];
    let workers = [("worker", WORKER, "社工", matches!(sheet.whose, Whose::DoneBy | Whose::About))];
    for (kind, name, label, wanted) in places.into_iter().chain(workers) {
        let Some(of) = sheets.of_kind(kind).filter(|_| wanted) else { continue };
        let words = offered(tx, sheets, of, scope)?;
        if words.len() > 1 {
            filters.push(Filter { name, label, chosen: chosen(name), words });
        }
    }
    Ok(filters)
}

/// Whether a column stands to the right.
pub(super) fn is_number(sheet: &Sheet, column: &Column) -> bool {
    matches!(sheet.holds(column), Holds::Whole(_) | Holds::Money | Holds::Date)
}

fn list_row(sheet: &'static Sheet, columns: &[&Column], row: &Row, names: &Names) -> ListRow {
    let mut cells: Vec<Cell> = columns
        .iter()
        .map(|column| Cell {
            label: sheet.label_of(column).to_owned(),
            text: text_of(sheet, column, row, names),
            number: is_number(sheet, column),
        })
        .collect();
    let of = |id: Option<Id>| id.map(|id| names.of(id.as_str()).to_owned()).unwrap_or_default();
    if matches!(sheet.whose, Whose::DoneBy | Whose::About) {
        cells.push(Cell { label: "社工".to_owned(), text: of(row.base.worker_id), number: false });
    }
    if sheet.kind() != "worker" {
        let place = of(row.base.community_id.or(row.base.area_id));
        cells.push(Cell { label: "社区".to_owned(), text: place, number: false });
    }
    ListRow { href: sheet.href_of(row), cells }
}

/// The most records that are taken out at once.
const MOST: usize = 200_000;

/// Every record that a list shows under an address: all of them, or a fault; never a part without saying so.
///
/// # Errors
/// There are too many, the address cannot be read, or what the database says.
pub fn rows(
    tx: &mut Tx<'_>,
    sheet: &'static Sheet,
    scope: &Scope,
    query: &Query,
) -> Result<Vec<Row>, Trouble> {
    let sought = sought(tx, sheet, scope, narrowed(sheet, query)?.conditions);
    let total = sought.count(tx)?;
    if total > MOST {
        let what = format!("一共 {total} 条，一次最多导出 {MOST} 条");
        return Err(Fault::bad_request("too_many", what, "请先按日期筛选，再分几次导出").into());
    }
    Ok(load(tx, sheet, &sought, 0, MOST)?)
}

/// Every record of a sheet within what may be seen, the latest first.
///
/// # Errors
/// What the database says.
pub fn all_rows(tx: &mut Tx<'_>, sheet: &'static Sheet, scope: &Scope) -> DbResult<Vec<Row>> {
    all_of(tx, &sheet.ops, scope)
}

/// Every record of a kind within what may be seen, the latest first.
///
/// # Errors
/// What the database says.
pub fn all_of(tx: &mut Tx<'_>, ops: &Ops, scope: &Scope) -> DbResult<Vec<Row>> {
    let within = scope.within();
    let sought = Sought { table: ops.table, at: tx.at(), within, conditions: Vec::new(), latest_by: None };
    let ids = sought.ids(tx, 0, usize::MAX >> 1)?;
    (ops.among)(tx, sought.at, &ids)
}

/// What stands in a column of a row, as people read it.
#[must_use]
pub fn text_of(sheet: &Sheet, column: &Column, row: &Row, names: &Names) -> String {
    let value = row.text(column.name);
    match sheet.holds(column) {
        Holds::Refers(_) => names.of(value).to_owned(),
        holds => shown(holds, value),
    }
}
