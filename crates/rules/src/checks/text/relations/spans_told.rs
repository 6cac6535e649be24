//! Lengths of time told from a first day to a last one: 自2019年7月启动…已运营54个月, 3月接案，至8月结案，共跟进6个月, 1948年出生，
//! 接案时75岁, 共10个工作日, one number for every month.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use regex::{Captures, Regex};

use super::chronicle::{is_evaluated, pattern, say};
use super::periods::Period;
use crate::checks::text::claim::Claims;
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::lex::chinese;
use crate::checks::text::words::has_any;

const LENGTH: &str = "duration";
/// How far off a year inferred for a person's age may lie.
const ABOUT: i32 = 2;

static RUNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:运营|运行|服务|跟进|实施|开展|合作|历时|为期|持续)(?:了|时间|时长)?(?:共|达|已|满)?(?P<n>(?:(?P<y>\d{1,2}|[一二三四五六七八九十两]{1,2})年)?(?:零|又)?(?:(?P<m>\d{1,3}|[一二三四五六七八九十两]{1,3})个月)?)",
    )
});
static BORN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?P<b>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:出生|生)(?P<w>[^。；]{0,30}?)(?P<a>\d{1,3})周?岁")
});
static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:评估时段|评价时段|评估周期|评价周期|评估期|评价期)(?:共|为期|共计|总计|历时)(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})个月",
    )
});
static MONTHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<a>\d{1,2})月(?:份)?(?:至|到|-)(?P<b>\d{1,2})月(?:份)?(?:各月|逐月|每月|每个月)?(?:分别|依次)",
    )
});
static WORKDAYS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})个工作日"));

fn small(text: &str) -> Option<i64> {
    let chinese = || chinese(text).and_then(|n| i64::try_from(n.trunc().mantissa()).ok());
    text.parse().ok().or_else(chinese)
}

fn group(found: &Captures<'_>, name: &str) -> Option<i64> {
    found.name(name).and_then(|m| small(m.as_str()))
}

/// 评估时段共6个月, with the days of it told elsewhere.
pub(super) fn lasting(doc: &Doc, all: &[Period], sink: &mut Sink<'_>) {
    let mut known = all.iter().filter(|p| is_evaluated(p)).filter_map(Period::days);
    let Some((start, end)) = known.next() else { return };
    if known.any(|other| other != (start, end)) {
        return;
    }
    let (months, _) = months_between(start, end);
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for found in SPAN.iter().flat_map(|p| p.captures_iter(doc.slice(&block.span))) {
            let (Some(n), Some(m)) = (group(&found, "n"), found.name("n")) else { continue };
            if n != i64::from(months) {
                let span = block.span.start + m.start()..block.span.start + m.end();
                let message = format!("评估时段从{start}到{end}为{months}个月，不是{n}个月");
                say(sink, LENGTH, message, (n.to_string(), months.to_string()), &[span]);
            }
        }
    }
}

/// Days up to which a length may be counted: those that 评价基准日 and 项目期满 stand for.
pub(super) struct Ends {
    pub(super) base: Option<NaiveDate>,
    contract: Option<NaiveDate>,
}

pub(super) fn last_days(doc: &Doc, all: &[Period], claims: &Claims) -> Ends {
    let based = |d: &&Date| {
        let block = &doc.blocks[doc.block_of(d.span.start)];
        let before = doc.slice(&(block.body..d.span.start.max(block.body)));
        before.trim_end_matches(['：', '为', '是']).ends_with("基准日")
    };
    let base = claims.dates.iter().find(based).and_then(Date::last);
    let mut contracts = all.iter().filter(|p| p.is_contract()).filter_map(Period::days).map(|d| d.1);
    let first = contracts.next();
    Ends { base, contract: first.filter(|f| contracts.all(|o| o == *f)) }
}

