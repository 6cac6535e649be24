//! Growth told by its amount: 增加16场，增长20.5%. Two numbers of the text are so far apart, and none makes that percent of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show};

static GROWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:增加|减少)(?P<x>\d+)(?:个|场|次|人次|户次|人|户|节|份|小时)，(?:增长|增幅|增长率|上升|下降|降幅)(?:为|了)?(?P<p>\d+(?:\.\d+)?)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut values = BTreeMap::new();
    each_found(doc, claims, &GROWN, |here, found| grown(here, found, &mut values, sink));
}

/// Every number of a unit or without one, once, by that unit.
type Values<'a> = BTreeMap<&'a str, Vec<Decimal>>;

fn values_of(claims: &Claims, class: &str) -> Vec<Decimal> {
    let kin = claims.all.iter().filter(|c| c.exact() && (c.class() == class || c.class().is_empty()));
    let mut values: Vec<Decimal> = kin.map(|c| c.number.value).filter(|v| *v > Decimal::ZERO).collect();
    values.sort_unstable();
    values.dedup();
    values
}

fn grown<'a>(here: &Sentence<'a>, found: &Captures<'_>, known: &mut Values<'a>, sink: &mut Sink<'_>) {
    let (Some(x), Some(p)) = (number(found, "x"), number(found, "p")) else { return };
    let at = here.at(found, "x");
    let Some(change) = here.claims.within(&(at.start..at.start + 1)).first() else { return };
    let values = known.entry(change.class()).or_insert_with(|| values_of(here.claims, change.class()));
    let grown = |v: &Decimal| (x * Decimal::ONE_HUNDRED).checked_div(*v);
    if values.iter().filter_map(grown).any(|g| prints_as(g, p, p.scale())) {
        return;
    }
    let pairs = values.iter().filter(|v| values.binary_search(&(**v + x)).is_ok());
    let right = pairs.filter_map(grown).map(|g| g.round_dp(p.scale())).find(|g| mistaken(*g, p));
    if let Some(right) = right {
        let message = format!("增加{}，增长应为{}%，文中为{}%", show(x), show(right), show(p));
        let said = (format!("{p}%"), format!("{right}%"));
        here.warn(sink, "difference", message, said, here.at(found, "p"));
    }
}
