//! A total right below a table that has no row for it: 总分88.2分 under a column of weighted scores, 合计118.08万元 under one of amounts.

use rust_decimal::Decimal;

use super::grid::{Grid, Value};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};

const RULE: &str = "total";
const TOTALS: &[&str] = &[
    "合计",
    "共计",
    "总计",
    "总分",
    "总得分",
    "综合得分",
    "加权总分",
    "加权得分",
    "最终得分",
    "以上合计",
    "各项合计",
];
/// Most tables looked at, and 万元 of money.
const MOST: usize = 60;
const TEN_THOUSAND: i64 = 10_000;
/// Lines of words between a table and its total.
const NEAR: usize = 2;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for table in doc.tables.iter().filter(|t| t.rows.len() >= 3).take(MOST) {
        let Some(end) = table.rows.last().and_then(|r| r.last()) else { continue };
        let next = doc.block_of(end.start) + 1;
        let blocks = doc.blocks.iter().skip(next).take(NEAR).take_while(|b| b.kind == Kind::Paragraph);
        let total = blocks
            .filter_map(|b| {
                claims.within(&(b.body..b.span.end)).iter().find(|c| c.class() == "分" || c.class() == "元")
            })
            .find(|c| says_total(doc, c));
        let Some(total) = total else { continue };
        let grid = Grid::read(doc, claims, table);
        if grid.rows.len() >= 3 && grid.rows.iter().all(|r| r.is_item()) {
            judge(doc, &grid, total, sink);
        }
    }
}

/// Whether a paragraph, or what follows a short sentence that explains the table, begins with a total.
fn says_total(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left).trim_end_matches(['为', '共', '是', '：']);
    TOTALS.contains(&left) && c.exact() && c.left.start == c.sentence.start
}

fn judge(doc: &Doc, grid: &Grid, total: &Claim, sink: &mut Sink<'_>) {
    let printed = total.number.value;
    let mut near: Vec<(Vec<&Value>, Decimal)> = Vec::new();
    for column in 1..grid.columns {
        let cells: Vec<&Value> = grid.rows.iter().filter_map(|r| r.cells[column].as_ref()).collect();
        if cells.len() != grid.rows.len() || cells.iter().any(|c| c.percent) {
            continue;
        }
        let sum: Decimal = cells.iter().map(|c| c.signed()).sum();
        let bare = total.class() == "元" && cells.iter().all(|c| c.class.is_empty());
        let wholes = [printed, printed / Decimal::from(TEN_THOUSAND)];
        let told = wholes.into_iter().take(if bare { 2 } else { 1 });
        for told in told {
            let places = cells.iter().map(|c| c.decimals).max().unwrap_or(0);
            let slack = if total.class() == "分" {
                Decimal::new(cells.len() as i64, places) / Decimal::TWO
            } else {
                Decimal::ZERO
            };
            let apart = told - sum;
            if apart.is_zero() || places > 1 && apart.abs() <= slack {
                return;
            }
            let part = |c: &&&Value| {
                let other = c.value + apart;
                other > Decimal::ZERO && mistaken(c.value, other)
            };
            if mistaken(told, sum) || cells.iter().any(|c| part(&c)) {
                near.push((cells.clone(), sum));
            }
        }
    }
    sink.tried();
    let [(cells, sum)] = near.as_slice() else { return };
    if sink.said(&[total.wide().start, total.span().start]) {
        return;
    }
    let values: Vec<Decimal> = cells.iter().map(|c| c.signed()).collect();
    let message = format!("表中各行{}，文中为“{}”", show_sum(&values), doc.slice(&total.wide()));
    let spans: Vec<_> = std::iter::once(total.wide()).chain(cells.iter().map(|c| c.span.clone())).collect();
    sink.add(RULE, Severity::Warning, message, (show(printed), show(*sum)), &spans);
}
