//! A product told beside what it makes, in a row of a table: 儿童康复训练补贴 | 896,400 | 166人×5,400元.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

static PRODUCT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?P<a>\d[\d,]*)\p{Han}{0,3}[×*xX](?P<b>\d[\d,]*(?:\.\d+)?)(?:元|小时|分钟)?(?:/\p{Han}{1,2})?$",
    )
});
/// Most cells of a row.
const MOST: usize = 12;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for row in doc.tables.iter().flat_map(|t| &t.rows) {
        for (at, cell) in row.iter().enumerate() {
            let found = PRODUCT.as_ref().and_then(|p| p.captures(doc.slice(cell).trim()));
            let factors = found.and_then(|f| number(&f, "a").zip(number(&f, "b")));
            let Some((a, b, right)) = factors.and_then(|(a, b)| Some((a, b, a.checked_mul(b)?))) else {
                continue;
            };
            let beside = row.iter().enumerate().filter(|(i, _)| *i != at).take(MOST);
            let numbers: Vec<&Claim> = beside.filter_map(|(_, cell)| claims.within(cell).last()).collect();
            // 17.28 in a column of 万元.
            let in_yuan = |c: &Claim| c.number.value.checked_mul(Decimal::from(10_000));
            let fits = |c: &&Claim| c.number.value == right || in_yuan(c) == Some(right);
            let mut slips = numbers.iter().filter(|c| mistaken(c.number.value, right));
            if let (Some(wrong), None, false) = (slips.next(), slips.next(), numbers.iter().any(fits)) {
                let made = format!("{}×{}={}", show(a), show(b), show(right));
                let message = format!("{made}，同行写作{}", show(wrong.number.value));
                let said = (show(wrong.number.value), show(right));
                Sentence::of(doc, claims, &doc.blocks[wrong.block]).warn(
                    sink,
                    "arithmetic",
                    message,
                    said,
                    wrong.span(),
                );
            }
        }
    }
}
