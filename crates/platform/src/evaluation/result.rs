//! From sealed scores to the result of a round.

use db::{DbError, DbResult, Tx};
use kernel::Problem;
use rules::scoring::{Inputs, ItemScore, Outcome, PartyScore as GivenByParty, Scheme, aggregate};
use rust_decimal::Decimal;

use super::find::{expert_scores, panel, party_scores};
use super::model::PanelRole;
use super::scoring::limits_of;
use super::store::{PartyScore, Round};
use crate::areas;

/// The result of a round under its scheme, every step kept.
///
/// # Errors
/// The scheme is not the round's, or a score is missing or out of bounds.
pub fn outcome(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme) -> DbResult<Outcome> {
    if scheme.code != round.scheme {
        let what = format!("轮次 {} 用的是指标体系 {}，给的是 {}", round.code, round.scheme, scheme.code);
        return Err(Problem::new("other_scheme", what, "请换成该轮次所用的指标体系文件").into());
    }
    let inputs = inputs(tx, round)?;
    aggregate(scheme, &inputs).map_err(|problems| DbError::Problem(several(problems)))
}

/// All that was scored in a round.
///
/// # Errors
/// What the database says.
pub fn inputs(tx: &mut Tx<'_>, round: &Round) -> DbResult<Inputs> {
    let known_at = super::find::counted_at(tx, round);
    let experts = panel(tx, round)?.into_iter().filter(|member| member.role == PanelRole::Expert);
    let (scores, parties) = (expert_scores(tx, round)?, party_scores(tx, round)?);
    let points = |hundredths: i64| Decimal::new(hundredths, 2);
    let party = |given: PartyScore| GivenByParty { party: given.party, score: points(given.score) };
    let mut inputs = Inputs {
        experts: experts.map(|member| member.code).collect(),
        areas: areas::areas(tx, round.station_id, known_at)?.into_iter().map(|area| area.code).collect(),
        scores: scores
            .into_iter()
            .map(|given| ItemScore { expert: given.expert, item: given.item, score: points(given.score) })
            .collect(),
        parties: parties.into_iter().map(party).collect(),
        ..Inputs::default()
    };
    limits_of(tx, round, &mut inputs)?;
    Ok(inputs)
}

/// Several problems as one, each on its line.
fn several(problems: Vec<Problem>) -> Problem {
    let mut problems = problems.into_iter();
    let Some(first) = problems.next() else {
        return Problem::new("no_result", "出不了结果", "请核对评分");
    };
    let rest: Vec<String> = problems.map(|problem| problem.to_string()).collect();
    if rest.is_empty() {
        first
    } else {
        Problem { remedy: format!("{}\n{}", first.remedy, rest.join("\n")), ..first }
    }
}
