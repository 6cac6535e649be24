//! Shares of what a table adds up: 3个站合计1047份，占全市的47.6%, 人员费用占实际支出的62.2%. The part is the number before or
//! the cell of the row named, the whole is the cell of the row that totals the column.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, bracket_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, wholes};

const RULE: &str = "rate";
const MOST_TABLES: usize = 40;
/// Most shares looked up: each reads the tables.
const MOST: usize = 80;
const ALL: &[&str] = &[
    "占全市的",
    "占全区的",
    "占全县的",
    "占全镇的",
    "占全街的",
    "占全街道的",
    "占全部的",
    "占全站的",
    "占总量的",
    "占总数的",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let shares = claims.all.iter().enumerate().filter(|(_, c)| {
        c.number.percent
            && !c.number.vague
            && doc.blocks[c.block].kind == Kind::Paragraph
            && doc.slice(&c.left).contains('占')
            && doc.slice(&c.left).ends_with('的')
    });
    for (i, percent) in shares.take(MOST) {
        let tables = grids(doc, claims);
        let tables = &tables[..tables.len().min(MOST_TABLES)];
        let left = doc.slice(&percent.left);
        if ALL.contains(&left) {
            if let Some(part) = i.checked_sub(1).map(|j| &claims.all[j]) {
                of_all(doc, claims, percent, part, tables, sink);
            }
        } else if let Some((subject, whole)) = left.trim_end_matches('的').split_once('占') {
            of_column(doc, percent, (subject, whole), tables, sink);
            of_list(doc, claims, percent, (subject, whole), sink);
            of_totals(doc, claims, i, (subject, whole), tables, sink);
        }
    }
}

fn total_of(grid: &Grid, column: usize) -> Option<&Value> {
    let mut totals = grid.rows.iter().filter(|r| r.total);
    let only = totals.next().filter(|_| totals.next().is_none())?;
    only.cells[column].as_ref().filter(|v| !v.percent)
}

/// The count before the percent, of the total of the only column of its unit.
fn of_all(doc: &Doc, claims: &Claims, percent: &Claim, part: &Claim, tables: &[Grid], sink: &mut Sink<'_>) {
    let (p, decimals, a) = (percent.number.value, percent.number.decimals, part.number.value);
    let beside = doc.slice(&(part.number.span.end..percent.left.start.max(part.number.span.end)));
    if part.segment != percent.segment || !part.exact() || beside.chars().count() > 6 || decimals == 0 {
        return;
    }
    let known = wholes(a, p, decimals, Decimal::ONE).is_some_and(|range| claims.printed(range));
    let mut found: Vec<(&Value, bool)> = Vec::new();
    for grid in tables {
        for column in (1..grid.columns).filter(|c| !grid.is_percent(*c)) {
            let header = grid.header(column);
            let class = bracket_class(header);
            let words = doc.slice(&(part.left.start..part.right.end));
            let bare = header.split('（').next().unwrap_or_default();
            let fits = class == part.class() && !class.is_empty()
                || class.is_empty() && bare.chars().count() >= 2 && words.contains(bare);
            found.extend(
                total_of(grid, column).filter(|v| fits && v.value > a).map(|v| (v, !class.is_empty())),
            );
        }
    }
    let [(whole, unit)] = found.as_slice() else { return };
    sink.tried();
    if *unit || !known {
        say(doc, percent, (a, &part.wide()), whole, sink);
    }
}

/// 人员费用占实际支出的62.2%: a row and a column by their names.
fn of_column(
    doc: &Doc,
    percent: &Claim,
    (subject, whole): (&str, &str),
    tables: &[Grid],
    sink: &mut Sink<'_>,
) {
    let named = |r: &&Row| !r.total && r.label.chars().count() >= 2 && subject.ends_with(&r.label);
    let mut found: Vec<(&Value, &Value)> = Vec::new();
    for grid in tables {
        let Some(row) = grid.rows.iter().find(named) else { continue };
        for column in 1..grid.columns {
            let bare = grid.header(column).split('（').next().unwrap_or_default();
            let same = bare.chars().count() >= 2 && (whole.ends_with(bare) || bare.ends_with(whole));
            if let (true, Some(a), Some(b)) = (same, &row.cells[column], total_of(grid, column)) {
                found.push((a, b));
            }
        }
    }
    let [(part, whole)] = found.as_slice() else { return };
    sink.tried();
    say(doc, percent, (part.value, &part.span), whole, sink);
}

