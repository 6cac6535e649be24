//! Months in a row with a count each, told with their sum or their mean: 走访372户次，1月54、2月41、3月68; 3月88户次，4月105户次，…，月均114户次.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show, show_sum};

/// Fewest months of a list, and most characters between the sum and the first of them.
const LEAST: usize = 3;
const LEAD: usize = 8;

static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<l>1?\d月份?(?:为|有)?\d+(?:户次|人次|场次|节次|次|户|人|件|场|个|份)?(?:[、，；]1?\d月份?(?:为|有)?\d+(?:户次|人次|场次|节次|次|户|人|件|场|个|份)?){2,})(?:，(?:月均|平均每月|每月平均|月平均)\p{Han}{0,4}?(?P<k>\d+(?:\.\d+)?))?",
    )
});
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?P<m>1?\d)月份?(?:为|有)?(?P<n>\d+)"));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["月"], &LIST), |here, found| listed(here, found, sink));
}

fn listed(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(list), Some(item)) = (found.name("l"), ITEM.as_ref()) else { return };
    let items: Vec<(u32, Decimal)> = item
        .captures_iter(list.as_str())
        .filter_map(|c| Some((c["m"].parse().ok()?, c["n"].parse().ok()?)))
        .collect();
    let in_turn = items.windows(2).all(|w| w[1].0 == w[0].0 % 12 + 1);
    if items.len() < LEAST || !in_turn {
        return;
    }
    let counts: Vec<Decimal> = items.iter().map(|i| i.1).collect();
    let sum: Decimal = counts.iter().sum();
    of_sum(here, found, (&counts, sum), sink);
    let mean = found.name("k").and_then(|k| k.as_str().parse::<Decimal>().ok());
    if let (Some(mean), Some(right)) = (mean, sum.checked_div(Decimal::from(counts.len()))) {
        let shown = right.round_dp(mean.scale());
        if !prints_as(right, mean, mean.scale()) && mistaken(shown, mean) {
            let message = format!(
                "{}，{}个月平均{}，文中为{}",
                show_sum(&counts),
                counts.len(),
                show(shown),
                show(mean)
            );
            here.warn(sink, "average", message, (show(mean), show(shown)), here.at(found, "k"));
        }
    }
}

/// The count right before the list is its sum.
fn of_sum(
    here: &Sentence<'_>,
    found: &Captures<'_>,
    (counts, sum): (&[Decimal], Decimal),
    sink: &mut Sink<'_>,
) {
    let at = here.at(found, "l");
    let Some(whole) = here.claims.within(&(here.block.body..at.start)).last().filter(|c| c.exact()) else {
        return;
    };
    let lead = here.doc.slice(&(whole.right.end.max(whole.number.span.end)..at.start));
    let beside = lead.chars().count() <= LEAD && lead.starts_with(['，', '：', '（']) && !lead.contains('。');
    let told = whole.number.value;
    let apart = told - sum;
    let slip =
        mistaken(sum, told) || counts.iter().any(|n| *n + apart > Decimal::ZERO && mistaken(*n, *n + apart));
    if beside && !apart.is_zero() && slip && counts.iter().all(|n| *n < told) {
        let message = format!("{}，文中为{}", show_sum(counts), show(told));
        here.warn(sink, "total", message, (show(told), show(sum)), at);
    }
}
