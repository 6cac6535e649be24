//! So many things of one kind in a row and what they come to, in the words of talk: 两年相加是21914人次; 合起来是600天; 三次加一块儿41人次; 半失能和失能的合在一起有34位; 一、二级重度残疾人合计99人.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::said::not_the_sum;
use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::mistaken;

const RULE: &str = "total";
/// Numbers looked back at, and bytes in which a named part is looked for.
const BACK: usize = 14;
const NEAR: usize = 900;

static ADDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:(?P<k>[两二三四五六七八九])(?:年|次|项|期|批|季|月|片|类|处|者|村|站|组|场|轮|个\p{Han}{1,4}))?(?:相加|加起来|加一块儿|加在一起|合起来|合在一起|加总)(?:是|为|有|达|得)?(?P<s>\d+(?:\.\d+)?)",
    )
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<a>\p{Han}{2,8}?)(?:和|与|加上|及)(?P<b>\p{Han}{2,8}?)(?:的|者|两类|两项|二者|两者|老人|人员|人群)?(?:合在一起|加在一起|加起来|合起来|相加|合计|共计)(?:是|为|有|达)?(?P<s>\d+)",
    )
});
static LEVELS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<a>[一二三四五])、(?P<b>[一二三四五])(?P<l>级|类|档|等)(?P<n>\p{Han}{0,10}?)(?:合计|共计|共有|共|加起来|一共|总计)(?:为|有|是)?(?P<s>\d+)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    const WORDS: &[&str] = &[
        "相加",
        "加起来",
        "加一块",
        "加在一起",
        "合起来",
        "合在一起",
        "加总",
        "拢共",
        "总共",
        "合计",
        "共计",
        "共",
        "总计",
    ];
    each_found_with(doc, claims, (WORDS, &LEVELS), |here, found| {
        let name = |g: &str| Some(format!("{}{}", found.name(g)?.as_str(), found.name("l")?.as_str()));
        if let (Some(a), Some(b)) = (name("a"), name("b")) {
            named(here, found, [&a, &b], sink);
        }
    });
    each_found_with(doc, claims, (WORDS, &NAMED), |here, found| {
        if let (Some(a), Some(b)) = (found.name("a"), found.name("b")) {
            named(here, found, [a.as_str(), b.as_str()], sink);
        }
    });
    each_found_with(doc, claims, (WORDS, &ADDED), |here, found| added(here, found, sink));
}

/// The sum as a claim.
fn whole<'a>(here: &Sentence<'a>, found: &Captures<'_>) -> Option<&'a Claim> {
    here.claims.within(&here.at(found, "s")).first().filter(|c| c.exact())
}

fn added(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let Some(whole) = whole(here, found) else { return };
    let list = here.claims.within(&(here.block.body..here.whole(found).start));
    let kin = |c: &&Claim| {
        let bare = c.class().is_empty() && c.number.value > Decimal::TEN;
        c.exact() && (c.class() == whole.class() || bare) && !c.is_mean(here.doc) && !c.target
    };
    let kin: Vec<&Claim> = list.iter().rev().filter(kin).take(BACK).collect();
    let value = whole.number.value;
    let mut sum = Decimal::ZERO;
    let sums: Vec<Decimal> = kin
        .iter()
        .map(|c| {
            sum += c.number.value;
            sum
        })
        .collect();
    sink.tried();
    // What parts make and the whole do not, where the text says so itself.
    if here.holds(&["不符", "不一致", "差异", "同时", "重复", "交叉"]) {
        return;
    }
    let pair = || {
        kin.iter()
            .any(|a| kin.iter().any(|b| a.span() != b.span() && a.number.value + b.number.value == value))
    };
    if sums.contains(&value) || kin.iter().any(|c| c.number.value == value) || pair() {
        return;
    }
    // 合起来 without how many: the two right before, in its own sentence.
    let told = number(found, "k").and_then(|k| usize::try_from(k.trunc().mantissa()).ok());
    let spoken = here.doc.slice(&here.whole(found)).contains("起");
    let Some(n) = told.or(if spoken { Some(2) } else { None }) else { return };
    let Some(parts) =
        kin.get(..n).filter(|p| n >= 2 && p.iter().all(|c| told.is_some() || c.sentence == whole.sentence))
    else {
        return;
    };
    say(here, whole, parts, sink);
}

fn say(here: &Sentence<'_>, whole: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    let value = whole.number.value;
    let sum: Decimal = parts.iter().map(|c| c.number.value).sum();
    let mended = |c: &&&Claim| {
        let right = c.number.value + value - sum;
        right > Decimal::ZERO && mistaken(right.normalize(), c.number.value.normalize())
    };
    let slip = mistaken(value.normalize(), sum.normalize()) || parts.iter().any(|c| mended(&c));
    if slip && !sink.said(&[whole.wide().start, whole.span().start]) {
        let parts: Vec<&Claim> = parts.iter().rev().copied().collect();
        not_the_sum(here.doc, sink, (RULE, Severity::Warning), whole, &parts);
    }
}

/// Two parts by their names, each of which is counted once shortly before.
fn named(here: &Sentence<'_>, found: &Captures<'_>, names: [&str; 2], sink: &mut Sink<'_>) {
    let Some(whole) = whole(here, found) else { return };
    let from = here.whole(found).start;
    let list = here.claims.within(&(from.saturating_sub(NEAR)..from));
    let part = |name: &str| {
        let named = |c: &&Claim| {
            let left = here.doc.slice(&c.left);
            let own = left.strip_suffix("的").or_else(|| left.strip_suffix("有")).unwrap_or(left);
            c.exact() && c.class() == whole.class() && own == name
        };
        let mut own = list.iter().rev().filter(named);
        own.next().filter(|_| own.next().is_none())
    };
    let (Some(a), Some(b)) = (part(names[0]), part(names[1])) else { return };
    sink.tried();
    if a.number.value + b.number.value != whole.number.value {
        say(here, whole, &[b, a], sink);
    }
}
