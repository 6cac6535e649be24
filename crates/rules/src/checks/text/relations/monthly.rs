//! A mean of each month of a time that is told, of a total that a table or the rest of the text holds: 全年平均每月探访222户次, 留守儿童探访上半年月均506.3人次.
//! It speaks only where no printed number is the total and one digit would make it one that the words or the text name.

use rust_decimal::Decimal;

use super::each::over;
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "average";
/// Most means and most tables looked at.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let means = claims.all.iter().filter_map(|c| {
        let usable = doc.blocks[c.block].kind == Kind::Paragraph
            && c.exact()
            && !c.target
            && !c.other_period
            && !c.class().is_empty();
        let of_months = || over(doc.slice(&c.left)).is_some_and(|o| o.mean && o.class == "月");
        (usable && of_months()).then_some(())?;
        Some((c, months(doc, c)?))
    });
    for (mean, months) in means.take(MOST) {
        judge(doc, claims, mean, Decimal::from(months), sink);
    }
}

/// The months that the clause says, or else the sentence where it says one time only.
fn months(doc: &Doc, mean: &Claim) -> Option<u32> {
    const TIMES: &[(&str, u32)] =
        &[("全年", 12), ("上半年", 6), ("下半年", 6), ("半年", 6), ("季度", 3), ("全周期", 12)];
    let of = |words: &str| {
        let mut found: Vec<u32> = TIMES.iter().filter(|t| words.contains(t.0)).map(|t| t.1).collect();
        found.dedup();
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    let words = doc.slice(&(mean.sentence.start..mean.number.span.start));
    of(words.rsplit(['，', '；']).next().unwrap_or_default()).or_else(|| of(words))
}

fn judge(doc: &Doc, claims: &Claims, mean: &Claim, n: Decimal, sink: &mut Sink<'_>) {
    let (m, decimals) = (mean.number.value, mean.number.decimals);
    let half = Decimal::new(5, decimals + 1);
    let (Some(low), Some(high)) = ((m - half).checked_mul(n), (m + half).checked_mul(n)) else { return };
    sink.tried();
    if show(m).replace('.', "").len() < 3 || claims.printed((low, high)) || sink.said(&[mean.wide().start]) {
        return;
    }
    let words = doc.slice(&(mean.sentence.start..mean.number.span.start));
    let named = |label: &str| {
        let label = label.split('（').next().unwrap_or_default();
        label.chars().count() >= 3 && words.contains(label)
    };
    let tables = grids(doc, claims).iter().take(MOST);
    let rows = tables.flat_map(|g| &g.rows).filter(|r| !r.total && named(&r.label));
    let cells = rows.flat_map(|r| r.cells.iter().flatten()).filter(|v| !v.percent).map(|v| v.value);
    let usual = claims.often.iter().filter(|(class, _)| class.is_empty() || *class == mean.class());
    let slip =
        |total: &Decimal| total.checked_div(n).is_some_and(|q| one_digit_apart(q.round_dp(decimals), m));
    let mut found: Vec<Decimal> = cells.chain(usual.map(|u| u.1)).filter(slip).collect();
    found.sort_unstable();
    found.dedup();
    let [total] = found.as_slice() else { return };
    let shown = (total / n).round_dp(decimals.max(2));
    let message =
        format!("{}÷{}={}，文中为“{}”", show(*total), show(n), show(shown), doc.slice(&mean.wide()));
    sink.add(RULE, Severity::Warning, message, (show(m), show(shown)), &[mean.wide()]);
}
