//! What so many of something make at so much each: 单价十一元，买了2500份，合2.75万元; 亩产45公斤, of 860亩, 总产38.7吨; 每公斤差价4元…多得5.16万元;
//! 人均一年12次，134人该检1608次; 出一天工记10分…记工6480分，合648个工. Means and what each of several sites has belong to `for_each`.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::near::{before, wrong_product};
use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// Words right before what a price makes.
const MAKES: &[&str] = &[
    "合",
    "共",
    "计",
    "共计",
    "合计",
    "金额",
    "总价",
    "总额",
    "总价款",
    "合款",
    "花费",
    "共花",
    "共付",
    "合计金额",
];
/// How many paragraphs before one are looked at, and how many numbers of a kind.
const BACK: usize = 3;
const MOST: usize = 6;

static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"每(?P<x>公斤|吨|亩|人|户|份|餐|次|天|节|场|小时|套|件|台)\p{Han}{0,8}?(?P<p>\d+(?:\.\d+)?)元(?:（[^）\d]*）)?[，；、][^\d，；。]{0,12}?(?:收|收入|收取|收得|多得|多收|少收|增收|共得|共收|共补|合计|共计|共|补助|补贴|发放|支付|节省|省下|需|花费|合)(?:了|款|为)?(?P<s>\d[\d,]*(?:\.\d+)?)(?:万元|元)",
    )
});
static DUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:人均|每人|每名\p{Han}{0,4}|每户|户均)(?:一年|全年|每年|一季度|每季度|半年)?(?:应|该|需)?\p{Han}{0,3}?(?P<k>\d{1,3})(?:人次|户次|次)(?:计|算|计算)?，(?P<n>\d[\d,]*)(?:人|名|户)\p{Han}{0,6}?(?:应|该|需|须)\p{Han}{0,4}?(?P<s>\d[\d,]*)(?:人次|户次|次)",
    )
});
static POINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:每工|每个工|每天|一天工?|一个工|每日)(?:记|计|算)(?P<k>\d{1,3})(?P<u>分|个?积分)[^。]{0,24}?(?:记工|记分|共记|共计|累计|记|计)(?P<s>\d[\d,]*)(?:分|个?积分)，(?:合|折合|折|折算)(?:成|计|为)?(?P<n>\d[\d,]*)个?(?:工|工日|工时)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["每"], &EACH), |here, found| each(here, found, sink));
    each_found_with(doc, claims, (&["应", "该", "需", "须"], &DUE), |here, found| {
        bound(here, found, sink)
    });
    each_found_with(doc, claims, (&["工"], &POINTS), |here, found| bound(here, found, sink));
    for here in Sentence::all(doc, claims).filter(|here| here.holds(&["单价", "均价", "亩产", "单产"]))
    {
        let list = claims.within(&here.block.span);
        for three in list.windows(3) {
            priced(&here, three, sink);
        }
        for two in list.windows(2) {
            grown(&here, two, sink);
        }
    }
}

fn wrong(here: &Sentence<'_>, (p, n): (Decimal, Decimal), right: Decimal, sum: &Claim, sink: &mut Sink<'_>) {
    let message = format!("{}×{}={}，文中为“{}”", show(p), show(n), show(right), here.doc.slice(&sum.wide()));
    here.warn(sink, RULE, message, (show(sum.number.value), show(right)), sum.wide());
}

/// 单价十一元，买了2500份，合2.75万元.
fn priced(here: &Sentence<'_>, three: &[Claim], sink: &mut Sink<'_>) {
    let [price, many, sum] = three else { return };
    let left = here.doc.slice(&price.left);
    let led =
        has_any(left, &["单价", "均价"]) && MAKES.contains(&here.doc.slice(&sum.left).trim_end_matches('为'));
    let money = price.class() == "元" && sum.class() == "元" && !matches!(many.class(), "元" | "%" | "");
    let exact = three.iter().all(Claim::exact) && price.sentence == sum.sentence;
    if led && money && exact {
        let (p, n) = (price.number.value, many.number.value);
        if let Some(right) = wrong_product((p, n), sum.number.value, sum.number.scale) {
            wrong(here, (p, n), right, sum, sink);
        }
    }
}

