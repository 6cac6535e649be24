//! Dates: days that do not exist, periods that end before they begin, lengths said beside a period,
//! years of running, the cover against the text, cut-offs against the evaluation.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::Datelike;
use regex::Regex;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::periods::{Period, contract_repeated, ordered, periods, said_length, sentence_of, whole_months};
use super::report_dates::{Facts, cut_offs, evaluation};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const INVALID: &str = "date-invalid";
pub(super) const ORDER: &str = "date-order";
pub(super) const LENGTH: &str = "duration";
pub(super) const DIFFERS: &str = "date-differs";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    exist(doc, claims, sink);
    let periods = periods(doc, claims);
    for (i, period) in periods.iter().enumerate() {
        ordered(doc, period, sink);
        let near = i.saturating_sub(4)..(i + 5).min(periods.len());
        let others: Vec<&Period> = periods[near].iter().filter(|p| p.sentence == period.sentence).collect();
        said_length(doc, claims, period, &others, sink);
        whole_months(period, sink);
    }
    contract_repeated(&periods, sink);
    let facts = Facts::read(doc, claims, &periods);
    evaluation(doc, &facts, sink);
    cut_offs(doc, claims, &facts, sink);
    plans(doc, claims, &facts, sink);
    running_years(doc, claims, &facts, sink);
    title_years(doc, &periods, sink);
    elapsed(doc, claims, &facts, sink);
}

fn exist(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let far = |c: &&crate::checks::text::claim::Claim| {
        c.class() == "年"
            && !c.number.chinese
            && c.number.decimals == 0
            && c.number.value >= Decimal::from(1000)
    };
    for claim in claims.all.iter().filter(far) {
        let message = format!("“{}”不是合理的年份", doc.slice(&claim.number.span));
        sink.add(
            INVALID,
            Severity::Error,
            message,
            (show(claim.number.value), String::new()),
            &[claim.span()],
        );
    }
    for date in claims.dates.iter().filter(|d| d.first().is_none()) {
        // 2月29日 where no year is printed: there is one in a leap year of the text.
        let leap = || claims.dates.iter().any(|d| chrono::NaiveDate::from_ymd_opt(d.year, 2, 29).is_some());
        if date.whole || (date.month, date.day) != (Some(2), Some(29)) || !leap() {
            let message = format!("“{}”不是日历上有的日期", doc.slice(&date.span));
            let said = (date.text(), String::new());
            sink.add(INVALID, Severity::Error, message, said, std::slice::from_ref(&date.span));
        }
    }
}

const RUNS: &[&str] = &[
    "运营",
    "运营了",
    "运作",
    "承接",
    "走过",
    "走过了",
    "服务了",
    "承办",
    "已服务",
    "历经",
    "开展服务",
    "扎根",
    "深耕",
];

