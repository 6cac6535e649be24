//! Changes in the order of earlier values, and their growth: 上年家访702人次、个案12个，本期分别增加87人次、5个，增幅为12.4%和41.7%; and scores folded by
//! their weights in words: 专家评审86.4分，折合51.84分, where 专家评审占60% is told before.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, prints_as, show, show_percent};

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, first) in claims.all.iter().enumerate() {
        if doc.blocks[first.block].kind == Kind::Cell {
            continue;
        }
        let left = doc.slice(&first.left);
        if first.number.percent
            && ["增幅为", "增幅分别为", "增长", "分别增长", "降幅为", "降幅分别为"]
                .iter()
                .any(|w| left.ends_with(w))
        {
            grown(doc, &claims.all, i, sink);
        }
        if first.class() == "分"
            && ["折", "折合", "折合为", "加权后", "加权得", "折算", "折算后为"]
                .iter()
                .any(|w| left.ends_with(w))
        {
            folded(doc, claims, i, sink);
        }
    }
}

/// Percents in a row, as many changes before them, and as many earlier values before those, of the same units in order.
fn grown(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let joined = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        w[1].number.percent && matches!(gap, "、" | "和" | "及" | "与" | "、和")
    };
    let n = 1 + all[i..].windows(2).take_while(|w| joined(w)).count();
    let Some(before) = i.checked_sub(2 * n).filter(|_| n >= 2).map(|from| &all[from..i]) else { return };
    let (bases, changes) = before.split_at(n);
    let same = bases.iter().zip(changes).all(|(b, c)| {
        b.class() == c.class() && !b.class().is_empty() && !b.number.percent && b.block == all[i].block
    });
    let led = doc.slice(&changes[0].left).contains("分别");
    if !same || !led {
        return;
    }
    let triples = || bases.iter().zip(changes).zip(&all[i..i + n]);
    let fits = |((b, c), p): ((&Claim, &Claim), &Claim)| {
        is_share(p.number.value, p.number.decimals, c.number.value, b.number.value)
    };
    let right = triples().filter(|t| fits(*t)).count();
    sink.tried();
    if right + 1 != n {
        return;
    }
    for ((base, change), percent) in triples().filter(|t| !fits(*t)) {
        let Some(share) = percent_of(change.number.value, base.number.value) else { continue };
        let message = format!(
            "{}÷{}={}，文中为{}%",
            show(change.number.value),
            show(base.number.value),
            show_percent(share),
            show(percent.number.value)
        );
        let said = (format!("{}%", show(percent.number.value)), show_percent(share));
        let spans = [percent.wide(), change.wide(), base.wide()];
        sink.add("difference", Severity::Error, message, said, &spans);
    }
}

/// A score and what it is folded to, by the weight that the block gives its name.
fn folded(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let part = &claims.all[i];
    let Some(score) = i.checked_sub(1).map(|j| &claims.all[j]) else { return };
    let name = doc.slice(&score.left);
    let usable = score.class() == "分" && score.segment == part.segment && score.exact() && part.exact();
    if !usable || name.chars().count() < 2 {
        return;
    }
    let body = doc.blocks[part.block].body;
    let before = claims.within(&(body..score.number.span.start));
    let weight = before.iter().find(|c| c.number.percent && doc.slice(&c.left).starts_with(name));
    let Some(weight) = weight else { return };
    let Some(right) = score.number.value.checked_mul(weight.number.value).map(|p| p / Decimal::ONE_HUNDRED)
    else {
        return;
    };
    sink.tried();
    if prints_as(right, part.number.value, part.number.decimals) {
        return;
    }
    let message = format!(
        "{}%×{}={}，文中为“{}”",
        show(weight.number.value),
        show(score.number.value),
        show(right),
        doc.slice(&part.wide())
    );
    let spans = [part.wide(), score.wide(), weight.wide()];
    sink.add("score-parts", Severity::Error, message, (show(part.number.value), show(right)), &spans);
}
