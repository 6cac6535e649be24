//! Days that a report tells in the order of its own work: the year of its title, 进场…形成报告, the day of
//! a contract and the first of its service.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::Datelike;
use regex::Regex;

use super::periods::{Period, periods, sentence_of};
use super::spans_told::{ages, last_days, lasting, months, runs, workdays};
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const ORDER: &str = "date-order";
/// Days after the first day of service up to which a contract may still be signed.
const LATE: i64 = 60;

pub(super) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?P<y>20\d\d)年度?"));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let all = periods(doc, claims);
    title(doc, &all, claims, sink);
    signed(doc, claims, sink);
    lasting(doc, &all, sink);
    let ends = last_days(doc, &all, claims);
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            let from = claims.dates.partition_point(|d| d.span.start < sentence.start);
            let to = claims.dates.partition_point(|d| d.span.start < sentence.end);
            let dates = &claims.dates[from..to.max(from)];
            runs(doc, &sentence, block.body, claims, &ends, sink);
            ages(doc, &sentence, dates, claims, sink);
            months(doc, &sentence, claims, sink);
            if !dates.is_empty() {
                rising(doc, &sentence, dates, sink);
                workdays(doc, &sentence, dates, sink);
                contract(doc, &sentence, dates, &all, sink);
                years(doc, &sentence, &all, sink);
            }
        }
    }
}

pub(super) fn say(
    sink: &mut Sink<'_>,
    rule: &'static str,
    message: String,
    (stated, right): (String, String),
    spans: &[Range<usize>],
) {
    // Another finding may begin with the words before the number.
    let at = spans[0].start;
    let near: Vec<usize> = (at.saturating_sub(60)..=at).chain(spans.iter().map(|s| s.start)).collect();
    if !sink.said(&near) {
        sink.tried();
        sink.add(rule, Severity::Warning, message, (stated, right), spans);
    }
}

/// Words that name the time a report speaks of.
const EVALUATED: &[&str] =
    &["评估周期", "评价周期", "评估时段", "评价时段", "评估期", "评价期", "绩效期", "评估年度", "评价年度"];

pub(super) fn is_evaluated(period: &Period) -> bool {
    let about = period.about.trim_end_matches(['：', '为', '自', '从', '是', '于']);
    period.start.whole && EVALUATED.iter().any(|w| about.ends_with(w) || about.ends_with(&format!("{w}间")))
}

/// 2023年度评估报告 on the cover, and a time that is not of that year.
fn title(doc: &Doc, all: &[Period], claims: &Claims, sink: &mut Sink<'_>) {
    let based = last_days(doc, all, claims).base.filter(|d| d.month() == 12);
    let period = all.iter().find(|p| is_evaluated(p));
    let at = |p: &Period| (p.start.year, p.end.year, p.text());
    let Some((from, to, when)) = period.map(at).or(based.map(|d| (d.year(), d.year(), d.to_string()))) else {
        return;
    };
    let heads = doc.blocks.iter().take(5).filter(|b| b.kind != Kind::Cell);
    for block in heads.filter(|b| doc.slice(&b.span).trim_end().ends_with("报告")) {
        let Some(found) = TITLE.as_ref().and_then(|p| p.captures(doc.slice(&block.span))) else { continue };
        let Some(m) = found.name("y") else { continue };
        let Ok(year) = m.as_str().parse::<i32>() else { continue };
        let of_title = |d: &&Date| d.year == year && d.span.start > block.span.end;
        let told = claims.dates.iter().filter(of_title).count();
        // 2022—2023年度: of both.
        let before = doc.slice(&block.span)[..m.start()]
            .trim_end_matches(['-', '—', '~', '至', '年', '度', '～', '－']);
        let first = before.get(before.len().saturating_sub(4)..).and_then(|y| y.parse::<i32>().ok());
        let ranged = before.len() < m.start()
            && first.is_some_and(|y| (y..=year).contains(&from) || (y..=year).contains(&to));
        if ranged || (from..=to).contains(&year) || told > claims.dates.len() / 4 {
            continue;
        }
        let span = block.span.start + m.start()..block.span.start + m.end();
        let message = format!("题目写{year}年，评估时段为{when}");
        say(sink, ORDER, message, (year.to_string(), to.to_string()), &[span]);
    }
}

/// The day of a report may not lie before what it tells as done.
fn signed(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    const DONE: &[&str] = &[
        "进场",
        "形成报告",
        "出具报告",
        "提交报告",
        "完成报告",
        "完成资料",
        "启动会",
        "现场评估",
        "回访",
        "问卷调查",
    ];
    const PLANNED: &[&str] = &["计划", "将", "拟", "应于", "整改", "之前", "日前", "预计", "约定", "须"];
    let alone = |d: &&Date| {
        let block = &doc.blocks[doc.block_of(d.span.start)];
        let words = doc.slice(&(block.body..block.span.end)).trim();
        let label = words.split('：').next().unwrap_or_default();
        d.whole
            && d.month.is_some()
            && (words.len() == d.span.len() && block.kind != Kind::Cell
                || matches!(label, "报告日期" | "出具日期" | "报告时间" | "报告出具日期" | "编制日期"))
    };
    let Some(cover) = claims.dates.iter().find(alone) else { return };
    let Some(last) = cover.last() else { return };
    let late = claims.dates.iter().find(|d| {
        let block = &doc.blocks[doc.block_of(d.span.start)];
        let sentence = sentence_of(doc, block, d.span.start);
        let clause = doc.text[d.span.end..sentence.end.max(d.span.end)].split(['，', '；']).next();
        block.kind == Kind::Paragraph
            && d.span != cover.span
            && d.day.is_some()
            && d.first().is_some_and(|f| f > last)
            && clause.is_some_and(|c| has_any(c, DONE))
            && !has_any(doc.slice(&sentence), PLANNED)
    });
    if let Some(late) = late {
        let message = format!("报告日期{}早于文中所述的{}", cover.text(), late.text());
        say(sink, ORDER, message, (cover.text(), late.text()), &[cover.span.clone(), late.span.clone()]);
    }
}

