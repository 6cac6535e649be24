//! Growth: the percent beside a difference, 较296名增加16名，增幅5.4%, and 1386人，较期初的1122人增长23.53%. Differences themselves are
//! read in `difference`.

use super::difference::{RULE, way};
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};

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
    let (a, b) = (&all[i - 2], &all[i - 1]);
    let usable = [a, b].iter().all(|c| c.sentence == percent.sentence && c.exact()) && a.class() == b.class();
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let against = ["较", "比"].iter().any(|w| between.contains(w)) && !between.contains(['；', '、']);
    let gap = doc.slice(&(b.number.span.end..percent.number.span.start)).chars().count() <= 8;
    if !usable || !against || !gap || a.class().is_empty() {
        return;
    }
    let (now, second) = (a.number.value, b.number.value);
    let changed = way(doc.slice(&b.left));
    let led = ["与", "较", "比", "同"].iter().any(|w| doc.slice(&a.left).contains(w));
    let (then, apart) = match changed {
        Some(_) if led => (now, second),
        Some(true) => (now - second, second),
        Some(false) => (now + second, second),
        None => (second, (now - second).abs()),
    };
    let Some(share) = percent_of(apart, then) else { return };
    sink.tried();
    // 71380元，由现金28600元和物资42780元构成，较上年的64300元增长11.0%: the whole grew, and not its last part.
    let earlier = all[..i - 2].iter().rev().take(6).take_while(|c| c.sentence == percent.sentence);
    let whole = earlier.filter(|c| changed.is_none() && c.exact() && c.class() == a.class()).any(|c| {
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
    }
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
