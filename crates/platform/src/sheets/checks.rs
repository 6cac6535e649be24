//! What cannot be true of a record taken as a whole: where it lies, whose records it refers to, how its days stand to
//! today and to each other. The fields one by one are read in [`entry`](super::entry).

use chrono::NaiveDate;
use db::list::{Condition, Sought};
use db::{DbResult, Tx, Within};
use web::form::Wrong;

use super::column::{Column, Holds, Since};
use super::entry::{AREA, COMMUNITY, Entry, STATION, WORKER};
use super::names::place;
use super::sheet::{Placed, Row, Sheet};

/// What is wrong with a record whose fields were each read; `before` is the record that it corrects.
pub(super) fn wrong(
    entry: &mut Entry<'_>,
    tx: &mut Tx<'_>,
    row: &Row,
    before: Option<&Row>,
) -> DbResult<Vec<Wrong>> {
    let mut wrong = beyond(entry, tx, row)?;
    for column in entry.sheet.columns {
        if let Some(day) = day_of(entry.sheet, column, row) {
            wrong.extend(day_wrong(entry, tx, column, day, row)?.map(|what| said(column.name, what)));
        }
    }
    if before.is_some_and(|before| before.values != row.values) {
        wrong.extend(overtaken(entry, tx, row)?);
    }
    if let Some(check) = entry.sheet.check {
        wrong.extend(check(row, entry.today));
    }
    Ok(wrong)
}

fn said(field: &str, what: String) -> Wrong {
    Wrong { field: field.to_owned(), what }
}

/// Whether it lies where whoever enters it may not write, or refers to what another station has.
fn beyond(entry: &mut Entry<'_>, tx: &mut Tx<'_>, row: &Row) -> DbResult<Vec<Wrong>> {
    let sheet = entry.sheet;
    if !entry.scope.covers(place(sheet, row)) {
        let (field, what) = match sheet.placed {
            Placed::With(reference) => (reference, "它所在的社区不在您可以办理的范围内：请由那里的同事办理"),
            Placed::Community => (COMMUNITY, "这个社区不在您可以办理的范围内：请由那里的同事办理"),
            Placed::Area => (AREA, "选您可以办理的片区；全站的由站长办理"),
            Placed::Station => (STATION, "这类记录是全站的：请由站长办理"),
        };
        return Ok(vec![said(field, what.to_owned())]);
    }
    let mut wrong = Vec::new();
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        let Holds::Refers(kind) = sheet.holds(column) else { continue };
        let referred = entry.referred(tx, kind, row.values.get(column.name))?;
        if referred.is_some_and(|other| other.base.station_id != row.base.station_id) {
            wrong.push(said(column.name, format!("{}是别的社工站的：选本站的", sheet.label_of(column))));
        }
    }
    let worker = row.base.worker_id.filter(|worker| *worker != row.base.id).map(|worker| worker.to_string());
    let worker = entry.referred(tx, "worker", worker.as_ref())?;
    if worker.is_some_and(|worker| worker.base.station_id != row.base.station_id) {
        wrong.push(said(WORKER, "这位社工是别的社工站的：选本站的".to_owned()));
    }
    Ok(wrong)
}

fn day_of(sheet: &Sheet, column: &Column, row: &Row) -> Option<NaiveDate> {
    matches!(sheet.holds(column), Holds::Date).then(|| row.text(column.name).parse().ok()).flatten()
}

/// What is wrong with a day: after today, or before another.
fn day_wrong(
    entry: &mut Entry<'_>,
    tx: &mut Tx<'_>,
    column: &Column,
    day: NaiveDate,
    row: &Row,
) -> DbResult<Option<String>> {
    let (sheet, label, today) = (entry.sheet, entry.sheet.label_of(column), entry.today);
    if column.past && day > today {
        return Ok(Some(format!("{label}不能在今天（{today}）之后：还没有做的，做了再登记")));
    }
    let first = match column.since {
        None => None,
        Some(Since::Column(name)) => sheet.column(name).map(|first| {
            let day = row.text(name).parse::<NaiveDate>().ok();
            (sheet.label_of(first), day)
        }),
        Some(Since::Of(reference, field)) => {
            let kind = entry.kind_of(reference);
            let referred = entry.referred(tx, kind, row.values.get(reference))?;
            entry.sheets.of_kind(kind).and_then(|of| of.column(field).map(|first| of.label_of(first))).map(
                |label| (label, referred.and_then(|referred| referred.text(field).parse::<NaiveDate>().ok())),
            )
        }
    };
    Ok(match first {
        Some((before, Some(first))) if day < first => Some(format!("{label}不能早于{before}（{first}）")),
        _ => None,
    })
}

/// Whether a correction puts a day after those of records that hang on it: a case opened after its sessions.
fn overtaken(entry: &Entry<'_>, tx: &mut Tx<'_>, row: &Row) -> DbResult<Vec<Wrong>> {
    let mut wrong = Vec::new();
    for (other, column) in entry.sheets.columns_to(entry.sheet.kind()) {
        for later in other.columns {
            let Some(Since::Of(reference, field)) = later.since else { continue };
            let day = row.text(field).parse::<NaiveDate>().ok().and_then(|day| day.pred_opt());
            let Some(day) = day.filter(|_| reference == column.name) else { continue };
            let earlier = Sought {
                table: other.ops.table,
                at: tx.at(),
                within: Within { everything: true, ..Within::default() },
                conditions: vec![
                    Condition::Is(column.name, row.base.id.to_string()),
                    Condition::Until(later.name, day),
                ],
                latest_by: None,
            };
            let count = earlier.count(tx)?;
            if count > 0 {
                let label = entry.sheet.column(field).map_or("", |column| entry.sheet.label_of(column));
                let what = format!("{label}晚于已经登记的{}（{count} 条）：请先核对那些日期", other.label);
                wrong.push(said(field, what));
            }
        }
    }
    Ok(wrong)
}
