//! How far the score lies above an earlier one that is told: 得91.32分，…比首年提高9.72分 (首年81.60分 told elsewhere); 上年度得分86.14分，本年度提高2.80分.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

/// Most scores of a text.
const MOST: usize = 400;
const TOTALS: &[&str] = &["合计", "总分", "总得分", "综合得分", "得分", "最终得分", "得"];

static SINCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:比|较)(?P<x>首年|次年|第一年|第二年|上年度|上年|上一年度|去年|首次|上次|上期|中期)(?:评估)?(?:得分)?(?P<w>提高|上升|提升|增加|高出|高|下降|降低)(?:了)?(?P<d>\d+\.\d+)分",
    )
});
static THEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:上年度|上一年度|上年|去年|首年|上期)(?:评估)?得分(?:为)?(?P<v>\d+\.\d+)分，(?:本年度|本年|今年|本期|本次)(?:得分)?(?P<w>提高|上升|提升|增加|下降|降低)(?:了)?(?P<d>\d+\.\d+)分",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    if doc.text.contains("提高") || doc.text.contains("下降") || doc.text.contains('高') {
        each_found(doc, claims, &SINCE, |here, found| since(here, found, sink));
        each_found(doc, claims, &THEN, |here, found| then(here, found, sink));
    }
}

fn scores<'a>(here: &Sentence<'a>) -> impl Iterator<Item = &'a Claim> {
    here.claims.all.iter().filter(|c| c.class() == "分" && c.exact() && c.number.decimals > 0).take(MOST)
}

/// The present score: the last total before a place that is no earlier one's.
fn present(here: &Sentence<'_>, at: usize) -> Option<Decimal> {
    let doc = here.doc;
    let before: Vec<&Claim> = scores(here).filter(|c| c.number.span.end <= at).collect();
    let total = |c: &&&Claim| {
        let left = doc.slice(&c.left);
        let early = has_any(left, &["上", "首", "次年", "去年", "前"]);
        TOTALS.iter().any(|w| left.ends_with(w)) && !early && c.block + 3 >= doc.block_of(at)
    };
    before.iter().rfind(total).map(|c| c.number.value)
}

fn down(found: &Captures<'_>) -> bool {
    found.name("w").is_some_and(|w| matches!(w.as_str(), "下降" | "降低"))
}

fn since(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(d), Some(x)) = (number(found, "d"), found.name("x")) else { return };
    let at = here.at(found, "d");
    let Some(now) = present(here, at.start) else { return };
    let right_then = if down(found) { now + d } else { now - d };
    let printed = |v: Decimal| here.claims.values.binary_search(&v).is_ok();
    let named = |c: &&Claim| {
        let left = here.doc.slice(&c.left);
        left.ends_with(x.as_str()) || left.ends_with(&format!("{}得分", x.as_str()))
    };
    let then: Vec<Decimal> = scores(here).filter(named).map(|c| c.number.value).collect();
    let [then] = then.as_slice() else { return };
    let apart = (now - *then).abs();
    if !printed(right_then) && (mistaken(apart, d) || mistaken(*then, right_then)) {
        let message =
            format!("{}与{}（{}）相差{}，文中为{}", show(now), show(*then), x.as_str(), show(apart), show(d));
        here.warn(sink, "difference", message, (show(d), show(apart)), at);
    }
}

fn then(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(d), Some(v)) = (number(found, "d"), number(found, "v")) else { return };
    let at = here.at(found, "d");
    let now = if down(found) { v - d } else { v + d };
    let same = |c: &Claim| c.number.value == now;
    if here.claims.values.binary_search(&now).is_ok() || scores(here).any(same) {
        return;
    }
    let Some(told) = present(here, at.start).filter(|p| *p != v) else { return };
    let apart = (told - v).abs();
    if mistaken(apart, d) || mistaken(told, now) {
        let message = format!("{}与{}相差{}，文中为{}", show(told), show(v), show(apart), show(d));
        here.warn(sink, "difference", message, (show(d), show(apart)), at);
    }
}
