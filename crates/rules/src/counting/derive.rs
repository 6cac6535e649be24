//! Figures derived from figures: a percentage is a ratio of sums, and a missing operand is missing, not zero.

use kernel::{half_up, percent, ratio};
use rust_decimal::Decimal;

/// How a figure follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derivation {
    /// `of ÷ whole × 100`, half up to two decimals.
    Percent(Operand, Operand),
    /// `of ÷ whole`, half up to so many decimals.
    Ratio(Operand, Operand, u32),
    /// The sum of all.
    Sum(Vec<Operand>),
}

/// What a derivation works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Another figure, by code.
    Figure(String),
    /// A number that the rule states.
    Number(Decimal),
}

impl Derivation {
    /// The figures it needs.
    #[must_use]
    pub fn needs(&self) -> Vec<&str> {
        let operands: Vec<&Operand> = match self {
            Self::Percent(of, whole) | Self::Ratio(of, whole, _) => vec![of, whole],
            Self::Sum(all) => all.iter().collect(),
        };
        operands
            .into_iter()
            .filter_map(|operand| match operand {
                Operand::Figure(code) => Some(code.as_str()),
                Operand::Number(_) => None,
            })
            .collect()
    }

    /// The value, from the values of other figures. `None` where one is missing or the whole is zero.
    #[must_use]
    pub fn value(&self, figure: impl Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
        let of = |operand: &Operand| match operand {
            Operand::Figure(code) => figure(code),
            Operand::Number(number) => Some(*number),
        };
        match self {
            Self::Percent(part, whole) => percent(of(part)?, of(whole)?),
            Self::Ratio(part, whole, decimals) => Some(half_up(ratio(of(part)?, of(whole)?)?, *decimals)),
            Self::Sum(all) => all.iter().map(of).sum(),
        }
    }
}
