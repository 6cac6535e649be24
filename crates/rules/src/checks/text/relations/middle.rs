//! Means and medians of what is listed or stands in a column: 由短到长依次为62、71、…、132天，平均90.0天，中位数88天; 各村平均333户次，中位数为313户次. It speaks only
//! where no list and no column that the words name gives the number and one of them does but for one digit.

use rust_decimal::Decimal;

use super::grid::{Grid, bracket_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// Most statements and tables looked at, and most values of a list.
const MOST: usize = 40;
const VALUES: usize = 200;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told = claims.all.iter().filter_map(|c| {
        let usable = doc.blocks[c.block].kind == Kind::Paragraph
            && c.exact()
            && !c.target
            && !c.other_period
            // 去掉一个最高分和一个最低分，以其余三人的平均值: not of all.
            && !has_any(doc.slice(&(c.sentence.start..c.left.end)), &["去掉", "剔除", "其余"])
            && !c.class().is_empty();
        Some((c, Middle::read(doc.slice(&c.left)).filter(|_| usable)?))
    });
    for (c, middle) in told.take(MOST) {
        let own: Vec<Vec<Decimal>> = list_before(doc, claims, c).into_iter().collect();
        let lists = if own.is_empty() { columns(doc, claims, c, &middle) } else { own };
        judge(doc, c, &middle, &lists, sink);
    }
}

enum Middle {
    Mean,
    Median,
}

impl Middle {
    /// 中位数为, 年龄中位数, 平均, 平均年龄; a mean of each (人均, 平均每组) is read elsewhere.
    fn read(left: &str) -> Option<Self> {
        let left = left.trim_end_matches(['为', '是', '达']);
        if left.ends_with("中位数") || left.ends_with("中位值") {
            return Some(Self::Median);
        }
        let (before, name) = left.rsplit_once("平均")?;
        let other = ["每", "均", "较", "比", "高于", "低于", "加权", "上", "全市", "全省"];
        let plain = !other.iter().any(|w| before.contains(w) || name.contains(w));
        (plain && name.chars().count() <= 4).then_some(Self::Mean)
    }

    fn of(&self, values: &[Decimal]) -> Option<Decimal> {
        let n = values.len();
        match self {
            Self::Mean => values.iter().sum::<Decimal>().checked_div(Decimal::from(n)),
            Self::Median => {
                let mut sorted = values.to_vec();
                sorted.sort_unstable();
                Some((*sorted.get((n - 1) / 2)? + *sorted.get(n / 2)?) / Decimal::TWO)
            }
        }
    }
}

/// At least four numbers in a row in the sentence, of which only the last need have the unit.
fn list_before(doc: &Doc, claims: &Claims, c: &Claim) -> Option<Vec<Decimal>> {
    let here = claims.within(&(c.sentence.start..c.number.span.start));
    let joined = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        matches!(gap, "、" | "和" | "，") && !w[0].number.vague && !w[1].number.vague
    };
    let mut best: &[Claim] = &[];
    let mut from = 0;
    for at in 0..here.len() {
        if at + 1 == here.len() || !joined(&here[at..at + 2]) {
            if at + 1 - from > best.len() {
                best = &here[from..=at];
            }
            from = at + 1;
        }
    }
    let last = best.last().filter(|_| (4..=VALUES).contains(&best.len()))?;
    (last.class() == c.class()).then(|| best.iter().map(|v| v.number.value).collect())
}

/// The columns of tables that the words name, or that count in the unit of the statement.
fn columns(doc: &Doc, claims: &Claims, c: &Claim, middle: &Middle) -> Vec<Vec<Decimal>> {
    let left = doc.slice(&c.left);
    let values = |grid: &Grid, column: usize| -> Vec<Decimal> {
        let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
        rows.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).take(VALUES).collect()
    };
    let of = |grid: &Grid, column: usize| {
        let header = grid.header(column);
        let bare = header.split('（').next().unwrap_or_default();
        let named = bare.chars().count() >= 2 && left.contains(bare);
        named
            || bracket_class(header) == c.class() && (left.contains("各") || matches!(middle, Middle::Median))
    };
    let tables = grids(doc, claims).iter().take(MOST);
    let found =
        tables.flat_map(|g| (1..g.columns).filter(|k| !g.is_percent(*k) && of(g, *k)).map(move |k| (g, k)));
    found.map(|(g, k)| values(g, k)).filter(|v| v.len() >= 4).collect()
}

fn judge(doc: &Doc, c: &Claim, middle: &Middle, lists: &[Vec<Decimal>], sink: &mut Sink<'_>) {
    let (m, decimals) = (c.number.value, c.number.decimals);
    let found: Vec<(Decimal, usize)> = lists.iter().filter_map(|l| Some((middle.of(l)?, l.len()))).collect();
    sink.tried();
    let known = sink.said(&[c.span().start, c.wide().start]);
    if known || found.iter().any(|(exact, _)| prints_as(*exact, m, decimals)) {
        return;
    }
    let near = |f: &&(Decimal, usize)| {
        let right = f.0.round_dp(decimals);
        m >= Decimal::TEN && one_digit_apart(right, m) && (show(m).len() >= 3 || right == f.0)
    };
    let mut near = found.iter().filter(near);
    let (Some((exact, n)), None) = (near.next(), near.next()) else { return };
    let what = if matches!(middle, Middle::Mean) { "平均数" } else { "中位数" };
    let shown = show(exact.round_dp(decimals.max(2)));
    let message = format!("{n}个数的{what}为{shown}，文中为“{}”", doc.slice(&c.wide()));
    sink.add(RULE, Severity::Warning, message, (show(m), shown), &[c.wide()]);
}
