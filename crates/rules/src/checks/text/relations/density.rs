//! People of a square kilometre beside the people and the area: 面积4.2平方公里，常住人口46200人，平均每平方公里11000人.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

const RULE: &str = "average";

static DENSE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:平均)?每平方公里(?:约|有)?(?P<k>\d+(?:\.\d+)?)人"));

static AREA: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?P<n>\d+(?:\.\d+)?)平方公里"));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        dense(&here, sink);
    }
}

fn dense(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let Some(found) = here.found(&DENSE).next() else { return };
    let at = here.at(&found, "k");
    let areas: Vec<Decimal> = here.found(&AREA).filter_map(|a| number(&a, "n")).collect();
    let people = here.claims.within(&(here.block.body..at.start));
    let people: Vec<Decimal> =
        people.iter().filter(|c| c.class() == "人" && c.exact()).map(|c| c.number.value).collect();
    let Some(k) = number(&found, "k") else { return };
    let means: Vec<Decimal> =
        people.iter().flat_map(|p| areas.iter().filter_map(move |a| p.checked_div(*a))).collect();
    let near = |m: &&Decimal| mistaken(m.round_dp(k.scale()), k) || (**m - k).abs() * Decimal::TEN < k;
    let fits = |m: &Decimal| (*m - k).abs() * Decimal::from(100) <= k;
    if let Some(right) = means.iter().find(near).filter(|_| !means.iter().any(fits)) {
        let message = format!("人口除以面积约为每平方公里{}人，文中为{}人", show(right.round()), show(k));
        here.warn(sink, RULE, message, (show(k), show(right.round())), at);
    }
}
