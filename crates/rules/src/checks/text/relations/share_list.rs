//! Amounts with their shares that make a hundred: 人员经费98.64万元，占72.1%；活动经费21.35万元，占15.6%…. Together they are a whole that the text prints; where one digit
//! of one of them is wrong, the shares still tell of which.

use rust_decimal::Decimal;

use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart};

/// Most and least items of a list.
const MOST: usize = 12;
const LEAST: usize = 3;
/// Most lists looked at: each reads the whole text.
const LISTS: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut lists = 0;
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let mut i = 0;
            while i < here.len() {
                let pairs: Vec<(&Claim, &Claim)> = here[i..]
                    .chunks_exact(2)
                    .map_while(|p| pair(doc, &here[i], &p[0], &p[1]))
                    .take(MOST)
                    .collect();
                lists += usize::from(pairs.len() >= LEAST);
                if pairs.len() >= LEAST && lists <= LISTS {
                    judge(doc, claims, &pairs, sink);
                }
                i += (2 * pairs.len()).max(1);
            }
        }
    }
}

fn pair<'a>(doc: &Doc, first: &Claim, amount: &'a Claim, share: &'a Claim) -> Option<(&'a Claim, &'a Claim)> {
    let gap = doc.slice(&(amount.right.end..share.number.span.start));
    let led = matches!(gap, "，占" | "（" | "（占" | "，占比" | "，占比为" | "，占总支出的" | "，占支出的");
    let kin = amount.exact() && amount.class() == first.class() && !amount.class().is_empty();
    (led && kin && share.number.percent && !share.number.vague).then_some((amount, share))
}

fn judge(doc: &Doc, claims: &Claims, pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let shares: Decimal = pairs.iter().map(|p| p.1.number.value).sum();
    let amounts: Vec<&Claim> = pairs.iter().map(|p| p.0).collect();
    let total: Decimal = amounts.iter().map(|c| c.number.value).sum();
    let rounded = Decimal::new(3, 1);
    if (shares - Decimal::ONE_HUNDRED).abs() > rounded {
        return;
    }
    sink.tried();
    let is = |c: &Claim, value: Decimal| c.exact() && c.number.value == value;
    let scaled = total.checked_div(Decimal::from(10_000));
    if claims.all.iter().any(|c| is(c, total) || c.class().is_empty() && Some(c.number.value) == scaled) {
        return;
    }
    let own = |c: &Claim| amounts.iter().any(|a| a.span() == c.span());
    let whole =
        claims.all.iter().filter(|c| c.exact() && c.class() == amounts[0].class() && !own(c)).find(|c| {
            let whole = c.number.value;
            let apart = whole - total;
            let slip = amounts.iter().any(|a| {
                let right = a.number.value + apart;
                let digits = one_digit_apart(a.number.value, right) || one_digit_apart(whole, total);
                right > Decimal::ZERO && digits
            });
            let fit = pairs
                .iter()
                .filter(|(a, s)| is_share(s.number.value, s.number.decimals, a.number.value, whole));
            slip && fit.count() + 1 >= pairs.len()
        });
    if let Some(whole) = whole {
        not_the_sum(doc, sink, ("total", Severity::Warning), whole, &amounts);
    }
}
