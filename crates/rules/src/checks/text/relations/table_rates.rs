//! Rates told in the text of what a table counts: 回收率95.6%，有效率97.1% beside columns 发放, 回收 and 有效; 人员经费预算占合同金额的66%. Two cells
//! of the total row, or the cell of the row named and a total, give the rate.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value};
use super::listing::grids;
use super::quotients::stem;
use super::told_again::overlap;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, slips_into};
use crate::checks::text::words::has_any;

const RULE: &str = "rate";
/// Most tables looked at, and most rates.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let rates = claims.all.iter().filter(|c| {
        c.number.percent
            && !c.number.vague
            && !c.target
            && !c.other_period
            && doc.blocks[c.block].kind == Kind::Paragraph
            && c.number.value < Decimal::ONE_HUNDRED
            && (c.number.value >= Decimal::TEN || c.number.decimals > 0 && c.number.value > Decimal::ONE)
            && claims.within(&(c.segment.start..c.number.span.end)).iter().all(|o| o.number.percent)
    });
    for c in rates.take(MOST * 2) {
        let left = doc.slice(&c.left).trim_end_matches(['为', '达', '是', '的']);
        let tables = grids(doc, claims);
        let tables = &tables[..tables.len().min(MOST)];
        let counts = || claims.within(&c.segment).iter().filter(|o| !o.number.percent && !o.number.vague);
        if counts().next().is_some() {
            // 实际支出235663元，预算执行率98.2%: the count before it is a total of the table.
            let at = claims.all.partition_point(|o| o.number.span.start < c.number.span.start);
            let part = at.checked_sub(1).map(|i| &claims.all[i]);
            let part = part.filter(|p| p.segment == c.segment && p.exact() && !p.is_mean(doc));
            let own = has_any(left, &["率", "占"]);
            if let Some(part) = part.filter(|_| own && !known(c, tables, false)) {
                let found = tables.iter().flat_map(|g| of_cell(g, part)).collect::<Vec<_>>();
                say(doc, c, &found, sink);
            }
            continue;
        }
        if known(c, tables, left.contains('占')) {
            continue;
        }
        // 人员费用是最大的一块，占已支出总额的63.6%: the part stands in the clause before.
        let before = doc.tail(c.segment.start..c.number.span.start, 90).trim_end_matches('的');
        let left = if left.starts_with('占') { before } else { left };
        let shares = if left.contains('占') { of_named_row(doc, c, tables) } else { Vec::new() };
        if shares.iter().any(|(_, a, b)| is_share(c.number.value, c.number.decimals, a.value, b.value)) {
            continue;
        }
        let found: Vec<(&Value, &Value)> = match (left.rsplit_once('占'), left.strip_suffix('率')) {
            (Some((part, whole)), _) => {
                let found: Vec<_> = tables.iter().flat_map(|g| of_row(g, part, whole)).collect();
                let named = shares.into_iter().filter(|t| overlap(t.0, part)).map(|(_, a, b)| (a, b));
                if found.is_empty() { named.collect() } else { found }
            }
            (None, Some(stem)) => tables.iter().flat_map(|g| of_total(g, stem)).collect(),
            _ => continue,
        };
        say(doc, c, &found, sink);
    }
}

/// A cell of a table is this percent, or two cells of a total row (of any row for a share) give it.
fn known(c: &Claim, tables: &[Grid], share: bool) -> bool {
    let (p, decimals) = (c.number.value, c.number.decimals);
    tables.iter().flat_map(|g| &g.rows).any(|row| {
        let cells: Vec<&Value> = row.cells.iter().flatten().take(14).collect();
        cells.iter().any(|a| {
            a.percent && a.value == p
                || (share || row.total)
                    && cells
                        .iter()
                        .any(|b| near(p, a.value, b.value) && is_share(p, decimals, a.value, b.value))
        })
    })
}

/// Whether one is about so many percent of the other: cheap, before the rounding is looked at.
fn near(p: Decimal, part: Decimal, whole: Decimal) -> bool {
    let (a, b) = (part.checked_mul(Decimal::ONE_HUNDRED), whole.checked_mul(p));
    matches!((a, b), (Some(a), Some(b)) if (a - b).abs() <= whole.abs())
}

/// The total of the column of that name, of the total of a column before it.
fn of_total<'a>(grid: &'a Grid, stem: &str) -> Vec<(&'a Value, &'a Value)> {
    let stem: String = stem.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let mut totals = grid.rows.iter().filter(|r| r.total);
    let Some(row) = totals.next().filter(|_| stem.chars().count() == 2 && totals.next().is_none()) else {
        return Vec::new();
    };
    let Some(column) = (1..grid.columns).find(|k| grid.header(*k).contains(&stem) && !grid.is_percent(*k))
    else {
        return Vec::new();
    };
    pairs(row, column, 1..column)
}

