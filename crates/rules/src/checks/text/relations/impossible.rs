//! Shares that no whole number can give: 5个站，占56.5%. Said only of what is counted in ones and of a share with decimals
//! that stands right behind it.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, wholes};

const RULE: &str = "rate";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, pair) in claims.all.windows(2).enumerate() {
        let [part, percent] = pair else { continue };
        let left = doc.slice(&percent.left);
        let share = percent.number.percent
            && percent.number.decimals > 0
            && !percent.number.vague
            && percent.number.value < Decimal::ONE_HUNDRED
            && left.starts_with('占')
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
        if possible(claims, part, percent) {
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
