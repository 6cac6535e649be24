//! The steps of an evaluation that one place tells in their order: notice, own report, visit, draft, answer, last version. A step
//! is not dated before the one it follows. Covers and cut-offs belong to `report_dates`.

use std::ops::Range;

use super::dates::ORDER;
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const STEPS: &[&[&str]] = &[
    &["评估通知"],
    &["自评报告"],
    &["现场评估", "实地评估"],
    &["初稿"],
    &["书面反馈", "反馈期满", "反馈意见"],
    &["定稿", "终稿", "正式报告"],
];
/// Blocks that may lie between two steps told together.
const NEAR: usize = 8;
/// Most dates looked at.
const MOST: usize = 200;

struct Step<'a> {
    date: &'a Date,
    block: usize,
    steps: Range<usize>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let dates = &claims.dates;
    let found = dates.iter().enumerate().take(MOST).filter(|(_, d)| d.day.is_some());
    let all: Vec<Step<'_>> = found.filter_map(|(i, _)| step_of(doc, dates, i)).collect();
    // Two visits: two evaluations.
    let only = |s: &Step<'_>| {
        all.iter().filter(|o| o.steps.start < s.steps.end && s.steps.start < o.steps.end).count() == 1
    };
    let once: Vec<&Step<'_>> = all.iter().filter(|s| only(s)).collect();
    for (i, a) in once.iter().enumerate() {
        for b in once[i + 1..].iter().take_while(|b| b.block <= a.block + NEAR) {
            let (Some(first), Some(second)) = (a.date.first(), b.date.first()) else { continue };
            let (early, late) = if a.steps.end <= b.steps.start { (a, b) } else { (b, a) };
            sink.tried();
            let fits = if early.block == a.block && early.date.span == a.date.span {
                first <= second
            } else {
                second <= first
            };
            if fits {
                continue;
            }
            let message = format!(
                "“{}”{}早于它之前的一步“{}”{}",
                step_name(late),
                late.date.text(),
                step_name(early),
                early.date.text(),
            );
            let spans = [late.date.span.clone(), early.date.span.clone()];
            return sink.add(ORDER, Severity::Warning, message, (late.date.text(), String::new()), &spans);
        }
    }
}

fn step_name(step: &Step<'_>) -> &'static str {
    STEPS[step.steps.start][0]
}

/// 现场评估于1月21日…; 1月22日，提交报告初稿: words before the date in its clause, else those behind it.
fn step_of<'a>(doc: &Doc, dates: &'a [Date], i: usize) -> Option<Step<'a>> {
    let date = &dates[i];
    let index = doc.block_of(date.span.start);
    let block = &doc.blocks[index];
    if block.kind == Kind::Cell {
        return None;
    }
    let from = i.checked_sub(1).map_or(block.body, |j| dates[j].span.end.max(block.body));
    let before = doc.slice(&(from.min(date.span.start)..date.span.start));
    let clause = before.rsplit(['，', '。', '；', '：', '（', '、']).next().unwrap_or_default();
    let until = dates.get(i + 1).map_or(block.span.end, |d| d.span.start.min(block.span.end));
    let behind = doc.slice(&(date.span.end..until.max(date.span.end)));
    let behind = behind.split(['。', '；']).next().unwrap_or_default();
    if behind.starts_with(['前', '至', '起', '后']) && !clause.ends_with('于') || behind.starts_with("之前")
    {
        return None;
    }
    let led = clause.ends_with('于').then(|| steps_in(clause)).flatten();
    let opens = clause.chars().all(|c| !c.is_alphabetic());
    let steps = led.or_else(|| opens.then(|| steps_in(behind)).flatten())?;
    Some(Step { date, block: index, steps })
}

/// The steps that words name, first to last; not those that only say before or after what they are.
fn steps_in(words: &str) -> Option<Range<usize>> {
    let names = |list: &&[&str]| {
        list.iter().any(|w| {
            words.find(w).is_some_and(|at| {
                let rest = &words[at + w.len()..];
                !rest.starts_with(['前', '后', '之', '时', '的']) && !rest.starts_with("结束后")
            })
        })
    };
    let first = STEPS.iter().position(&names)?;
    let last = STEPS.iter().rposition(names)?;
    Some(first..last + 1)
}
