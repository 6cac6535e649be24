//! Full marks that each part of a score names: they make 100, and where none is left out the scores make the score.

use rust_decimal::Decimal;

use super::PARTS;
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};
use crate::checks::text::relations::said::{not_the_sum, one_digit_off};

pub(super) fn check(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    before_scores(doc, here, sink);
    behind_scores(doc, here, sink);
}

/// 服务管理（25分）得22.5分，专业服务（45分）得38.6分…: the marks in brackets make the full mark.
fn before_scores(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let bracketed = |w: &&[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        w[0].class() == "分"
            && w[1].class() == "分"
            && w[0].depth > w[1].depth
            && matches!(gap, "）得" | "）" | "），得" | "）得分")
    };
    let marks: Vec<&Claim> = here.windows(2).filter(bracketed).map(|w| &w[0]).collect();
    if marks.len() >= 3 {
        sink.tried();
        make_100(&marks, sink);
    }
}

/// 83.80分由五个维度构成：项目管理17.10分（满分20分，得分率85.5%）、人员队伍11.85分（满分15分）…: the full marks make 100, the
/// scores the score said right before them.
fn behind_scores(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let score = |c: &Claim| c.class() == "分" && c.exact();
    let pair = |w: &[Claim]| {
        let full = matches!(doc.slice(&w[1].left), "满分" | "满分为");
        score(&w[0]) && score(&w[1]) && full && w[1].depth > w[0].depth
    };
    let pairs: Vec<(&Claim, &Claim)> = here.windows(2).filter(|w| pair(w)).map(|w| (&w[0], &w[1])).collect();
    let Some((first, _)) = pairs.first().filter(|_| pairs.len() >= 3) else { return };
    if pairs.iter().any(|p| p.0.sentence != first.sentence) {
        return;
    }
    let (parts, marks): (Vec<&Claim>, Vec<&Claim>) = pairs.iter().copied().unzip();
    sink.tried();
    let before = here.iter().rfind(|c| {
        let own = c.number.span.start < first.number.span.start && c.sentence == first.sentence;
        own && score(c) && c.depth == first.depth
    });
    let Some(whole) = before else { return };
    let got: Decimal = parts.iter().map(|p| p.number.value).sum();
    let full: Decimal = marks.iter().map(|m| m.number.value).sum();
    // That the scores make the whole says that none is left out.
    if got == whole.number.value {
        make_100(&marks, sink);
    } else if full == Decimal::ONE_HUNDRED && one_digit_off(whole.number.value, &parts) {
        not_the_sum(doc, sink, (PARTS, Severity::Error), whole, &parts);
    }
}

/// Full marks that nearly make 100 make it.
fn make_100(marks: &[&Claim], sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = marks.iter().map(|m| m.number.value).collect();
    let sum: Decimal = values.iter().sum();
    let apart = (sum - Decimal::ONE_HUNDRED).abs();
    if !apart.is_zero() && apart <= Decimal::from(20) {
        let message = format!("各部分分值{}，不等于100", show_sum(&values));
        let spans: Vec<_> = marks.iter().map(|m| m.wide()).collect();
        sink.add("weights", Severity::Error, message, (show(sum), "100".into()), &spans);
    }
}