/// 档案类问题占全部问题的45.2%: an item of the block and the count of what it is an item of.
fn of_list(doc: &Doc, claims: &Claims, percent: &Claim, (subject, whole): (&str, &str), sink: &mut Sink<'_>) {
    let whole = whole.trim_start_matches("全部").trim_start_matches("所有").trim_start_matches('总');
    let item = subject.trim_end_matches(whole);
    if item.chars().count() < 2 || whole.chars().count() < 2 || item == subject {
        return;
    }
    let here = claims.within(&doc.blocks[percent.block].span);
    let only = |name: &str| {
        let mut found = here.iter().filter(|c| {
            c.exact() && !c.number.percent && doc.slice(&c.left).trim_start_matches("其中").ends_with(name)
        });
        found.next().filter(|_| found.next().is_none())
    };
    let (Some(a), Some(b)) = (only(item), only(whole)) else { return };
    let p = percent.number.value;
    sink.tried();
    if a.class() != b.class() || a.number.value > b.number.value {
        return;
    }
    let Some(right) = percent_of(a.number.value, b.number.value)
        .filter(|_| !is_share(p, percent.number.decimals, a.number.value, b.number.value))
    else {
        return;
    };
    let message = format!(
        "{}÷{}={}，文中为{}%（“{}”）",
        show(a.number.value),
        show(b.number.value),
        show_percent(right),
        show(p),
        doc.slice(&percent.wide())
    );
    let said = (format!("{}%", show(p)), show_percent(right));
    sink.add(RULE, Severity::Error, message, said, &[percent.wide(), a.wide(), b.wide()]);
}

/// 决算45万元，占预算的98.7%: the totals of two columns of one table.
fn of_totals(
    doc: &Doc,
    claims: &Claims,
    i: usize,
    (subject, whole): (&str, &str),
    tables: &[Grid],
    sink: &mut Sink<'_>,
) {
    let percent = &claims.all[i];
    let Some(part) = i.checked_sub(1).map(|j| &claims.all[j]).filter(|p| p.segment == percent.segment) else {
        return;
    };
    let name = doc.slice(&part.left);
    let bare = |grid: &Grid, c: usize| grid.header(c).split('（').next().unwrap_or_default().to_owned();
    let mut found: Vec<(&Value, &Value)> = Vec::new();
    for grid in tables.iter().filter(|_| subject.is_empty() && name.chars().count() >= 2) {
        let column = |w: &str| (1..grid.columns).find(|c| bare(grid, *c) == w);
        let (Some(a), Some(b)) = (column(name), column(whole)) else { continue };
        found.extend(total_of(grid, a).zip(total_of(grid, b)));
    }
    let [(a, b)] = found.as_slice() else { return };
    sink.tried();
    say(doc, percent, (a.value, &a.span), b, sink);
}

fn say(
    doc: &Doc,
    percent: &Claim,
    (part, at): (Decimal, &std::ops::Range<usize>),
    whole: &Value,
    sink: &mut Sink<'_>,
) {
    let p = percent.number.value;
    if is_share(p, percent.number.decimals, part, whole.value) {
        return;
    }
    let Some(right) = percent_of(part, whole.value) else { return };
    let message = format!(
        "{}÷{}={}，文中为{}%（“{}”）",
        show(part),
        show(whole.value),
        show_percent(right),
        show(p),
        doc.slice(&percent.wide())
    );
    let said = (format!("{}%", show(p)), show_percent(right));
    sink.add(RULE, Severity::Error, message, said, &[percent.wide(), at.clone(), whole.span.clone()]);
}
