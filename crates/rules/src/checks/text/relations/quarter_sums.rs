//! Quarters in a row, in words: 一季度1268人次、二季度1432人次…; 四个季度依次为2436、2581、2745和2522人次. They make a number that the text prints with the same noun;
//! and what is said of two of them: 三季度较一季度增加309人次，增幅12.7%.

use rust_decimal::Decimal;

use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

/// Names of parts of a year, in order.
const PARTS: &[&[&str]] = &[&["一季度", "二季度", "三季度", "四季度"], &["上半年", "下半年"]];
/// Least value of two or three quarters that speak of a whole.
const LONG: i64 = 100;
/// Most lists whose whole is looked for.
const MOST: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut lists = 0;
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let words = doc.slice(&sentence);
            if !words.contains("季度") && !words.contains("下半年") {
                continue;
            }
            let here = claims.within(&sentence);
            let mut i = 0;
            while i < here.len() {
                let list = named(doc, here, i).or_else(|| in_a_row(doc, here, i));
                if let Some((first, list)) = list {
                    lists += 1;
                    if lists <= MOST {
                        sum(doc, claims, &list, sink);
                    }
                    compared(doc, here, first, &list, sink);
                    i += list.len();
                } else {
                    i += 1;
                }
            }
        }
    }
}

/// The quarter of the first of a list, and the list.
type List<'a> = Option<(usize, Vec<&'a Claim>)>;

/// 第一季度新开38个，第二季度47个….
fn named<'a>(doc: &Doc, here: &'a [Claim], i: usize) -> List<'a> {
    let parts = PARTS.iter().find(|p| has_any(doc.slice(&here[i].left), p))?;
    let quarter = |c: &Claim| parts.iter().position(|q| doc.slice(&c.left).contains(q));
    let first = quarter(&here[i])?;
    let same = |n: usize, c: &&Claim| {
        quarter(c) == Some(first + n) && c.class() == here[i].class() && c.exact() && c.depth == here[i].depth
    };
    let list: Vec<&Claim> =
        here[i..].iter().enumerate().take_while(|(n, c)| same(*n, c)).map(|(_, c)| c).collect();
    (list.len() >= 2 && !here[i].class().is_empty() && !here[i].is_mean(doc)).then_some((first, list))
}

/// 四个季度依次为2436、2581、2745和2522人次.
fn in_a_row<'a>(doc: &Doc, here: &'a [Claim], i: usize) -> List<'a> {
    let left = doc.tail(here[i].segment.start..here[i].number.span.start, 60);
    let led = ["季度依次为", "季度分别为", "季度依次是"].iter().any(|w| left.ends_with(w));
    let list =
        here.get(i..i + 4).filter(|l| led && l.iter().all(|c| c.exact() && c.class() == here[i].class()))?;
    (!here[i].class().is_empty()).then(|| (0, list.iter().collect()))
}

/// The words of the clauses before a list, without what they count.
fn lead<'a>(doc: &'a Doc, list: &[&Claim]) -> &'a str {
    list.first().map_or("", |c| doc.slice(&(c.sentence.start..c.number.span.start)))
}

fn sum(doc: &Doc, claims: &Claims, list: &[&Claim], sink: &mut Sink<'_>) {
    let total: Decimal = list.iter().map(|c| c.number.value).sum();
    let whole = list.len() == 4 || list.len() == 2 && total >= Decimal::from(LONG);
    if !whole || list[0].number.percent {
        return;
    }
    sink.tried();
    if claims.values.binary_search(&total).is_ok() {
        return;
    }
    let own = |c: &Claim| list.iter().any(|l| l.span() == c.span());
    let slip = |c: &Claim| {
        let apart = c.number.value - total;
        one_digit_apart(c.number.value, total)
            || list.iter().any(|l| {
                l.number.value + apart > Decimal::ZERO
                    && one_digit_apart(l.number.value, l.number.value + apart)
            })
    };
    let lead = lead(doc, list);
    let told = claims.all.iter().filter(|c| {
        let noun = super::told_again::overlap(doc.slice(&(c.left.start..c.right.end)), lead);
        let cell = doc.blocks[c.block].kind == Kind::Cell && c.number.value >= Decimal::from(10 * LONG);
        let kin = noun && c.class() == list[0].class() || cell;
        c.exact() && kin && !own(c) && slip(c) && c.number.value > list[0].number.value
    });
    // The whole is told more than once, or right there.
    let told: Vec<&Claim> = told.take(20).collect();
    let twice = |c: &&&Claim| told.iter().filter(|o| o.number.value == c.number.value).count() >= 2;
    let near = |c: &&&Claim| c.block == list[0].block && list.len() == 4;
    if let Some(whole) = told.iter().find(twice).or_else(|| told.iter().find(near)) {
        not_the_sum(doc, sink, ("total", Severity::Warning), whole, list);
    }
}

/// 三季度较一季度增加309人次，增幅12.7%.
fn compared(doc: &Doc, here: &[Claim], first: usize, list: &[&Claim], sink: &mut Sink<'_>) {
    let Some(last) = list.last() else { return };
    for (i, change) in here.iter().enumerate().filter(|(_, c)| c.number.span.start > last.number.span.end) {
        let left = doc.slice(&change.left);
        let Some((a, b)) = left.split_once(['较', '比']) else { continue };
        let of = |words: &str| {
            let at = PARTS.iter().find_map(|parts| parts.iter().position(|q| words.contains(q)));
            at.and_then(|q| list.get(q.checked_sub(first)?))
        };
        let (Some(now), Some(then)) = (of(a), of(b)) else { continue };
        let apart = (now.number.value - then.number.value).abs();
        let right = if change.number.percent { percent_of(apart, then.number.value) } else { Some(apart) };
        said(doc, change, right, (now, then), sink);
        let rate = here.get(i + 1).filter(|r| {
            r.number.percent && ["增幅", "增长", "降幅", "下降", "增幅为"].contains(&doc.slice(&r.left))
        });
        if let Some(rate) = rate.filter(|_| !change.number.percent) {
            said(doc, rate, percent_of(apart, then.number.value), (now, then), sink);
        }
    }
}

fn said(
    doc: &Doc,
    change: &Claim,
    right: Option<Decimal>,
    (now, then): (&Claim, &Claim),
    sink: &mut Sink<'_>,
) {
    let (value, decimals) = (change.number.value, change.number.decimals);
    let Some(right) = right else { return };
    sink.tried();
    if prints_as(right, value, decimals)
        || change.number.vague
        || !one_digit_apart(right.round_dp(decimals), value)
    {
        return;
    }
    let shown = if change.number.percent { show_percent(right) } else { show(right) };
    let message = format!(
        "由{}到{}，变化为{shown}，文中为“{}”",
        show(then.number.value),
        show(now.number.value),
        doc.slice(&change.wide())
    );
    sink.add(
        "difference",
        Severity::Warning,
        message,
        (show(value), shown),
        &[change.wide(), now.wide(), then.wide()],
    );
}
