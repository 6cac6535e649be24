//! What the text says of a row with two values, planned and done or before and now: 入户探访超出目标264户次, 专业督导少2次, 双闸村一年间多出98户次,
//! 本年度探访比上年度净增324户次，增长13.8%. The row is named in the sentence, or it is the total.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, bracket_class, is_actual, is_target, unit_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
/// Most tables, and most changes looked up in them.
const MOST: usize = 40;
const CHANGES: usize = 80;
const WORDS: &[&str] = &[
    "多",
    "少",
    "差",
    "欠",
    "缺",
    "超出",
    "净增",
    "增加",
    "减少",
    "超额",
    "超目标",
    "增长",
    "下降",
    "增幅",
    "降幅",
];

/// Two columns of a table and what both count: planned and done, or before and now.
struct Pair<'a> {
    grid: &'a Grid,
    then: usize,
    now: usize,
    /// What the columns count, where their headers say it.
    stem: String,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let pairs: Vec<Pair<'_>> = grids(doc, claims).iter().take(MOST).filter_map(pair).collect();
    if pairs.is_empty() {
        return;
    }
    let changes = claims.all.iter().filter(|c| {
        if c.number.vague || c.class().is_empty() || doc.blocks[c.block].kind != Kind::Paragraph {
            return false;
        }
        let left = doc.slice(&c.left);
        let tail = left.char_indices().nth_back(4).map_or(left, |(at, _)| &left[at..]);
        has_any(tail, WORDS) && !tail.ends_with(['至', '到', '于', '比'])
    });
    for change in changes.take(CHANGES) {
        judge(doc, claims, &pairs, change, sink);
    }
}

/// The two columns of a table that say a change, if they are the only ones.
fn pair(grid: &Grid) -> Option<Pair<'_>> {
    let columns = || (1..grid.columns).filter(|c| !grid.is_percent(*c) && !grid.header(*c).is_empty());
    let early = |h: &str| has_any(h, &["上年", "去年", "上期", "上一年"]);
    let only = |mut list: Vec<usize>| list.pop().filter(|_| list.is_empty());
    let then = only(columns().filter(|c| early(grid.header(*c))).collect());
    if let Some(then) = then {
        let late = |h: &str| has_any(h, &["本年", "今年", "本期"]);
        let now = only(columns().filter(|c| late(grid.header(*c))).collect())?;
        let bare = grid.header(now).split('（').next().unwrap_or_default();
        let stem = bare.trim_start_matches("本年度").trim_start_matches("本年").trim_start_matches("今年");
        return Some(Pair { grid, then, now, stem: stem.to_owned() });
    }
    let then = only(columns().filter(|c| is_target(grid.header(*c))).collect())?;
    let now = only(columns().filter(|c| is_actual(grid.header(*c))).collect())?;
    Some(Pair { grid, then, now, stem: String::new() })
}

