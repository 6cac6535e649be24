//! The share of an item of a list by its name, a sentence or a part of one later: 904人，包括残疾人412人、独居老人158人。其中残疾人占45.6%，独居老人占17.5%.

use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, one_digit_apart, percent_of};

/// Claims looked back for the item.
const BACK: usize = 24;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, share) in claims.all.iter().enumerate() {
        let plain = share.number.percent && !share.number.vague && share.number.decimals > 0;
        if !plain || doc.blocks[share.block].kind != Kind::Paragraph {
            continue;
        }
        let left = doc.slice(&share.left).trim_start_matches("其中");
        let Some((name, of)) = left.split_once('占') else { continue };
        if !(3..=8).contains(&name.chars().count())
            || of.chars().count() > 8
            || name.ends_with(['均', '部', '共'])
        {
            continue;
        }
        let before = &claims.all[i.saturating_sub(BACK)..i];
        let here = |c: &&Claim| c.block == share.block && c.exact();
        let item = |c: &&Claim| {
            doc.slice(&c.left).trim_start_matches(['括', '包']) == name && doc.slice(&c.right).is_empty()
        };
        let Some(at) = before.iter().rposition(|c| here(&c) && item(&c)) else { continue };
        let part = &before[at];
        let wholes: Vec<&Claim> = before[..at]
            .iter()
            .filter(here)
            .filter(|c| c.class() == part.class() && c.number.value > part.number.value && !c.other_period)
            .collect();
        let (p, decimals) = (share.number.value, share.number.decimals);
        let fits = |c: &&Claim| is_share(p, decimals, part.number.value, c.number.value);
        let known = sink.said(&[share.wide().start, share.span().start]);
        sink.tried();
        if known || wholes.iter().any(fits) {
            continue;
        }
        let Some(whole) = wholes.iter().max_by_key(|c| c.number.value) else { continue };
        let right = percent_of(part.number.value, whole.number.value).unwrap_or_default().round_dp(decimals);
        if one_digit_apart(right, p) {
            rate_is_not(doc, sink, share, &[part, whole], whole.number.value);
        }
    }
}
