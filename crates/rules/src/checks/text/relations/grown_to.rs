//! By how many percent something grew: 期初312人，期内新增78人，期末达到390人，增长25.0%; 第一年度8200人次，第二年度9840人次，比上年度增长20.0%. 由12人增至45人 is read in
//! `from_to`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};

const UNIT: &str = "人次|人|名|户次|户|个|场次|场|次|份|件|支|家|万元|元|小时|节|站|岁|辆|台|条|篇|期|所|间";
static STOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:期初|年初|上年末|项目启动时|启动时|初期)[^，。；\d]{{0,10}}(?P<a>\d[\d,]*)(?P<u>{UNIT})，[^，。；\d]{{0,8}}(?:新增|增加|净增|新登记|新招募)\p{{Han}}{{0,4}}(?P<m>\d[\d,]*)(?:{UNIT})，[^，。；\d]{{0,10}}(?P<b>\d[\d,]*)(?P<v>{UNIT})，(?:增长|增幅为?|增长率为)(?P<p>\d+(?:\.\d+)?)%"
    ))
});
static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"第(?P<i>[一二三四五])(?:年度?|季度|期)\p{{Han}}{{0,8}}?(?P<a>\d[\d,]*(?:\.\d+)?)(?P<u>{UNIT})(?:，比上年度?(?:增长|下降)\d+(?:\.\d+)?%)?[，；]第(?P<j>[一二三四五])(?:年度?|季度|期)\p{{Han}}{{0,8}}?(?P<b>\d[\d,]*(?:\.\d+)?)(?P<v>{UNIT})，(?:比|较)(?:上年度?|上一年度?|前一年度?|上期)(?P<w>增长|增加|下降|减少)(?P<p>\d+(?:\.\d+)?)%"
    ))
});
/// 第一年度60场，…第三年度72场，合计198场，第三年度比第一年度增长百分之二十.
static AGAINST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"第(?P<j>[一二三四五])年度?比第(?P<i>[一二三四五])年度?(?:增长|增加|下降|减少)(?:了)?(?:百分之(?P<c>[一二三四五六七八九十]+)|(?P<p>\d+(?:\.\d+)?)%)",
    )
});
static OF_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"第(?P<i>[一二三四五])年度?(?P<a>\d[\d,]*(?:\.\d+)?)(?:{UNIT})")));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let words: &[&str] = &["期初", "年初", "上年末", "启动时", "初期"];
    each_found_with(doc, claims, (words, &STOCK), |here, found| judge(here, found, sink));
    for here in Sentence::all(doc, claims) {
        years(&here, sink);
        against(&here, sink);
    }
}

/// Matches may lie over each other: the second year of one is the first of the next.
fn years(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&here.block.span);
    let Some(pattern) = YEARS.as_ref().filter(|_| words.contains("比上") || words.contains("较上"))
    else {
        return;
    };
    let mut from = 0;
    while let Some(found) = pattern.captures_at(words, from) {
        const ORDER: &str = "一二三四五";
        let place = |name: &str| ORDER.find(&found[name]);
        if place("i").zip(place("j")).is_some_and(|(i, j)| i + '一'.len_utf8() == j) {
            judge(here, &found, sink);
        }
        from = found.name("b").map_or(words.len(), |m| words[..m.start()].rfind('第').unwrap_or(m.start()));
    }
}

fn judge(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(a), Some(b), Some(p)) = (number(found, "a"), number(found, "b"), number(found, "p")) else {
        return;
    };
    if found["u"] != found["v"] || a.is_zero() {
        return;
    }
    let down = found.name("w").is_some_and(|w| w.as_str().contains(['降', '减']));
    let Some(right) = percent_of((b - a).abs(), a).filter(|_| down == (b < a) || a == b) else { return };
    if !prints_as(right, p, p.scale()) {
        say(here, (a, b, p), right, here.at(found, "p"), sink);
    }
}

fn say(
    here: &Sentence<'_>,
    (a, b, p): (Decimal, Decimal, Decimal),
    right: Decimal,
    at: Range<usize>,
    sink: &mut Sink<'_>,
) {
    let message = format!("由{}到{}，变化为{}，文中为{}%", show(a), show(b), show_percent(right), show(p));
    here.warn(sink, "rate", message, (format!("{}%", show(p)), show_percent(right)), at);
}

fn against(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    if !here.holds(&["度比第", "年比第"]) {
        return;
    }
    for found in here.found(&AGAINST) {
        let of = |name: &str| {
            let mut values =
                here.found(&OF_YEAR).filter(|y| y["i"] == found[name]).filter_map(|y| number(&y, "a"));
            values.next().filter(|_| values.next().is_none())
        };
        let stated = number(&found, "p").map(|p| (p, "p")).or_else(|| number(&found, "c").map(|c| (c, "c")));
        let (Some(a), Some(b), Some((p, name))) = (of("i"), of("j"), stated) else { continue };
        let Some(right) = percent_of((b - a).abs(), a).filter(|r| !prints_as(*r, p, p.scale())) else {
            continue;
        };
        say(here, (a, b, p), right, here.at(&found, name), sink);
    }
}
