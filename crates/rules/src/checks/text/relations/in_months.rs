//! Values told month by month or quarter by quarter, and what is said of them: 7月至12月逐月为102、118、…户次，月均114.0户次，11月最多，7月最少; 村社活动按季度为7场、6场、8场、5场, of 26 told elsewhere.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show, show_sum, slips_into};
use crate::checks::text::words::has_any;

/// Most values looked at that a noun has elsewhere.
const MOST: usize = 40;

static MONTHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<f>\d{1,2})月(?:份)?(?:至|到|-)(?P<t>\d{1,2})月(?:份)?，?\p{Han}{0,8}?(?:逐月|各月|每月|按月|依次|分别)\p{Han}{0,6}?(?P<l>\d[\d,]*(?:\.\d+)?(?:[、和]\d[\d,]*(?:\.\d+)?){2,11})(?:户次|人次|场次|次|场|人|户|个|通|件|小时|节|份)(?P<r>[^。]{0,90})",
    )
});
static MEAN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"月均\p{Han}{0,4}?(?P<m>\d[\d,]*(?:\.\d+)?)"));
static MOST_IN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?P<x>\d{1,2})月(?:份)?(?P<w>最多|最高|最少|最低)"));
static QUARTERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\p{Han}{2,8}?)(?:四个季度|各季度|按季度|分季度|按季)(?:统计|看)?(?:分别|依次)?(?:为|是|开展|接听|完成)?：?(?:第?一季度)?(?P<a>\d[\d,]*)(?P<u>\p{Han}{1,2})[、，](?:第?二季度)?(?P<b>\d[\d,]*)\p{Han}{1,2}[、，](?:第?三季度)?(?P<c>\d[\d,]*)\p{Han}{1,2}[、，和](?:第?四季度)?(?P<d>\d[\d,]*)\p{Han}{1,2}(?P<r>[^。；]{0,24})",
    )
});
static ALL: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:全年|合计|共计|总计|共)\p{Han}{0,4}?(?P<s>\d[\d,]*)(?P<v>\p{Han}{1,2})"));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        let words = doc.slice(&here.block.span);
        if has_any(words, &["逐月", "各月", "每月", "按月", "月均"]) {
            here.found(&MONTHS).for_each(|found| months(&here, &found, sink));
        }
        if words.contains("季度") || words.contains("按季") {
            here.found(&QUARTERS).for_each(|found| quarters(&here, &found, sink));
        }
    }
}

fn plain(words: &str) -> Option<Decimal> {
    words.replace(',', "").parse().ok()
}

fn months(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let month = |name: &str| number(found, name).and_then(|n| n.to_usize()).filter(|m| (1..=12).contains(m));
    let (Some(from), Some(to)) = (month("f"), month("t")) else { return };
    let list = found.name("l").map_or("", |m| m.as_str());
    let values: Vec<Decimal> = list.split(['、', '和']).filter_map(plain).collect();
    if values.len() != (to + 12 - from) % 12 + 1 {
        return;
    }
    let rest = found.name("r").map_or("", |m| m.as_str());
    let base = here.at(found, "r").start;
    let sum: Decimal = values.iter().sum();
    let n = Decimal::from(values.len());
    if let Some(mean) = MEAN.as_ref().and_then(|p| p.captures(rest)).and_then(|c| c.name("m")) {
        let decimals = mean.as_str().split_once('.').map_or(0, |d| d.1.len() as u32);
        let Some((told, right)) = plain(mean.as_str()).zip(sum.checked_div(n)) else { return };
        let half = Decimal::new(5, decimals + 1);
        let part = |v: &Decimal| {
            let others = sum - *v;
            slips_into(*v, v.scale(), ((told - half) * n - others, (told + half) * n - others))
        };
        let slip = slips_into(told, decimals, (right - half, right + half))
            || mistaken(right.round_dp(decimals), told)
            || values.iter().any(part);
        if !prints_as(right, told, decimals) && slip {
            let right = show(right.round_dp(2));
            let message = format!("{}，除以{n}个月为{right}，文中月均为{}", show_sum(&values), show(told));
            here.warn(sink, "average", message, (show(told), right), base + mean.start()..base + mean.end());
        }
    }
    for told in MOST_IN.iter().flat_map(|p| p.captures_iter(rest)) {
        let (Some(x), Some(w)) = (told.name("x"), told.name("w")) else { continue };
        let most = matches!(w.as_str(), "最多" | "最高");
        let right = if most { values.iter().max() } else { values.iter().min() };
        let own = x.as_str().parse::<usize>().ok().filter(|m| (1..=12).contains(m));
        let own = own.and_then(|m| values.get((m + 12 - from) % 12));
        let Some((right, own)) = right.zip(own).filter(|(a, b)| a != b) else { continue };
        let at = values.iter().position(|v| v == right).unwrap_or_default();
        let name = (from + at - 1) % 12 + 1;
        let message = format!(
            "{}月为{}，{}月为{}，文中{}月{}",
            x.as_str(),
            show(*own),
            name,
            show(*right),
            x.as_str(),
            w.as_str()
        );
        let said = (format!("{}月", x.as_str()), format!("{name}月"));
        here.warn(sink, "table-extreme", message, said, base + x.start()..base + x.end());
    }
}

