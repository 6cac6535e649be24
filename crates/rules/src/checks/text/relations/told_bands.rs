//! How many rows lie on one side of a limit: 得分在90分及以上的有5个, 80-90分3个, 社工不足4名的站有5个, 低于平均分的有甲、乙2个站.
//! The one column that the words name is counted; where several could be meant and one fits, nothing is said.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::grid::{Grid, bracket_class, unit_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "count-names";
/// Most bytes before a count in which its limit is looked for.
const NEAR: usize = 160;
const MOST_GRIDS: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut known: Option<Vec<&Grid>> = None;
    let counts = claims.all.iter().filter(|c| {
        c.exact()
            && matches!(c.class(), "个" | "家" | "项" | "站")
            && doc.blocks[c.block].kind == Kind::Paragraph
            && c.number.value <= Decimal::from(60)
    });
    for count in counts {
        let before = doc.tail(count.segment.start..count.number.span.start, NEAR);
        let Some(limit) = Limit::read(before) else { continue };
        let grids = known.get_or_insert_with(|| {
            grids(doc, claims).iter().filter(|g| g.rows.len() >= 3).take(MOST_GRIDS).collect()
        });
        judge(doc, claims, count, &limit, grids, sink);
    }
}

/// Which rows are meant.
enum Side {
    From(Decimal),
    Above(Decimal),
    UpTo(Decimal),
    Below(Decimal),
    Between(Decimal, Decimal),
    AboveMean,
    BelowMean,
}

struct Limit {
    side: Side,
    /// The unit of the limit; empty for a mean.
    unit: String,
    /// The words before it: what is counted.
    about: String,
}

static ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<about>[\p{Han}]{0,10}?)(?P<how>不低于|不少于|不足|不到|不满|未满|低于|少于|高于|超过|多于|大于|小于|达到|在)?",
        r"(?P<n>\d+(?:\.\d+)?)(?P<u>分|份|名|人次|人|户次|户|场|次|%)(?:（不?含）)?(?P<w>及以上|以上|及以下|以下)?",
        r"的?[\p{Han}]{0,6}?(?:只有|仅有|共有|有|为|是|共)?(?:[\p{Han}]{2,8}(?:、[\p{Han}]{2,8})+)?$",
    ))
    .ok()
});
static TWO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<about>[\p{Han}]{0,10}?)(?:在|为|处于)?(?P<a>\d+(?:\.\d+)?)(?:分|%)?(?:（不?含）)?(?:[-至到~])",
        r"(?P<b>\d+(?:\.\d+)?)(?P<u>分|%)?(?:（不?含）)?(?:之间|以内)?的?[\p{Han}]{0,6}?(?:有|为|是|共)?$",
    ))
    .ok()
});
static MEAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<how>高于|低于)(?:全[区市县]|总体)?平均(?:分|得分|水平|值|数)的?[\p{Han}]{0,6}?(?:只有|仅有|有|为|是|共)?",
        r"(?:[\p{Han}]{2,8}(?:、[\p{Han}]{2,8})+)?$",
    ))
    .ok()
});

impl Limit {
    fn read(before: &str) -> Option<Self> {
        if let Some(found) = MEAN.as_ref()?.captures(before) {
            let side = if &found["how"] == "高于" { Side::AboveMean } else { Side::BelowMean };
            return Some(Self { side, unit: String::new(), about: "得分".into() });
        }
        if let Some(found) = TWO.as_ref()?.captures(before) {
            let (a, b) = (found["a"].parse().ok()?, found["b"].parse().ok()?);
            let unit = found.name("u").map_or("", |m| m.as_str()).to_owned();
            let about = found["about"].to_owned();
            return (a < b && !(unit.is_empty() && about.is_empty())).then_some(Self {
                side: Side::Between(a, b),
                unit,
                about,
            });
        }
        let found = ONE.as_ref()?.captures(before)?;
        let n = found["n"].parse().ok()?;
        let how = found.name("how").map_or("", |m| m.as_str());
        let side = match (how, found.name("w").map_or("", |m| m.as_str())) {
            ("不低于" | "不少于" | "达到", _) | (_, "及以上" | "以上") => Side::From(n),
            ("不足" | "不到" | "不满" | "未满" | "低于" | "少于" | "小于", _) => Side::Below(n),
            ("高于" | "超过" | "多于" | "大于", _) => Side::Above(n),
            (_, "及以下" | "以下") => Side::UpTo(n),
            _ => return None,
        };
        Some(Self { side, unit: found["u"].to_owned(), about: found["about"].to_owned() })
    }

