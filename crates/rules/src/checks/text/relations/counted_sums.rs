//! So many things and their sum: 上述4个小组合计24节、246人次. The last so many counts of the unit before it make the sum, wherever they
//! stand.

use rust_decimal::Decimal;

use super::said::{not_the_sum, one_digit_off};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Claims looked back for the parts.
const BACK: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, many) in claims.all.iter().enumerate() {
        let said =
            matches!(many.class(), "个" | "项" | "场" | "次" | "家" | "站" | "类" | "期") && many.exact();
        let above = ["上述", "以上", "前述"].iter().any(|w| doc.slice(&many.left).ends_with(w));
        let n = many.number.value;
        if !said || !above || doc.blocks[many.block].kind == Kind::Cell || n > Decimal::from(12) {
            continue;
        }
        let n: usize = n.trunc().try_into().unwrap_or(0);
        let totals = claims.all[i + 1..].iter().take(3).take_while(|c| c.segment == many.segment);
        for (k, whole) in totals.enumerate() {
            let led = doc.slice(&(many.number.span.end..whole.number.span.start));
            let sums = has_any(led, &["合计", "共", "总计", "累计"]) && !led.contains('每');
            if sums
                && n >= 3
                && whole.exact()
                && !whole.class().is_empty()
                && (k == 0 || led.chars().count() <= 16)
            {
                judge(doc, &claims.all[i.saturating_sub(BACK)..i], whole, n, sink);
            }
        }
    }
}

fn judge(doc: &Doc, before: &[Claim], whole: &Claim, n: usize, sink: &mut Sink<'_>) {
    let kin: Vec<&Claim> = before
        .iter()
        .rev()
        .filter(|c| {
            c.class() == whole.class() && c.exact() && !c.is_mean(doc) && !c.target && !c.other_period
        })
        .collect();
    let mut sum = Decimal::ZERO;
    let sums: Vec<Decimal> = kin
        .iter()
        .map(|c| {
            sum += c.number.value;
            sum
        })
        .collect();
    sink.tried();
    if sums.len() < n || sums.contains(&whole.number.value) {
        return;
    }
    let parts: Vec<&Claim> = kin[..n].iter().rev().copied().collect();
    if one_digit_off(whole.number.value, &parts) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
    }
}
