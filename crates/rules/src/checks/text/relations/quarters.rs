//! What is told of a table whose columns are quarters: 第四季增量最大，环比增加61户次，增幅9.1%; 第四季…，小组活动比上一季多10节. The row is named or is the
//! only one of its unit, the quarter is named in the sentence.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, bracket_class, unit_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
/// Most tables and most changes looked at.
const MOST: usize = 40;
const SINCE: &[&str] = &["比上一季", "较上一季", "比上季", "较上季", "环比", "比上个季度", "较上个季度"];
const QUARTERS: &[&str] = &["一季", "二季", "三季", "四季"];

/// A table and its columns of quarters, in order.
type Table<'a> = (&'a Grid, Vec<usize>);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let tables: Vec<Table<'_>> = grids(doc, claims).iter().take(MOST).filter_map(quarters).collect();
    if tables.is_empty() {
        return;
    }
    let mut last: Option<(usize, Decimal, Decimal)> = None;
    let mut left = MOST;
    for (i, change) in claims.all.iter().enumerate() {
        if doc.blocks[change.block].kind != Kind::Paragraph || change.number.vague || left == 0 {
            continue;
        }
        let words = doc.tail(change.segment.start..change.number.span.start, 60);
        let words = words.rsplit(['，', '。']).next().unwrap_or_default();
        let before =
            last.take().filter(|(at, ..)| at + 1 == i && claims.all[*at].sentence == change.sentence);
        let grows = matches!(words, "增幅" | "增幅为" | "降幅" | "增长" | "下降") && change.number.percent;
        let values = match before {
            Some((_, then, now)) if grows => Some((then, now)),
            _ if has_any(words, SINCE) => {
                left -= 1;
                of_tables(doc, &tables, change)
            }
            _ => None,
        };
        if let Some((then, now)) = values {
            last = Some((i, then, now));
            judge(doc, change, (then, now), sink);
        }
    }
}

fn quarters(grid: &Grid) -> Option<Table<'_>> {
    let of = |q: &str| (1..grid.columns).find(|c| grid.header(*c).contains(q));
    let columns: Vec<usize> = QUARTERS.iter().map_while(|q| of(q)).collect();
    (columns.len() >= 2).then_some((grid, columns))
}

/// The values of the quarter named last and of the one before it, in the only row that may be meant.
fn of_tables(doc: &Doc, tables: &[Table<'_>], change: &Claim) -> Option<(Decimal, Decimal)> {
    let words = doc.slice(&(change.sentence.start..change.number.span.start));
    let told = |q: &str| words.rmatch_indices(q).map(|m| m.0).find(|at| !words[..*at].ends_with('上'));
    let (_, quarter) = QUARTERS.iter().enumerate().filter_map(|(n, q)| Some((told(q)?, n))).max()?;
    let quarter = Some(quarter).filter(|q| *q > 0)?;
    let mut found = tables.iter().filter_map(|(grid, columns)| {
        let row = row_of(doc, grid, change)?;
        let value = |q: usize| Some(row.cells[*columns.get(q)?].as_ref()?.value);
        Some((value(quarter - 1)?, value(quarter)?))
    });
    found.next().filter(|_| found.next().is_none())
}

fn row_of<'a>(doc: &Doc, grid: &'a Grid, change: &Claim) -> Option<&'a Row> {
    let clause = doc.slice(&(change.segment.start..change.number.span.start));
    let clause = clause.rsplit('，').next().unwrap_or_default();
    let rows = || grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
    let bare = |r: &Row| r.label.split('（').next().unwrap_or_default().to_owned();
    let named: Vec<&Row> =
        rows().filter(|r| bare(r).chars().count() >= 2 && clause.contains(&bare(r))).collect();
    if let [one] = named.as_slice() {
        return Some(*one);
    }
    let class = |r: &&Row| {
        let class = if r.unit.is_empty() { bracket_class(&r.label) } else { unit_class(&r.unit) };
        class == change.class()
    };
    let mut own = rows().filter(class);
    own.next().filter(|_| named.is_empty() && !change.number.percent && own.next().is_none())
}

fn judge(doc: &Doc, change: &Claim, (then, now): (Decimal, Decimal), sink: &mut Sink<'_>) {
    let apart = (now - then).abs();
    let right = if change.number.percent { percent_of(apart, then) } else { Some(apart) };
    let (said, decimals) = (change.number.value, change.number.decimals);
    sink.tried();
    let Some(right) = right.filter(|r| !prints_as(*r, said, decimals)) else { return };
    if !one_digit_apart(right.round_dp(decimals), said) {
        return;
    }
    let shown = if change.number.percent { show_percent(right) } else { show(right) };
    let message = format!(
        "表格中由{}到{}，变化为{shown}，文中为“{}”",
        show(then),
        show(now),
        doc.slice(&change.wide())
    );
    sink.add(RULE, Severity::Warning, message, (show(said), shown), &[change.wide()]);
}