    /// How many of the values are meant: a value on the limit may lie on either side.
    fn counts(&self, values: &[Decimal]) -> (usize, usize) {
        let mean = values.iter().sum::<Decimal>() / Decimal::from(values.len().max(1));
        let count = |f: &dyn Fn(Decimal) -> bool| values.iter().filter(|v| f(**v)).count();
        match self.side {
            Side::From(n) => (count(&|v| v > n), count(&|v| v >= n)),
            Side::Above(n) => (count(&|v| v > n), count(&|v| v > n)),
            Side::UpTo(n) => (count(&|v| v < n), count(&|v| v <= n)),
            Side::Below(n) => (count(&|v| v < n), count(&|v| v < n)),
            Side::Between(a, b) => (count(&|v| v > a && v < b), count(&|v| v >= a && v <= b)),
            Side::AboveMean => (count(&|v| v > mean), count(&|v| v > mean)),
            Side::BelowMean => (count(&|v| v < mean), count(&|v| v < mean)),
        }
    }

    /// Whether a column holds what the limit is of.
    fn is_of(&self, grid: &Grid, column: usize) -> bool {
        let header = grid.header(column);
        let bare = header.split('（').next().unwrap_or_default();
        let other = ["上", "满分", "分值", "权重", "标准", "目标", "序号", "排名"];
        if has_any(header, &other) {
            return false;
        }
        if matches!(self.unit.as_str(), "分" | "") {
            return ["得分", "总分", "评分", "综合得分", "分数", "成绩"].iter().any(|w| bare.ends_with(w));
        }
        let shared = bare.chars().count() >= 2 && self.about.contains(bare)
            || self.about.chars().count() >= 2 && bare.contains(self.about.trim_end_matches('数'));
        let percent = self.unit == "%";
        let class = bracket_class(header);
        let fits = class.is_empty() || percent || class == unit_class(&self.unit);
        shared && fits && grid.is_percent(column) == percent
    }
}

fn judge(doc: &Doc, claims: &Claims, count: &Claim, limit: &Limit, grids: &[&Grid], sink: &mut Sink<'_>) {
    let mut found: Vec<(usize, usize, &Grid, usize)> = Vec::new();
    for grid in grids {
        for column in (1..grid.columns).filter(|c| limit.is_of(grid, *c)) {
            let rows = grid.rows.iter().filter(|r| r.is_item());
            let values: Vec<Decimal> =
                rows.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).collect();
            if values.len() >= 3 {
                let (low, high) = limit.counts(&values);
                found.push((low, high, grid, column));
            }
        }
    }
    let [(low, high, grid, column)] = found.as_slice() else { return };
    sink.tried();
    let said = count.number.value;
    let (low, high) = (Decimal::from(*low), Decimal::from(*high));
    let near = (said - low).abs().min((said - high).abs()) <= Decimal::TWO;
    if (low..=high).contains(&said) || !near || of_some(doc, claims, count, grid) {
        return;
    }
    let message = format!(
        "表格“{}”一列中这样的有{}个，文中为“{}”",
        grid.header(*column),
        show(high),
        doc.slice(&(count.left.start..count.right.end))
    );
    sink.add(RULE, Severity::Error, message, (show(said), show(high)), &[count.wide()]);
}

/// The sentence speaks of fewer things than the table has rows: 3个街道中, 其中A类….
fn of_some(doc: &Doc, claims: &Claims, count: &Claim, grid: &Grid) -> bool {
    let rows = grid.rows.iter().filter(|r| r.is_item()).count();
    let before = claims.within(&(count.sentence.start..count.number.span.start));
    let whole = before
        .iter()
        .find(|c| doc.text[c.right.end..].starts_with('中') || doc.slice(&c.right).ends_with('中'));
    whole.is_some_and(|w| w.number.value != Decimal::from(rows))
        || doc.slice(&(count.sentence.start..count.number.span.start)).contains("其中")
}
