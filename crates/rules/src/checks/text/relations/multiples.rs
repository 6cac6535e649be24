//! Two columns of which one is so many times the other: 建档人数63, 每人应探访12次, 应探访756人次. Where every row but one shows a whole number of times, and
//! a row of the same name or all the others show how many, that one is wrong.

use rust_decimal::Decimal;

use super::grid::{Grid, Row};
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "table-computed";
/// Most tables and columns looked at, and fewest rows.
const MOST: usize = 40;
const COLUMNS: usize = 14;
const LEAST: usize = 4;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims).iter().filter(|g| g.columns <= COLUMNS).take(MOST) {
        let counts: Vec<usize> = (1..grid.columns).filter(|c| !grid.is_percent(*c)).collect();
        let rows: Vec<&Row> = grid.rows.iter().filter(|r| r.is_item()).collect();
        for (n, many) in counts.iter().enumerate() {
            for all in &counts[n + 1..] {
                judge(grid, &rows, (*many, *all), sink);
            }
        }
    }
}

/// How many times one cell is the other, if it is a whole number of times.
fn times(row: &Row, (many, all): (usize, usize)) -> Option<Decimal> {
    let (a, b) = (row.cells[many].as_ref()?, row.cells[all].as_ref()?);
    let n = b.value.checked_div(a.value)?;
    (n.fract().is_zero() && n > Decimal::ONE && n <= Decimal::ONE_HUNDRED).then_some(n)
}

fn judge(grid: &Grid, rows: &[&Row], columns: (usize, usize), sink: &mut Sink<'_>) {
    let (many, all) = columns;
    let filled: Vec<&Row> =
        rows.iter().copied().filter(|r| r.cells[many].is_some() && r.cells[all].is_some()).collect();
    if filled.len() < LEAST || filled.iter().filter(|r| times(r, columns).is_none()).count() > 1 {
        return;
    }
    let big = |r: &&&Row| r.cells[many].as_ref().is_some_and(|v| v.value >= Decimal::TEN);
    if filled.iter().filter(big).count() < LEAST {
        return;
    }
    sink.tried();
    for row in filled.iter().filter(|r| times(r, columns).is_none()) {
        let others = || filled.iter().filter(|o| !std::ptr::eq(**o, *row)).filter_map(|o| times(o, columns));
        let twin = filled.iter().filter(|o| !std::ptr::eq(**o, *row) && o.label == row.label);
        let twins: Vec<Decimal> = twin.filter_map(|o| times(o, columns)).collect();
        let first = if twins.is_empty() { others().next() } else { twins.first().copied() };
        let agree = if twins.is_empty() {
            others().all(|k| Some(k) == first)
        } else {
            twins.iter().all(|k| Some(*k) == first)
        };
        let Some(k) = first.filter(|_| agree) else { continue };
        let (Some(a), Some(b)) = (&row.cells[many], &row.cells[all]) else { continue };
        let Some(right) = a.value.checked_mul(k) else { continue };
        let fewer = b.value / k;
        let slip =
            one_digit_apart(right, b.value) || fewer.fract().is_zero() && one_digit_apart(fewer, a.value);
        if !slip {
            continue;
        }
        let message = format!(
            "表格“{}”一行“{}”：{}×{}={}，表中为{}",
            row.label,
            grid.header(all),
            show(a.value),
            show(k),
            show(right),
            show(b.value)
        );
        let said = (show(b.value), show(right));
        sink.add(RULE, Severity::Warning, message, said, &[b.span.clone(), a.span.clone()]);
    }
}
