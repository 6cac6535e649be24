//! The least sample that a rule asks for, of a number that is told somewhere: 不低于社区总户数4%，应不少于131份.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

static SAMPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:不低于|不少于|按照?)\p{Han}{0,8}?(?P<w>户数|人数|总户数|总人数|对象数|老人数)的?(?P<p>\d{1,2}(?:\.\d)?)%[^。；]{0,24}?(?:不少于|不低于|至少|应抽取|应为)(?P<n>\d+)(?:份|户|人|名)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found(doc, claims, &SAMPLE, |here, found| sample(here, found, sink));
}

fn sample(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(p), Some(n)) = (number(found, "p"), number(found, "n")) else { return };
    let class = if found.name("w").is_some_and(|w| w.as_str().ends_with("户数")) { "户" } else { "人" };
    let bases = || {
        let own = here.claims.all.iter().filter(|c| c.exact() && c.class() == class);
        own.filter(|c| c.number.value > n).map(|c| c.number.value)
    };
    let least = |v: Decimal, p: Decimal| v * p / Decimal::ONE_HUNDRED;
    let makes = |v: Decimal, p: Decimal, n: Decimal| (least(v, p) - n).abs() < Decimal::ONE;
    if bases().any(|v| makes(v, p, n)) {
        return;
    }
    let percents = (1..=60).map(Decimal::from);
    let other_rate =
        bases().find_map(|v| percents.clone().find(|q| makes(v, *q, n) && mistaken(*q, p)).map(|q| (v, q)));
    let other_count = bases().find(|v| {
        let right = least(*v, p);
        mistaken(right.ceil(), n) || mistaken(right.round(), n)
    });
    let actual = bases().find(|v| least(*v, p).ceil() < n && least(*v, p) * Decimal::TWO > n);
    if let Some(v) = other_count.or(actual) {
        let right = least(v, p).ceil();
        let message = format!("{}的{}%为{}，文中为{}", show(v), show(p), show(right), show(n));
        here.warn(sink, "sample-rule", message, (show(n), show(right)), here.at(found, "n"));
    } else if let Some((v, q)) = other_rate {
        let message = format!("{}是{}的{}%，文中为{}%", show(n), show(v), show(q), show(p));
        here.warn(sink, "sample-rule", message, (show(p), show(q)), here.at(found, "p"));
    }
}
