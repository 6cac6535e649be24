//! One count of one name in each of several paragraphs side by side: 本领域开案5例, 本领域开案3例…, and the number of all of them told once
//! under the name they share (中期开案12例).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::said::{not_the_sum, one_digit_off};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "area-total";
/// Words that say that each count is of the part in which it stands.
const OWN: &[&str] =
    &["本领域", "该领域", "本片区", "该片区", "本点", "该点", "该类", "本类", "该站", "该社区"];
/// Blocks between two neighbours at most.
const NEAR: usize = 8;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut groups: BTreeMap<(&str, &'static str), Vec<&Claim>> = BTreeMap::new();
    for c in claims.all.iter().filter(|c| c.exact() && doc.blocks[c.block].kind == Kind::Paragraph) {
        let left = doc.slice(&c.left);
        let name = OWN.iter().find_map(|w| left.strip_prefix(w)).filter(|n| n.chars().count() >= 2);
        if let Some(name) = name {
            groups.entry((name, c.class())).or_default().push(c);
        }
    }
    for ((name, class), parts) in groups {
        let apart = parts.windows(2).all(|w| w[0].block != w[1].block && w[0].block + NEAR >= w[1].block);
        if parts.len() >= 3 && apart && !class.is_empty() {
            judge(doc, claims, (name, class), &parts, sink);
        }
    }
}

fn judge(doc: &Doc, claims: &Claims, (name, class): (&str, &str), parts: &[&Claim], sink: &mut Sink<'_>) {
    let all: Vec<&Claim> = claims
        .all
        .iter()
        .filter(|c| c.exact() && c.class() == class && !c.other_period && !c.target)
        .filter(|c| {
            doc.slice(&c.left).ends_with(name) && !OWN.iter().any(|w| doc.slice(&c.left).starts_with(w))
        })
        .take(20)
        .collect();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    sink.tried();
    if all.iter().any(|c| c.number.value == sum) {
        return;
    }
    let largest = parts.iter().map(|p| p.number.value).max().unwrap_or_default();
    let Some(whole) = all.iter().filter(|c| c.number.value > largest).max_by_key(|c| c.number.value) else {
        return;
    };
    if one_digit_off(whole.number.value, parts) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, parts);
    }
}
