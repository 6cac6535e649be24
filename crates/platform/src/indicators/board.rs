//! The indicator board: each target beside what was counted for it, with pace and forecast.

use chrono::NaiveDate;
use db::{DbError, DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Period, Problem};
use rules::counting::{Basis, Catalogue, RuleSet};
use rules::pace::{Pace, pace};
use rust_decimal::Decimal;

use super::store::{IndicatorTarget, indicator_targets};
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
    let targets = targets(tx, contract.id, known_at)?;
    let rules = frozen(&targets, catalogue)?;
    let at = At { station, basis: Basis::of(period, as_of), known_at, scope: Scope::Station };
    let mut indicators = Vec::with_capacity(targets.len());
    for target in targets {
        let actual = figures::value(tx, &rules, &target.code, &at)?;
        let amount = Decimal::from(target.target);
        indicators.push(Indicator {
            pace: pace(actual, amount, period, as_of),
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

/// The targets of a contract, in their order.
///
/// # Errors
/// What the database says.
pub fn targets(tx: &mut Tx<'_>, contract: Id, known_at: Moment) -> DbResult<Vec<IndicatorTarget>> {
    let targets = IndicatorTarget::known(known_at).filter(indicator_targets::contract_id.eq(contract));
    Ok(targets.order((indicator_targets::position, indicator_targets::code)).load(tx.conn())?)
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
