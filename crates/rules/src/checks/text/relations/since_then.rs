//! An earlier value and what was added since: 上年度满意率为89.3%，今年提高4.6个百分点; 上年6487人次，今年增加1297人次，增长20.0%. Together they make the
//! present value, which the text prints elsewhere.

use rust_decimal::Decimal;

use super::difference::{comparable, way};
use super::growth::growth;
use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
/// Most changes looked up: each reads the whole text.
const MOST: usize = 60;
/// Most present values that may be meant.
const SLIPS: usize = 60;
const THEN: &[&str] = &["上年", "去年", "上期", "上次", "上一年", "上一期", "上半年", "同期", "此前", "往年"];
const NOW: &[&str] = &["今年", "本年", "本次", "本期", "此次", "这次", "现", "本周期", "本轮"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let changes = (1..claims.all.len()).filter(|i| since(doc, &claims.all[i - 1], &claims.all[*i]).is_some());
    for i in changes.take(MOST) {
        let (then, change) = (&claims.all[i - 1], &claims.all[i]);
        growth(doc, change, then, claims.all.get(i + 1), sink);
        if let Some(up) = since(doc, then, change) {
            judge(doc, claims, (then, change, up), sink);
        }
    }
}

/// Whether a change follows an earlier value and says that it is what came since, and which way it goes.
fn since(doc: &Doc, then: &Claim, change: &Claim) -> Option<bool> {
    let left = doc.slice(&change.left);
    let up = way(left)?;
    let gap = doc.slice(&(then.number.span.end..change.left.start.max(then.number.span.end)));
    let before = doc.slice(&(then.segment.start..then.number.span.start));
    let clause = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
    let usable = then.sentence == change.sentence
        && doc.blocks[change.block].kind == Kind::Paragraph
        && comparable(change, then)
        && change.exact()
        && !then.number.vague
        && !change.class().is_empty()
        && matches!(gap, "，" | "；")
        && !is_change(doc.slice(&then.left))
        && has_any(clause, THEN)
        && !clause.contains(['较', '比']);
    (usable && NOW.iter().any(|w| left.starts_with(w))).then_some(up)
}

fn judge(doc: &Doc, claims: &Claims, (then, change, up): (&Claim, &Claim, bool), sink: &mut Sink<'_>) {
    let (t, d) = (then.number.value, change.number.value);
    let Some(now) = (if up { t.checked_add(d) } else { t.checked_sub(d) }) else { return };
    let kin = |c: &&Claim| {
        let same = comparable(change, c) || c.class().is_empty();
        same && !c.number.vague && c.span() != then.span() && c.span() != change.span()
    };
    sink.tried();
    if claims.all.iter().filter(kin).any(|c| c.number.value == now) {
        return;
    }
    let off = |v: Decimal| {
        let apart = if up { v - t } else { t - v };
        let earlier = if up { v - d } else { v + d };
        one_digit_apart(apart, d) || one_digit_apart(earlier, t)
    };
    let slips: Vec<&Claim> =
        claims.all.iter().filter(kin).filter(|c| off(c.number.value)).take(SLIPS).collect();
    // The present value is told in the paragraph or more than once.
    let twice = |c: &&&Claim| slips.iter().filter(|o| o.number.value == c.number.value).count() >= 2;
    let told = slips.iter().find(|c| c.block == change.block).or_else(|| slips.iter().find(twice));
    let Some(told) = told else { return };
    let right = (told.number.value - t).abs();
    let message = format!(
        "{}与{}相差{}，文中为“{}”",
        show(told.number.value),
        show(t),
        show(right),
        doc.slice(&change.wide())
    );
    let said = (show(d), show(right));
    sink.add(RULE, Severity::Warning, message, said, &[change.wide(), then.wide(), told.wide()]);
}
