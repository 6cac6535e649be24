//! Columns of growth: 本年度, 上年度, 增幅. Where most rows show of which two columns a percent is the change, the others must too.

use rust_decimal::Decimal;

use super::grid::{Grid, Row};
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};

const RULE: &str = "table-percent";
/// Most tables and columns looked at.
const MOST: usize = 40;
const COLUMNS: usize = 14;
/// What a column of changes is called.
const CHANGES: &[&str] = &["增", "升", "降", "变化", "同比", "环比", "涨"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims).iter().filter(|g| g.columns <= COLUMNS).take(MOST) {
        for percent in (2..grid.columns).filter(|c| grid.is_percent(*c)) {
            let header = grid.header(percent);
            if CHANGES.iter().any(|w| header.contains(w)) && !header.contains("百分点") {
                judge(grid, percent, sink);
            }
        }
    }
}

/// The change from one column to another in percent of the first; a fall may be printed with or without its sign.
fn change(row: &Row, then: usize, now: usize) -> Option<Decimal> {
    let (a, b) = (row.cells[then].as_ref()?, row.cells[now].as_ref()?);
    percent_of((b.value - a.value).abs(), a.value)
}

fn judge(grid: &Grid, percent: usize, sink: &mut Sink<'_>) {
    let counts: Vec<usize> = (1..percent).filter(|c| !grid.is_percent(*c)).collect();
    let rows: Vec<&Row> = grid.rows.iter().filter(|r| r.cells[percent].is_some() && !r.mean).collect();
    let fits = |row: &Row, then: usize, now: usize| {
        let printed = row.cells[percent].as_ref();
        let both = printed.zip(change(row, then, now));
        both.is_some_and(|(p, right)| prints_as(right, p.value, p.decimals))
    };
    let pairs = counts.iter().flat_map(|a| counts.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
    let best = pairs.map(|(a, b)| (rows.iter().filter(|r| fits(r, a, b)).count(), a, b)).max_by_key(|w| w.0);
    let Some((_, then, now)) = best.filter(|(n, _, _)| *n >= 2 && n * 10 >= rows.len() * 6) else { return };
    for row in rows.iter().filter(|r| !fits(r, then, now)) {
        let (Some(p), Some(right)) = (&row.cells[percent], change(row, then, now)) else { continue };
        let (Some(a), Some(b)) = (&row.cells[then], &row.cells[now]) else { continue };
        sink.tried();
        let (high, low) = (a.value.max(b.value), a.value.min(b.value));
        let message = format!(
            "表格“{}”一行：({}-{})÷{}={}，表中为{}%",
            row.label,
            show(high),
            show(low),
            show(a.value),
            show_percent(right),
            show(p.value)
        );
        let said = (format!("{}%", show(p.value)), show_percent(right));
        sink.add(RULE, Severity::Error, message, said, &[p.span.clone(), b.span.clone(), a.span.clone()]);
    }
}
