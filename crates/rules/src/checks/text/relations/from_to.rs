//! From one value to another, how far, and by how much: 由412人增至550人，净增138人，增幅33.5%; 2023年底97人，2024年底131人，比上年底净增34人，增长35.1%.

use rust_decimal::Decimal;

use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, percent_of, prints_as, show, show_percent, slips_into};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
/// Words that lead from the first value to the second.
const TO: &[&str] = &[
    "增至",
    "涨到",
    "涨至",
    "增到",
    "减到",
    "扩至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "上升到",
    "升至",
    "升到",
    "提高到",
    "提升到",
    "提升至",
    "发展到",
    "发展至",
    "扩大到",
    "扩展到",
    "壮大到",
    "变为",
    "降至",
    "降到",
    "减至",
    "减少到",
    "减少至",
    "下降到",
    "下降至",
];
const BY: &[&str] =
    &["增幅", "增长", "增长率", "增长了", "增速", "降幅", "下降", "下降了", "减少了", "增加了"];
const NET: &[&str] =
    &["净增", "净增加", "净减", "净减少", "增加", "增加了", "减少", "减少了", "多了", "少了"];
/// Characters between a value and what is said of the change.
const CLOSE: usize = 30;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, c) in claims.all.iter().enumerate() {
        if doc.blocks[c.block].kind != Kind::Paragraph || c.number.vague {
            continue;
        }
        let left = doc.slice(&c.left).trim_end_matches(['为', '达', '是', '约']);
        let by = c.number.percent && BY.iter().any(|w| left.ends_with(w));
        let net = !c.number.percent && !c.class().is_empty() && NET.iter().any(|w| left.ends_with(w));
        if !(by || net) {
            continue;
        }
        let Some((a, b)) = values(doc, claims, i) else { continue };
        if by {
            grown(c, (a, b), sink);
        } else if c.class() == b.class() {
            apart(doc, c, (a, b), sink);
        }
    }
}

/// The two values before a change, the second of which the words lead to or a year of its own stands before.
fn values<'a>(doc: &Doc, claims: &'a Claims, i: usize) -> Option<(&'a Claim, &'a Claim)> {
    let c = &claims.all[i];
    let value = |v: &&Claim| {
        v.exact()
            && !v.class().is_empty()
            && !is_change(doc.slice(&v.left))
            && v.depth == c.depth
            && !NET.iter().any(|w| doc.slice(&v.left).ends_with(w))
    };
    let mut before =
        claims.all[..i].iter().rev().take(6).take_while(|v| v.sentence == c.sentence).filter(value);
    let (b, a) = (before.next()?, before.next()?);
    let between = doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end)));
    let behind = doc.slice(&(b.right.end..c.number.span.start.max(b.right.end)));
    let led = has_any(between, TO) && !between.contains('；');
    let year = |from: usize, to: usize| claims.dates.iter().any(|d| from <= d.span.start && d.span.end <= to);
    let dated = year(a.number.span.end, b.number.span.start)
        && year(a.sentence.start, a.number.span.start)
        && doc.slice(&(b.left.start..b.number.span.start)).chars().count() <= 8;
    let close =
        behind.chars().count() <= CLOSE && !behind.contains('；') && !doc.slice(&c.left).contains("同期");
    (a.class() == b.class() && (led || dated) && close).then_some((a, b))
}

fn apart(doc: &Doc, c: &Claim, (a, b): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (x, y, d) = (a.number.value, b.number.value, c.number.value);
    let right = (y - x).abs();
    sink.tried();
    let slip = mistaken(right, d)
        || [x + d, x - d].iter().any(|v| mistaken(*v, y))
        || [y + d, y - d].iter().any(|v| mistaken(*v, x));
    if right != d && slip && !sink.said(&[c.wide().start, c.span().start]) {
        let message =
            format!("{}与{}相差{}，文中为“{}”", show(x), show(y), show(right), doc.slice(&c.wide()));
        let spans = [c.wide(), b.wide(), a.wide()];
        sink.add(RULE, Severity::Warning, message, (show(d), show(right)), &spans);
    }
}

fn grown(c: &Claim, (a, b): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (x, y, p, decimals) = (a.number.value, b.number.value, c.number.value, c.number.decimals);
    let Some(right) = percent_of((y - x).abs(), x) else { return };
    sink.tried();
    if prints_as(right, p, decimals) || sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let half = Decimal::new(5, decimals + 1);
    let share = |p: Decimal| {
        if y >= x { Decimal::ONE + p / Decimal::ONE_HUNDRED } else { Decimal::ONE - p / Decimal::ONE_HUNDRED }
    };
    let ends = [share(p - half), share(p + half)];
    let range = |ends: [Option<Decimal>; 2]| Some((ends[0]?.min(ends[1]?), ends[0]?.max(ends[1]?)));
    let later = range(ends.map(|e| x.checked_mul(e)));
    let earlier = range(ends.map(|e| y.checked_div(e)));
    let into = |v: &Claim, range: Option<(Decimal, Decimal)>| {
        range.is_some_and(|r| slips_into(v.number.value, v.number.decimals, r))
    };
    let slip = slips_into(p, decimals, (right - half, right + half)) || into(b, later) || into(a, earlier);
    if slip {
        let message = format!("由{}到{}变动{}，文中为{}%", show(x), show(y), show_percent(right), show(p));
        let said = (format!("{}%", show(p)), show_percent(right));
        sink.add(RULE, Severity::Warning, message, said, &[c.wide(), b.wide(), a.wide()]);
    }
}
