//! What is left: 发现27条，已整改23条，其余4条. A whole said before less what the sentence says is done; any pair of the
//! paragraph that gives the rest explains it.

mod complement;

use rust_decimal::Decimal;

use super::said::not_what_is_left;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::one_digit_apart;
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
/// Claims looked back for the whole.
const NEAR: usize = 16;
const REST: &[&str] = &[
    "其余",
    "其余的",
    "剩余",
    "余下",
    "尚余",
    "尚有",
    "还有",
    "仍有",
    "还剩",
    "未拨",
    "待拨",
    "欠账",
    "尚欠",
    "缺口",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    complement::check(doc, claims, sink);
    for (i, rest) in claims.all.iter().enumerate() {
        let left = doc.slice(&rest.left);
        let says = REST.iter().any(|w| left.ends_with(w)) || left.contains('未') && left.ends_with('的');
        if !says || !rest.exact() || rest.class().is_empty() || doc.blocks[rest.block].kind == Kind::Cell {
            continue;
        }
        let before: Vec<&Claim> = claims.all[i.saturating_sub(NEAR)..i]
            .iter()
            .filter(|c| c.block == rest.block && c.class() == rest.class() && c.exact() && !c.other_period)
            .collect();
        // 2个站每站个案12个、小组8个；其余3个站每站…: what each of some has.
        let lead = doc.slice(&(rest.sentence.start..rest.number.span.start));
        if has_any(lead, &["每站", "每个站", "每村", "每个社区"]) || lead.contains('除') {
            continue;
        }
        judge(doc, rest, &before, sink);
    }
}

fn judge(doc: &Doc, rest: &Claim, before: &[&Claim], sink: &mut Sink<'_>) {
    let Some(at) = done_at(doc, rest, before) else { return };
    let (done, earlier, n) = (before[at], &before[..at], rest.number.value);
    sink.tried();
    if of_the_done(doc, done, rest) {
        return;
    }
    let mut sum = Decimal::ZERO;
    let sums: Vec<Decimal> = before[..=at]
        .iter()
        .rev()
        .map(|c| {
            sum += c.number.value;
            sum
        })
        .collect();
    let explained = sums.iter().any(|s| earlier.iter().any(|w| w.number.value - s == n))
        || before.iter().any(|c| c.sentence == rest.sentence && c.number.value == n)
        || n >= Decimal::TEN && {
            let here = || before.iter().filter(|c| c.sentence == rest.sentence);
            here().any(|a| here().any(|b| a.number.value - b.number.value == n))
        };
    let whole = earlier.iter().rev().find(|c| c.number.value > done.number.value);
    let Some(whole) = whole.filter(|_| !explained) else { return };
    if some_by_name(doc.slice(&(whole.number.span.end..rest.left.start))) {
        return;
    }
    let right = whole.number.value - done.number.value;
    let near = (right - n).abs() <= Decimal::TWO
        || (right - n).abs() <= Decimal::TEN && (right - n).abs() * Decimal::from(4) <= right.max(n);
    if !(n >= Decimal::TEN && one_digit_apart(right, n) || near) {
        return;
    }
    not_what_is_left(doc, sink, (RULE, Severity::Error), rest, (whole, done));
}

/// 南坑村、仙槎村各4天，塘背、塘下2个村各3天: some are named and not counted.
pub(super) fn some_by_name(words: &str) -> bool {
    words.split(['，', '；']).any(|clause| {
        let names = clause.split_once('各').map_or("", |(names, _)| names);
        names.contains('、') && !names.contains(|c: char| c.is_ascii_digit())
    })
}

/// 9项达标；其中政策宣讲恰好完成，其余8项超额: the rest is of the nine, of which one is named.
fn of_the_done(doc: &Doc, done: &Claim, rest: &Claim) -> bool {
    let between = done.number.span.end..rest.left.start.max(done.number.span.end);
    doc.slice(&rest.left).contains("其余") && doc.slice(&between).contains("其中")
}

/// What is done already: for 未转办的 the count of 转办, else the count before it in the sentence.
fn done_at(doc: &Doc, rest: &Claim, before: &[&Claim]) -> Option<usize> {
    let left = doc.slice(&rest.left);
    let last = before.len().checked_sub(1).filter(|i| *i > 0)?;
    if let Some(stem) = left.rfind('未').and_then(|i| left[i + '未'.len_utf8()..].strip_suffix('的')) {
        let does = |c: &&Claim| doc.slice(&c.left).contains(stem) && !doc.slice(&c.left).contains('未');
        return before.iter().position(does).filter(|i| stem.chars().count() >= 2 && *i > 0);
    }
    (before[last].sentence == rest.sentence).then_some(last)
}
