//! Since when, until when, and how long, all in one sentence: 2021年10月挂牌，至2024年12月底已运行3年3个月; also to the end of the period or the day of
//! signing that the text gives: 2021年7月1日揭牌，至本周期结束已满3年. And 1月至6月共6个月; 两周后即3月28日.

use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use regex::Regex;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::dates::{LENGTH, ORDER};
use super::periods::{Period, periods};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

/// What begins that is said to run.
const BEGINS: &[&str] = &[
    "揭牌",
    "挂牌",
    "启用",
    "成立",
    "运营",
    "运行",
    "建成",
    "设立",
    "开站",
    "投入使用",
    "启动",
    "建站",
    "开业",
    "注册",
];
/// Words right before how long it has run.
const RAN: &[&str] = &[
    "满",
    "已满",
    "运营",
    "运行",
    "已运营",
    "已运行",
    "运营满",
    "运行满",
    "成立",
    "服务",
    "开展服务",
    "持续运营",
];
const PERIOD_END: &[&str] = &[
    "本周期结束",
    "周期结束",
    "评估周期结束",
    "服务期结束",
    "项目结束",
    "项目期末",
    "服务期满",
    "周期末",
    "评估期末",
    "合同期满",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let periods = periods(doc, claims);
    for c in claims.all.iter().filter(|c| c.class() == "年" && c.exact() && c.number.value >= Decimal::ONE) {
        if doc.blocks[c.block].kind == Kind::Paragraph && RAN.iter().any(|w| doc.slice(&c.left).ends_with(w))
        {
            judge(doc, claims, c, &periods, sink);
        }
    }
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        months(doc.slice(&block.span), block.span.start, sink);
    }
    weeks_later(doc, claims, sink);
    stages(doc, &periods, sink);
}

/// 2月17日至28日为准备阶段；3月3日至14日为实施阶段: none begins before the one told before it.
fn stages(doc: &Doc, periods: &[Period], sink: &mut Sink<'_>) {
    let is_stage = |p: &Period| {
        let behind: String = doc.text[p.span().end..].chars().take(12).collect();
        behind.split(['，', '；', '。']).next().is_some_and(|w| w.contains("阶段"))
    };
    for pair in periods.windows(2).filter(|w| w.iter().all(|p| p.exact() && is_stage(p))) {
        let [a, b] = pair else { continue };
        let (Some((first, _)), Some((second, _))) = (a.days(), b.days()) else { continue };
        sink.tried();
        if a.sentence == b.sentence && second < first {
            let message = format!("后一阶段{}早于前一阶段{}", b.text(), a.text());
            sink.add(ORDER, Severity::Warning, message, (b.text(), String::new()), &[b.span(), a.span()]);
        }
    }
}

/// How many months are said to have passed, and whether to the month.
fn said(doc: &Doc, claims: &Claims, c: &Claim) -> Option<(i64, bool)> {
    let months = (c.number.value * Decimal::from(12)).to_i64()?;
    if doc.text[c.number.span.end..].starts_with('半') {
        return Some((months + 6, true));
    }
    let next = claims.within(&(c.number.span.end..c.sentence.end)).first();
    let beside = next
        .filter(|n| n.number.span.start <= c.number.span.end + "零".len() && n.class() == "月" && n.exact());
    Some(match beside.and_then(|n| n.number.value.to_i64()) {
        Some(more) => (months + more, true),
        None => (months, false),
    })
}

fn judge(doc: &Doc, claims: &Claims, c: &Claim, periods: &[Period], sink: &mut Sink<'_>) {
    let before = c.sentence.start..c.number.span.start;
    let at = |byte: usize| claims.dates.partition_point(|d| d.span.start < byte);
    let dates: Vec<&Date> = claims.dates[at(before.start)..at(before.end)].iter().collect();
    let begins = |d: &&&Date| {
        let until = dates.iter().map(|o| o.span.start).find(|at| *at > d.span.start).unwrap_or(before.end);
        let behind = doc.slice(&(d.span.end..until.max(d.span.end)));
        let clause = behind.split(['，', '；']).next().unwrap_or_default();
        let led = doc.tail(before.start..d.span.start, 24);
        let ends = led.ends_with(['至', '到', '截']);
        !ends
            && d.whole
            && d.month.is_some()
            && (has_any(clause, BEGINS) || ["成立于", "始建于", "启用于"].iter().any(|w| led.ends_with(w)))
    };
    let Some(start) = dates.iter().rev().find(begins) else { return };
    let lead = doc.slice(&(start.span.end..c.number.span.start));
    let to = dates.iter().find(|d| d.span.start > start.span.start && d.month.is_some());
    let until = match to {
        Some(d) if doc.tail(before.start..d.span.start, 6).ends_with(['至', '到']) => d.last(),
        Some(_) => None,
        None if has_any(lead, PERIOD_END) => own_period(periods, start).and_then(|p| p.end.last()),
        None if lead.contains("签约时") => signed(doc, claims, c),
        None => None,
    };
    let (Some(from), Some(until), Some((said, exact))) = (start.first(), until, said(doc, claims, c)) else {
        return;
    };
    if until <= from {
        return;
    }
    sink.tried();
    let months = i64::from(months_between(from, until).0);
    let fits = if exact {
        (months - said).abs() <= 1
    } else {
        (said..said + 12).contains(&months) || (months + 1..=months + 2).contains(&said)
    };
    if fits || (months - said).abs() > 24 {
        return;
    }
    let long = format!("{}年{}个月", months / 12, months % 12);
    let message = format!(
        "自{}至{}共{long}，文中为“{}”",
        start.text(),
        until.format("%Y年%-m月%-d日"),
        doc.slice(&c.wide())
    );
    let stated = doc.slice(&c.number.span).to_owned();
    sink.add(LENGTH, Severity::Error, message, (stated, long), &[c.wide(), start.span.clone()]);
}

