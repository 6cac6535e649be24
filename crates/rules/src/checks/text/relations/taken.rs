//! What is taken off or put on, told in one breath: 受访178户，剔除6份，有效记录172份; 小计88.6分，加1.0分，扣0.5分，最终得分89.1分.

use rust_decimal::Decimal;

use super::said::not_what_is_left;
use super::shares::same_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const OUT: &[&str] = &["剔除", "扣除", "去除", "除去", "排除"];
const LEFT: &[&str] = &["有效", "得到", "实得", "剩余", "余下", "保留"];
/// Claims looked back for the score before the marks put on or taken off.
const BACK: usize = 16;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 3 {
                left_of(doc, here, sink);
                marks(doc, claims, here, sink);
            }
        }
    }
}

fn left_of(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let counts: Vec<&Claim> = here.iter().filter(|c| c.exact() && c.number.unit.is_some()).collect();
    for three in counts.windows(3) {
        let [whole, out, rest] = three else { continue };
        let says = |c: &Claim, list: &[&str]| has_any(doc.slice(&c.left), list);
        let until = doc.slice(&(whole.number.span.end..out.number.span.start));
        let kin = same_kind(whole.class(), out.class()) && same_kind(out.class(), rest.class())
            || matches!((whole.class(), out.class(), rest.class()), ("户" | "人", "份", "份"));
        let fell = says(out, OUT) || has_any(until, OUT);
        if !(kin && fell && says(rest, LEFT)) || whole.number.value <= out.number.value {
            continue;
        }
        let others = counts.iter().any(|c| {
            c.number.span.end <= out.number.span.start
                && c.number.value - out.number.value == rest.number.value
        });
        sink.tried();
        if others {
            continue;
        }
        not_what_is_left(doc, sink, ("sample-sum", Severity::Error), rest, (whole, out));
    }
}

/// 加1.0分，扣0.5分，最终得分89.1分: without them it is a score that stands before.
fn marks(doc: &Doc, claims: &Claims, here: &[Claim], sink: &mut Sink<'_>) {
    let ends = |c: &Claim, list: &[&str]| list.iter().any(|w| doc.slice(&c.left).ends_with(w));
    let scores: Vec<&Claim> = here.iter().filter(|c| c.class() == "分" && c.exact()).collect();
    let Some(at) =
        scores.iter().position(|c| ends(c, &["最终得分", "最后得分", "最终为", "实际得分", "最终得分为"]))
    else {
        return;
    };
    let mut net = Decimal::ZERO;
    let mut moves: Vec<&Claim> = Vec::new();
    for c in &scores[..at] {
        let sign = if ends(c, &["加", "加分", "奖励", "另加"]) {
            Decimal::ONE
        } else if ends(c, &["扣", "扣分", "扣减", "扣除", "减"]) {
            Decimal::NEGATIVE_ONE
        } else {
            continue;
        };
        net += sign * c.number.value;
        moves.push(c);
    }
    let last = scores[at];
    let base = last.number.value - net;
    let until = claims.all.partition_point(|c| c.number.span.start < last.number.span.start);
    let before: Vec<&Claim> = claims.all[until.saturating_sub(BACK)..until]
        .iter()
        .filter(|c| matches!(c.class(), "分" | "") && c.exact() && moves.iter().all(|m| m.span() != c.span()))
        .collect();
    if moves.is_empty() || before.is_empty() {
        return;
    }
    sink.tried();
    if before.iter().any(|c| c.number.value == base) {
        return;
    }
    // One digit of the score before, of the last score or of one of the marks.
    let slip = before.iter().rev().find(|c| {
        let right = c.number.value + net;
        let apart = last.number.value - right;
        one_digit_apart(c.number.value, base)
            || one_digit_apart(right, last.number.value)
            || moves.iter().any(|m| {
                let (up, down) = (m.number.value + apart, m.number.value - apart);
                [up, down].iter().any(|v| *v > Decimal::ZERO && one_digit_apart(m.number.value, *v))
            })
    });
    let Some(first) = slip else { return };
    let right = first.number.value + net;
    let message =
        format!("“{}”加减后为{}，文中为“{}”", doc.slice(&first.wide()), show(right), doc.slice(&last.wide()));
    let spans: Vec<_> =
        [last.wide(), first.wide()].into_iter().chain(moves.iter().map(|m| m.wide())).collect();
    sink.add("score-parts", Severity::Error, message, (show(last.number.value), show(right)), &spans);
}
