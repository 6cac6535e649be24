//! What stands near a number: the claims before it, in its own paragraph and in some before that, up to a heading; and whether a product holds.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::math::mistaken;

/// Bytes that are looked back at most.
const FAR: usize = 6_000;

/// The claims of the paragraph before `at` and of so many paragraphs before it; cells of tables between them count as one.
pub(super) fn before<'a>(doc: &Doc, claims: &'a Claims, at: usize, paragraphs: usize) -> &'a [Claim] {
    let own = doc.block_of(at);
    let (mut from, mut left) = (own, paragraphs);
    let mut in_table = false;
    while from > 0 && left > 0 && doc.blocks[from].kind != Kind::Heading {
        if doc.blocks[own].span.start - doc.blocks[from - 1].span.start > FAR {
            break;
        }
        from -= 1;
        let cell = doc.blocks[from].kind == Kind::Cell;
        left -= usize::from(!(cell && in_table));
        in_table = cell;
    }
    claims.within(&(doc.blocks[from].body..at))
}

/// What two numbers make, where a sum is printed as something else that a slip explains; `step` is what its last digit is worth.
pub(super) fn wrong_product(
    (each, times): (Decimal, Decimal),
    sum: Decimal,
    step: Decimal,
) -> Option<Decimal> {
    let right = each.checked_mul(times)?;
    if (right - sum).abs() < step || right == sum {
        return None;
    }
    let digits = |d: Decimal| d.checked_div(step).map(|d| d.normalize());
    let of = |whole: Decimal, other: Decimal| whole.checked_div(other).filter(|q| *q * other == whole);
    let unit = [1_000, 10_000].map(Decimal::from).into_iter().any(|k| right == sum * k || right * k == sum);
    let slip = unit
        || digits(right).zip(digits(sum)).is_some_and(|(a, b)| mistaken(a, b))
        || of(sum, each).is_some_and(|n| mistaken(n, times))
        || of(sum, times).is_some_and(|p| mistaken(p, each));
    slip.then_some(right)
}