/// 8日进场，10日完成资料核查，…，2月18日形成报告: days that open their clauses follow each other.
fn rising(doc: &Doc, sentence: &Range<usize>, dates: &[Date], sink: &mut Sink<'_>) {
    const WORK: &[&str] = &["评估", "报告", "问卷", "进场", "回访"];
    const BACK: &[&str] =
        &["此前", "原定", "上年", "早在", "之前", "补", "追溯", "先于", "改为", "其中", "上一", "阶段"];
    let words = doc.slice(sentence);
    if !has_any(words, WORK) || has_any(words, BACK) {
        return;
    }
    let opens = |d: &&Date| {
        let before = doc.slice(&(sentence.start..d.span.start.max(sentence.start)));
        let clause = before.rsplit(['，', '；', '。']).next().unwrap_or_default();
        let subject = clause.is_empty() || clause.chars().count() <= 12 && clause.ends_with(['于', '在']);
        subject && !doc.text[d.span.end..].starts_with(['前', '）'])
    };
    let chain: Vec<&Date> = dates.iter().filter(opens).filter(|d| d.month.is_some()).collect();
    if chain.len() < 3 || !chain.iter().any(|d| d.day.is_some()) {
        return;
    }
    let falls = |list: &[&Date]| list.windows(2).any(|w| w[0].first() > w[1].last());
    if !falls(&chain) {
        return;
    }
    // A year that the next date inherits turns with it; the last one that can be taken out is the one that is wrong.
    let wrong = (0..chain.len()).rev().find(|i| {
        let rest: Vec<&Date> = chain.iter().enumerate().filter(|(j, _)| j != i).map(|(_, d)| *d).collect();
        !falls(&rest)
    });
    if let Some(d) = wrong.and_then(|i| chain.get(i)) {
        let message = format!("各步的日期应依次往后，{}不在其位（“{}”）", d.text(), doc.slice(&d.span));
        say(sink, ORDER, message, (d.text(), String::new()), std::slice::from_ref(&d.span));
    }
}

/// 2025年3月22日签订, for a service that began a year before.
fn contract(doc: &Doc, sentence: &Range<usize>, dates: &[Date], all: &[Period], sink: &mut Sink<'_>) {
    let words = doc.slice(sentence);
    let other = has_any(words, &["补", "续签", "变更", "另", "上一", "原"]);
    let Some(period) = all.iter().find(|p| p.sentence == *sentence && p.is_contract()) else { return };
    let signs = |d: &&Date| {
        let behind: String = doc.text[d.span.end..].chars().take(3).collect();
        let before = doc.tail(sentence.start..d.span.start.max(sentence.start), 36);
        let label = before.trim_end_matches(['为', '：', '于']);
        d.day.is_some()
            && d.whole
            && (has_any(&behind, &["签订", "签署", "订立"])
                || ["签订日期", "签署日期", "签订时间", "签订"].iter().any(|w| label.ends_with(w)))
    };
    let Some(signed) = dates.iter().find(signs).filter(|_| !other) else { return };
    let (Some(day), Some((start, _))) = (signed.first(), period.days()) else { return };
    if (day - start).num_days() > LATE {
        let message = format!("合同{day}签订，服务却从{start}开始");
        say(sink, ORDER, message, (signed.text(), String::new()), &[signed.span.clone(), period.span()]);
    }
}

/// 第一年度为2022年4月至2023年3月，第二年度为2023年4月至…: one ends before the next begins.
fn years(doc: &Doc, sentence: &Range<usize>, all: &[Period], sink: &mut Sink<'_>) {
    let words = doc.slice(sentence);
    let named =
        |w: &str| ["年度", "阶段", "周期", "期", "年"].iter().any(|k| words.contains(&format!("{w}{k}")));
    if !named("第一") || !named("第二") {
        return;
    }
    let own: Vec<&Period> = all.iter().filter(|p| p.sentence == *sentence).collect();
    for pair in own.windows(2) {
        let (Some(a), Some(b)) = (pair[0].days(), pair[1].days()) else { continue };
        let follow = pair[1].about.ends_with(['为', '是', '：', '自', '（']);
        if follow && a.1 >= b.0 && a.0 < b.0 {
            let message = format!("前一期到{}，后一期却从{}开始", a.1, b.0);
            let stated = pair[0].end.text();
            say(sink, ORDER, message, (stated, String::new()), &[pair[0].end.span.clone(), pair[1].span()]);
        }
    }
}
