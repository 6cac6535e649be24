//! What is left of a sum when a printed share of it is spent: 预算执行率97.5%，剩1.70万元; 经费执行率97.75%，结余5.40万元. Both sums stand shortly before, or in the
//! table between.

use rust_decimal::Decimal;

use super::near::before;
use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, show};

const RATES: &[&str] = &["执行率", "支出率", "使用率", "执行进度", "支出进度"];
const LEFT: &[&str] =
    &["剩", "结余", "余", "节余", "剩余", "剩下", "余下", "尚余", "结余资金", "结余经费", "还剩", "余款"];
/// Paragraphs before that may hold the sums.
const BACK: usize = 8;
const MOST: usize = 80;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(RATES)) {
        for two in claims.within(&here.block.span).windows(2) {
            let [rate, rest] = two else { continue };
            let name = doc.slice(&rate.left).trim_end_matches(['为', '达', '是', '到']);
            let led =
                RATES.iter().any(|w| name.ends_with(w)) && rate.number.percent && rate.number.decimals > 0;
            let words = doc.slice(&rest.left).trim_end_matches(['为', '有', '了']);
            let left = LEFT.contains(&words) && rest.class() == "元" && rest.exact();
            if led && left && rate.sentence == rest.sentence && !rate.number.vague {
                judge(&here, rate, rest, sink);
            }
        }
    }
}

fn judge(here: &Sentence<'_>, rate: &Claim, rest: &Claim, sink: &mut Sink<'_>) {
    let near = before(here.doc, here.claims, rate.number.span.start, BACK);
    let near = &near[near.len().saturating_sub(MOST)..];
    // A cell of a column in 万元 has no unit of its own.
    let wan = Decimal::from(10_000);
    let sums = near.iter().filter(|c| c.exact() && (c.class() == "元" || c.class().is_empty()));
    let sums: Vec<Decimal> = sums
        .flat_map(|c| {
            let bare = c.class().is_empty() && rest.number.scale >= Decimal::ONE;
            [Some(c.number.value), bare.then(|| c.number.value * wan)]
        })
        .flatten()
        .filter(|v| *v > Decimal::ZERO)
        .collect();
    let pairs =
        sums.iter().flat_map(|a| sums.iter().map(move |b| (*a, *b))).filter(|(all, spent)| spent < all);
    let pairs: Vec<(Decimal, Decimal)> = pairs
        .filter(|(all, spent)| is_share(rate.number.value, rate.number.decimals, *spent, *all))
        .collect();
    let told = rest.number.value;
    let known = sums.iter().any(|a| sums.iter().any(|b| *a - *b == told));
    let digits = |d: Decimal| (d / rest.number.scale).normalize();
    if known {
        return;
    }
    let slip = pairs.iter().rev().find(|(all, spent)| mistaken(digits(*all - *spent), digits(told)));
    if let Some((all, spent)) = slip {
        let right = *all - *spent;
        let message = format!(
            "{}-{}={}，文中为“{}”",
            show(*all),
            show(*spent),
            show(right),
            here.doc.slice(&rest.wide())
        );
        here.warn(sink, "balance", message, (show(told), show(right)), rest.wide());
    }
}