/// The cell of a total row that a count tells again, of the cells before it.
fn of_cell<'a>(grid: &'a Grid, part: &Claim) -> Vec<(&'a Value, &'a Value)> {
    let ten_thousand = part.number.value / Decimal::from(10_000);
    let told = |v: &Value| v.value == part.number.value || part.class() == "元" && v.value == ten_thousand;
    let totals = grid.rows.iter().filter(|r| r.total);
    totals
        .filter_map(|r| Some((r, (1..grid.columns).find(|c| r.cells[*c].as_ref().is_some_and(told))?)))
        .flat_map(|(row, column)| pairs(row, column, 1..column))
        .collect()
}

fn pairs(row: &Row, part: usize, wholes: std::ops::Range<usize>) -> Vec<(&Value, &Value)> {
    let Some(a) = row.cells[part].as_ref() else { return Vec::new() };
    wholes.filter_map(|k| row.cells[k].as_ref()).filter(|b| b.value > a.value).map(|b| (a, b)).collect()
}

/// The cell of the row named, of the total of its column.
fn of_row<'a>(grid: &'a Grid, part: &str, whole: &str) -> Vec<(&'a Value, &'a Value)> {
    let bare = |w: &str| w.split('（').next().unwrap_or_default().to_owned();
    let named = |r: &&Row| {
        let label = bare(&r.label);
        !r.total && label.chars().count() >= 2 && part.contains(&label)
    };
    let mut rows = grid.rows.iter().filter(named);
    let Some(row) = rows.next().filter(|_| rows.next().is_none()) else { return Vec::new() };
    let Some(total) = grid.rows.iter().find(|r| r.total) else { return Vec::new() };
    let says = |k: &usize| {
        let header = bare(grid.header(*k));
        let end: String = header.chars().skip(header.chars().count().saturating_sub(2)).collect();
        // 总支出 of a column called 实际支出.
        let whole = whole.trim_end_matches("总额").trim_end_matches("总数");
        let tail = end.chars().count() == 2 && (part.ends_with(&end) || whole.ends_with(&end));
        header.chars().count() >= 2 && (part.contains(&header) || whole.contains(&header) || tail)
    };
    let columns = (1..grid.columns).filter(|k| !grid.is_percent(*k)).filter(says);
    columns.filter_map(|k| Some((row.cells[k].as_ref()?, total.cells[k].as_ref()?))).collect()
}

/// 甲站的经费占四站的20.4%，村居却占27.5%: header, cell and total of each column, of the row that the sentence names.
fn of_named_row<'a>(doc: &Doc, c: &Claim, tables: &'a [Grid]) -> Vec<(&'a str, &'a Value, &'a Value)> {
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let named = |r: &&Row| !r.total && !r.mean && stem(&r.label).is_some_and(|s| words.contains(s));
    let mut out = Vec::new();
    for grid in tables {
        let mut rows = grid.rows.iter().filter(named);
        let (Some(row), None) = (rows.next(), rows.next()) else { continue };
        let Some(total) = grid.rows.iter().find(|r| r.total) else { continue };
        let columns = (1..grid.columns).filter(|k| !grid.is_percent(*k));
        out.extend(
            columns.filter_map(|k| Some((grid.header(k), row.cells[k].as_ref()?, total.cells[k].as_ref()?))),
        );
    }
    out
}

/// The only pair of which one digit of the rate is wrong.
fn say(doc: &Doc, c: &Claim, found: &[(&Value, &Value)], sink: &mut Sink<'_>) {
    let (p, decimals) = (c.number.value, c.number.decimals);
    let half = Decimal::new(5, decimals + 1);
    let mut near = found.iter().filter(|(a, b)| {
        percent_of(a.value, b.value).is_some_and(|r| slips_into(p, decimals, (r - half, r + half)))
    });
    sink.tried();
    let (Some((a, b)), None) = (near.next(), near.next()) else { return };
    let Some(right) = percent_of(a.value, b.value) else { return };
    let message = format!(
        "表格中{}÷{}={}，文中为“{}”",
        show(a.value),
        show(b.value),
        show_percent(right),
        doc.slice(&c.wide())
    );
    let said = (format!("{}%", show(p)), show_percent(right));
    sink.add(RULE, Severity::Warning, message, said, &[c.wide(), a.span.clone(), b.span.clone()]);
}
