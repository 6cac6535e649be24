//! So many at a price and what they come to, in the order price, number, sum: 按每人月550元列支，47人月计25,850元; 每份误餐补助20元，250份共5000元; 每场300元，22场合计6600元.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

const RULE: &str = "average";

static PRICED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"每(?P<u>人月|人次|户次|人|户|份|场|次|节|期|小时|餐|件|套)\p{Han}{0,6}?(?P<p>\d[\d,]*(?:\.\d+)?)元\p{Han}{0,6}，\p{Han}{0,8}?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<v>人月|人次|户次|人|户|份|场|次|节|期|小时|餐|件|套)\p{Han}{0,2}(?:共计|合计|总计|共|计)\p{Han}{0,4}(?P<s>\d[\d,]*(?:\.\d+)?)元",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["每"], &PRICED), |here, found| priced(here, found, sink));
}

fn priced(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(p), Some(n), Some(s)) = (number(found, "p"), number(found, "n"), number(found, "s")) else {
        return;
    };
    let one = found.name("u").map(|m| m.as_str()) == found.name("v").map(|m| m.as_str());
    let Some(right) = p.checked_mul(n).filter(|right| one && *right != s) else { return };
    if mistaken(right.normalize(), s.normalize()) {
        let message = format!("{}×{}={}，文中为{}", show(p), show(n), show(right), show(s));
        here.warn(sink, RULE, message, (show(s), show(right)), here.at(found, "s"));
    }
}
