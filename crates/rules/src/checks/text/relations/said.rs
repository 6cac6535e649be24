//! What is said of a number that others prove to be another: the arithmetic written out, with every place.

use rust_decimal::Decimal;

use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, show, show_percent, show_sum};

/// Whether one digit, of a total or of one of its parts, would make them agree.
pub(super) fn one_digit_off(total: Decimal, parts: &[&Claim]) -> bool {
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let apart = total - sum;
    one_digit_apart(sum, total)
        || parts.iter().any(|p| {
            let other = p.number.value + apart;
            other > Decimal::ZERO && one_digit_apart(p.number.value, other)
        })
}

/// A total that is not the sum of its parts.
pub(super) fn not_the_sum(
    doc: &Doc,
    sink: &mut Sink<'_>,
    (rule, severity): (&'static str, Severity),
    total: &Claim,
    parts: &[&Claim],
) {
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let right = show(values.iter().sum());
    let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&total.wide()));
    let spans: Vec<_> = std::iter::once(total.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(rule, severity, message, (show(total.number.value), right), &spans);
}

/// A rest that is not what a whole leaves when something goes.
pub(super) fn not_what_is_left(
    doc: &Doc,
    sink: &mut Sink<'_>,
    (rule, severity): (&'static str, Severity),
    rest: &Claim,
    (whole, gone): (&Claim, &Claim),
) {
    let right = show(whole.number.value - gone.number.value);
    let (from, less) = (show(whole.number.value), show(gone.number.value));
    let message = format!("{from}-{less}={right}，文中为“{}”", doc.slice(&rest.wide()));
    let spans = [rest.wide(), whole.wide(), gone.wide()];
    sink.add(rule, severity, message, (show(rest.number.value), right), &spans);
}

/// A rate that is not the share of the first of some counts in a whole, which they make or of which one is the last.
pub(super) fn rate_is_not(doc: &Doc, sink: &mut Sink<'_>, rate: &Claim, counts: &[&Claim], whole: Decimal) {
    let Some(part) = counts.first() else { return };
    let Some(share) = percent_of(part.number.value, whole) else { return };
    let right = show_percent(share);
    let (a, b) = (show(part.number.value), show(whole));
    let message = format!("{a}÷{b}={right}，文中为“{}”", doc.slice(&rate.wide()));
    let stated = format!("{}%", show(rate.number.value));
    let spans: Vec<_> = std::iter::once(rate.wide()).chain(counts.iter().map(|c| c.wide())).collect();
    sink.add("rate", Severity::Error, message, (stated, right), &spans);
}