/// "2012年5月开始…运营" against "已运营12年".
fn running_years(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let since: Vec<&Date> = claims.dates.iter().filter(|d| d.whole && starts_running(doc, d)).collect();
    let Some(start) = since.first() else { return };
    if since.iter().any(|d| d.year != start.year) {
        return;
    }
    let reference = facts
        .last_day()
        .or_else(|| facts.signed.as_ref().and_then(Date::last))
        .or_else(|| facts.cut_off.first().and_then(Date::last));
    let (Some(from), Some(to)) = (start.first(), reference) else { return };
    if from > to {
        let message = format!("开始运营的时间{}晚于评估日期", start.text());
        sink.add(
            ORDER,
            Severity::Error,
            message,
            (start.text(), String::new()),
            std::slice::from_ref(&start.span),
        );
        return;
    }
    let (months, _) = months_between(from, to);
    if months == 0 {
        return;
    }
    let (low, high) = if start.month.is_some() {
        (months / 12, months.div_ceil(12))
    } else {
        (months / 12, months / 12 + 1)
    };
    for claim in
        claims.all.iter().filter(|c| c.class() == "年" && c.exact() && c.number.value >= Decimal::TWO)
    {
        let after = &doc.text[claim.number.span.end..];
        let before = doc.slice(&claim.left);
        // 2012年9月登记注册，截止评估已运营8年: since a day of its own sentence.
        let other = claims.dates.iter().any(|d| {
            claim.sentence.contains(&d.span.start)
                && d.span.start < claim.number.span.start
                && d.year < start.year
        });
        if other {
            continue;
        }
        let runs = RUNS.iter().any(|w| before.ends_with(w));
        let time = ["时间", "来", "多来", "里", "的历程", "的时间"].iter().any(|w| after.starts_with(w))
            && (before.ends_with('这') || before.ends_with("运营") || before.ends_with("在这"));
        if !(runs || time) {
            continue;
        }
        sink.tried();
        let n = claim.number.value;
        // 截至2024年10月底已连续运营3年6个月: to the month, up to whichever day the sentence says.
        let until = claims.dates.iter().filter(|d| claim.sentence.contains(&d.span.start));
        let until = until.filter_map(Date::last).filter(|day| *day > from).chain([to]);
        let lengths: Vec<i64> = until.map(|day| i64::from(months_between(from, day).0)).collect();
        let exact = said_months(doc, claims, claim);
        let wrong_months = exact.is_some_and(|said| lengths.iter().all(|months| (months - said).abs() > 1));
        if wrong_months || exact.is_none() && (n < Decimal::from(low) || n > Decimal::from(high)) {
            let message = format!(
                "自{}至{}年{}月共{}年零{}个月，文中为“{}”",
                start.text(),
                to.year(),
                to.month(),
                months / 12,
                months % 12,
                doc.slice(&claim.wide()),
            );
            let spans = [claim.wide(), start.span.clone()];
            sink.add(LENGTH, Severity::Error, message, (show(n), low.to_string()), &spans);
        }
    }
}

/// 3年6个月, 六年半: how many months, where they are told beside the years.
fn said_months(doc: &Doc, claims: &Claims, years: &Claim) -> Option<i64> {
    let months = (years.number.value * Decimal::from(12)).to_i64()?;
    if !years.number.value.fract().is_zero() {
        return Some(months);
    }
    if doc.text[years.number.span.end..].starts_with('半') {
        return Some(months + 6);
    }
    let next = claims.within(&(years.number.span.end..years.sentence.end)).first()?;
    let beside = next.number.span.start == years.number.span.end && next.class() == "月" && next.exact();
    beside.then(|| next.number.value.to_i64()).flatten().map(|more| months + more)
}

fn starts_running(doc: &Doc, date: &Date) -> bool {
    let block = &doc.blocks[doc.block_of(date.span.start)];
    let sentence = sentence_of(doc, block, date.span.start);
    let after = doc.slice(&(date.span.end..sentence.end.max(date.span.end)));
    let before = doc.slice(&(sentence.start..date.span.start));
    let clause = after.split('；').next().unwrap_or_default();
    let begins = ["开始", "起", "正式", "成立", "由", "启动", "承接", "投入", "挂牌"]
        .iter()
        .any(|w| clause.starts_with(w));
    let led = ["成立于", "始建于", "自", "于", "从", "启动于"].iter().any(|w| before.ends_with(w));
    let runs = has_any(clause, &["运营", "承接", "成立", "承办", "运作", "启动", "开始服务"])
        || before.contains("成立于")
        || before.contains("启动于");
    let person = [
        "担任",
        "任本",
        "任社工",
        "入职",
        "负责人",
        "主任",
        "评价工作",
        "评估工作",
        "评价组",
        "评估组",
        "书面审查",
    ]
    .iter()
    .any(|w| clause.contains(w) || before.contains(w));
    (begins || led) && runs && !person && clause.chars().take_while(|c| *c != '。').count() < 80
}

static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(20\d\d)年?-(20\d\d)年?度?").ok());

