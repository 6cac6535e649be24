//! Months of work: 8人、6个月应在岗48人月; 按2名编制折算应为12人月. So many people for so many months.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "average";
/// Periods that are named and not counted.
const NAMED: &[(&str, i64)] = &[("半年", 6), ("全年", 12), ("季度", 3)];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, due) in claims.all.iter().enumerate() {
        let left = doc.slice(&due.left);
        let asked = ["应", "应为", "应在岗", "应到", "应到岗", "核定"].iter().any(|w| left.ends_with(w));
        let usable = due.class() == "人月" && asked && !due.number.vague;
        if !usable || doc.blocks[due.block].kind == Kind::Cell {
            continue;
        }
        let block = &doc.blocks[due.block];
        let words = doc.slice(&block.span);
        let near = claims.within(&(block.span.start..due.number.span.start));
        let said = near.iter().any(|c| c.class() == "月" && c.segment == due.segment);
        let counted = near.iter().filter(|c| c.class() == "月" && c.exact()).map(|c| c.number.value);
        let named = NAMED.iter().filter(|(w, _)| words.contains(w)).map(|(_, n)| Decimal::from(*n));
        let months: Vec<Decimal> = counted.chain(named).collect();
        let people: Vec<&Claim> = near.iter().filter(|c| c.class() == "人" && c.exact()).collect();
        let all = claims
            .all
            .iter()
            .filter(|c| c.class() == "人" && c.exact() && c.number.value < Decimal::ONE_HUNDRED);
        let value = due.number.value;
        sink.tried();
        let mut fits = people.iter().copied().chain(all).map(|c| c.number.value);
        if months.is_empty() || fits.any(|p| months.iter().any(|m| p * *m == value)) {
            continue;
        }
        // Behind 按2名 or behind the only number of people before it.
        let beside = i
            .checked_sub(1)
            .map(|j| &claims.all[j])
            .filter(|c| c.class() == "人" && c.sentence == due.sentence);
        let own =
            beside.into_iter().chain(people.first().copied().filter(|c| c.segment == due.segment || said));
        let slip = own.flat_map(|p| months.iter().map(move |m| (p, *m))).find(|(p, m)| {
            let right = p.number.value * *m;
            let count = value / *m;
            one_digit_apart(right, value)
                || count.fract().is_zero() && one_digit_apart(count, p.number.value)
                || !p.number.value.is_zero() && (value / p.number.value - *m).abs() <= Decimal::ONE
        });
        let Some((p, m)) = slip else { continue };
        let right = p.number.value * m;
        let message = format!(
            "{}×{}={}，文中为“{}”",
            show(p.number.value),
            show(m),
            show(right),
            doc.slice(&due.wide())
        );
        sink.add(RULE, Severity::Warning, message, (show(value), show(right)), &[due.wide(), p.wide()]);
    }
}
