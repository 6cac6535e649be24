//! The figures of a station's reports: the library's rules with those frozen in the contract, and its targets.

use rules::counting::{Derivation, Figure, Operand, RuleSet};
use rust_decimal::Decimal;

use super::{Board, IndicatorTarget};
use crate::library::Library;

/// The rules of a report: the library's, those frozen in the contract instead where it has them, and for each
/// indicator its target (`home_visits.target`) and completion (`home_visits.completion`).
#[must_use]
pub fn rule_set(library: &Library, board: &Board, targets: &[IndicatorTarget]) -> RuleSet {
    library.rules.clone().with(board.rules.iter().cloned()).with(targets.iter().flat_map(|target| {
        completion(&target.code, &target.name, &target.unit, Decimal::from(target.target))
    }))
}

/// The two figures that a target adds to its indicator's own.
#[must_use]
pub fn completion(code: &str, name: &str, unit: &str, target: Decimal) -> [Figure; 2] {
    let agreed = Operand::Number(target);
    [
        Figure::Derived {
            code: format!("{code}.target"),
            name: format!("{name}指标量"),
            unit: unit.to_owned(),
            derivation: Derivation::Sum(vec![agreed.clone()]),
        },
        Figure::Derived {
            code: format!("{code}.completion"),
            name: format!("{name}完成率"),
            unit: "%".to_owned(),
            derivation: Derivation::Percent(Operand::Figure(code.to_owned()), agreed),
        },
    ]
}