/// The last period of the text that begins after what runs began, if all that do end on one day.
fn own_period<'a>(periods: &'a [Period], start: &Date) -> Option<&'a Period> {
    let from = start.first()?;
    let long = |p: &&Period| p.days().is_some_and(|(a, b)| a >= from && (b - a).num_days() > 80);
    let mut later = periods.iter().filter(|p| p.exact()).filter(long);
    let first = later.next()?;
    later.all(|p| p.end.last() == first.end.last()).then_some(first)
}

/// The only day of signing told in the paragraph.
fn signed(doc: &Doc, claims: &Claims, c: &Claim) -> Option<NaiveDate> {
    let block = doc.blocks[c.block].span.clone();
    let mut days = claims
        .dates
        .iter()
        .filter(|d| block.contains(&d.span.start) && doc.text[d.span.end..].starts_with("签"));
    let first = days.next()?.last()?;
    days.next().is_none().then_some(first)
}

static MONTHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<a>\d{1,2})月份?[至到-](?P<b>\d{1,2})月份?[，（]?(?:共|共计|合计|历时)(?P<n>\d{1,2})个月")
        .ok()
});

fn months(words: &str, base: usize, sink: &mut Sink<'_>) {
    for found in MONTHS.iter().flat_map(|p| p.captures_iter(words)) {
        let number = |n: &str| found.name(n).and_then(|m| m.as_str().parse::<i64>().ok());
        let (Some(a), Some(b), Some(n), Some(whole)) = (number("a"), number("b"), number("n"), found.get(0))
        else {
            continue;
        };
        let long = (b - a).rem_euclid(12) + 1;
        sink.tried();
        if long != n && (1..=12).contains(&a) && (1..=12).contains(&b) {
            let message = format!("{a}月至{b}月共{long}个月，文中为“{}”", whole.as_str());
            let span = base + whole.start()..base + whole.end();
            sink.add(LENGTH, Severity::Error, message, (n.to_string(), long.to_string()), &[span]);
        }
    }
}

static LATER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>[一两二三四五六七八九十]|\d{1,2})(?P<u>周|个星期|星期|天|日|个月)后，?即(?:于)?$").ok()
});

/// 征求意见稿于3月14日送达，两周后即3月28日.
fn weeks_later(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for pair in claims.dates.windows(2) {
        let [a, b] = pair else { continue };
        let block = &doc.blocks[doc.block_of(b.span.start)];
        let dated = a.day.is_some() && b.day.is_some() && a.span.start >= block.span.start;
        let between = doc.slice(&(a.span.end..b.span.start.max(a.span.end)));
        let Some(found) = LATER.as_ref().filter(|_| dated).and_then(|p| p.captures(between)) else {
            continue;
        };
        let Some(n) = small(&found["n"]) else { continue };
        let (Some(from), Some(to)) = (a.first(), b.first()) else { continue };
        let right = match &found["u"] {
            "周" | "个星期" | "星期" => from.checked_add_days(Days::new(7 * n)),
            "个月" => u32::try_from(n).ok().and_then(|n| from.checked_add_months(Months::new(n))),
            _ => from.checked_add_days(Days::new(n)),
        };
        sink.tried();
        let Some(right) = right.filter(|r| *r != to) else { continue };
        let shown = right.format("%Y年%-m月%-d日").to_string();
        let message = format!("{}的{}{}后是{shown}，文中为{}", a.text(), &found["n"], &found["u"], b.text());
        sink.add(ORDER, Severity::Warning, message, (b.text(), shown), &[b.span.clone(), a.span.clone()]);
    }
}

fn small(word: &str) -> Option<u64> {
    let at = "一二三四五六七八九十".chars().position(|c| word.starts_with(c));
    let chinese = at.and_then(|i| u64::try_from(i + 1).ok());
    if word == "两" { Some(2) } else { chinese.or_else(|| word.parse().ok()) }
}
