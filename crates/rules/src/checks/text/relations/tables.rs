//! Tables: totals of columns and rows, completion columns against target and actual, columns that most rows show to be
//! computed from two others. Also gives the body's relations the claims that table cells make.

use rust_decimal::Decimal;

use super::columns;
use super::computed::computed;
use super::graded;
use super::grid::{Grid, Row, Value, is_actual, is_target};
use super::told;
use super::{grown_columns, rank_rows};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{
    is_share, one_digit_apart, percent_of, prints_as, show, show_percent, show_sum,
};
use crate::checks::text::words::has_any;

const TOTAL: &str = "table-total";
const PERCENT: &str = "table-percent";
/// Most columns in which relations between columns are looked for.
const MAX_COLUMNS: usize = 14;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let (mut grades, mut complete, mut grids) = (Vec::new(), Vec::new(), Vec::new());
    let weights = columns::weights(doc, claims);
    let bands = if doc.tables.is_empty() { Vec::new() } else { super::bands::bands(doc) };
    for table in &doc.tables {
        let grid = Grid::read(doc, claims, table);
        if grid.rows.is_empty() || grid.columns > MAX_COLUMNS {
            continue;
        }
        column_totals(&grid, sink);
        let percents = completion_columns(&grid);
        for &(target, actual, percent) in &percents {
            completion(doc, &grid, target, actual, percent, sink);
        }
        if !rank_rows::check(&grid, sink) {
            computed(&grid, &weights, sink);
        }
        let mut taken: Vec<usize> = percents.iter().map(|p| p.2).collect();
        taken.extend(grown_columns::check(&grid, &taken, sink));
        columns::shares(&grid, &taken, claims, sink);
        columns::row_shares(&grid, &taken, sink);
        columns::means(&grid, sink);
        columns::ranks(doc, claims, table, &grid, sink);
        graded::lying::check(doc, table, &grid, &bands, sink);
        grades.extend(graded::grades(doc, table, &grid, &bands, sink));
        complete.extend(percents.first().filter(|p| is_target(grid.header(p.0))).map(|p| (grids.len(), p.2)));
        grids.push(grid);
    }
    if grades.is_empty() {
        grades.extend(grids.iter().filter_map(|g| graded::by_bands(g, &bands)));
    }
    if let [only] = grades.as_slice() {
        graded::grade_counts(doc, claims, only, sink);
        graded::grade_rates(doc, claims, only, sink);
    }
    if let [(grid, percent)] = complete.as_slice() {
        told::told_counts(doc, claims, &grids[*grid], *percent, sink);
    }
    told::told_means(doc, claims, super::listing::grids(doc, claims), sink);
}

fn column_totals(grid: &Grid, sink: &mut Sink<'_>) {
    let mut wrong = Vec::new();
    let mut right = 0;
    for column in 1..grid.columns {
        let header = grid.header(column);
        let ratio = has_any(header, &["率", "均", "比", "每", "单价", "标准", "龄", "满意度", "权重"]);
        if ratio && !header.contains("权重")
            || grid.is_percent(column) && !header.contains("权重") && !header.contains("占比")
        {
            continue;
        }
        for (last, row) in grid.rows.iter().enumerate().filter(|(_, r)| r.total || r.subtotal) {
            let Some(total) = &row.cells[column] else { continue };
            let from = if row.subtotal {
                grid.rows[..last].iter().rposition(|r| r.subtotal || r.total).map_or(0, |p| p + 1)
            } else {
                grid.rows[..last].iter().rposition(|r| r.total).map_or(0, |p| p + 1)
            };
            let above: Vec<&Row> =
                grid.rows[from..last].iter().filter(|r| !r.subtotal && !r.total && !r.mean).collect();
            if above.len() < 2 || above.iter().any(|r| r.words[column]) {
                continue;
            }
            let parts: Vec<&Value> = above.iter().filter_map(|r| r.cells[column].as_ref()).collect();
            let sum: Decimal = parts.iter().map(|p| p.signed()).sum();
            if parts.len() < 2 || parts.iter().any(|p| p.class != parts[0].class) {
                continue;
            }
            sink.tried();
            let slack = if grid.is_percent(column) && !(header.contains("权重") && parts[0].decimals == 0) {
                Decimal::new(parts.len() as i64, parts[0].decimals) / Decimal::TWO
            } else {
                Decimal::ZERO
            };
            if (sum - total.signed()).abs() <= slack {
                right += 1;
            } else if is_mean(sum, parts.len(), total) {
            } else {
                wrong.push((column, total.clone(), parts, sum));
            }
        }
    }
    let headless = grid.headers.iter().all(String::is_empty);
    if headless
        && let [(_, total, parts, sum)] = wrong.as_slice()
        && one_slip(total, parts, *sum)
    {
        let (total, parts, sum) = (total.clone(), parts.clone(), *sum);
        return wrong_total("", &total, &parts, sum, sink);
    }
    if wrong.len() > right + 2 || headless && wrong.len() > right {
        return;
    }
    let grouped = grid.rows.iter().any(|r| r.subtotal);
    wrong.retain(|w| !grid.header(w.0).is_empty() || right > 0 && !grouped);
    for (column, total, parts, sum) in wrong {
        wrong_total(grid.header(column), &total, &parts, sum, sink);
    }
}

