//! What became of earlier suggestions: 提出7条建议，已完成5条，另有2条仍在进行. Each is done or not, so those told make them all.

use rust_decimal::Decimal;

use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::mistaken;
use crate::checks::text::words::has_any;

const WHAT: &[&str] = &["建议", "意见", "问题", "整改", "清单"];
const ASKED: &[&str] = &["提出", "提过", "提了", "指出", "反馈", "列出", "列了"];
const DONE: &[&str] = &["已", "完成", "落实", "办结", "改好", "整改到位", "解决", "采纳", "改完"];
const OPEN: &[&str] = &[
    "另有",
    "其余",
    "其他",
    "正在",
    "办理中",
    "在办",
    "部分",
    "未",
    "没有",
    "没动",
    "仍",
    "尚",
    "推进",
    "进行中",
    "余下",
    "剩",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        if !has_any(words, WHAT) {
            continue;
        }
        for sentence in doc.sentences(block) {
            if has_any(doc.slice(&sentence), WHAT) {
                judge(doc, claims.within(&sentence), sink);
            }
        }
    }
}

/// The words of a count, back to a sign and on to the next.
fn clause<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    let rest = doc.slice(&(c.number.span.end..c.sentence.end));
    let end = rest.find(['，', '、', '；', '（']).unwrap_or(rest.len());
    doc.slice(&(c.left.start..c.number.span.end + end))
}

fn judge(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let counted = |c: &&Claim| matches!(c.class(), "篇" | "项" | "个") && c.exact() && c.depth == 0;
    let all: Vec<&Claim> = here.iter().filter(counted).collect();
    let has = |c: &Claim, list: &[&str]| has_any(clause(doc, c), list);
    let Some(at) = all.iter().position(|c| has(c, ASKED)) else { return };
    let (whole, parts) = (all[at], &all[at + 1..]);
    let [first, .., last] = parts else { return };
    let kin = parts.iter().all(|p| p.class() == whole.class() && (has(p, DONE) || has(p, OPEN)));
    // 首年提出8条，次年提出6条: of two evaluations.
    let again = parts.iter().any(|p| has(p, ASKED) || has(p, &["共", "合计", "其中"]));
    let several = all[..at].iter().any(|c| c.class() == whole.class());
    if !kin || again || several || !has(first, DONE) || !has(last, OPEN) || parts.len() > 4 {
        return;
    }
    sink.tried();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let apart = (sum - whole.number.value).abs();
    let slip = apart == Decimal::ONE || mistaken(sum, whole.number.value);
    if !apart.is_zero() && slip && !sink.said(&[whole.wide().start, whole.span().start]) {
        not_the_sum(doc, sink, ("total", Severity::Warning), whole, parts);
    }
}
