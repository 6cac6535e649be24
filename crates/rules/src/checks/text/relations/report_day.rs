//! The day of the report against the steps of the evaluation that its text tells, and against what it says of its own day: 报告时间：2023年3月29日 and
//! 2024年3月4日收到自评报告; 出具日期2025年1月20日 and 1月26日出具正式报告.

use std::ops::Range;

use super::dates::{DIFFERS, ORDER};
use super::periods::sentence_of;
use super::report_dates::SIGNED;
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

/// What was done before the report was written.
const STEPS: &[&str] = &[
    "收到自评",
    "收齐自评",
    "提交自评",
    "实地评估",
    "现场评估",
    "入场",
    "入站",
    "驻乡",
    "驻站",
    "驻村",
    "驻点",
    "实地走访",
    "电话回访",
    "座谈会",
    "意见交流会",
    "初步意见",
    "开展评估",
    "进行评估",
    "开展末期评估",
    "开展中期评估",
    "进驻现场",
    "反馈会",
];
const OWN: &[&str] = &[
    "出具正式报告",
    "出具本报告",
    "出具评估报告",
    "提交本报告",
    "提交正式报告",
    "形成正式报告",
    "形成本报告",
];
/// Days that are not past: 应于…前.
const TO_COME: &[&str] = &["应", "拟", "计划", "将", "建议", "前完成", "整改"];
/// Blocks in which a cover stands.
const COVER: usize = 24;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let own = |d: &&Date| d.day.is_some() && d.whole && is_signed(doc, d);
    let mut all = claims.dates.iter().filter(own);
    let Some(signed) = all.next().filter(|_| all.next().is_none()) else { return };
    let Some(day) = signed.first() else { return };
    for date in claims.dates.iter().filter(|d| d.day.is_some() && d.span != signed.span) {
        let block = &doc.blocks[doc.block_of(date.span.start)];
        let Some(told) = date.first().filter(|_| block.kind != Kind::Cell) else { continue };
        let behind = behind(doc, date, &sentence_of(doc, block, date.span.start));
        let to_come = has_any(behind, TO_COME) || behind.starts_with('前');
        let ends = behind.starts_with(['至', '-', '到']);
        let before = doc.tail(block.body..date.span.start.max(block.body), 45);
        let before = before.rsplit(['，', '；', '。']).next().unwrap_or_default();
        let step =
            STEPS.iter().any(|w| behind.contains(w) || before.contains(w)) && !to_come && !ends && date.whole;
        if step && told > day {
            let message = format!("报告日期{}早于文中{}的评估工作", signed.text(), date.text());
            return say(sink, ORDER, message, (signed, date));
        }
        let same = told == day || !date.whole && (date.month, date.day) == (signed.month, signed.day);
        if OWN.iter().any(|w| behind.starts_with(w)) && !same {
            let message =
                format!("报告日期两处不同：“{}”与“{}”", doc.slice(&signed.span), doc.slice(&date.span));
            return say(sink, DIFFERS, message, (signed, date));
        }
    }
}

/// The clause behind a date.
fn behind<'a>(doc: &'a Doc, date: &Date, sentence: &Range<usize>) -> &'a str {
    let words = doc.slice(&(date.span.end..sentence.end.max(date.span.end)));
    words.trim_start_matches('，').split(['，', '；', '。']).next().unwrap_or_default()
}

fn is_signed(doc: &Doc, date: &Date) -> bool {
    let index = doc.block_of(date.span.start);
    let block = &doc.blocks[index];
    let mut before = doc.slice(&(block.body..date.span.start.max(block.body)));
    if block.kind == Kind::Cell && before.is_empty() {
        before = doc.slice(&doc.blocks[doc.block_of(block.span.start.saturating_sub(2))].span);
    }
    let label = before.trim_end_matches(['：', '为', '于', '*', ' ']);
    index < COVER && SIGNED.iter().any(|w| label.ends_with(w))
}

fn say(sink: &mut Sink<'_>, rule: &'static str, message: String, (signed, other): (&Date, &Date)) {
    if !sink.said(&[signed.span.start, other.span.start]) {
        sink.tried();
        let said = (signed.text(), other.text());
        sink.add(rule, Severity::Warning, message, said, &[signed.span.clone(), other.span.clone()]);
    }
}
