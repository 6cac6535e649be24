//! Columns that belong together in tables of many rows: shares of one base, scores weighted as the text says, ranks by
//! the score, a row of means. A relation that most rows do not show is not tried.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{
    is_share, one_digit_apart, percent_of, prints_as, show, show_percent, wholes,
};
use crate::checks::text::words::has_any;

const PERCENT: &str = "table-percent";
const MEAN: &str = "table-mean";
const RANK: &str = "table-rank";

/// Shares of one base: the total of the column, or a number printed anywhere that most rows agree on.
pub(super) fn shares(grid: &Grid, taken: &[usize], claims: &Claims, sink: &mut Sink<'_>) {
    // A weight is given, and no share of the scores beside it.
    let share = |c: &usize| grid.is_percent(*c) && !taken.contains(c) && !grid.header(*c).contains("权重");
    let percents = (1..grid.columns).filter(share);
    for percent in percents {
        let counts = (0..percent).rev().filter(|c| !grid.is_percent(*c));
        let mut best: Option<(usize, usize, Decimal)> = None;
        for count in counts {
            let rows: Vec<(&Value, &Value)> = pairs(grid, count, percent);
            for base in bases(grid, count, &rows, claims) {
                let fits = rows.iter().filter(|(a, p)| is_share(p.value, p.decimals, a.value, base)).count();
                if fits >= 3 && fits * 10 >= rows.len() * 6 && best.is_none_or(|b| fits > b.0) {
                    best = Some((fits, count, base));
                }
            }
        }
        if let Some((_, count, base)) = best {
            judge_shares(grid, count, percent, base, sink);
        }
    }
}

fn pairs(grid: &Grid, count: usize, percent: usize) -> Vec<(&Value, &Value)> {
    grid.rows
        .iter()
        .filter_map(|r| Some((r.cells[count].as_ref()?, r.cells[percent].as_ref()?)))
        .filter(|(a, _)| a.value > Decimal::ZERO)
        .collect()
}

/// What the percents may be of: total row, sum of the rows, and the printed numbers that the first rows allow.
fn bases(grid: &Grid, count: usize, rows: &[(&Value, &Value)], claims: &Claims) -> Vec<Decimal> {
    let parts = grid.rows.iter().filter(|r| !r.total && !r.subtotal);
    let sum: Decimal = parts.filter_map(|r| r.cells[count].as_ref()).map(|v| v.value).sum();
    let total = grid.rows.iter().filter(|r| r.total).filter_map(|r| r.cells[count].as_ref()).map(|v| v.value);
    let mut out: Vec<Decimal> = total.chain([sum]).collect();
    for (a, p) in rows.iter().take(3) {
        let Some((low, high)) = wholes(a.value, p.value, p.decimals, Decimal::ONE) else { continue };
        let from = claims.values.partition_point(|v| *v < low);
        out.extend(claims.values[from..].iter().take_while(|v| **v <= high).take(4));
    }
    out.retain(|b| *b > Decimal::ZERO);
    out.sort_unstable();
    out.dedup();
    out
}

fn judge_shares(grid: &Grid, count: usize, percent: usize, base: Decimal, sink: &mut Sink<'_>) {
    for row in &grid.rows {
        let (Some(a), Some(p)) = (&row.cells[count], &row.cells[percent]) else { continue };
        sink.tried();
        let Some(right) = percent_of(a.value, base) else { continue };
        // 10万元 for each of six: the total is a share of six times as much.
        let parts = Decimal::from(grid.rows.iter().filter(|r| r.is_item()).count());
        let each = base.checked_mul(parts).is_some_and(|all| is_share(p.value, p.decimals, a.value, all));
        // 57.2+33.3+8.0+1.4=99.9: the rounded shares are added up.
        let added = || {
            let items = grid.rows.iter().filter(|r| r.is_item());
            items.filter_map(|r| r.cells[percent].as_ref()).map(|v| v.value).sum::<Decimal>() == p.value
        };
        let whole = row.total && (p.value == Decimal::ONE_HUNDRED || each || added());
        if whole || is_share(p.value, p.decimals, a.value, base) {
            continue;
        }
        let message = format!(
            "表格“{}”一行：{}÷{}={}，表中为{}%",
            row.label,
            show(a.value),
            show(base),
            show_percent(right),
            show(p.value)
        );
        let said = (format!("{}%", show(p.value)), show_percent(right));
        sink.add(PERCENT, Severity::Error, message, said, &[p.span.clone(), a.span.clone()]);
    }
}

/// Satisfied of all asked: 非常满意 + 满意 of the row's counts, where most rows show how many columns that is.
pub(super) fn row_shares(grid: &Grid, taken: &[usize], sink: &mut Sink<'_>) {
    for percent in (3..grid.columns).filter(|c| grid.is_percent(*c) && !taken.contains(c)) {
        let counts: Vec<usize> = (0..percent)
            .filter(|c| !grid.is_percent(*c) && grid.rows.iter().any(|r| r.cells[*c].is_some()))
            .collect();
        let sums = |row: &Row, first: usize| -> Option<(Decimal, Decimal)> {
            let values: Vec<Decimal> =
                counts.iter().map(|c| row.cells[*c].as_ref().map(|v| v.value)).collect::<Option<_>>()?;
            Some((values[..first].iter().sum(), values.iter().sum()))
        };
        let fits = |row: &Row, first: usize| {
            let (Some((part, all)), Some(p)) = (sums(row, first), &row.cells[percent]) else { return false };
            all > Decimal::ZERO && part < all && is_share(p.value, p.decimals, part, all)
        };
        let most = (1..counts.len())
            .map(|first| (grid.rows.iter().filter(|r| fits(r, first)).count(), first))
            .filter(|(n, _)| *n >= 2 && n * 10 >= grid.rows.len() * 6)
            .max();
        let Some((_, first)) = most.filter(|_| counts.len() >= 3) else { continue };
        for row in grid.rows.iter().filter(|r| !fits(r, first)) {
            let (Some((part, all)), Some(p)) = (sums(row, first), &row.cells[percent]) else { continue };
            let Some(right) = percent_of(part, all) else { continue };
            sink.tried();
            let message = format!(
                "表格“{}”一行：{}÷{}={}，表中为{}%",
                row.label,
                show(part),
                show(all),
                show_percent(right),
                show(p.value)
            );
            let said = (format!("{}%", show(p.value)), show_percent(right));
            sink.add(PERCENT, Severity::Error, message, said, std::slice::from_ref(&p.span));
        }
    }
}

