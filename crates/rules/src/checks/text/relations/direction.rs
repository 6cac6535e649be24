//! Direction: "由80场增加到75场", "较上期的62%上升12个百分点至70%".

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "direction";

pub(super) const UP: &[&str] =
    &["增加", "增长", "上升", "提升", "提高", "增至", "升至", "扩大", "上涨", "增为", "升为"];
pub(super) const DOWN: &[&str] =
    &["下降", "减少", "降低", "降至", "减至", "下滑", "回落", "缩减", "减为", "降为"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    // 从第一季的623户次增加到第四季的729户次: which one is no number of it.
    let all: Vec<&Claim> =
        claims.all.iter().filter(|c| !(c.number.chinese && doc.slice(&c.left).ends_with('第'))).collect();
    for (i, pair) in all.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if a.sentence != b.sentence || a.class() != b.class() || a.class().is_empty() || a.class() == "年" {
            continue;
        }
        let between = doc.slice(&(a.number.span.end..b.number.span.start));
        let before = doc.tail(a.segment.start..a.number.span.start, 36);
        let from = before.rsplit('，').next().is_some_and(|w| w.contains(['由', '从']));
        let to = ["到", "至", "为"].iter().any(|w| {
            between.rsplit_once(w).is_some_and(|(_, when)| {
                when.is_empty() || when.chars().count() <= 6 && when.ends_with('的') && when.starts_with('第')
            })
        });
        let (up, down) = (has_any(between, UP), has_any(between, DOWN));
        if !from || !to || up == down || between.chars().count() > 16 || between.contains('、') {
            continue;
        }
        sink.tried();
        let (x, y) = (a.number.value, b.number.value);
        if up && y < x || down && y > x {
            let word = if up { "增" } else { "减" };
            let message = format!("文中说{word}，数字却由{}变为{}", show(x), show(y));
            sink.add(RULE, Severity::Error, message, (show(y), String::new()), &[b.wide(), a.wide()]);
        } else if let Some(change) = all.get(i + 2) {
            by_how_much(doc, a, b, change, sink);
            if let Some(share) = all.get(i + 3).filter(|c| c.number.percent && !change.number.percent) {
                by_how_much(doc, a, b, share, sink);
            }
        }
    }
}

/// "…增加到100场，增长25%" or "增加20场".
fn by_how_much(doc: &Doc, a: &Claim, b: &Claim, change: &Claim, sink: &mut Sink<'_>) {
    let left = doc.slice(&change.left);
    let says = UP
        .iter()
        .chain(DOWN)
        .chain(&["增幅", "增幅为", "增幅达", "降幅", "增长率"])
        .any(|w| left.ends_with(w) || left.ends_with("了") && left.contains(w));
    if change.sentence != a.sentence || !says || change.number.vague {
        return;
    }
    let (x, y, c) = (a.number.value, b.number.value, change.number.value);
    let difference = (y - x).abs();
    sink.tried();
    let (fits, right) = if change.number.percent && !a.number.percent {
        let Some(p) = percent_of(difference, x) else { return };
        (prints_as(p, c, change.number.decimals), show_percent(p))
    } else if change.class() == a.class()
        || change.class() == "点" && a.number.percent
        || change.number.percent
    {
        let relative = percent_of(difference, x).is_some_and(|p| prints_as(p, c, change.number.decimals));
        (difference == c || change.number.percent && relative, show(difference))
    } else {
        return;
    };
    if !fits {
        let message =
            format!("由{}到{}，相差{right}，文中为“{}”", show(x), show(y), doc.slice(&change.wide()));
        sink.add(RULE, Severity::Error, message, (show(c), right), &[change.wide(), a.wide(), b.wide()]);
    }
}