fn quarters(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let value = |name: &str| found.name(name).and_then(|m| plain(m.as_str()));
    let values: Vec<Decimal> = ["a", "b", "c", "d"].into_iter().filter_map(value).collect();
    if values.len() != 4 {
        return;
    }
    let sum: Decimal = values.iter().sum();
    let slips = |told: Decimal| {
        let apart = told - sum;
        told != sum
            && (mistaken(told, sum)
                || values.iter().any(|v| *v + apart > Decimal::ZERO && mistaken(*v, *v + apart)))
    };
    let rest = found.name("r").map_or("", |m| m.as_str());
    let unit = found.name("u").map_or("", |m| m.as_str());
    let beside = ALL.as_ref().and_then(|p| p.captures(rest));
    let told = match beside.as_ref().filter(|c| c.name("v").is_some_and(|v| v.as_str().starts_with(unit))) {
        Some(all) => all.name("s").and_then(|s| plain(s.as_str())).filter(|t| slips(*t)),
        None => {
            let noun = found.name("n").map_or("", |m| m.as_str());
            let told = told_of(here, noun, &here.at(found, "a"));
            let fits = told.contains(&sum);
            told.into_iter()
                .find(|t| !fits && *t > values.iter().copied().max().unwrap_or_default() && slips(*t))
        }
    };
    if let Some(told) = told {
        let message = format!("四个季度{}，文中全年为{}", show_sum(&values), show(told));
        here.warn(
            sink,
            "total",
            message,
            (show(sum), show(told)),
            here.at(found, "a").start..here.at(found, "d").end,
        );
    }
}

/// What the row of a table, or the paragraphs, that begin with a noun tell in the unit of a number.
fn told_of(here: &Sentence<'_>, noun: &str, number: &std::ops::Range<usize>) -> Vec<Decimal> {
    let Some(own) = here.claims.within(number).first() else { return Vec::new() };
    let kin = |c: &&Claim| c.exact() && (c.class() == own.class() || c.class().is_empty());
    let rows = here.doc.tables.iter().flat_map(|t| &t.rows);
    let named = rows.filter(|r| r.iter().take(2).any(|c| here.doc.slice(c) == noun));
    let cells = named.flatten().flat_map(|c| here.claims.within(c));
    let blocks = here.doc.blocks.iter().filter(|b| {
        b.kind == Kind::Paragraph && b.span != here.block.span && here.doc.body(b).starts_with(noun)
    });
    let lines = blocks.flat_map(|b| here.claims.within(&(b.body..b.span.end)).iter().take(4));
    cells
        .chain(lines.filter(|c| !c.class().is_empty()))
        .filter(kin)
        .map(|c| c.number.value)
        .take(MOST)
        .collect()
}