/// 自2019年7月启动…截至2023年12月底已运营54个月; 2023年3月接案，至8月结案，共跟进6个月.
pub(super) fn runs(
    doc: &Doc,
    sentence: &Range<usize>,
    body: usize,
    claims: &Claims,
    ends: &Ends,
    sink: &mut Sink<'_>,
) {
    const FIRST: &[&str] =
        &["启动", "成立", "投入", "接案", "起", "开案", "入驻", "承接", "建成", "运营", "开始"];
    const NOT: &[&str] =
        &["第", "近", "余", "约", "多", "每", "计划", "中断", "暂停", "不足", "超过", "最晚", "最早"];
    let words = doc.slice(sentence);
    for found in RUNS.iter().flat_map(|p| p.captures_iter(words)) {
        let Some(n) = found.name("n").filter(|n| !n.is_empty()) else { continue };
        let (years, months) = (group(&found, "y"), group(&found, "m"));
        let at = sentence.start + n.start();
        let clause = words[..n.start()].rsplit(['，', '；']).next().unwrap_or_default();
        let behind = &words[n.end()..];
        if has_any(clause, NOT) || behind.starts_with(['多', '余', '半', '来', '度']) {
            continue;
        }
        let from = claims.dates.partition_point(|d| d.span.start < body);
        let to = claims.dates.partition_point(|d| d.span.start < at);
        let before = &claims.dates[from..to.max(from)];
        // 于2021年7月1日揭牌，…本周期自2023年7月1日起，…为期12个月: the length of the period beside it.
        let beside = before.iter().rev().take(2).any(|d| {
            d.whole && d.span.start >= sentence.start && doc.text[..d.span.start].ends_with(['至', '-'])
        });
        if clause.contains("为期")
            || found.get(0).is_some_and(|m| m.as_str().starts_with("为期"))
            || beside && !clause.contains('已') && !clause.contains("跟进")
        {
            continue;
        }
        let begins = |d: &&Date| {
            let next: String = doc.text[d.span.end..].chars().take(14).collect();
            let next = next.split(['，', '。', '；']).next().unwrap_or_default();
            let lead = &doc.text[..d.span.start];
            let led = lead.ends_with(['自', '从', '于', '年']);
            let since = ["成立于", "启动于", "始于", "运营于"].iter().any(|w| lead.ends_with(w));
            d.month.is_some() && since
                || d.month.is_some() && has_any(next, FIRST) && (led || next.contains("接案"))
        };
        let Some(first) = before.iter().rev().find(begins) else { continue };
        let last = last_told(doc, before, first, at, (clause, &words[..n.start()]), ends);
        let (Some(start), Some(last)) = (first.first(), last) else { continue };
        let length = i64::from(months_between(start, last).0);
        let stated = years.unwrap_or(0) * 12 + months.unwrap_or(0);
        let fits = if months.is_some() {
            (length - stated).abs() <= 1
        } else {
            (-1..12).contains(&(length - stated))
        };
        if !fits && length > 0 {
            let message = format!("从{start}到{last}为{length}个月，文中为“{}”", n.as_str());
            let span = at..at + n.len();
            say(sink, LENGTH, message, (stated.to_string(), length.to_string()), &[span, first.span.clone()]);
        }
    }
}

/// 至8月结案: a month without its year, of the year of the first day or of the next.
fn months_until(doc: &Doc, first: &Date, until: usize) -> Option<NaiveDate> {
    static CLOSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"(?:至|到|，)(?:同年|当年)?(?P<m>\d{1,2})月(?:底|末|份)?(?:结案|结束|止|完成)")
    });
    let words = doc.slice(&(first.span.end..until.max(first.span.end)));
    let found = CLOSES.as_ref()?.captures(words)?;
    let month = u32::try_from(group(&found, "m")?).ok()?;
    let year = if month >= first.month? { first.year } else { first.year + 1 };
    Date { span: 0..0, year, month: Some(month), day: None, whole: false }.last()
}

/// 1948年出生，2023年3月接案时75岁.
pub(super) fn ages(doc: &Doc, sentence: &Range<usize>, dates: &[Date], claims: &Claims, sink: &mut Sink<'_>) {
    let words = doc.slice(sentence);
    for found in BORN.iter().flat_map(|p| p.captures_iter(words)) {
        let (Some(born), Some(age), Some(b), Some(a)) =
            (group(&found, "b"), group(&found, "a"), found.name("b"), found.name("a"))
        else {
            continue;
        };
        let between = sentence.start + b.end()..sentence.start + a.start();
        let told = dates.iter().rev().find(|d| between.contains(&d.span.start) && d.whole);
        let mut years: Vec<i32> = claims.dates.iter().map(|d| d.year).filter(|y| *y > 2010).collect();
        years.sort_unstable();
        let Some(year) = told.map(|d| d.year).or_else(|| years.get(years.len() / 2).copied()) else {
            continue;
        };
        let off = i64::from(year) - born - age;
        let about = i64::from(if told.is_some() { 1 } else { ABOUT });
        if off.abs() > about && age > 0 {
            let message = format!("{born}年出生的人到{year}年约{}岁，文中为{age}岁", i64::from(year) - born);
            let span = sentence.start + a.start()..sentence.start + a.end();
            let right = (i64::from(year) - born).to_string();
            say(
                sink,
                LENGTH,
                message,
                (age.to_string(), right),
                &[span, sentence.start + b.start()..between.start],
            );
        }
    }
}

