//! Ratios and percentages: exact, half up, and missing when an operand is missing.

use rust_decimal::{Decimal, RoundingStrategy};

/// `of ÷ whole × 100`, half up to two decimals: the rule that gives all fifteen percentages of the published
/// report (truncation does not). `None` when the whole is zero: there is no share of nothing.
#[must_use]
pub fn percent(of: Decimal, whole: Decimal) -> Option<Decimal> {
    Some(half_up(of.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?, 2))
}

/// `of ÷ whole`, unrounded (28 significant digits). `None` when the whole is zero.
#[must_use]
pub fn ratio(of: Decimal, whole: Decimal) -> Option<Decimal> {
    of.checked_div(whole)
}

/// Rounded half up (away from zero at the midpoint, 四舍五入) to `decimals` places.
#[must_use]
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// As the reports print it: trailing zeros dropped (`94.9`, `69`).
#[must_use]
pub fn trimmed(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A decimal as a JSON number that reads back as the same digits (fifteen significant digits at most).
#[must_use]
pub fn number(value: Decimal) -> serde_json::Value {
    let value = value.normalize();
    if value.is_integer()
        && let Ok(whole) = i64::try_from(value)
    {
        return whole.into();
    }
    value.to_string().parse::<f64>().ok().map_or(serde_json::Value::Null, Into::into)
}
