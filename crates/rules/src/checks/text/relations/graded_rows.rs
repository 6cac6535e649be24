//! Rows that count answers by grade and print the share of those content: 很满意19、满意15、一般3, 满意率91.9. Which grades are content is what most rows show.

use rust_decimal::Decimal;

use super::grid::{Grid, Row};
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_percent};

const RULE: &str = "table-percent";
/// Most tables looked at and fewest rows.
const MOST: usize = 40;
const LEAST: usize = 4;
const GRADES: &[&str] = &[
    "非常满意",
    "很满意",
    "满意",
    "比较满意",
    "较满意",
    "基本满意",
    "一般",
    "不太满意",
    "较不满意",
    "不满意",
    "非常不满意",
    "很不满意",
    "说不清",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims).iter().take(MOST) {
        let header = |k: &usize| grid.header(*k).split('（').next().unwrap_or_default().to_owned();
        let grades: Vec<usize> = (1..grid.columns).filter(|k| GRADES.contains(&header(k).as_str())).collect();
        let rate =
            (1..grid.columns).rfind(|k| ["满意率", "满意度", "总体满意率"].contains(&header(k).as_str()));
        if let Some(rate) = rate.filter(|_| (3..=6).contains(&grades.len())) {
            judge(grid, &grades, rate, sink);
        }
    }
}

/// Those content by the first `n` grades, and all.
fn counts(row: &Row, grades: &[usize], n: usize) -> Option<(Decimal, Decimal)> {
    let values = grades.iter().map(|k| row.cells[*k].as_ref().filter(|v| !v.percent).map(|v| v.value));
    let values: Vec<Decimal> = values.collect::<Option<_>>()?;
    Some((values[..n].iter().sum(), values.iter().sum()))
}

fn judge(grid: &Grid, grades: &[usize], rate: usize, sink: &mut Sink<'_>) {
    let fits = |row: &Row, n: usize| {
        let printed = row.cells[rate].as_ref()?;
        let (part, all) = counts(row, grades, n)?;
        Some(is_share(printed.value, printed.decimals, part, all))
    };
    let of = |n: usize| grid.rows.iter().filter_map(|r| fits(r, n)).collect::<Vec<bool>>();
    let best = (1..grades.len()).max_by_key(|n| of(*n).iter().filter(|f| **f).count());
    let Some(n) = best else { return };
    let all = of(n);
    let right = all.iter().filter(|f| **f).count();
    sink.tried();
    if all.len() < LEAST || right + 1 < all.len() {
        return;
    }
    for row in grid.rows.iter().filter(|r| fits(r, n) == Some(false)) {
        let (Some(printed), Some((part, whole))) = (row.cells[rate].as_ref(), counts(row, grades, n)) else {
            continue;
        };
        let Some(share) = percent_of(part, whole) else { continue };
        let near = (share - printed.value).abs() <= Decimal::from(5);
        if !near && !one_digit_apart(share.round_dp(printed.decimals), printed.value) {
            continue;
        }
        let shown = show_percent(share);
        let message = format!(
            "表格“{}”一行“{}”：{}÷{}={shown}，表中为{}",
            row.label,
            grid.header(rate),
            show(part),
            show(whole),
            show(printed.value)
        );
        let said = (show(printed.value), shown);
        sink.add(RULE, Severity::Error, message, said, std::slice::from_ref(&printed.span));
    }
}
