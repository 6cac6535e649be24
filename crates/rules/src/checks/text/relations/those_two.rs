//! So many of a kind and what they make, told line by line before: 货款77.4万元, 货款168.56万元, 两项货款合计245.96万元; a number told again in the next line (制度6项 and
//! 6项制度：…); what is not closed yet (手头还有7件 and 未结案的7件).

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::near::before;
use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

/// Paragraphs before that hold the numbers.
const BACK: usize = 8;

static SUM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[，。；：])(?:这|上述|以上)?(?P<n>[两二三四五])(?:项|笔|块|类|处|部分|次|批)(?P<x>\p{Han}{2,4}?)(?:合计|合起来|共计|总计|一共|加起来|相加|共)(?:为|是|达)?(?P<s>\d[\d,]*(?:\.\d+)?)",
    )
});
static AGAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?P<n>\d{1,2}|[两二三四五六七八九十])(?P<u>项|个|条|类|种|支|家)(?P<x>\p{Han}{2,4})：(?P<l>[^。；：\d]{4,160})",
    )
});
static OPEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:未结案|尚未结案|没结案|未结)的?(?:个案)?(?P<n>\d{1,3})(?P<u>件|个|例|宗)"));
static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"已?结案(?P<a>\d{1,3})(?:件|个|例|宗)，(?:结案率为?\d+(?:\.\d+)?%，)?(?:手头|目前|现|仍|还|尚)*(?:还有|仍有|尚有|有|在办|跟进|仍在跟进|在跟进)(?P<n>\d{1,3})(?P<u>件|个|例|宗)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["合", "共", "加"], &SUM), |here, found| sum(here, found, sink));
    each_found_with(doc, claims, (&["："], &AGAIN), |here, found| again(here, found, sink));
    for here in Sentence::all(doc, claims).filter(|here| here.holds(&["差额"])) {
        let list = claims.within(&here.block.span);
        for c in list.iter().filter(|c| {
            c.exact() && c.class() == "元" && doc.slice(&c.left).trim_end_matches('为').ends_with("差额")
        }) {
            gap(&here, c, sink);
        }
    }
    if doc.text.contains("未结") {
        still_open(doc, claims, sink);
    }
}

/// 两项货款合计245.96万元, of the last two of that name.
fn sum(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(x)) = (number(found, "n").and_then(|n| n.to_usize()), found.name("x")) else { return };
    let at = here.at(found, "s");
    let Some(total) = here.claims.within(&(at.start..at.start + 1)).first().filter(|c| c.exact()) else {
        return;
    };
    let near = before(here.doc, here.claims, at.start, BACK);
    let named = |c: &&Claim| {
        c.exact()
            && c.class() == total.class()
            && here.doc.slice(&c.left).ends_with(x.as_str())
            && !c.class().is_empty()
    };
    let parts: Vec<Decimal> = near.iter().filter(named).map(|c| c.number.value).collect();
    let (sum, told) = (parts.iter().sum::<Decimal>(), total.number.value);
    let digits = |d: Decimal| (d / total.number.scale).normalize();
    let slip = || {
        mistaken(digits(sum), digits(told))
            || parts.iter().any(|v| *v + told > sum && mistaken(digits(*v), digits(*v + told - sum)))
    };
    if parts.len() == n && sum != told && slip() {
        let message = format!("{}，文中为“{}”", show_sum(&parts), here.doc.slice(&total.wide()));
        here.warn(sink, "total", message, (show(told), show(sum)), total.wide());
    }
}

/// 收10912元 in a line; 食材支出27280元…差额16368元 in the next.
fn gap(here: &Sentence<'_>, rest: &Claim, sink: &mut Sink<'_>) {
    let near = before(here.doc, here.claims, rest.number.span.start, 2);
    let money: Vec<&Claim> = near.iter().filter(|c| c.exact() && c.class() == "元").collect();
    let told = rest.number.value;
    let known = money.iter().any(|a| money.iter().any(|b| a.number.value - b.number.value == told));
    let came = |c: &&&Claim| {
        let left = here.doc.slice(&c.left).trim_end_matches(['了', '为', '入', '取']);
        left.ends_with('收') && !left.contains('每')
    };
    let (Some(spent), Some(came)) = (
        money.iter().rev().find(|c| here.doc.slice(&c.left).contains("支出")),
        money.iter().rev().find(came),
    ) else {
        return;
    };
    let right = spent.number.value - came.number.value;
    if !known && right > Decimal::ZERO && mistaken(right, told) {
        let message = format!(
            "{}-{}={}，文中为“{}”",
            show(spent.number.value),
            show(came.number.value),
            show(right),
            here.doc.slice(&rest.wide())
        );
        here.warn(sink, "balance", message, (show(told), show(right)), rest.wide());
    }
}

/// 制度9项 in a line, and behind it the line 6项制度：, with the names of all six.
fn again(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(x), Some(u)) = (number(found, "n"), found.name("x"), found.name("u")) else { return };
    let own = here.doc.block_of(here.block.span.start);
    let names = found.name("l").map_or(0, |l| l.as_str().split('、').count());
    let Some(above) = own.checked_sub(1).map(|b| &here.doc.blocks[b]).filter(|b| b.kind == Kind::Paragraph)
    else {
        return;
    };
    if n != Decimal::from(names) {
        return;
    }
    let told = here.claims.within(&(above.body..above.span.end)).iter().find(|c| {
        c.exact()
            && here.doc.slice(&c.left).ends_with(x.as_str())
            && c.number.unit.is_some_and(|unit| unit.word == u.as_str())
    });
    if let Some(told) = told.filter(|c| c.number.value != n) {
        let message = format!(
            "“{}”与下一行“{}{}{}”不同",
            here.doc.slice(&told.wide()),
            show(n),
            u.as_str(),
            x.as_str()
        );
        here.warn(sink, "repeated", message, (show(told.number.value), show(n)), told.wide());
    }
}

/// 已结案35件，手头还有7件…未结案的9件.
fn still_open(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut left: Vec<(Decimal, String)> = Vec::new();
    each_found_with(doc, claims, (&["结案"], &LEFT), |_, found| {
        if let Some((n, u)) = number(found, "n").zip(found.name("u")) {
            left.push((n, u.as_str().to_owned()));
        }
    });
    let [(right, unit)] = left.as_slice() else { return };
    let others = ["转介", "流失", "终止", "退出"];
    each_found_with(doc, claims, (&["未结"], &OPEN), |here, found| {
        let (Some(n), Some(u)) = (number(found, "n"), found.name("u")) else { return };
        let near = doc.tail(here.block.body..here.whole(found).start, 30);
        let of = ["其中", "领域", "组"].iter().any(|w| near.ends_with(w)) || has_any(near, &others);
        if n != *right && u.as_str() == unit && !of {
            let message = format!("前文结案之后还有{}{unit}，此处为{}{unit}", show(*right), show(n));
            here.warn(sink, "repeated", message, (show(n), show(*right)), here.at(found, "n"));
        }
    });
}
