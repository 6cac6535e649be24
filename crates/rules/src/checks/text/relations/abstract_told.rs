//! What an abstract tells again of its report: each number below a heading 摘要 stands in the body as well, or one there of its kind of which a slip makes it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, reordered, show};

const RULE: &str = "repeated";
const HEADS: &[&str] = &["摘要", "内容摘要", "报告摘要", "内容提要", "提要", "执行摘要", "核心摘要", "概要"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let headed = |b: usize| HEADS.contains(&doc.body(&doc.blocks[b]).trim_end_matches('：'));
    let Some(first) = (0..doc.blocks.len()).find(|b| headed(*b)) else { return };
    let Some(next) = (first + 1..doc.blocks.len()).find(|b| doc.blocks[*b].kind == Kind::Heading) else {
        return;
    };
    let span: Range<usize> = doc.blocks[first].span.start..doc.blocks[next].span.start;
    for c in claims.within(&span).iter().filter(|c| is_clear(c)) {
        let outside = || claims.all.iter().filter(|o| !span.contains(&o.number.span.start));
        let value = c.number.value;
        sink.tried();
        if outside().any(|o| o.number.value == value) {
            continue;
        }
        let kin = |o: &&Claim| {
            let near = o.right.end.max(o.number.span.end);
            let words = doc.slice(&(o.left.start..near));
            o.number.percent == c.number.percent
                && o.number.decimals == c.number.decimals
                && (o.class() == c.class() || o.class().is_empty())
                && (mistaken(o.number.value, value) && shares(doc.slice(&c.left), words)
                    || reordered(o.number.value, value))
        };
        let found: Vec<&Claim> = outside().filter(kin).collect();
        let Some(other) = found.first() else { continue };
        let one = found.iter().all(|o| o.number.value == other.number.value);
        if one && !sink.said(&[c.wide().start, c.span().start]) {
            let right = show(other.number.value);
            let message = format!("摘要为“{}”，正文为“{}”", doc.slice(&c.wide()), doc.slice(&other.wide()));
            let mark = if c.number.percent { "%" } else { "" };
            let said = (format!("{}{mark}", show(value)), format!("{right}{mark}"));
            sink.add(RULE, Severity::Warning, message, said, &[c.wide(), other.wide()]);
        }
    }
}

/// An exact number of three digits and more.
fn is_clear(c: &Claim) -> bool {
    let digits = show(c.number.value).chars().filter(char::is_ascii_digit).count();
    !c.number.vague
        && !c.target
        && !c.number.chinese
        && (digits >= 3 || c.number.value >= Decimal::ONE_HUNDRED)
}

/// Whether two wordings share two characters in a row.
fn shares(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    chars.windows(2).any(|w| b.contains(&w.iter().collect::<String>()))
}