/// 3月至8月各月分别走访48户次、61户次…: one number for every month.
pub(super) fn months(doc: &Doc, sentence: &Range<usize>, claims: &Claims, sink: &mut Sink<'_>) {
    let words = doc.slice(sentence);
    for found in MONTHS.iter().flat_map(|p| p.captures_iter(words)) {
        let (Some(a), Some(b), Some(all)) = (group(&found, "a"), group(&found, "b"), found.get(0)) else {
            continue;
        };
        let list = claims.within(&(sentence.start + all.end()..sentence.end));
        let Some(first) = list.first() else { continue };
        let mut count = 1;
        for pair in list.windows(2) {
            let gap = doc.slice(&(pair[0].number.span.end..pair[1].number.span.start));
            if !matches!(gap, "、" | "和" | "及") {
                break;
            }
            count += 1;
        }
        let all_months = b - a + 1;
        if b > a && count >= 3 && count != all_months && first.number.decimals == 0 {
            let message = format!("{a}月至{b}月有{all_months}个月，列出{count}个数");
            let span = first.number.span.clone();
            say(sink, "completion-list", message, (count.to_string(), all_months.to_string()), &[span]);
        }
    }
}

/// 自1月8日开始，至1月19日结束，共10个工作日.
pub(super) fn workdays(doc: &Doc, sentence: &Range<usize>, dates: &[Date], sink: &mut Sink<'_>) {
    let words = doc.slice(sentence);
    let Some(found) = WORKDAYS.as_ref().and_then(|p| p.captures(words)) else { return };
    let (Some(n), Some(m)) = (group(&found, "n"), found.name("n")) else { return };
    let at = sentence.start + m.start();
    let led = words[..m.start()].ends_with(['共', '时', '计', '期', '达', '了']);
    let exact: Vec<&Date> = dates.iter().filter(|d| d.day.is_some() && d.span.start < at).collect();
    let [first, last] = exact[..] else { return };
    let joined = doc.slice(&(first.span.end..last.span.start)).ends_with(['至', '到', '-'])
        || doc.text[last.span.start..].starts_with(['至', '到', '-']);
    let (Some(start), Some(end)) = (first.first(), last.first()) else { return };
    if !led || !joined || end < start || (end - start).num_days() > 40 {
        return;
    }
    let days: Vec<NaiveDate> = start.iter_days().take_while(|d| *d <= end).collect();
    let holiday = |d: &NaiveDate| {
        let spring = match d.year() {
            2021 => (211, 217),
            2022 => (131, 206),
            2023 => (121, 127),
            2024 => (210, 217),
            2025 => (128, 204),
            2026 => (215, 223),
            _ => (110, 228),
        };
        (spring.0..=spring.1).contains(&(d.month() * 100 + d.day()))
            || matches!(
                (d.month(), d.day()),
                (1, 1..=3) | (4, 3..=7) | (5, 1..=5) | (6, 7..) | (9, 13..) | (10, 1..=12)
            )
    };
    let count = days.iter().filter(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun)).count();
    let count = i64::try_from(count).unwrap_or_default();
    let off = (count - n).abs();
    let free = days.iter().filter(|d| holiday(d)).count();
    if off > i64::try_from(free).unwrap_or_default() {
        let message = format!("{start}到{end}有{count}个工作日，不是{n}个");
        let span = at..at + m.len();
        say(sink, LENGTH, message, (n.to_string(), count.to_string()), std::slice::from_ref(&span));
    }
}

/// The day up to which a length is counted: told before it, or one that a word stands for.
fn last_told(
    doc: &Doc,
    before: &[Date],
    first: &Date,
    at: usize,
    (clause, lead): (&str, &str),
    ends: &Ends,
) -> Option<NaiveDate> {
    let closes = |d: &&Date| {
        d.month.is_some()
            && d.span.start > first.span.start
            && (doc.text[..d.span.start].ends_with(['至', '到'])
                || ["结案", "底", "日已", "，已"].iter().any(|w| doc.text[d.span.end..].starts_with(w)))
    };
    let short = months_until(doc, first, at);
    let told = before.iter().rev().find(closes).and_then(Date::last).or(short);
    told.or_else(|| match () {
        () if clause.contains("基准日") => ends.base,
        () if clause.contains("期满") || lead.contains("期满") => ends.contract,
        () => None,
    })
}
