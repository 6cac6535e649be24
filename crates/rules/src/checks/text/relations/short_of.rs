//! What is short of what was due, and how far one is above another: 应到102.30万元，实际到位98.58万元，短缺3.72万元; 南片比北片高127人次.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::difference::comparable;
use super::sentence::{Sentence, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

/// Words of a rise or a fall right before its size.
fn change(left: &str) -> bool {
    const RISES: &[&str] = &["提高", "上升", "下降", "降低", "提升", "回落", "高出", "低出"];
    RISES.iter().any(|w| left.ends_with(w))
}

/// Claims before one in which what it is of is looked for.
const NEAR: usize = 12;

static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:短缺|缺口为?|差额为?|[一-龥]{0,4}少|[一-龥]{2,12}比[一-龥]{2,12}(?:高|多|低|少)(?:出|了)?)$")
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        short(&here, sink);
    }
}

fn short(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let list = here.claims.within(&here.block.span);
    for (i, c) in list.iter().enumerate() {
        let left = here.doc.slice(&c.left);
        let led = SHORT.as_ref().is_some_and(|p| p.is_match(left))
            && !["至少", "不少", "减少"].iter().any(|w| left.ends_with(w));
        if !c.exact() || !(led || change(left) && c.number.decimals > 0) {
            continue;
        }
        let kin: Vec<Decimal> = list[i.saturating_sub(NEAR)..i]
            .iter()
            .filter(|k| !k.number.vague && comparable(c, k) && !k.class().is_empty())
            .map(|k| k.number.value)
            .collect();
        let v = c.number.value;
        let apart = |a: &Decimal, b: &Decimal| (*a - *b).abs();
        let told = kin.iter().any(|a| kin.iter().any(|b| apart(a, b) == v)) || kin.contains(&v);
        let [.., _, b] = kin[..] else { continue };
        let digits = |d: Decimal| d / c.number.scale.max(Decimal::new(1, 9));
        let slips = |a: &Decimal| mistaken(digits(apart(a, &b)).normalize(), digits(v).normalize());
        // 年度复吸率为4.09%，低于6%的上限；上年度为5.74%，下降1.65个百分点: of the last one and one shortly before it.
        let rise = !led;
        let clear = if rise {
            digits(v) >= Decimal::from(100)
        } else {
            kin.len() == 2 || !left.contains('比') && (v >= Decimal::from(100) || v.scale() > 0)
        };
        let near = if rise { 3 } else { 1 };
        let other = kin.iter().rev().skip(1).take(near).find(|a| slips(a));
        if let Some(a) = other.copied().filter(|_| !told && clear) {
            let right = apart(&a, &b);
            let message =
                format!("{}与{}相差{}，文中为“{}”", show(a), show(b), show(right), here.doc.slice(&c.wide()));
            here.warn(sink, "difference", message, (show(v), show(right)), c.wide());
        }
    }
}
