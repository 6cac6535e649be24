//! A column of money without a row of sums, whose sum the text tells: 支出（万元） in three rows, and 花出46.80万元.

use rust_decimal::Decimal;

use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

/// Heads of such columns, and the words before the sum.
const SPENT: &[&str] = &["支出", "花费", "开支", "实支"];
const TOLD: &[&str] = &["支出", "花出", "花了", "花费", "实支", "开支", "共支", "用去"];
/// Words of a part of it.
const SOME: &[&str] = &["其中", "人员", "活动", "办公", "平均", "每", "均", "上年", "超", "待", "未"];
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims).iter().take(MOST) {
        let summed = grid.rows.iter().any(|r| r.total || r.subtotal || r.mean);
        if summed || !(3..=16).contains(&grid.rows.len()) {
            continue;
        }
        let money = |c: &usize| {
            let header = grid.header(*c);
            SPENT.iter().any(|w| header.starts_with(w) || header.starts_with(&format!("实际{w}")))
                && header.contains("万元")
        };
        let columns: Vec<usize> = (1..grid.columns).filter(money).collect();
        let [column] = columns.as_slice() else { continue };
        let cells: Vec<_> = grid.rows.iter().filter_map(|r| r.cells[*column].as_ref()).collect();
        if cells.len() != grid.rows.len() {
            continue;
        }
        let values: Vec<Decimal> = cells.iter().map(|v| v.value).collect();
        let sum: Decimal = values.iter().sum();
        let wan = Decimal::from(10_000);
        let told = |c: &&Claim| {
            let left = doc.slice(&c.left);
            let own = TOLD.iter().any(|w| left.trim_end_matches(['为', '了', '共']).ends_with(w));
            c.class() == "元"
                && c.exact()
                && own
                && !has_any(left, SOME)
                && doc.blocks[c.block].kind == Kind::Paragraph
                && c.number.scale >= Decimal::TEN
        };
        let told: Vec<&Claim> = claims.all.iter().filter(told).collect();
        let [whole] = told.as_slice() else { continue };
        let right = whole.number.value / wan;
        let slip =
            mistaken(sum, right) || values.iter().any(|v| *v + right > sum && mistaken(*v, *v + right - sum));
        sink.tried();
        let spans: Vec<_> = cells.iter().map(|v| v.span.clone()).collect();
        if sum != right && slip && !sink.said(&[spans[0].start, whole.wide().start]) {
            let message = format!(
                "表格“{}”一列{}，文中为“{}”",
                grid.header(*column),
                show_sum(&values),
                doc.slice(&whole.wide())
            );
            let places: Vec<_> = std::iter::once(whole.wide()).chain(spans).collect();
            sink.add("table-total", Severity::Warning, message, (show(right), show(sum)), &places);
        }
    }
}
