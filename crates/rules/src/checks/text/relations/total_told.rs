//! What the text says there is of all (全年应检3088人次, 全区2460名) against the total row of the only table that adds it up.

use rust_decimal::Decimal;

use super::grid::{Grid, bracket_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

/// Most totals of tables.
const MOST: usize = 60;

struct Total {
    words: Vec<char>,
    class: &'static str,
    value: Decimal,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut totals: Vec<Total> = grids(doc, claims).iter().take(MOST).flat_map(totals_of).collect();
    totals.truncate(MOST);
    if totals.is_empty() {
        return;
    }
    for c in claims
        .all
        .iter()
        .filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && c.exact() && !is_asked(doc, c))
    {
        let left = doc.slice(&c.left);
        let whole = has_any(
            left,
            &["共", "累计", "总", "全年", "全区", "全县", "全市", "全镇", "全街", "全部", "全站", "合计"],
        );
        if whole && c.number.value >= Decimal::ONE_HUNDRED && !c.other_period && c.place.is_none() {
            against(doc, c, &totals, sink);
        }
    }
}

/// 应完成个案服务120个: asked for, and perhaps not what was done. 应检3088人次 is told of the table that counts them.
fn is_asked(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let asked = has_any(left, &["应完成", "应开展", "应提供"]);
    asked
        || c.target
            && has_any(
                left,
                &["应完成", "应开展", "应提供", "需完成", "需开展", "计划", "目标", "任务", "指标"],
            )
}

fn totals_of(grid: &Grid) -> Vec<Total> {
    let mut rows = grid.rows.iter().filter(|r| r.total && !r.subtotal);
    let Some(row) = rows.next().filter(|_| rows.next().is_none()) else { return Vec::new() };
    let columns = (1..grid.columns).filter(|c| !grid.is_percent(*c));
    columns
        .filter_map(|c| {
            let (header, cell) = (grid.header(c), row.cells[c].as_ref()?);
            let ends = if header.ends_with("人次") { "人次" } else { "" };
            let class = [cell.class, bracket_class(header), ends].into_iter().find(|c| !c.is_empty())?;
            let words = header.split('（').next().unwrap_or_default().chars().collect();
            Some(Total { words, class, value: cell.value })
        })
        .collect()
}

/// One total of the table shares a word with the claim and misses it by a digit, and none of the unit is equal.
fn against(doc: &Doc, c: &Claim, totals: &[Total], sink: &mut Sink<'_>) {
    let own = || totals.iter().filter(|t| t.class == c.class());
    if own().any(|t| t.value == c.number.value) {
        return;
    }
    let said: Vec<char> = doc.slice(&(c.left.start..c.right.end)).chars().collect();
    let shares = |t: &&Total| t.words.windows(2).any(|w| said.windows(2).any(|s| s == w));
    let mut near = own().filter(|t| one_digit_apart(t.value, c.number.value));
    let only = own().count() == 1;
    let Some(total) = near.next().filter(|t| near.next().is_none() && (only || shares(t))) else { return };
    sink.tried();
    let message = format!("表格合计为{}，文中为“{}”", show(total.value), doc.slice(&c.wide()));
    sink.add("repeated", Severity::Warning, message, (show(c.number.value), show(total.value)), &[c.wide()]);
}