/// The years in the title against each other and against the contract.
fn title_years(doc: &Doc, periods: &[Period], sink: &mut Sink<'_>) {
    let Some(pattern) = YEARS.as_ref() else { return };
    let mut titles: Vec<(i32, i32, Range<usize>)> = Vec::new();
    for block in doc.blocks.iter().take(40).filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        if words.chars().count() > 60 || !words.contains("报告") {
            continue;
        }
        if let Some(found) = pattern.captures(words)
            && let (Some(whole), Ok(a), Ok(b)) = (found.get(0), found[1].parse(), found[2].parse())
        {
            titles.push((a, b, block.span.start + whole.start()..block.span.start + whole.end()));
        }
    }
    let Some(first) = titles.first().cloned() else { return };
    for other in titles.iter().filter(|t| (t.0, t.1) != (first.0, first.1)) {
        let message = format!("题名中的年度两处不同：{}-{}与{}-{}", first.0, first.1, other.0, other.1);
        let said = |t: &(i32, i32, Range<usize>)| format!("{}-{}", t.0, t.1);
        sink.add(
            DIFFERS,
            Severity::Error,
            message,
            (said(other), said(&first)),
            &[other.2.clone(), first.2.clone()],
        );
    }
    sink.tried();
    let contract = periods.iter().find(|p| p.is_contract()).and_then(Period::days);
    if first.1 < first.0 {
        let message = format!("题名中的年度{}-{}颠倒", first.0, first.1);
        sink.add(ORDER, Severity::Error, message, (String::new(), String::new()), &[first.2]);
    } else if let Some((start, end)) = contract
        && (first.1 < start.year() || first.0 > end.year())
    {
        let message =
            format!("题名年度{}-{}与合同期{}年至{}年不相交", first.0, first.1, start.year(), end.year());
        let stated = format!("{}-{}", first.0, first.1);
        sink.add(
            DIFFERS,
            Severity::Error,
            message,
            (stated, format!("{}-{}", start.year(), end.year())),
            &[first.2],
        );
    }
}

/// 时间进度 against contract and cut-off.
fn elapsed(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let Some((start, end)) = facts.contract else { return };
    let Some(cut) = facts.cut_off.iter().find(|d| d.day.is_some()).and_then(Date::first) else { return };
    for claim in claims.all.iter().filter(|c| c.number.percent && !c.number.vague) {
        if !has_any(doc.slice(&claim.left), &["时间进度", "序时进度", "时间占比"]) || cut < start
        {
            continue;
        }
        sink.tried();
        let (whole, done) = ((end - start).num_days(), (cut - start).num_days());
        let (all_months, _) = months_between(start, end);
        let (done_months, left) = months_between(start, cut);
        let half = Decimal::from(done_months) + if left >= 10 { Decimal::new(5, 1) } else { Decimal::ZERO };
        let ways = [
            (Decimal::from(done + 1), Decimal::from(whole + 1)),
            (Decimal::from(done), Decimal::from(whole)),
            (Decimal::from(done), Decimal::from(whole + 1)),
            (half, Decimal::from(all_months)),
            (Decimal::from(done_months), Decimal::from(all_months)),
        ];
        let (p, decimals) = (claim.number.value, claim.number.decimals);
        if ways.iter().any(|(a, b)| crate::checks::text::math::is_share(p, decimals, *a, *b)) {
            continue;
        }
        let right = crate::checks::text::math::percent_of(ways[0].0, ways[0].1).unwrap_or_default();
        let shown = crate::checks::text::math::show_percent(right);
        let message =
            format!("合同期共{}天，至截止日为{}天，时间进度{shown}，文中为{}%", whole + 1, done + 1, show(p));
        sink.add(LENGTH, Severity::Warning, message, (format!("{}%", show(p)), shown), &[claim.wide()]);
    }
}

/// 采购人于2025年4月前组织复核: what is still to be done is not due before the report was signed.
fn plans(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    const TO_DO: &[&str] = &["整改", "复核", "建议", "完善", "补齐"];
    let Some(day) = facts.signed.as_ref().and_then(Date::first).or(facts.worked) else { return };
    for date in claims.dates.iter().filter(|d| d.whole && d.month.is_some()) {
        let after = &doc.text[date.span.end..];
        let due = ["前", "底前", "之前", "以前"].iter().any(|w| after.starts_with(w));
        let block = &doc.blocks[doc.block_of(date.span.start)];
        let sentence = sentence_of(doc, block, date.span.start);
        let words = doc.slice(&sentence);
        let open = has_any(words, TO_DO) && !words.contains('已');
        if !due || !open || block.kind == Kind::Cell {
            continue;
        }
        sink.tried();
        if date.last().is_some_and(|d| d < day) {
            let message = format!("“{}前”早于报告日期", doc.slice(&date.span));
            let said = (date.text(), "不早于报告日期".to_owned());
            sink.add(ORDER, Severity::Warning, message, said, std::slice::from_ref(&date.span));
        }
    }
}
