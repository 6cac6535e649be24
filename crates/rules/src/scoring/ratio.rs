//! An exact quotient, so that a mean of three experts stays exact until the scheme rounds it.

use std::cmp::Ordering;

use kernel::half_up;
use rust_decimal::Decimal;

use super::scheme::{Rounding, Stage};

/// `sum ÷ divisor`, not divided yet. The divisor is a whole number of at least one.
///
/// Scores have few decimals and divisors are counts of experts, areas and percent, so the products stay far
/// inside the 28 digits of a decimal; the inputs are checked for that before any ratio is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ratio {
    sum: Decimal,
    divisor: Decimal,
}

impl Ratio {
    pub(super) const ZERO: Self = Self { sum: Decimal::ZERO, divisor: Decimal::ONE };

    pub(super) fn whole(value: Decimal) -> Self {
        Self { sum: value, divisor: Decimal::ONE }
    }

    /// `self ÷ parts`; a division into nothing leaves the value as it is.
    pub(super) fn over(self, parts: usize) -> Self {
        Self { sum: self.sum, divisor: self.divisor * Decimal::from(parts.max(1)) }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        if self.divisor == other.divisor {
            return Self { sum: self.sum + other.sum, divisor: self.divisor };
        }
        let sum = self.sum * other.divisor + other.sum * self.divisor;
        Self { sum, divisor: self.divisor * other.divisor }
    }

    /// `self × share ÷ base`, for a weight of a base. A base of nothing leaves `self × share`.
    pub(super) fn share(self, share: Decimal, base: Decimal) -> Self {
        let base = if base.is_zero() { Decimal::ONE } else { base };
        Self { sum: self.sum * share, divisor: self.divisor * base }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        (self.sum * other.divisor).cmp(&(other.sum * self.divisor))
    }

    /// The value as printed: exact where it ends, else to the 28 digits of a decimal.
    pub(super) fn value(self) -> Decimal {
        self.sum.checked_div(self.divisor).unwrap_or_default().normalize()
    }

    /// The value after this stage: rounded half up where the scheme rounds, else untouched.
    pub(super) fn after(self, stage: Stage, rounding: &Rounding) -> Self {
        if rounding.at.contains(&stage) {
            Self::whole(half_up(self.value(), rounding.decimals))
        } else {
            self
        }
    }
}

impl std::iter::Sum for Ratio {
    fn sum<I: Iterator<Item = Self>>(ratios: I) -> Self {
        ratios.fold(Self::ZERO, Self::plus)
    }
}
