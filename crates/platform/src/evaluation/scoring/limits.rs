//! Deductions, bonuses and vetoes that were found in a round, as the arithmetic takes them.

use db::{DbResult, Tx};
use rules::scoring::{Added, Deducted, Inputs, Vetoed};

use super::store;
use crate::evaluation::Round;

pub(super) const DEDUCTION: &str = "deduction";
pub(super) const BONUS: &str = "bonus";
pub(super) const VETO: &str = "veto";

/// Puts what was found into the inputs of a result.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn limits_of(tx: &mut Tx<'_>, round: &Round, inputs: &mut Inputs) -> DbResult<()> {
    for limit in store::limits_of(tx, &round.code)? {
        let times = u32::try_from(limit.times).unwrap_or_default();
        let (code, note) = (limit.code, limit.note);
        match limit.kind.as_str() {
            DEDUCTION => inputs.deductions.push(Deducted { code, times, note }),
            BONUS => inputs.bonuses.push(Added { code, times, note }),
            _ => inputs.vetoes.push(Vetoed { code, note }),
        }
    }
    Ok(())
}
