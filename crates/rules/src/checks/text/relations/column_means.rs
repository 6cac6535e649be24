//! The mean of a column told below its table by the name of its head: 前测均值为55.0…后测均值为62.4 under 前测, 后测; 八人初评平均47.5分，末评平均57.5分，平均提高10.0分
//! under 初评分, 末评分, 提高.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::grid::{Grid, Row};
use super::listing::grids;
use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show};
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// Fewest rows of a column with a mean.
const LEAST: usize = 3;

static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:(?P<n>\p{Han}{2,10}?)(?:平均分值|平均分数|平均分|平均值|平均|均值|均分|得分均值)|平均(?P<m>提高|提升|增加|下降|降低|减少|增值|变化))(?:为|是|达到|达)?(?P<v>\d+(?:\.\d+)?)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told = |here: &Sentence<'_>| here.holds(&["平均", "均值", "均分"]);
    let mut found = Sentence::all(doc, claims).filter(told).peekable();
    if found.peek().is_none() {
        return;
    }
    let grids = grids(doc, claims);
    for here in found {
        for mean in here.found(&TOLD) {
            let name = mean.name("n").or_else(|| mean.name("m")).map_or("", |m| m.as_str());
            let Some(value) = number(&mean, "v") else { continue };
            let decimals = mean.name("v").and_then(|m| m.as_str().split_once('.')).map_or(0, |p| p.1.len());
            let columns: Vec<Vec<Decimal>> = grids.iter().flat_map(|g| columns(g, name)).collect();
            let [column] = columns.as_slice() else { continue };
            let sum: Decimal = column.iter().sum();
            let Some(right) = sum.checked_div(Decimal::from(column.len())) else { continue };
            let decimals = u32::try_from(decimals).unwrap_or(0);
            // Where no slip leads from the one to the other, it is the mean of another column.
            let slip =
                decimals > 0 && mistaken(right.round_dp(decimals), value) && !name.contains(['每', '各']);
            if prints_as(right, value, decimals) || !slip {
                continue;
            }
            let shown = show(right.round_dp(decimals.max(2)));
            let message = format!("表格“{name}”一列{}行的平均为{shown}，文中为{}", column.len(), show(value));
            here.warn(sink, RULE, message, (show(value), shown), here.at(&mean, "v"));
        }
    }
}

/// The columns of a table whose head the name ends with.
fn columns(grid: &Grid, name: &str) -> Vec<Vec<Decimal>> {
    let named = |k: &usize| {
        let head = grid.header(*k);
        let head = head.split('（').next().unwrap_or_default();
        let head = ["得分", "分数", "分值", "分"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
        head.chars().count() >= 2 && (name.ends_with(head) || head.starts_with(name))
    };
    let items: Vec<&Row> = grid.rows.iter().filter(|r| r.is_item()).collect();
    // A column that is weighed has other means.
    if (0..grid.columns).any(|k| has_any(grid.header(k), &["权重", "人数", "份数", "样本"])) {
        return Vec::new();
    }
    let values = |k: usize| -> Option<Vec<Decimal>> {
        items.iter().map(|r| r.cells.get(k)?.as_ref().filter(|v| !v.percent).map(|v| v.signed())).collect()
    };
    let found = (1..grid.columns).filter(named).filter_map(values);
    found.filter(|v| v.len() >= LEAST).collect()
}
