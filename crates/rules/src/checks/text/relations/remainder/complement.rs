//! What is not done beside what is: 建档3575份，尚有228人未建档; 接通206名，未接通34名. Done and not done make a whole that
//! stands before them; spoken of only where one digit of the three is missing for that.

use rust_decimal::Decimal;

use super::super::shares::same_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
/// Claims looked back for what is done and for the whole.
const NEAR: usize = 12;
/// Words that only what is left over has.
const LEFT: &[&str] = &[
    "尚有",
    "仍有",
    "其余",
    "剩余",
    "余下",
    "尚余",
    "还剩",
    "缺席",
    "失访",
    "不合格",
    "无效",
    "剔除",
    "缺训",
    "缺勤",
    "未",
];
/// Words of what goes on beside what is closed.
const GOES_ON: &[&str] = &["在办", "正在", "继续跟进", "仍在", "转介", "在跟进", "跟进中"];
const CLOSED: &[&str] = &["结案", "办结", "完成", "开案", "解决", "整改"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, left) in claims.all.iter().enumerate() {
        let usable = left.exact()
            && !left.class().is_empty()
            && !left.target
            && !left.other_period
            && doc.blocks[left.block].kind == Kind::Paragraph
            && !left.is_mean(doc);
        if usable && left.class() != "元" && is_left(doc, claims, i) {
            judge(doc, claims, i, sink);
        }
    }
}

fn is_left(doc: &Doc, claims: &Claims, i: usize) -> bool {
    let c = &claims.all[i];
    let end = doc.text[c.number.span.end..]
        .char_indices()
        .nth(8)
        .map_or(c.segment.end, |(i, _)| c.number.span.end + i);
    let behind = doc.slice(&(c.number.span.end..end.min(c.segment.end).max(c.number.span.end)));
    let behind = behind.split(['，', '、', '。', '（']).next().unwrap_or_default();
    let words = doc.slice(&c.left);
    let noun = words.contains("未成年") || words.contains("未来") || words.contains("未保");
    let other = words == "另有" && has_any(behind, &["缺席", "未", "失访", "退出"]);
    let goes_on = GOES_ON.iter().any(|w| words.contains(w) || behind.starts_with(w)) && {
        let before = claims.all[i.saturating_sub(2)..i].iter().filter(|d| d.sentence == c.sentence);
        before.into_iter().any(|d| has_any(doc.slice(&d.left), CLOSED))
    };
    (other || goes_on || LEFT.iter().any(|w| words.contains(w) || behind.starts_with(w))) && !noun
}

fn judge(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let left = &claims.all[i];
    let before: Vec<&Claim> = claims.all[i.saturating_sub(NEAR)..i]
        .iter()
        .filter(|c| {
            c.exact()
                && same_kind(c.class(), left.class())
                && c.block + 1 >= left.block
                && !c.other_period
                && !c.is_mean(doc)
        })
        .collect();
    let Some((done, earlier)) = before.split_last() else { return };
    let beside = done.block == left.block
        && doc.slice(&(done.number.span.end..left.number.span.start)).chars().count() <= 30;
    let told = done.sentence == left.sentence && beside;
    // Samples and surveys have rules of their own.
    let drawn = has_any(doc.slice(&left.sentence), &["抽取", "抽样", "拨打", "抽查"]);
    // 无人接听5人、停机2人和拒访2人，合计9人未访到: a total of its own.
    let total = ["合计", "共", "共计", "总计"].contains(&doc.slice(&left.left));
    // 部分达成11个、未达成6个; 6个站每站…；其余3个站: parts of another whole, of each of some.
    let between = doc.slice(&(done.number.span.end..left.left.start.max(done.number.span.end)));
    let listed = between.ends_with('、') && doc.text[..done.left.start].ends_with('、');
    let each = doc.slice(&done.left).ends_with('各')
        || has_any(doc.slice(&(left.sentence.start..left.left.start)), &["每站", "每个", "每村"]);
    let named =
        super::some_by_name(doc.slice(&(left.sentence.start..left.left.start.max(left.sentence.start))));
    if named || listed || each || total || drawn || super::of_the_done(doc, done, left) {
        return;
    }
    let among = doc.text[done.right.end..].starts_with('中') || doc.slice(&done.right).ends_with('中');
    if !told || among || earlier.is_empty() || done.depth != left.depth {
        return;
    }
    sink.tried();
    let b = left.number.value;
    let after = claims.all[i + 1..]
        .iter()
        .take(4)
        .filter(|c| c.exact() && c.sentence == left.sentence && same_kind(c.class(), left.class()));
    let near: Vec<Decimal> = before.iter().copied().chain(after).map(|c| c.number.value).collect();
    let more = near.iter().any(|w| near.iter().any(|c| done.number.value + b + c == *w));
    if more
        || near.iter().any(|w| near.iter().any(|a| *w == a + b))
        || near.iter().filter(|v| **v == b).count() > 0
    {
        return;
    }
    let above = |least: Decimal| {
        earlier.iter().rev().find(move |c| c.number.value > least && c.number.value != done.number.value)
    };
    let all = done.number.value + b;
    if all >= Decimal::TEN
        && claims.all.iter().any(|c| c.exact() && c.class() == left.class() && c.number.value == all)
    {
        return;
    }
    let Some(whole) = above(done.number.value.max(b)).or_else(|| above(b)) else { return };
    let sum = done.number.value + b;
    let w = whole.number.value;
    let slip = one_digit_apart(sum, w)
        || w > done.number.value && one_digit_apart(w - done.number.value, b)
        || w > b && one_digit_apart(w - b, done.number.value);
    if !slip || sum < Decimal::TEN {
        return;
    }
    let message = format!(
        "{}+{}={}，文中为“{}”（“{}”）",
        show(done.number.value),
        show(b),
        show(sum),
        doc.slice(&whole.wide()),
        doc.slice(&left.wide()),
    );
    let spans = [left.wide(), done.wide(), whole.wide()];
    sink.add(RULE, Severity::Warning, message, (show(b), show((w - done.number.value).abs())), &spans);
}
