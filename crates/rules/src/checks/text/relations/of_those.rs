//! The rate of those who have something among those named: 养老护理员中持证12人，持证率85.7% (of 14 told before); and of a team all told: 中级5人，助理7人，未持证3人，持证比例80.0%.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::said::rate_is_not;
use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, percent_of, slips_into, wholes};
use crate::checks::text::words::has_any;

/// Claims before one among which the whole stands.
const NEAR: usize = 40;
/// Words of people without a certificate.
const WITHOUT: &[&str] = &["未持证", "无证", "未取证", "未取得", "尚未取得", "没有证书", "暂无证书", "待考"];

static OF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[，。；：、])(?P<x>\p{Han}{2,8})中，?(?:有)?(?P<y>\p{Han}{2,6}?)(?:的)?(?P<a>\d+)(?:人|名|户|份|位|个)，(?P<z>\p{Han}{2,6}?)(?:率|比例)(?:为|达|是)?(?P<p>\d+(?:\.\d+)?)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        let words = doc.slice(&here.block.span);
        if words.contains('率') || words.contains("比例") {
            for found in here.found(&OF) {
                of_named(&here, &found, sink);
            }
            certified(&here, sink);
        }
    }
}

/// Whether one digit, of the rate, of its count or of its whole, makes it right.
fn slips(rate: &Claim, part: Decimal, whole: Decimal) -> bool {
    let (p, decimals) = (rate.number.value, rate.number.decimals);
    let half = Decimal::new(5, decimals + 1);
    let Some(right) = percent_of(part, whole) else { return false };
    slips_into(p, decimals, (right - half, right + half))
        || mistaken(right.round_dp(decimals), p)
        || wholes(part, p, decimals, Decimal::ONE).is_some_and(|r| slips_into(whole, 0, r))
        || slips_into(
            part,
            0,
            (whole * (p - half) / Decimal::ONE_HUNDRED, whole * (p + half) / Decimal::ONE_HUNDRED),
        )
}

fn of_named(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(x), Some(y), Some(z)) = (found.name("x"), found.name("y"), found.name("z")) else { return };
    // 持证12人，持证率.
    if !y.as_str().ends_with(z.as_str()) || number(found, "p").is_none() {
        return;
    }
    let all = &here.claims.all;
    let at = |name: &str| {
        let start = here.at(found, name).start;
        all.iter().position(|c| c.number.span.start == start)
    };
    let (Some(i), Some(k)) = (at("a"), at("p")) else { return };
    let (part, rate) = (&all[i], &all[k]);
    let named = |c: &&Claim| {
        c.exact()
            && c.class() == part.class()
            && here.doc.slice(&c.left).ends_with(x.as_str())
            && c.number.value >= part.number.value
    };
    let Some(whole) = all[i.saturating_sub(NEAR)..i].iter().rev().find(named) else { return };
    let (a, b) = (part.number.value, whole.number.value);
    let fits = is_share(rate.number.value, rate.number.decimals, a, b);
    if !fits && slips(rate, a, b) && !sink.said(&[rate.wide().start, rate.span().start]) {
        rate_is_not(here.doc, sink, rate, &[part, whole], b);
    }
}

/// 持证率 behind a list that ends with those who have no certificate.
fn certified(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let doc = here.doc;
    for rate in here.claims.within(&here.block.span).iter().filter(|c| c.number.percent && !c.number.vague) {
        let left = doc.slice(&rate.left).trim_end_matches(['为', '达', '是']);
        if !["持证率", "持证比例", "持证比率"].iter().any(|w| left.ends_with(w)) {
            continue;
        }
        let people: Vec<&Claim> = here
            .claims
            .within(&(rate.sentence.start..rate.number.span.start))
            .iter()
            .filter(|c| c.class() == "人" && c.exact())
            .collect();
        let without = |c: &Claim| {
            let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
            let own = rest.split(['，', '、', '；']).next().unwrap_or_default();
            WITHOUT.iter().any(|w| doc.slice(&c.left).contains(w) || own.contains(w))
        };
        let Some((last, before)) = people.split_last().filter(|(l, _)| without(l)) else { continue };
        let levels = before.iter().rev().take_while(|c| {
            let left = doc.slice(&c.left);
            has_any(left, &["社会工作师", "中级", "助理", "初级", "高级", "证"])
        });
        let levels: Vec<Decimal> = levels.map(|c| c.number.value).collect();
        let have: Decimal = levels.iter().sum();
        let whole = have + last.number.value;
        let share = |a: Decimal, b: Decimal| is_share(rate.number.value, rate.number.decimals, a, b);
        let told = || people.iter().any(|a| people.iter().any(|b| share(a.number.value, b.number.value)));
        let all = before.iter().any(|c| c.number.value == whole);
        if levels.is_empty() || !all || share(have, whole) || told() || !slips(rate, have, whole) {
            continue;
        }
        if !sink.said(&[rate.wide().start, rate.span().start]) {
            let counts: Vec<&Claim> = before.iter().rev().take(levels.len()).copied().collect();
            say(doc, rate, &counts, (have, whole), sink);
        }
    }
}

fn say(doc: &Doc, rate: &Claim, counts: &[&Claim], (have, whole): (Decimal, Decimal), sink: &mut Sink<'_>) {
    use crate::checks::text::finding::Severity;
    use crate::checks::text::math::{show, show_percent};
    let Some(right) = percent_of(have, whole).map(show_percent) else { return };
    let message = format!("{}÷{}={right}，文中为“{}”", show(have), show(whole), doc.slice(&rate.wide()));
    let spans: Vec<_> = std::iter::once(rate.wide()).chain(counts.iter().map(|c| c.wide())).collect();
    sink.add("rate", Severity::Warning, message, (format!("{}%", show(rate.number.value)), right), &spans);
}
