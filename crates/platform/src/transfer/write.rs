//! Records as a workbook, and a workbook that was sent with its faulty cells marked.

use db::Tx;
use kernel::{Fen, Problem};
use paper::grid::{Cell, Column, Grid, Sheet as GridSheet, Value};

use super::content::Content;
use super::layout::{Head, ID, column, heads};
use crate::access::Ground;
use crate::sheets::{Holds, Names, Row, Sheet, Sheets, text_of};
use crate::shell::Trouble;

/// The workbook of some records.
///
/// # Errors
/// What the database says, or the workbook cannot be written.
pub(super) fn workbook(
    tx: &mut Tx<'_>,
    ground: Ground,
    sheets: Sheets,
    sheet: &'static Sheet,
    rows: &[Row],
) -> Result<Vec<u8>, Trouble> {
    let all: Vec<(&Sheet, &Row)> = rows.iter().map(|row| (sheet, row)).collect();
    let at = tx.at();
    let names = Names::in_rows(tx, sheets, at, &all)?;
    let stations = (ground.stations)(tx)?;
    let station = |row: &Row| {
        let found = stations.iter().find(|station| station.id == row.base.station_id);
        found.map(|station| station.name.clone()).unwrap_or_default()
    };
    let grid = taken_out(sheet, rows, &names, &station);
    paper::grid::render(&grid).map_err(|error| Problem::new("workbook", error.to_string(), "请重试").into())
}

/// Records as a workbook: complete, with their numbers, so that it can come back.
fn taken_out(sheet: &'static Sheet, rows: &[Row], names: &Names, station: &dyn Fn(&Row) -> String) -> Grid {
    let heads = heads(sheet);
    let columns = heads.iter().map(|head| column(head, String::new(), Vec::new())).collect();
    let rows = rows
        .iter()
        .map(|row| heads.iter().map(|head| value(sheet, head, row, names, station).into()).collect())
        .collect();
    Grid { sheets: vec![GridSheet { name: sheet.label.to_owned(), columns, rows }] }
}

fn value(
    sheet: &'static Sheet,
    head: &Head,
    row: &Row,
    names: &Names,
    station: &dyn Fn(&Row) -> String,
) -> Value {
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let base = row.base;
    let of = |key: &str| match key {
        "community_id" => base.community_id.map(|id| id.to_string()),
        "area_id" => base.area_id.map(|id| id.to_string()),
        "worker_id" => base.worker_id.map(|id| id.to_string()),
        field => row.values.get(field).cloned(),
    };
    if head.key == ID {
        return text(base.id.to_string());
    }
    if let Some(field) = head.key.strip_suffix("#id") {
        return text(of(field).unwrap_or_default());
    }
    if head.key == "station_id" {
        return text(station(row));
    }
    let Some(column) = head.column else {
        return text(names.of(&of(&head.key).unwrap_or_default()).to_owned());
    };
    let kept = row.text(column.name);
    match sheet.holds(column) {
        Holds::Date => kept.parse().map_or(Value::Empty, Value::Date),
        Holds::Whole(_) => kept.parse().map_or(Value::Empty, Value::Whole),
        Holds::Money => kept.parse().map_or(Value::Empty, |fen| Value::Money(Fen(fen).to_yuan())),
        _ => text(text_of(sheet, column, row, names)),
    }
}

/// The rows as they were sent, with the faulty cells marked and what to mend at the end of each row.
pub(super) fn marked(sheet: &'static Sheet, content: &Content) -> Grid {
    let heads = heads(sheet);
    let mut columns: Vec<Column> = content
        .heads
        .iter()
        .map(|(label, key)| {
            let known = key.as_ref().and_then(|key| heads.iter().find(|head| head.key == *key));
            let width = if known.is_some_and(Head::quiet) { 12.0 } else { 18.0 };
            Column {
                head: label.clone(),
                width,
                must: known.is_some_and(|head| head.must),
                ..Column::default()
            }
        })
        .collect();
    columns.push(Column { head: TO_MEND.to_owned(), width: 60.0, ..Column::default() });
    let mut faults = std::collections::BTreeMap::<usize, Vec<&super::content::Fault>>::new();
    for fault in content.found.iter().flat_map(|found| &found.faults) {
        faults.entry(fault.line).or_default().push(fault);
    }
    let rows = content
        .rows
        .iter()
        .map(|(line, cells)| {
            let wrong = faults.remove(line).unwrap_or_default();
            let mut row: Vec<Cell> = (0..)
                .zip(cells)
                .map(|(at, text)| {
                    let here: Vec<&str> = wrong
                        .iter()
                        .filter(|fault| fault.column == Some(at))
                        .map(|fault| &*fault.what)
                        .collect();
                    let value = if text.is_empty() { Value::Empty } else { Value::Text(text.clone()) };
                    Cell { value, fault: (!here.is_empty()).then(|| here.join("；")) }
                })
                .collect();
            let all: Vec<&str> = wrong.iter().map(|fault| &*fault.what).collect();
            row.push(if all.is_empty() { Cell::default() } else { Value::Text(all.join("；")).into() });
            row
        })
        .collect();
    Grid { sheets: vec![GridSheet { name: sheet.label.to_owned(), columns, rows }] }
}

/// The head of the column that says what to mend; it is not read again.
pub(super) const TO_MEND: &str = "要改的地方";
