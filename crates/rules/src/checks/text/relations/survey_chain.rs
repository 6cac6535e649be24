//! Questionnaires handed out, returned and valid, with their rates: 发放96份，回收94份，有效92份，回收率97.9%，有效率97.9%.

use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::is_share;

/// Most rates looked at.
const MOST: usize = 40;
/// A rate, the words of what it is a share in and of what it is a share of.
const RATES: &[(&str, &[&str], &[&str])] = &[
    ("回收率", &["回收", "收回"], &["发放", "发出", "共发放", "共发出"]),
    ("有效率", &["有效", "有效问卷"], &["回收", "收回"]),
    ("有效回收率", &["有效", "有效问卷"], &["发放", "发出", "共发放", "共发出"]),
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let rates = claims.all.iter().filter(|c| {
        let plain = c.number.percent && !c.number.vague && c.number.decimals > 0;
        plain && doc.blocks[c.block].kind == Kind::Paragraph && doc.slice(&c.left).ends_with('率')
    });
    for rate in rates.take(MOST) {
        let left = doc.slice(&rate.left);
        let Some((_, of, whole)) = RATES.iter().rev().find(|r| left == r.0 || left == format!("问卷{}", r.0))
        else {
            continue;
        };
        let before = claims.within(&(rate.sentence.start..rate.number.span.start));
        let last = |words: &[&str]| {
            let said = |c: &&Claim| {
                let left = doc.slice(&c.left);
                c.class() == "份" && c.exact() && words.iter().any(|w| left.ends_with(w))
            };
            before.iter().rfind(said)
        };
        let (Some(part), Some(whole)) = (last(of), last(whole)) else { continue };
        sink.tried();
        if !is_share(rate.number.value, rate.number.decimals, part.number.value, whole.number.value) {
            rate_is_not(doc, sink, rate, &[part, whole], whole.number.value);
        }
    }
}
