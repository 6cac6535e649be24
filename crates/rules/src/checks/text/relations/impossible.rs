//! Shares that no whole number can give: 5个站，占56.5%. Said only of what is counted in ones and of a share with decimals
//! that stands right behind it.

use rust_decimal::Decimal;

use super::rates::of_another_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, wholes};

const RULE: &str = "rate";

/// Rates of those who can do something at most once.
const BOUNDED: &[&str] = &[
    "持证率",
    "接通率",
    "回收率",
    "有效率",
    "满意率",
    "满意度",
    "建档率",
    "知晓率",
    "办结率",
    "结案率",
    "到岗率",
    "参训率",
    "合格率",
    "出勤率",
    "采纳率",
    "整改率",
    "接听率",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    over_all(doc, claims, sink);
    for (i, pair) in claims.all.windows(2).enumerate() {
        let [part, percent] = pair else { continue };
        let left = doc.slice(&percent.left);
        let share = percent.number.percent
            && percent.number.decimals > 0
            && !percent.number.vague
            && percent.number.value < Decimal::ONE_HUNDRED
            && left.starts_with('占')
            && !left.ends_with(['从', '由'])
            && !claims.all.get(i + 2).is_some_and(|n| in_a_row(doc, percent, n));
        let beside = doc.slice(&(part.number.span.end..percent.left.start.max(part.number.span.end)));
        let beside = beside.strip_prefix(doc.slice(&part.right)).unwrap_or(beside);
        let counted =
            matches!(part.class(), "人" | "户" | "份" | "个" | "家" | "件" | "项" | "支" | "篇" | "站");
        if !share
            || !counted
            || !part.exact()
            || beside != "，"
            || part.segment != percent.segment
            || doc.blocks[part.block].kind == Kind::Cell
        {
            continue;
        }
        sink.tried();
        if possible(claims, part, percent) || of_another_kind(doc, percent, part.class()) {
            continue;
        }
        let message = format!(
            "没有整数能使{}占它的{}%（“{}”）",
            show(part.number.value),
            show(percent.number.value),
            doc.slice(&(part.left.start..percent.number.span.end))
        );
        let said = (format!("{}%", show(percent.number.value)), String::new());
        sink.add(RULE, Severity::Warning, message, said, &[percent.wide(), part.wide()]);
    }
}

/// A base for the part or for it with what stands before it in the sentence.
fn possible(claims: &Claims, part: &Claim, percent: &Claim) -> bool {
    let before = claims.within(&(part.sentence.start..part.number.span.end));
    let mut sum = Decimal::ZERO;
    before.iter().rev().filter(|c| c.class() == part.class() && c.exact()).take(6).any(|c| {
        sum += c.number.value;
        wholes(sum, percent.number.value, percent.number.decimals, Decimal::ONE).is_some()
    })
}

fn in_a_row(doc: &Doc, percent: &Claim, next: &Claim) -> bool {
    let gap = doc.slice(&(percent.number.span.end..next.number.span.start));
    next.number.percent && matches!(gap, "、" | "和" | "及" | "与")
}

/// 持证率101%: more than all.
fn over_all(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| c.number.percent && c.number.value > Decimal::ONE_HUNDRED) {
        let left = doc.slice(&c.left).trim_end_matches(['为', '达', '是', '到']);
        if BOUNDED.iter().any(|w| left.ends_with(w)) {
            sink.tried();
            let message = format!("“{}”大于100%", doc.slice(&c.wide()));
            let said = (format!("{}%", show(c.number.value)), "不大于100%".into());
            sink.add(RULE, Severity::Error, message, said, &[c.wide()]);
        }
    }
}
