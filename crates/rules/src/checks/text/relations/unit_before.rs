//! Counts whose unit stands before them once: 到场人次1318，其中节日类604，政策宣讲429，义诊285.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};

const UNITS: &[&str] = &["人次", "户次", "人数", "户数", "场次", "件数", "次数", "份数"];

static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:人次|户次|人数|户数|场次|件数|次数|份数)(?:为|共|合计|达|是)?(?P<w>\d[\d,]*)[，：（](?:其中)?(?P<l>\p{Han}{1,10}\d+(?:[，、]\p{Han}{1,10}\d+)+)(?P<e>[，、。；）])",
    )
});
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?P<n>\p{Han}{1,10})(?P<v>\d+)"));
/// Words of a number that is no part.
const NO_PART: &[char] = &['均', '占', '率', '共', '比', '增', '超'];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (UNITS, &LIST), |here, found| parts(here, found, sink));
}

fn parts(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(whole), Some(list), Some(item)) = (number(found, "w"), found.name("l"), ITEM.as_ref()) else {
        return;
    };
    let parts: Vec<Decimal> = item
        .captures_iter(list.as_str())
        .take_while(|c| !c["n"].contains(NO_PART))
        .filter_map(|c| c["v"].parse().ok())
        .collect();
    let sum: Decimal = parts.iter().sum();
    let apart = whole - sum;
    let slip =
        mistaken(sum, whole) || parts.iter().any(|n| *n + apart > Decimal::ZERO && mistaken(*n, *n + apart));
    if parts.len() >= 3 && !apart.is_zero() && slip && parts.iter().all(|n| *n < whole) {
        let message = format!("{}，文中为{}", show_sum(&parts), show(whole));
        here.warn(sink, "total", message, (show(whole), show(sum)), here.at(found, "w"));
    }
}
