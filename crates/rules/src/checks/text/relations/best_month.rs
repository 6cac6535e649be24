//! The month that is called best of a list of months: 3月至8月各月分别走访48户次、…，最多的是6月.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

static MONTH_MOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<a>\d{1,2})月(?:份)?(?:至|到|-)(?P<b>\d{1,2})月[^。]*?最(?P<w>多|少|高|低)的?(?:月份)?(?:是|为)(?P<m>\d{1,2})月",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found(doc, claims, &MONTH_MOST, |here, found| month_with_most(here, found, sink));
}

fn month_with_most(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let month = |name| number(found, name).and_then(|n| usize::try_from(n.mantissa()).ok());
    let (Some(a), Some(b), Some(m), Some(whole)) = (month("a"), month("b"), month("m"), found.get(0)) else {
        return;
    };
    let span = here.block.span.start + whole.start()..here.block.span.start + whole.end();
    let list = here.claims.within(&span);
    let gap = |w: &[Claim]| here.doc.slice(&(w[0].number.span.end..w[1].number.span.start)) == "、";
    let Some(first) = list.windows(2).position(gap) else { return };
    let count = list[first..].windows(2).take_while(|w| gap(w)).count() + 1;
    if b <= a || count != b - a + 1 || !(a..=b).contains(&m) {
        return;
    }
    let values: Vec<Decimal> = list[first..first + count].iter().map(|c| c.number.value).collect();
    let most = found.name("w").is_some_and(|w| matches!(w.as_str(), "多" | "高"));
    let Some(best) = (if most { values.iter().max() } else { values.iter().min() }) else { return };
    if values[m - a] != *best {
        let right = values.iter().position(|v| v == best).map_or(m, |i| i + a);
        let message = format!("最多或最少的是{right}月（{}），不是{m}月", show(*best));
        here.warn(sink, "table-extreme", message, (m.to_string(), right.to_string()), here.at(found, "m"));
    }
}
