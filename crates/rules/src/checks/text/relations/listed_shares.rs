//! The share that one item of a list has of all its items: 依次为甲8216人次、乙12480人次…，乙占比最高，为34.7%; 人最多的泸江镇占到35.1%; a nested list of areas and 花椒占45.3%.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::near::before;
use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent};

/// Paragraphs before that may hold the list.
const BACK: usize = 6;
const MOST: usize = 60;

static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[，。；：、（])(?:其中)?(?P<x>\p{Han}{2,14}?)(?:领域|一项|一类|类)?(?:的)?(?:(?:占比|比重|所占比例|占的比重|比例)(?:最[高大多低小少])?，?(?:为|达|是|达到)?|(?:人数|户数|数量|面积)?(?:最[多大高少]，|居首，|居第一，)?(?:约占|占到了?|占了?))(?:总数的|总量的|全部的|全体的)?(?P<p>\d+\.\d+)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["占", "比重"], &SHARE), |here, found| share(here, found, sink));
}

/// The items of a list around one of them: of its unit, each with its name right before it.
fn items<'a>(near: &'a [Claim], at: usize, doc: &Doc) -> &'a [Claim] {
    let own = &near[at];
    let item =
        |c: &Claim| c.exact() && c.class() == own.class() && !doc.slice(&c.left).contains(['计', '共']);
    let beside = |a: &Claim, b: &Claim| {
        let gap = doc.slice(&(a.right.end.min(b.left.start)..b.left.start));
        matches!(gap, "、" | "，" | "；" | "和" | "及" | "\n")
    };
    let mut from = at;
    while from > 0 && item(&near[from - 1]) && beside(&near[from - 1], &near[from]) {
        from -= 1;
    }
    let mut to = at;
    while to + 1 < near.len() && item(&near[to + 1]) && beside(&near[to], &near[to + 1]) {
        to += 1;
    }
    &near[from..=to]
}

fn share(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(p), Some(x)) = (number(found, "p"), found.name("x")) else { return };
    let name = x.as_str().rsplit(['的', '中']).next().unwrap_or_default();
    let at = here.at(found, "p");
    let near = before(here.doc, here.claims, at.start, BACK);
    let near = &near[near.len().saturating_sub(MOST)..];
    if name.chars().count() < 2 {
        return;
    }
    let named = |c: &Claim| c.exact() && here.doc.slice(&c.left).ends_with(name) && !c.class().is_empty();
    let Some(own) = near.iter().rposition(named) else { return };
    let list = items(near, own, here.doc);
    let (part, whole) = (near[own].number.value, list.iter().map(|c| c.number.value).sum::<Decimal>());
    let printed = near.iter().any(|c| c.exact() && c.class() == near[own].class() && c.number.value == whole);
    let kin: Vec<Decimal> =
        near.iter().filter(|c| c.exact() && c.class() == near[own].class()).map(|c| c.number.value).collect();
    let other = |whole: &Decimal| part <= *whole && is_share(p, p.scale(), part, *whole);
    if list.len() < 3 || !printed || kin.iter().any(other) {
        return;
    }
    let Some(right) = percent_of(part, whole) else { return };
    let rounded =
        right.round_dp_with_strategy(p.scale(), rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    if mistaken(rounded, p) {
        let message = format!(
            "“{name}”{}，各项合计{}，占{}，文中为{}%",
            show(part),
            show(whole),
            show_percent(rounded),
            show(p)
        );
        here.warn(sink, "rate", message, (format!("{}%", show(p)), show_percent(rounded)), at);
    }
}
