//! An average of a total whose count is not near by: one that the text names often.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Average;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::one_digit_apart;

/// Counts of the whole text by the noun behind them: 8名访员, 8个站点, 36名护理员.
pub(super) fn counted_nouns<'a>(doc: &'a Doc, claims: &'a Claims) -> BTreeMap<&'a str, Vec<&'a Claim>> {
    let mut out: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for c in claims.all.iter().filter(|c| c.exact() && c.number.value > Decimal::ONE) {
        let noun = doc.slice(&c.right);
        let list = out.entry(if noun.is_empty() { doc.slice(&c.left) } else { noun }).or_default();
        if list.len() < 12 {
            list.push(c);
        }
    }
    out
}

impl Average<'_> {
    /// 探访3312户次，平均每户4次: no count near by, but one that the text lives with.
    pub(super) fn of_usual(&self, totals: &[&Claim], sink: &mut Sink<'_>) {
        let own =
            |c: &&&Claim| c.segment == self.mean.segment && c.number.span.start < self.mean.number.span.start;
        let Some(total) = totals.iter().rfind(own).filter(|_| self.over.mean) else { return };
        let usual = self.claims.often.iter().filter(|(c, _)| *c == self.over.class || c.is_empty());
        let known = usual.clone().any(|(_, n)| self.fits(total.number.value, *n)) || self.printed(total);
        if !known && usual.count() > 0 {
            self.usual(total, sink);
        }
    }

    /// A number that the text names often would give the average but for one digit.
    pub(super) fn usual(&self, total: &Claim, sink: &mut Sink<'_>) {
        let m = self.mean.number.value;
        let slip = |n: Decimal| {
            let right = total.number.value.checked_div(n)?.normalize();
            (right.scale() <= self.mean.number.decimals && one_digit_apart(right, m) && m >= Decimal::TEN)
                .then_some(n)
        };
        let mut found = self
            .claims
            .often
            .iter()
            .filter(|(c, _)| *c == self.over.class || c.is_empty())
            .filter_map(|(_, n)| slip(*n));
        if let (Some(n), None) = (found.next(), found.next()) {
            self.say(total, n, &[], Severity::Warning, sink);
        }
    }
}