fn judge(doc: &Doc, claims: &Claims, pairs: &[Pair<'_>], change: &Claim, sink: &mut Sink<'_>) {
    let words = doc.slice(&(change.sentence.start..change.number.span.start));
    let mut found: Vec<(&Value, &Value)> = Vec::new();
    for pair in pairs {
        let Some(row) = row_of(pair, words) else { continue };
        // 由上年的1180人次增加176人次: of the year before, and not of the plan.
        let years = has_any(words, &["上年", "去年", "上期", "同期", "上一", "上个", "相比"]);
        if years && is_target(pair.grid.header(pair.then)) {
            continue;
        }
        let (Some(then), Some(now)) = (&row.cells[pair.then], &row.cells[pair.now]) else { continue };
        let class = [then.class, bracket_class(pair.grid.header(pair.now)), unit_class(&row.unit)];
        let class = class.into_iter().chain([bracket_class(&row.label)]).find(|c| !c.is_empty());
        if change.number.percent || class.is_none_or(|c| c == change.class()) {
            found.push((then, now));
        }
    }
    let said = change.number.value;
    let right = |(then, now): &(&Value, &Value)| {
        let apart = (now.value - then.value).abs();
        if change.number.percent { percent_of(apart, then.value) } else { Some(apart) }
    };
    let holds = |r: Decimal| prints_as(r, said, change.number.decimals);
    sink.tried();
    let [pair] = found.as_slice() else { return };
    let Some(right) = right(pair).filter(|r| !holds(*r)) else { return };
    let shown = right.round_dp(change.number.decimals);
    if !one_digit_apart(shown, said) || told_beside(claims, change) || !goes(doc, change, pair) {
        return;
    }
    let (high, low) = (pair.0.value.max(pair.1.value), pair.0.value.min(pair.1.value));
    let sum = format!("{}-{}", show(high), show(low));
    let (sum, right) = if change.number.percent {
        (format!("({sum})÷{}", show(pair.0.value)), show_percent(right))
    } else {
        (sum, show(right))
    };
    let message = format!("表格中{sum}={right}，文中为“{}”", doc.slice(&change.wide()));
    let spans = [change.wide(), pair.1.span.clone(), pair.0.span.clone()];
    sink.add(RULE, Severity::Warning, message, (show(said), right), &spans);
}

/// The row named last before the change, or the total where the words name what the columns count and no row.
fn row_of<'a>(pair: &Pair<'a>, words: &str) -> Option<&'a Row> {
    let bare = |r: &Row| r.label.split('（').next().unwrap_or_default().to_owned();
    let named = |r: &&Row| {
        let label = bare(r);
        !r.total && !r.mean && !r.subtotal && label.chars().count() >= 3 && words.contains(&label)
    };
    let rows: Vec<&Row> = pair.grid.rows.iter().filter(named).collect();
    if let Some(last) = rows.iter().max_by_key(|r| words.rfind(&bare(r))) {
        let label = bare(last);
        let own = words.rfind(&label).map_or("", |i| &words[i + label.len()..]);
        // 何垸村、沙咀村分列第二: of several names none is meant alone.
        let one = rows.iter().filter(|r| bare(r) == label).count() == 1;
        return (one && own.chars().count() <= 14 && !own.contains(['、', '和'])).then_some(*last);
    }
    let clause = words.rsplit(['，', '；']).next().unwrap_or_default();
    let all = pair.stem.chars().count() >= 2
        && words.contains(&pair.stem)
        && (words.contains("比上年") || words.contains("较上年"))
        && clause.chars().count() <= 20;
    let mut totals = pair.grid.rows.iter().filter(|r| r.total);
    totals.next().filter(|_| all && totals.next().is_none())
}

/// Whether the words go the way the values go, and compare with nothing else: 比邻镇多9场 is not of the plan.
fn goes(doc: &Doc, change: &Claim, (then, now): &(&Value, &Value)) -> bool {
    const FALLS: &[&str] = &["少", "差", "欠", "缺", "下降", "降幅"];
    let clause = doc.tail(change.sentence.start..change.number.span.start, 90);
    let clause = clause.rsplit(['，', '；', '：']).next().unwrap_or_default();
    let falls = has_any(clause, FALLS);
    let own =
        ["比上", "较上", "比去年", "较去年", "比目标", "较目标", "比计划", "较计划", "比协议", "较协议"];
    let other = clause.contains(['比', '较']) && !has_any(clause, &own);
    // 缺少签到表的两笔: what is not there.
    !other && !clause.contains("缺少") && if falls { now.value < then.value } else { now.value > then.value }
}

/// Two numbers of the sentence make the change: it is theirs.
fn told_beside(claims: &Claims, change: &Claim) -> bool {
    let here: Vec<&Claim> = claims
        .within(&change.sentence)
        .iter()
        .filter(|c| c.span() != change.span() && c.number.percent == change.number.percent)
        .take(16)
        .collect();
    here.iter().any(|a| here.iter().any(|b| a.number.value - b.number.value == change.number.value))
}