/// One digit of the total or of one row would make them equal.
fn one_slip(total: &Value, parts: &[&Value], sum: Decimal) -> bool {
    let apart = total.value - sum;
    parts.len() >= 3
        && (one_digit_apart(total.value, sum)
            || parts
                .iter()
                .any(|p| p.value + apart > Decimal::ZERO && one_digit_apart(p.value, p.value + apart)))
}

/// The last row of a column of scores may hold their mean although the row is called 全市 or 合计.
fn is_mean(sum: Decimal, rows: usize, total: &Value) -> bool {
    rows >= 3 && prints_as(sum / Decimal::from(rows), total.value, total.decimals)
}

fn wrong_total(header: &str, total: &Value, parts: &[&Value], sum: Decimal, sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = parts.iter().map(|p| p.signed()).collect();
    let message = format!(
        "表格“{header}”一列：{}，合计为{}，相差{}",
        show_sum(&values),
        show(total.signed()),
        show((sum - total.signed()).abs()),
    );
    let spans: Vec<_> =
        std::iter::once(total.span.clone()).chain(parts.iter().map(|p| p.span.clone())).collect();
    sink.add(TOTAL, Severity::Error, message, (show(total.value), show(sum)), &spans);
}

/// (target, actual, percent) columns, by their headers or because most rows fit.
fn completion_columns(grid: &Grid) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    for percent in (0..grid.columns).filter(|&c| grid.is_percent(c)) {
        let plain: Vec<usize> = (0..percent)
            .filter(|&c| !grid.is_percent(c) && grid.rows.iter().any(|r| r.cells[c].is_some()))
            .collect();
        let mut best: Option<(usize, (usize, usize, usize))> = None;
        let rows = grid.rows.iter().filter(|r| r.cells[percent].is_some()).count();
        for &a in &plain {
            for &b in plain.iter().filter(|b| **b != a) {
                let fits = grid.rows.iter().filter(|r| fits_percent(r, b, a, percent) == Some(true)).count();
                let named = is_target(grid.header(b))
                    && (is_actual(grid.header(a)) || grid.header(a).contains("完成"))
                    && grid.header(percent).contains("率");
                let enough =
                    fits >= 2 && fits * 10 >= rows * 6 || named && plain.len() == 2 && (fits >= 1 || b < a);
                if enough && best.is_none_or(|x| fits > x.0) {
                    best = Some((fits, (b, a, percent)));
                }
            }
        }
        out.extend(best.map(|b| b.1));
    }
    out
}

fn fits_percent(row: &Row, target: usize, actual: usize, percent: usize) -> Option<bool> {
    let (t, a, p) = (row.cells[target].as_ref()?, row.cells[actual].as_ref()?, row.cells[percent].as_ref()?);
    if t.value == a.value && a.value == Decimal::ZERO {
        return None;
    }
    Some(
        is_share(p.value, p.decimals, a.value, t.value)
            || !p.percent
                && t.value != Decimal::ZERO
                && p.value <= Decimal::TEN
                && prints_as(a.value / t.value, p.value, p.decimals),
    )
}

fn completion(doc: &Doc, grid: &Grid, target: usize, actual: usize, percent: usize, sink: &mut Sink<'_>) {
    for row in &grid.rows {
        let Some(fits) = fits_percent(row, target, actual, percent) else { continue };
        sink.tried();
        let (Some(t), Some(a), Some(p)) = (&row.cells[target], &row.cells[actual], &row.cells[percent])
        else {
            continue;
        };
        let Some(right) = percent_of(a.value, t.value) else { continue };
        if fits {
            continue;
        }
        let message = format!(
            "表格“{}”一行：{}÷{}={}，表中为{}%",
            row.label,
            show(a.value),
            show(t.value),
            show_percent(right),
            show(p.value),
        );
        let spans = [p.span.clone(), a.span.clone(), t.span.clone()];
        let _ = doc;
        sink.add(
            PERCENT,
            Severity::Error,
            message,
            (format!("{}%", show(p.value)), show_percent(right)),
            &spans,
        );
    }
}
