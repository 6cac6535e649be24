//! Annex two: attendance month by month, then averages, shares and who stayed.
//! Not here: counting (rules::counting); a month's part comes from the rows of the same figure as the total.

use std::collections::{BTreeMap, BTreeSet};

use paper::model::{Cell, Column, Document, Table};
use rules::counting::{By, Figure, Group, Row, read_out};
use rust_decimal::Decimal;

use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::numbers::grouped;

/// Head of the column and code of the figure.
const COLUMNS: [(&str, &str); 6] = [
    ("折合月数", "staff.months"),
    ("应到", "staff.attendance_due"),
    ("实到", "staff.attendance_actual"),
    ("持证应到", "staff.certified_due"),
    ("持证实到", "staff.certified_actual"),
    ("非持证实到", "staff.uncertified_actual"),
];

/// What the second table lists.
const LINES: [&str; 13] = [
    "contract.agreed_workers",
    "contract.agreed_certified",
    "staff.average_workers",
    "staff.certified",
    "staff.certified_intermediate",
    "staff.certified_assistant",
    "staff.uncertified",
    "staff.certified_share_of_agreed_percent",
    "staff.two_years_or_more",
    "staff.two_years_share_of_agreed_percent",
    "staff.stayed",
    "staff.retention_percent",
    "staff.retention_percent_previous",
];

/// 社工到岗情况统计表.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    let table = months(document, desk);
    document.table(table);
    let table = staffing(document, desk);
    document.table(table);
}

fn months(document: &Document, desk: &Desk<'_>) -> Table {
    let mut columns = vec![Column::centre("月份", 4)];
    columns.extend(COLUMNS.map(|(head, code)| match desk.unit(code) {
        "" => Column::number(head, 3),
        unit => Column::number(head, 3).unit(unit),
    }));
    let mut table = numbered(document, "attendance", "社工按月到岗情况", columns);
    let parts = COLUMNS.map(|(_, code)| by_month(desk, code));
    let months: BTreeSet<&String> = parts.iter().flat_map(BTreeMap::keys).collect();
    for month in months {
        let cell = |part: &BTreeMap<String, Decimal>| {
            part.get(month).map_or(Cell::Empty, |value| Cell::number(*value, grouped(*value)))
        };
        table.row(std::iter::once(Cell::text(chinese_month(month))).chain(parts.iter().map(cell)).collect());
    }
    let totals = COLUMNS.map(|(_, code)| desk.cell(code, None));
    table.total(std::iter::once(Cell::text("合计")).chain(totals).collect());
    table.note(
        "一名社工到岗一个月记一人次，半个月记半人次，按半月截止日归入月份；实到 = 持证实到 + 非持证实到。合同期首月不满一个月的，只计合同期内的半月。",
    );
    table
}

/// A counted figure by month; empty for a derived or unknown one.
fn by_month(desk: &Desk<'_>, code: &str) -> BTreeMap<String, Decimal> {
    let book = &desk.facts.book;
    let Some(Figure::Counted(rule)) = book.set().get(code) else { return BTreeMap::new() };
    let rows: Vec<Row> = book.rows(code, None).into_iter().cloned().collect();
    let groups = Group::all(rule, book.basis(), &rows, By::Month);
    groups.into_iter().filter_map(|group| Some((group.key?, group.value))).collect()
}

/// 2024年6月 of `2024-06`.
fn chinese_month(month: &str) -> String {
    month.split_once('-').map_or_else(
        || month.to_owned(),
        |(year, month)| format!("{year}年{}月", month.trim_start_matches('0')),
    )
}

fn staffing(document: &Document, desk: &Desk<'_>) -> Table {
    let set = desk.facts.book.set();
    let columns = vec![
        Column::text("项目", 5),
        Column::number("数量", 2),
        Column::centre("单位", 2),
        Column::text("怎样得出", 9),
    ];
    let mut table = numbered(document, "staffing", "社工配备、资质与稳定情况", columns);
    for code in LINES {
        if let Some(figure) = set.get(code) {
            table.row(vec![
                Cell::text(figure.name()),
                desk.cell(code, None),
                desk.unit_cell(code),
                Cell::text(read_out(set, figure)),
            ]);
        }
    }
    table
}
