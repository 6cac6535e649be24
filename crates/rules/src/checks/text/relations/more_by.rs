//! How far two numbers of a paragraph lie apart, and by how many percent the second grew, in words that name neither: 第二年比第一年多了2246人次，增长22.8%; 两年相较，支出增加26,099.80元，增长7.14%;
//! 极差为0.08; 高频组与低频组相差17.7个百分点. Where no two numbers near by give it and one slip would, it is likely that slip.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, percent_of, prints_as, show, show_percent, slips_into};

/// Words right before a distance and right before a growth.
const APART: &[&str] = &[
    "增加",
    "增加了",
    "增长了",
    "多了",
    "少了",
    "减少",
    "减少了",
    "提高了",
    "提高",
    "提升",
    "提升了",
    "下降了",
    "下降",
    "相差",
    "差距为",
    "差值为",
    "极差为",
    "之差为",
    "相差了",
    "上升了",
    "上升",
    "降低了",
    "高出",
    "多出",
];
const GROWN: &[&str] =
    &["增长", "增长了", "增幅", "增幅为", "增长率为", "增速为", "增幅达", "降幅", "降幅为", "增长达"];
/// Numbers looked back at, and least digits of a distance that no chance gives.
const BACK: usize = 10;
const LEAST: usize = 3;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, c) in claims.all.iter().enumerate() {
        if doc.blocks[c.block].kind != Kind::Paragraph || c.number.vague {
            continue;
        }
        let left = doc.slice(&c.left);
        let ends = |words: &[&str]| words.iter().any(|w| left.ends_with(w));
        if c.number.percent && c.number.decimals > 0 && ends(GROWN) {
            grown(doc, claims, i, sink);
        } else if !c.number.percent && ends(APART) {
            apart(doc, claims, i, sink);
        }
    }
}

/// The numbers of one kind before one in its paragraph, those before it first.
fn before<'a>(doc: &Doc, claims: &'a Claims, i: usize, percent: bool, class: &str) -> Vec<&'a Claim> {
    let c = &claims.all[i];
    let change = |k: &Claim| {
        let left = doc.slice(&k.left);
        APART.iter().chain(GROWN).any(|w| left.ends_with(w))
    };
    let kin = |k: &&Claim| {
        k.number.percent == percent
            && !k.number.vague
            && (percent
                || class != "分" && k.class() == class
                || k.class().is_empty() && (class == "分" || k.number.value > Decimal::ONE_HUNDRED))
            && !change(k)
    };
    let here = claims.all[..i].iter().rev().take_while(|k| k.block == c.block);
    here.filter(kin).take(BACK).collect()
}

fn digits(d: Decimal) -> usize {
    show(d).chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').len()
}

fn apart(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let c = &claims.all[i];
    let near = before(doc, claims, i, c.class() == "点", c.class());
    let pairs = || near.iter().enumerate().flat_map(|(n, b)| near[n + 1..].iter().map(move |a| (*a, *b)));
    let far = |(a, b): &(&Claim, &Claim)| (a.number.value - b.number.value).abs();
    let v = c.number.value;
    sink.tried();
    if near.len() < 2 || near.iter().any(|k| k.number.value == v) || pairs().any(|p| far(&p) == v) {
        return;
    }
    let clear = digits(v) >= LEAST || v.scale() > 0;
    let alike = |(a, b): &(&Claim, &Claim)| {
        a.number.decimals == b.number.decimals && b.number.decimals >= c.number.decimals
    };
    let mut found = pairs().filter(|p| alike(p) && mistaken(far(p).normalize(), v.normalize()));
    let Some((a, b)) = found.next().filter(|_| clear && found.next().is_none()) else { return };
    // The last of them is one of the two, so that nothing else is told between.
    let last = near.iter().take(2).any(|k| k.span() == b.span());
    if last && !sink.said(&[c.wide().start, c.span().start]) {
        let right = far(&(a, b));
        let (x, y) = (show(a.number.value), show(b.number.value));
        let message = format!("{x}与{y}相差{}，文中为“{}”", show(right), doc.slice(&c.wide()));
        let spans = [c.wide(), b.wide(), a.wide()];
        sink.add("difference", Severity::Warning, message, (show(v), show(right)), &spans);
    }
}

fn grown(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let c = &claims.all[i];
    let (p, decimals) = (c.number.value, c.number.decimals);
    let all = &claims.all[..i];
    let Some(last) = all.iter().rev().take_while(|k| k.block == c.block).find(|k| !k.number.percent) else {
        return;
    };
    let near = before(doc, claims, i, false, last.class());
    let growth = |a: &Claim, b: &Claim| percent_of((b.number.value - a.number.value).abs(), a.number.value);
    let fits = |a: &Claim, b: &Claim| growth(a, b).is_some_and(|g| prints_as(g, p, decimals));
    // What was added, over what there was.
    let added = all.iter().rev().take_while(|k| k.block == c.block).take(BACK);
    let added = added.filter(|k| !k.number.percent && !k.number.vague);
    let over = |k: &Claim| {
        let of = |a: &&&Claim| {
            percent_of(k.number.value, a.number.value).is_some_and(|g| prints_as(g, p, decimals))
        };
        near.iter().any(|a| of(&a))
    };
    sink.tried();
    let borne_out = near.iter().any(|a| near.iter().any(|b| fits(a, b))) || added.into_iter().any(over);
    if near.len() < 2 || borne_out || sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let half = Decimal::new(5, decimals + 1);
    let slip = |a: &Claim, b: &Claim| {
        growth(a, b)
            .filter(|g| slips_into(p, decimals, (*g - half, *g + half)) || mistaken(g.round_dp(decimals), p))
    };
    let (b, a) = (near[0], near[1]);
    let (x, y) = if b.number.span.start > a.number.span.start { (a, b) } else { (b, a) };
    let found = slip(x, y).map(|g| (g, x, y)).or_else(|| slip(y, x).map(|g| (g, y, x)));
    let Some((right, from, to)) = found.filter(|f| f.1.sentence == f.2.sentence || f.1.class() == "元")
    else {
        return;
    };
    let (x, y) = (show(from.number.value), show(to.number.value));
    let message = format!("由{x}到{y}变动{}，文中为{}%", show_percent(right), show(p));
    let said = (format!("{}%", show(p)), show_percent(right));
    sink.add("difference", Severity::Warning, message, said, &[c.wide(), to.wide(), from.wide()]);
}
