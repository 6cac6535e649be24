//! Shares and amounts of one whole: 首期按合同总额的50%拨付93万元，中期按30%拨付55.8万元，末期按20%拨付37.2万元. Each amount over its share is the
//! whole, so where all but one agree the one is wrong.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_percent};

const RULE: &str = "rate";
/// Most pairs of a sentence.
const MOST: usize = 8;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let pairs: Vec<(&Claim, &Claim)> = here
                .windows(2)
                .filter(|w| {
                    let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
                    w[0].number.percent
                        && !w[0].number.vague
                        && w[0].number.value > Decimal::ZERO
                        && w[1].class() == "元"
                        && w[1].exact()
                        && gap.chars().count() <= 6
                        && !gap.contains(['；', '、', '。'])
                })
                .map(|w| (&w[0], &w[1]))
                .take(MOST)
                .collect();
            if pairs.len() >= 3 {
                judge(doc, &pairs, sink);
            }
        }
    }
}

fn judge(doc: &Doc, pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let whole = |(p, a): &(&Claim, &Claim)| {
        Some(a.number.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(p.number.value)?.normalize())
    };
    let wholes: Vec<Option<Decimal>> = pairs.iter().map(whole).collect();
    let times = |w: &Option<Decimal>| wholes.iter().filter(|o| *o == w).count();
    sink.tried();
    let Some(Some(usual)) = wholes.iter().find(|w| times(w) + 1 == wholes.len()) else { return };
    let Some(at) = wholes.iter().position(|w| *w != Some(*usual)) else { return };
    let (percent, amount) = pairs[at];
    let right = amount.number.value * Decimal::ONE_HUNDRED / *usual;
    let message = format!(
        "{}÷{}={}，文中为{}%（{}）",
        show(amount.number.value),
        show(*usual),
        show_percent(right),
        show(percent.number.value),
        doc.slice(&amount.wide())
    );
    let said = (format!("{}%", show(percent.number.value)), show_percent(right));
    sink.add(RULE, Severity::Error, message, said, &[percent.wide(), amount.wide()]);
}