/// 亩产干椒45公斤，总产38.7吨, of an area told shortly before.
fn grown(here: &Sentence<'_>, two: &[Claim], sink: &mut Sink<'_>) {
    let [each, sum] = two else { return };
    let left = here.doc.slice(&each.left);
    let all = has_any(here.doc.slice(&sum.left), &["总产", "产量", "共产", "合产", "总收"]);
    let led =
        has_any(left, &["亩产", "单产"]) && each.class() == "公斤" && all && each.exact() && sum.exact();
    if !led || each.sentence != sum.sentence || !matches!(sum.class(), "吨" | "公斤") {
        return;
    }
    let in_kilos = Decimal::from(if sum.class() == "吨" { 1_000 } else { 1 });
    let (total, step) = (sum.number.value * in_kilos, sum.number.scale * in_kilos);
    let areas = before(here.doc, here.claims, each.number.span.start, BACK);
    let areas: Vec<Decimal> = areas
        .iter()
        .rev()
        .filter(|c| c.class() == "亩" && c.exact())
        .map(|c| c.number.value)
        .take(MOST)
        .collect();
    let holds = |n: &Decimal| (each.number.value * *n - total).abs() < step;
    if !areas.iter().any(holds)
        && let Some((n, right)) = areas.iter().find_map(|n| {
            wrong_product((each.number.value, *n), total, step).map(|right| (*n, right / in_kilos))
        })
    {
        let unit = sum.number.unit.map_or("", |u| u.word);
        let message = format!(
            "{}公斤×{}亩={}{unit}，文中为“{}”",
            show(each.number.value),
            show(n),
            show(right),
            here.doc.slice(&sum.wide())
        );
        here.warn(sink, RULE, message, (show(sum.number.value), show(right)), sum.wide());
    }
}

/// What each X costs or brings, and of how many X told shortly before.
fn each(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let Some(p) = number(found, "p") else { return };
    let at = here.at(found, "s");
    let Some(sum) = here.claims.within(&(at.start..at.start + 1)).first().filter(|c| c.exact()) else {
        return;
    };
    let kinds: &[(&str, i64)] = match found.name("x").map_or("", |m| m.as_str()) {
        "公斤" => &[("公斤", 1), ("吨", 1_000)],
        "吨" => &[("吨", 1)],
        "亩" => &[("亩", 1)],
        "人" => &[("人", 1), ("人次", 1)],
        "户" => &[("户", 1)],
        "份" => &[("份", 1)],
        "餐" => &[("餐", 1), ("人次", 1), ("份", 1)],
        "次" => &[("次", 1), ("人次", 1)],
        "天" => &[("天", 1)],
        "节" => &[("节", 1)],
        "场" => &[("次", 1)],
        "小时" => &[("小时", 1)],
        "套" => &[("套", 1)],
        "件" => &[("件", 1)],
        _ => &[("台", 1)],
    };
    let times = |c: &Claim| {
        let kind = kinds.iter().find(|k| k.0 == c.class())?;
        c.number.value.checked_mul(Decimal::from(kind.1))
    };
    let near = before(here.doc, here.claims, sum.number.span.start, BACK);
    let near: Vec<Decimal> = near.iter().rev().filter(|c| c.exact()).filter_map(times).take(MOST).collect();
    let holds = |n: &Decimal| (p * *n - sum.number.value).abs() < sum.number.scale;
    if !near.iter().any(holds)
        && let Some((n, right)) = near
            .iter()
            .filter(|n| **n >= Decimal::from(100))
            .find_map(|n| wrong_product((p, *n), sum.number.value, sum.number.scale).map(|right| (*n, right)))
    {
        wrong(here, (p, n), right, sum, sink);
    }
}

/// A pattern that holds both factors and what they make.
fn bound(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(k), Some(n), Some(s)) = (number(found, "k"), number(found, "n"), number(found, "s")) else {
        return;
    };
    if let Some(right) = wrong_product((k, n), s, Decimal::ONE) {
        let message = format!("{}×{}={}，文中为{}", show(k), show(n), show(right), show(s));
        here.warn(sink, RULE, message, (show(s), show(right)), here.at(found, "s"));
    }
}
