//! Proportions of three and more: 按5:3:2分三次拨付，首款22.5万元（50%）、中期款13.5万元（30%）、尾款9万元（20%). The shares or amounts behind
//! them are in that proportion.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::can_be_counted;
use crate::checks::text::math::{prints_as, show};

const RULE: &str = "ratio";

static TERMS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d{1,3}(?:\.\d)?(?:[:：∶]\d{1,3}(?:\.\d)?){2,5}").ok());

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = TERMS.as_ref() else { return };
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        for found in pattern.find_iter(words).take(10) {
            let terms: Option<Vec<Decimal>> = found
                .as_str()
                .split([':', '：', '∶'])
                .map(|t| t.parse::<Decimal>().ok().filter(can_be_counted))
                .collect();
            let span = block.span.start + found.start()..block.span.start + found.end();
            let Some(terms) = terms else { continue };
            let sentence = doc.sentences(block).into_iter().find(|s| s.contains(&span.start));
            let behind = sentence.map_or(&[][..], |s| claims.within(&(span.end..s.end)));
            let shares: Vec<&Claim> = behind.iter().filter(|c| c.number.percent).take(terms.len()).collect();
            judge(doc, &terms, &shares, &span, sink);
            let before =
                claims.all[..claims.all.partition_point(|c| c.number.span.start < span.start)].last();
            if let Some(whole) =
                before.filter(|w| shares.is_empty() && w.exact() && w.block == doc.block_of(span.start))
            {
                let same = |c: &&Claim| c.exact() && c.class() == whole.class();
                let parts: Vec<&Claim> = behind.iter().filter(same).take(terms.len()).collect();
                amounts(doc, &terms, whole, &parts, sink);
            }
        }
    }
}

fn judge(
    doc: &Doc,
    terms: &[Decimal],
    shares: &[&Claim],
    span: &std::ops::Range<usize>,
    sink: &mut Sink<'_>,
) {
    let sum: Decimal = terms.iter().sum();
    let all: Decimal = shares.iter().map(|c| c.number.value).sum();
    if shares.len() != terms.len() || sum.is_zero() || (all - Decimal::ONE_HUNDRED).abs() > Decimal::from(20)
    {
        return;
    }
    sink.tried();
    let share = |t: Decimal| t * Decimal::ONE_HUNDRED / sum;
    let wrong =
        terms.iter().zip(shares).find(|(t, c)| !prints_as(share(**t), c.number.value, c.number.decimals));
    let Some((term, percent)) = wrong else { return };
    let message = format!(
        "“{}”中{}占{}%，文中为“{}”",
        doc.slice(span),
        show(*term),
        show(share(*term).round_dp(2)),
        doc.slice(&percent.wide())
    );
    let said = (doc.slice(span).to_owned(), String::new());
    sink.add(RULE, Severity::Error, message, said, &[span.clone(), percent.span()]);
}

/// 经费162万元，按4:3:2:1分担，即省级64.8万元、市级48.6万元…: where all but one are in proportion, the one is not.
fn amounts(doc: &Doc, terms: &[Decimal], whole: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    let sum: Decimal = terms.iter().sum();
    if parts.len() != terms.len() || sum.is_zero() {
        return;
    }
    sink.tried();
    let right = |t: Decimal| whole.number.value.checked_mul(t).map(|v| v / sum);
    let odd: Vec<(&Claim, Decimal)> = terms
        .iter()
        .zip(parts)
        .filter_map(|(t, c)| Some((*c, right(*t)?)))
        .filter(|(c, r)| (c.number.value - r).abs() > c.number.scale / Decimal::TWO)
        .collect();
    let [(part, right)] = odd.as_slice() else { return };
    let message = format!(
        "{}按比例应分得{}，文中为“{}”",
        show(whole.number.value),
        show(*right),
        doc.slice(&part.wide())
    );
    let said = (show(part.number.value), show(*right));
    sink.add(RULE, Severity::Error, message, said, &[part.wide(), whole.wide()]);
}
