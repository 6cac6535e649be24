//! A share right behind its count whose whole stands chapters away: 抽查儿童档案40份，占建档总数的10.2% (of 392); 最后收回58份，回收率93.5% (of 62). Where no number of the text
//! gives the share, and two of its digits changed round are that of a number the text lives with, it is that slip.

use rust_decimal::Decimal;

use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, percent_of, reordered};

/// Classes that are counted, and the words that lead to a share.
const COUNTED: &[&str] = &["人", "户", "份", "件", "个", "人次", "户次", "次"];
const LEADS: &[&str] = &["占", "回收率"];
/// Characters between a count and its share.
const NEAR: usize = 14;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, rate) in claims.all.iter().enumerate().skip(1) {
        let count = &claims.all[i - 1];
        let usable = doc.blocks[rate.block].kind == Kind::Paragraph
            && rate.number.percent
            && rate.number.decimals > 0
            && !rate.number.vague
            && rate.sentence == count.sentence
            && count.exact()
            && COUNTED.contains(&count.class())
            && count.number.value >= Decimal::TEN
            && !rate.other_period
            && !rate.target;
        if !usable {
            continue;
        }
        let between = doc.slice(&(count.number.span.end..rate.number.span.start.max(count.number.span.end)));
        let led = LEADS.iter().any(|w| between.contains(w)) && !between.contains(['；', '（', '）']);
        if !led || between.chars().count() > NEAR {
            continue;
        }
        let (p, decimals, part) = (rate.number.value, rate.number.decimals, count.number.value);
        sink.tried();
        if claims.values.iter().any(|whole| is_share(p, decimals, part, *whole)) {
            continue;
        }
        let kin = |class: &str| {
            class.is_empty()
                || class == count.class()
                || matches!((class, count.class()), ("人", "份") | ("份", "人"))
        };
        let slip = |whole: &Decimal| {
            *whole > part
                && percent_of(part, *whole).is_some_and(|right| reordered(right.round_dp(decimals), p))
        };
        let mut found =
            claims.often.iter().filter(|(class, whole)| kin(class) && slip(whole)).map(|(_, w)| *w);
        let Some(whole) = found.next() else { continue };
        let one = found.all(|other| other == whole);
        let above = |c: &Claim| c.number.span.start < count.number.span.start && c.number.value == whole;
        if one && claims.all.iter().any(above) && !sink.said(&[rate.wide().start, rate.span().start]) {
            rate_is_not(doc, sink, rate, &[count], whole);
        }
    }
}
