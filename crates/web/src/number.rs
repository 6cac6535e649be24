//! Numbers as people read them. Not here: rounding of figures, which their rules decide.

use rust_decimal::Decimal;

/// Digits in groups of three, trailing zeros dropped: `8,642`, `79,052.65`, `94.9`.
#[must_use]
pub fn grouped(value: Decimal) -> String {
    let text = value.abs().normalize().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            digits.push(',');
        }
        digits.push(digit);
    }
    let sign = if value.is_sign_negative() && !value.is_zero() { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{digits}{point}{rest}")
}
