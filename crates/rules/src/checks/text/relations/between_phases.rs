//! By how much one phase is above another whose value is told in the same paragraph: 中期评估得82.5分，终期比中期高5.5分, of 88.0 told before;
//! 前测均分61.4，后测均分72.9，涨了11.5分.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::near::before;
use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
const SCORES: &[&str] = &["总分", "得分", "总得分", "合计", "综合得分", "均分"];
const FIRST: &[&str] = &["前测", "初测", "基线", "干预前", "首测"];
const LAST: &[&str] = &["后测", "末测", "终测", "干预后", "再测"];
const UP: &[&str] = &["涨", "升", "提高", "上升", "增加", "提升", "高", "增长", "多"];
const DOWN: &[&str] = &["降", "降低", "下降", "减少", "低", "少", "回落"];

static APART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<x>终期|末期|期末|中期|复评|本次|本期|今年|本年度|本年)?(?:评估|评审|得分|均分|总分|考核)?(?:得分)?(?:比|较)(?P<y>中期|初期|期初|首评|初评|基线|上次|上期|上年|首次|前期|去年|第一次)(?:评估|评审|得分|均分|总分|考核)?(?:得分)?(?:的)?(?:高|低|多|少|提高|上升|下降|涨|提升|降低)(?:出|了)?(?P<d>\d+(?:\.\d+)?)分",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["比", "较"], &APART), |here, found| apart(here, found, sink));
    for here in Sentence::all(doc, claims).filter(|here| here.holds(FIRST)) {
        for three in claims.within(&here.block.span).windows(3) {
            tests(&here, three, sink);
        }
    }
}

fn apart(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let Some(d) = number(found, "d") else { return };
    let at = here.at(found, "d");
    let near = before(here.doc, here.claims, at.start, 2);
    let words = |c: &&Claim, list: &[&str]| has_any(here.doc.slice(&c.left), list);
    let scores = || near.iter().filter(|c| c.class() == "分" && c.exact());
    let name = |n: &str| found.name(n).map(|m| m.as_str());
    let Some(y) = name("y") else { return };
    let then: Vec<Decimal> = scores().filter(|c| words(c, &[y])).map(|c| c.number.value).collect();
    let own = |c: &&Claim| {
        !words(c, &[y, "第", "上", "去年", "前"])
            && (words(c, SCORES) || name("x").is_some_and(|x| words(c, &[x])))
    };
    let now: Vec<Decimal> = scores().filter(own).map(|c| c.number.value).collect();
    let [then] = then.as_slice() else { return };
    let gaps: Vec<(Decimal, Decimal)> = now.iter().map(|n| (*n, (*n - *then).abs())).collect();
    if gaps.iter().any(|g| g.1 == d) {
        return;
    }
    let kin = |g: &&(Decimal, Decimal)| g.1.scale() == d.scale() && mistaken(g.1, d);
    if let Some((n, right)) = gaps.iter().rev().find(kin) {
        let message = format!("{}与{}相差{}，文中为{}", show(*n), show(*then), show(*right), show(d));
        here.warn(sink, RULE, message, (show(d), show(*right)), at);
    }
}

/// 前测均分61.4，后测均分72.9，涨了11.5分.
fn tests(here: &Sentence<'_>, three: &[Claim], sink: &mut Sink<'_>) {
    let [a, b, d] = three else { return };
    let words = |c: &Claim| here.doc.slice(&c.left).trim_end_matches(['了', '出', '为', '约']);
    let kin = three.iter().all(|c| c.exact() && matches!(c.class(), "" | "分") && c.sentence == a.sentence);
    let led = has_any(words(a), FIRST) && has_any(words(b), LAST);
    let ends = |list: &[&str]| list.iter().any(|w| words(d).ends_with(w));
    if !kin || !led || !(ends(UP) || ends(DOWN)) {
        return;
    }
    let right = if ends(DOWN) { a.number.value - b.number.value } else { b.number.value - a.number.value };
    let told = d.number.value;
    let slip = mistaken(right, told)
        || mistaken(a.number.value + told, b.number.value)
        || mistaken(b.number.value - told, a.number.value);
    if right != told && right > Decimal::ZERO && slip {
        let message = format!(
            "{}与{}相差{}，文中为“{}”",
            show(a.number.value),
            show(b.number.value),
            show(right),
            here.doc.slice(&d.wide())
        );
        here.warn(sink, RULE, message, (show(told), show(right)), d.wide());
    }
}
