//! What is closed and what goes on, with the rate of the closed: 22个个案中，已结案13个、在服务9个，结案率59.1%.

use super::said::{not_what_is_left, rate_is_not};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart};

/// Most rates looked at.
const MOST: usize = 40;
const CLOSED: &[&str] = &["结案", "已结案", "办结", "已办结"];
/// Words of what is not closed.
const OPEN: &[&str] =
    &["在案", "在服务", "服务中", "在办", "在管", "跟进中", "继续跟进", "持续跟进", "未结案"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let rates = claims.all.iter().filter(|c| {
        let plain = c.number.percent && !c.number.vague && c.number.decimals > 0;
        plain
            && doc.blocks[c.block].kind == Kind::Paragraph
            && ["结案率", "办结率"].iter().any(|w| doc.slice(&c.left).ends_with(w))
    });
    for rate in rates.take(MOST) {
        let here = claims.within(&rate.sentence);
        let like = |words: &[&str]| {
            let said = |c: &&Claim| {
                let left = doc.slice(&c.left);
                c.class() == "个" && c.exact() && words.iter().any(|w| left.ends_with(w))
            };
            let mut found = here.iter().filter(said);
            found.next().filter(|_| found.next().is_none())
        };
        let (Some(closed), Some(open)) = (like(CLOSED), like(OPEN)) else { continue };
        // 结案81个、转介5个、继续跟进6个: there is a third kind.
        let (from, to) = (closed.number.span.end, open.number.span.start);
        let between = claims.within(&(from.min(to)..to.max(from)));
        if from > to || between.iter().any(|c| c.class() == closed.class() && c.exact()) {
            continue;
        }
        let (a, b) = (closed.number.value, open.number.value);
        sink.tried();
        if is_share(rate.number.value, rate.number.decimals, a, a + b) {
            continue;
        }
        match here.iter().find(|w| is_whole(w, rate, a)) {
            None => rate_is_not(doc, sink, rate, &[closed], a + b),
            Some(whole) if one_digit_apart(whole.number.value - a, b) => {
                not_what_is_left(doc, sink, ("balance", Severity::Error), open, (whole, closed));
            }
            Some(_) => {}
        }
    }
}

/// The closed are a share of another number of the sentence: there is more than both.
fn is_whole(whole: &Claim, rate: &Claim, closed: rust_decimal::Decimal) -> bool {
    let (p, decimals) = (rate.number.value, rate.number.decimals);
    whole.exact() && whole.class() == "个" && is_share(p, decimals, closed, whole.number.value)
}
