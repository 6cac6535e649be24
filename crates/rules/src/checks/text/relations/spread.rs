//! How far the highest of a table lies from the lowest: 最高分与最低分相差15.8分, 首尾相差244次. The words name no row, so the column of the
//! table that they speak of must give it.

use rust_decimal::Decimal;

use super::grid::{Grid, bracket_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "difference";
/// Most tables looked at, and most differences.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told = claims.all.iter().filter(|c| {
        doc.blocks[c.block].kind == Kind::Paragraph
            && !c.number.vague
            && !c.class().is_empty()
            && says(doc, c)
    });
    for c in told.take(MOST) {
        against(doc, c, grids(doc, claims), sink);
    }
}

fn says(doc: &Doc, c: &Claim) -> bool {
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let clause = words.rfind(['，', '；']).map_or(words, |i| &words[i + '，'.len_utf8()..]);
    let apart =
        ["相差", "相差达", "差距为", "差距达", "差距", "极差", "极差为"].iter().any(|w| clause.ends_with(w));
    let ends = |a: &str, b: &str| clause.contains(a) && clause.contains(b);
    apart
        && (ends("最高", "最低")
            || ends("最多", "最少")
            || clause.contains("首尾")
            || clause.contains("极差"))
}

fn against(doc: &Doc, c: &Claim, tables: &[Grid], sink: &mut Sink<'_>) {
    let points = c.class() == "点";
    let mut near: Option<Decimal> = None;
    for grid in tables.iter().take(MOST) {
        for column in (1..grid.columns).filter(|k| grid.is_percent(*k) == points) {
            let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
            let values: Vec<Decimal> =
                rows.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).collect();
            let (Some(high), Some(low)) = (values.iter().max(), values.iter().min()) else { continue };
            if values.len() < 3 {
                continue;
            }
            let right = *high - *low;
            if right == c.number.value {
                return sink.tried();
            }
            if of_column(doc, c, grid.header(column)) && one_digit_apart(right, c.number.value) {
                near = Some(right);
            }
        }
    }
    let Some(right) = near else { return };
    sink.tried();
    let message = format!("表格中最高与最低相差{}，文中为“{}”", show(right), doc.slice(&c.wide()));
    sink.add(RULE, Severity::Error, message, (show(c.number.value), show(right)), &[c.wide()]);
}

/// 最高分 speaks of the column of scores, 走访最多 of the column of 走访.
fn of_column(doc: &Doc, c: &Claim, header: &str) -> bool {
    let bare = header.split('（').next().unwrap_or_default();
    let score = ["总分", "得分", "综合得分", "总得分", "评估得分", "最终得分"].contains(&bare);
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let class = bracket_class(header);
    score && c.class() == "分"
        || bare.chars().count() >= 2 && words.contains(bare)
        || class == c.class() && !class.is_empty()
}
