//! The indicator board: each target beside what was counted for it, with pace and forecast.

use chrono::NaiveDate;
use db::{DbError, DbResult, Tx};
use kernel::{Id, Moment, Period, Problem};
use rules::counting::{Basis, Catalogue, RuleSet};
use rules::pace::{Pace, Rest, pace, rest};
use rust_decimal::Decimal;

use super::find::targets;
use super::store::IndicatorTarget;
use crate::contracts::{self, Contract};
use crate::figures::{self, At, Scope};

/// Where a station's contract stands at a date.
#[derive(Debug, Clone)]
pub struct Board {
    /// The contract.
    pub contract: Contract,
    /// Its days.
    pub period: Period,
    /// The last day counted.
    pub as_of: NaiveDate,
    /// Where and when was counted.
    pub at: At,
    /// The rules, as they stood at signing.
    pub rules: RuleSet,
    /// The indicators in the contract's order.
    pub indicators: Vec<Indicator>,
}

/// One indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// The code of the figure that measures it.
    pub code: String,
    /// As the contract names it.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The heading it is listed under.
    pub heading: String,
    /// What was counted; `None` where it could not be.
    pub actual: Option<Decimal>,
    /// How much is agreed.
    pub target: Decimal,
    /// Completion, forecast and verdict.
    pub pace: Pace,
    /// What is left to do.
    pub rest: Rest,
    /// From which day the target holds as it is, where the contract was amended by then.
    pub amended_on: Option<NaiveDate>,
}

/// The board of the contract that `as_of` belongs to, with what was known at `known_at`.
///
/// # Errors
/// There is no contract by then, or a frozen rule cannot be read.
pub fn board(
    tx: &mut Tx<'_>,
    catalogue: &Catalogue,
    station: Id,
    as_of: NaiveDate,
    known_at: Moment,
) -> DbResult<Board> {
    let contract = contracts::in_force(tx, station, as_of, known_at)?;
    let period = contract.period()?;
    let targets = targets(tx, contract.id, as_of, known_at)?;
    let rules = frozen(&targets, catalogue)?;
    let at = At {
        station,
        basis: Basis::of(period, as_of),
        known_at,
        written_at: known_at,
        scope: Scope::Station,
    };
    let mut indicators = Vec::with_capacity(targets.len());
    for target in targets {
        let actual = figures::value(tx, &rules, &target.code, &at)?;
        let amount = Decimal::from(target.target);
        indicators.push(Indicator {
            pace: pace(actual, amount, period, as_of),
            rest: rest(actual, amount, period, as_of),
            amended_on: target.amended_on,
            code: target.code,
            name: target.name,
            unit: target.unit,
            heading: target.heading,
            actual,
            target: amount,
        });
    }
    Ok(Board { contract, period, as_of: at.basis.cut_off, at, rules, indicators })
}

/// The rules that the targets carry.
fn frozen(targets: &[IndicatorTarget], catalogue: &Catalogue) -> DbResult<RuleSet> {
    let text: String = targets
        .iter()
        .map(|target| format!("[rules.\"{}\"]\n{}\n", target.code, target.rule.trim()))
        .collect();
    RuleSet::parse("服务协议中的计数规则", &text, catalogue).map_err(|problems| {
        let first = problems.into_iter().next();
        DbError::Problem(
            first.unwrap_or_else(|| Problem::new("bad_rule", "计数规则读不懂", "请核对服务协议")),
        )
    })
}
