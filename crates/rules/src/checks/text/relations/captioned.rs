//! The number of answers in the caption of a table: 表3 总体评价（N=143）. A column of counts makes it.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::grid::Grid;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "table-total";

static ANSWERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[（，][Nn]=(\d{2,6})[）份人]").ok());

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = ANSWERS.as_ref() else { return };
    for (i, block) in doc.blocks.iter().enumerate().filter(|(_, b)| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        let Some(found) = pattern.captures(words).and_then(|c| c.get(1)) else { continue };
        let Some(first) = doc.blocks.get(i + 1).filter(|b| b.kind == Kind::Cell) else { continue };
        let own = |t: &&crate::checks::text::doc::Table| {
            t.rows.first().and_then(|r| r.first()).is_some_and(|c| c.start == first.span.start)
        };
        let (Some(table), Ok(n)) = (doc.tables.iter().find(own), found.as_str().parse::<Decimal>()) else {
            continue;
        };
        let grid = Grid::read(doc, claims, table);
        let sums: Vec<Decimal> =
            (0..grid.columns).filter(|c| !grid.is_percent(*c)).map(|c| sum(&grid, c)).collect();
        sink.tried();
        let Some(right) = sums.iter().find(|s| one_digit_apart(**s, n)).filter(|_| !sums.contains(&n)) else {
            continue;
        };
        let span = block.span.start + found.start()..block.span.start + found.end();
        let message = format!("表格各行合计{}，标题为N={}", show(*right), show(n));
        sink.add(RULE, Severity::Error, message, (show(n), show(*right)), &[span]);
    }
}

fn sum(grid: &Grid, column: usize) -> Decimal {
    let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
    rows.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).sum()
}