/// Weights of each sentence whose percents make 100, in their order.
pub(super) fn weights(doc: &Doc, claims: &Claims) -> Vec<Vec<Decimal>> {
    let mut out: Vec<Vec<Decimal>> = Vec::new();
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence).iter().filter(|c| c.number.percent);
            let list: Vec<Decimal> = here.map(|c| c.number.value).take(9).collect();
            let sum: Decimal = list.iter().sum();
            // 4个街道1360人，占73.0%；2个镇502人，占27.0%: shares of people are no weights.
            let words = doc.slice(&sentence);
            let weighs = ["权重", "加权", "折算", "计入", "总分", "得分", "评分", "分值", "打分", "成绩"];
            if !has_any(words, &weighs) {
                continue;
            }
            if (2..=8).contains(&list.len()) && sum == Decimal::ONE_HUNDRED && !out.contains(&list) {
                out.push(list);
            }
        }
        if out.len() >= 20 {
            break;
        }
    }
    out
}

/// A row of means: each of its cells against the rows above.
pub(super) fn means(grid: &Grid, sink: &mut Sink<'_>) {
    for (at, row) in grid.rows.iter().enumerate().filter(|(_, r)| r.mean) {
        let mut wrong = Vec::new();
        let mut right = 0;
        for column in 1..grid.columns {
            let above = grid.rows[..at].iter().filter(|r| !r.mean && !r.total && !r.subtotal);
            let parts: Vec<&Value> = above.filter_map(|r| r.cells[column].as_ref()).collect();
            let Some(mean) = row.cells[column].as_ref().filter(|_| parts.len() >= 2) else { continue };
            let sum: Decimal = parts.iter().map(|p| p.signed()).sum();
            let exact = sum / Decimal::from(parts.len());
            sink.tried();
            if prints_as(exact, mean.signed(), mean.decimals) {
                right += 1;
            } else {
                wrong.push((column, mean, exact));
            }
        }
        let slip = |w: &(usize, &Value, Decimal)| one_digit_apart(w.1.value, w.2.round_dp(w.1.decimals));
        let only = right == 0 && matches!(wrong.as_slice(), [one] if slip(one));
        if wrong.len() > right && !only {
            continue;
        }
        for (column, mean, exact) in wrong {
            let exact = exact.round_dp(mean.decimals.max(2));
            let message = format!(
                "表格“{}”一列的平均数应为{}，表中为{}",
                grid.header(column),
                show(exact),
                show(mean.signed())
            );
            let said = (show(mean.signed()), show(exact));
            sink.add(MEAN, Severity::Error, message, said, std::slice::from_ref(&mean.span));
        }
    }
}

/// A column of ranks against the column it follows: most rows must show which.
pub(super) fn ranks(doc: &Doc, claims: &Claims, table: &Table, grid: &Grid, sink: &mut Sink<'_>) {
    let named = |h: &str| has_any(h, &["排名", "名次", "位次", "排序"]);
    let Some(column) = (0..grid.columns).find(|c| named(grid.header(*c))) else { return };
    let first = table.rows.len() - grid.rows.len().min(table.rows.len());
    let ranked: Vec<(Decimal, &Row)> = table.rows[first..]
        .iter()
        .zip(&grid.rows)
        .filter(|(_, row)| !row.total && !row.mean)
        .filter_map(|(spans, row)| {
            let cell = super::grid::value_of(doc, claims, spans.get(column)?)?;
            Some((cell.value, row))
        })
        .collect();
    if ranked.len() < 4 {
        return;
    }
    let mut best: Option<(usize, usize)> = None;
    for score in (0..grid.columns).filter(|c| *c != column) {
        let fits = ranked.iter().filter(|r| rank_in(&ranked, score, r.1) == Some(r.0)).count();
        if fits * 10 >= ranked.len() * 6 && best.is_none_or(|b| fits >= b.0) {
            best = Some((fits, score));
        }
    }
    let Some((_, score)) = best else { return };
    for (rank, row) in &ranked {
        let (Some(right), Some(cell)) = (rank_in(&ranked, score, row), &row.cells[score]) else { continue };
        sink.tried();
        if right != *rank {
            let message = format!(
                "表格“{}”一行：按“{}”{}应排第{}，表中为第{}",
                row.label,
                grid.header(score),
                show(cell.value),
                show(right),
                show(*rank)
            );
            let said = (show(*rank), show(right));
            sink.add(RANK, Severity::Error, message, said, std::slice::from_ref(&cell.span));
        }
    }
}

/// Place of a row in the falling order of a column; equal scores share a place.
fn rank_in(ranked: &[(Decimal, &Row)], score: usize, row: &Row) -> Option<Decimal> {
    let own = row.cells[score].as_ref()?.value;
    let better =
        ranked.iter().filter(|(_, r)| r.cells[score].as_ref().is_some_and(|c| c.value > own)).count();
    Some(Decimal::from(better + 1))
}
