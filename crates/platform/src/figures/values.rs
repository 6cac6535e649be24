//! The values of figures, each worked out once: counted ones by the database, derived ones from the others.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use rules::counting::{Figure, RuleSet};
use rust_decimal::Decimal;

use super::{At, store};

/// The values of every figure of a rule set; `None` where an operand is missing.
pub type Values = BTreeMap<String, Option<Decimal>>;

/// Every figure of a rule set.
///
/// # Errors
/// What the database says.
pub fn all(tx: &mut Tx<'_>, set: &RuleSet, at: &At) -> DbResult<Values> {
    let mut values = Values::new();
    for figure in set.iter() {
        of(tx, set, figure.code(), at, &mut values)?;
    }
    Ok(values)
}

/// One figure, with those it rests on. `None` where it is unknown or an operand is missing.
///
/// # Errors
/// What the database says.
pub fn value(tx: &mut Tx<'_>, set: &RuleSet, code: &str, at: &At) -> DbResult<Option<Decimal>> {
    of(tx, set, code, at, &mut Values::new())
}

fn of(tx: &mut Tx<'_>, set: &RuleSet, code: &str, at: &At, known: &mut Values) -> DbResult<Option<Decimal>> {
    if let Some(value) = known.get(code) {
        return Ok(*value);
    }
    let value = match set.get(code) {
        None => None,
        Some(Figure::Counted(rule)) => Some(store::total(tx, rule, at)?),
        Some(Figure::Derived { derivation, .. }) => {
            for need in derivation.needs() {
                of(tx, set, need, at, known)?;
            }
            derivation.value(|code| known.get(code).copied().flatten())
        }
    };
    known.insert(code.to_owned(), value);
    Ok(value)
}
