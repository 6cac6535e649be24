//! Counts with their shares that share out a whole told elsewhere: 入户探访6383人次，占82.0%；电话探访1401人次，占18.0%. The shares make a hundred, so the
//! counts make a number the text prints.

use rust_decimal::Decimal;

use super::said::{not_the_sum, one_digit_off};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::is_share;

const RULE: &str = "total";
/// Claims on either side among which the whole is looked for.
const NEAR: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let pairs: Vec<(&Claim, &Claim)> =
                here.windows(2).filter(|w| beside(doc, &w[0], &w[1])).map(|w| (&w[0], &w[1])).collect();
            if pairs.len() >= 2 {
                judge(doc, claims, &pairs, sink);
            }
        }
    }
}

/// A count and its share.
fn beside(doc: &Doc, count: &Claim, share: &Claim) -> bool {
    let left = doc.slice(&share.left);
    count.exact()
        && !count.class().is_empty()
        && !count.target
        && !count.other_period
        && share.number.percent
        && !share.number.vague
        && matches!(left, "占" | "占比" | "占比为" | "")
        && doc.slice(&(count.right.end..share.left.start.max(count.right.end))).chars().count() <= 1
}

fn judge(doc: &Doc, claims: &Claims, pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let shares: Decimal = pairs.iter().map(|p| p.1.number.value).sum();
    let slack = pairs.iter().map(|p| Decimal::new(5, p.1.number.decimals + 1)).sum::<Decimal>();
    let parts: Vec<&Claim> = pairs.iter().map(|p| p.0).collect();
    let one = parts.iter().all(|p| p.class() == parts[0].class() && p.depth == parts[0].depth);
    sink.tried();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let known = claims.values.binary_search(&sum).is_ok();
    if !one || (shares - Decimal::ONE_HUNDRED).abs() > slack || known {
        return;
    }
    // A whole of which all shares but one are right, or all where one digit is too small to change a share.
    let of = |whole: Decimal| {
        let right =
            pairs.iter().filter(|(c, p)| is_share(p.number.value, p.number.decimals, c.number.value, whole));
        right.count() + 1 >= pairs.len()
    };
    let at = claims.all.partition_point(|c| c.number.span.start < parts[0].number.span.start);
    let around = &claims.all[at.saturating_sub(NEAR)..(at + NEAR).min(claims.all.len())];
    let kin = |c: &&Claim| {
        c.exact() && c.class() == parts[0].class() && !c.target && parts.iter().all(|p| p.span() != c.span())
    };
    let Some(whole) =
        around.iter().filter(kin).find(|c| of(c.number.value) && one_digit_off(c.number.value, &parts))
    else {
        return;
    };
    not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
}
