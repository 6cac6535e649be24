//! So many things and their sum: 上述4个小组合计24节、246人次. The last so many counts of the unit before it make the sum, wherever they
//! stand.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};

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
            let sums = ["合计", "共", "总计", "累计"].iter().any(|w| led.contains(w)) && !led.contains('每');
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
    let (Some(right), false) = (sums.get(n - 1), sums.contains(&whole.number.value)) else { return };
    let parts: Vec<&Claim> = kin[..n].iter().rev().copied().collect();
    let apart = whole.number.value - *right;
    let slip = one_digit_apart(*right, whole.number.value)
        || parts.iter().any(|p| one_digit_apart(p.number.value, p.number.value + apart));
    if !slip {
        return;
    }
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&whole.wide()));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(RULE, Severity::Warning, message, (show(whole.number.value), show(*right)), &spans);
}
