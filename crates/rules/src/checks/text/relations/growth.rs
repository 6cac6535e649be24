//! Growth: the percent beside a difference, 较296名增加16名，增幅5.4%, and 1386人，较期初的1122人增长23.53%. Differences themselves are
//! read in `difference`.

use super::difference::{RULE, way};
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use rust_decimal::Decimal;

use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

/// 累计1386人，较期初的1122人增长23.53%; 86台，比上年度增加14台，增幅19.44%.
pub(super) fn grew(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let words = [
        "增长",
        "增幅",
        "增幅为",
        "增幅达",
        "增加",
        "上升",
        "下降",
        "减少",
        "降幅",
        "降幅为",
        "同比增长",
        "环比增长",
    ];
    if !words.iter().any(|w| left == *w || left.ends_with(w)) || i < 2 {
        return;
    }
    chained(doc, all, i, sink);
    let b = &all[i - 1];
    // 全年2015.5小时，人均15.7小时；总时长比上年度的1742小时增长15.7%: a mean is not what grew.
    let said = |c: &&Claim| !c.is_mean(doc) || c.span() == all[i - 2].span() && c.class() != b.class();
    let own = all[..i - 1].iter().rev().take(4).take_while(|c| c.sentence == percent.sentence);
    let far = own.filter(|c| c.class() == b.class()).find(said);
    let far = far.filter(|_| all[i - 2].is_mean(doc) && doc.slice(&b.left).contains(['较', '比']));
    if let Some(a) = far.filter(|a| a.exact() && b.exact() && b.sentence == percent.sentence) {
        return grown(doc, percent, (b, a), sink);
    }
    let a = &all[i - 2];
    let usable = [a, b].iter().all(|c| c.sentence == percent.sentence && c.exact()) && a.class() == b.class();
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let against = has_any(between, &["较", "比"]) && !between.contains(['；', '、']);
    let gap = doc.slice(&(b.number.span.end..percent.number.span.start)).chars().count() <= 8;
    if !usable || !against || !gap || a.class().is_empty() {
        return;
    }
    let (now, second) = (a.number.value, b.number.value);
    let changed = way(doc.slice(&b.left));
    let led = has_any(doc.slice(&a.left), &["与", "较", "比", "同"]);
    let (then, apart) = match changed {
        Some(_) if led => (now, second),
        Some(true) => (now - second, second),
        Some(false) => (now + second, second),
        None => (second, (now - second).abs()),
    };
    let Some(share) = percent_of(apart, then) else { return };
    sink.tried();
    // 71380元，由现金28600元和物资42780元构成，较上年的64300元增长11.0%: the whole grew, and not its last part.
    let earlier = || {
        let here = all[..i - 2].iter().rev().take(6).take_while(|c| c.sentence == percent.sentence);
        here.filter(|c| changed.is_none() && c.exact() && c.class() == a.class())
    };
    let whole = earlier().any(|c| {
        let grown = percent_of((c.number.value - then).abs(), then);
        grown.is_some_and(|g| prints_as(g, percent.number.value, percent.number.decimals))
    });
    if !whole && !prints_as(share, percent.number.value, percent.number.decimals) {
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(apart),
            show(then),
            show_percent(share),
            doc.slice(&percent.wide())
        );
        let said = (format!("{}%", show(percent.number.value)), show_percent(share));
        sink.add(RULE, Severity::Error, message, said, &[percent.wide(), a.wide(), b.wide()]);
        for c in earlier() {
            grown(doc, percent, (b, c), sink);
        }
    }
}

/// 一季度合计3544人次，二季度4240人次，环比增长19.6%: the two counts of the sentence right before it.
fn chained(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let mut before = all[..i].iter().rev().take(6).filter(|c| {
        c.sentence == percent.sentence && !(c.number.chinese && doc.slice(&c.left).ends_with('第'))
    });
    let (Some(b), true) = (before.next(), left.starts_with("环比")) else { return };
    let time = |c: &&Claim| matches!(c.class(), "季" | "月" | "");
    let Some(a) = before.find(|c| !time(c)) else { return };
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let beside = doc.slice(&(b.number.span.end..percent.left.start.max(b.number.span.end))) == "，";
    let follow = has_any(between, &["季", "月"]) && between.chars().count() <= 10;
    if beside && follow && a.exact() && b.exact() && a.class() == b.class() {
        grown(doc, percent, (a, b), sink);
    }
}

/// A percent against the values before and after, where one digit of any would make it right.
fn grown(doc: &Doc, percent: &Claim, (then, now): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (t, n, p) = (then.number.value, now.number.value, percent.number.value);
    let decimals = percent.number.decimals;
    let Some(share) = percent_of((n - t).abs(), t) else { return };
    sink.tried();
    let way = if n < t { -p } else { p } / Decimal::ONE_HUNDRED + Decimal::ONE;
    let near = |v: Decimal, of: &Claim| one_digit_apart(v.round_dp(of.number.decimals), of.number.value);
    let slip = one_digit_apart(share.round_dp(decimals), p)
        || t.checked_mul(way).is_some_and(|v| near(v, now))
        || n.checked_div(way).is_some_and(|v| near(v, then));
    if prints_as(share, p, decimals) || !slip {
        return;
    }
    let message = format!(
        "由{}到{}，变化为{}，文中为“{}”",
        show(t),
        show(n),
        show_percent(share),
        doc.slice(&percent.wide())
    );
    let said = (format!("{}%", show(p)), show_percent(share));
    sink.add(RULE, Severity::Warning, message, said, &[percent.wide(), now.wide(), then.wide()]);
}

/// 较296名增加16名，增幅5.4%.
pub(super) fn growth(doc: &Doc, change: &Claim, then: &Claim, next: Option<&Claim>, sink: &mut Sink<'_>) {
    let grows = [
        "增幅",
        "提高幅度",
        "增长幅度",
        "下降幅度",
        "增幅为",
        "增幅达",
        "升幅",
        "升幅为",
        "降幅",
        "降幅为",
        "增长",
        "下降",
        "增长率为",
        "同比增长",
        "同比下降",
        "环比增长",
        "减少",
    ];
    let Some(percent) = next.filter(|c| {
        c.number.percent
            && !c.number.vague
            && c.sentence == change.sentence
            && grows.contains(&doc.slice(&c.left))
    }) else {
        return;
    };
    let Some(share) = percent_of(change.number.value, then.number.value).filter(|_| change.class() != "点")
    else {
        return;
    };
    sink.tried();
    if !prints_as(share, percent.number.value, percent.number.decimals) {
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(change.number.value),
            show(then.number.value),
            show_percent(share),
            doc.slice(&percent.wide())
        );
        let said = (format!("{}%", show(percent.number.value)), show_percent(share));
        sink.add(RULE, Severity::Error, message, said, &[percent.wide(), change.wide(), then.wide()]);
    }
}
