//! Halves of a year told in words whose whole stands in a table: 入户探访上半年612户次、下半年675户次 beside a row 入户探访 that holds 1287.

use rust_decimal::Decimal;

use super::grid::Value;
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "total";
const PARTS: &[(&str, &str)] = &[("上半年", "下半年"), ("第一阶段", "第二阶段"), ("前半年", "后半年")];
/// Most pairs looked up: each reads the tables.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let pairs = claims.all.windows(2).filter_map(|w| {
        let (a, b) = (&w[0], &w[1]);
        let kin = a.class() == b.class() && a.exact() && b.exact() && a.segment == b.segment;
        let (first, second) = (doc.slice(&a.left), doc.slice(&b.left));
        let name = PARTS.iter().find_map(|(x, y)| first.strip_suffix(x).filter(|_| second.starts_with(y)))?;
        let usable = kin && !a.class().is_empty() && doc.blocks[a.block].kind == Kind::Paragraph;
        (usable && name.chars().count() >= 2).then_some((a, b, name))
    });
    for (a, b, name) in pairs.take(MOST) {
        let rows = grids(doc, claims).iter().take(MOST).flat_map(|g| &g.rows).filter(|r| {
            let label = r.label.split('（').next().unwrap_or_default();
            label.chars().count() >= 2 && (name.ends_with(label) || label.starts_with(name))
        });
        let cells: Vec<&Value> = rows.flat_map(|r| r.cells.iter().flatten()).filter(|v| !v.percent).collect();
        let (x, y) = (a.number.value, b.number.value);
        let sum = x + y;
        sink.tried();
        if cells.iter().any(|v| v.value == sum) || claims.values.binary_search(&sum).is_ok() {
            continue;
        }
        let slip = cells.iter().find(|v| {
            let rest = |part: Decimal| v.value - part;
            one_digit_apart(v.value, sum) || one_digit_apart(rest(x), y) || one_digit_apart(rest(y), x)
        });
        let Some(whole) = slip.filter(|v| v.value > x.min(y)) else { continue };
        let message = format!("{}+{}={}，表格中为{}", show(x), show(y), show(sum), show(whole.value));
        let said = (show(sum), show(whole.value));
        sink.add(RULE, Severity::Error, message, said, &[a.wide(), b.wide(), whole.span.clone()]);
    }
}
