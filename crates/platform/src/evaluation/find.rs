//! Finding rounds and what belongs to one.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};
use rules::counting::Basis;

use super::store::{
    ExpertScore, Feedback, Finding, PanelMember, PartyScore, PastFigure, Round,
    expert_scores as scores_given, feedbacks, findings, panel_members, party_scores as parties_given,
    past_figures, rounds,
};
use crate::contracts::{self, Contract};
use crate::figures::{At, Scope};

/// The round of this code.
///
/// # Errors
/// There is none; the answer names those there are.
pub fn round(tx: &mut Tx<'_>, code: &str, known_at: Moment) -> DbResult<Round> {
    let all: Vec<Round> = Round::known(known_at).order(rounds::code).load(tx.conn())?;
    let known: Vec<String> = all.iter().map(|round| round.code.clone()).collect();
    all.into_iter().find(|round| round.code == code).ok_or_else(|| {
        let remedy = if known.is_empty() {
            "数据库里还没有评估轮次".to_owned()
        } else {
            format!("可用的代码：{}", known.join("、"))
        };
        Problem::new("unknown_round", format!("没有代码为“{code}”的评估轮次"), remedy).into()
    })
}

/// That there is no such round, or none that may be seen: naming those there are would tell of other stations.
#[must_use]
pub fn unknown_round(code: &str) -> Problem {
    let code: String = code.chars().take(40).collect();
    Problem::new("unknown_round", format!("没有代码为“{code}”的评估轮次"), "请核对代码，或从评估报告里选")
}

/// The rounds of a station, the latest first.
///
/// # Errors
/// What the database says.
pub fn rounds_of(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<Round>> {
    let rounds =
        Round::known(known_at).filter(rounds::station_id.eq(station)).order(rounds::evaluated_on.desc());
    Ok(rounds.load(tx.conn())?)
}

/// The rounds of some stations, or of all without any given: at most so many, the latest first.
///
/// # Errors
/// What the database says.
pub fn latest_rounds(tx: &mut Tx<'_>, stations: Option<Vec<Id>>, most: i64) -> DbResult<Vec<Round>> {
    let mut all = Round::known(tx.at());
    if let Some(stations) = stations {
        all = all.filter(rounds::station_id.eq_any(stations));
    }
    Ok(all.order((rounds::evaluated_on.desc(), rounds::code)).limit(most).load(tx.conn())?)
}

/// Where and when the figures of a round are counted: up to its cut-off, with what was known when it was closed.
///
/// # Errors
/// Its contract is missing.
pub fn at_round(tx: &mut Tx<'_>, round: &Round) -> DbResult<(Contract, At)> {
    let known_at = Moment::from_micros(round.known_at);
    let contract = contracts::contract(tx, round.contract_id, known_at)?;
    let basis = Basis::of(contract.period()?, round.records_until);
    Ok((
        contract,
        At { station: round.station_id, basis: with_round(basis, round), known_at, scope: Scope::Station },
    ))
}

/// A basis with the round at hand.
#[must_use]
pub fn with_round(basis: Basis, round: &Round) -> Basis {
    Basis { round: Some(round.code.clone()), previous_round: round.previous.clone(), ..basis }
}

/// The panel, experts first, by code.
///
/// # Errors
/// What the database says.
pub fn panel(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<PanelMember>> {
    let members = PanelMember::known(Moment::from_micros(round.known_at))
        .filter(panel_members::round.eq(&round.code).and(panel_members::station_id.eq(round.station_id)));
    Ok(members.order((panel_members::role, panel_members::code)).load(tx.conn())?)
}

/// What the experts gave, by expert and item.
///
/// # Errors
/// What the database says.
pub(super) fn expert_scores(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<ExpertScore>> {
    let given = ExpertScore::known(Moment::from_micros(round.known_at))
        .filter(scores_given::round.eq(&round.code).and(scores_given::station_id.eq(round.station_id)));
    Ok(given.order((scores_given::expert, scores_given::item)).load(tx.conn())?)
}

/// What the other parties gave, by party.
///
/// # Errors
/// What the database says.
pub(super) fn party_scores(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<PartyScore>> {
    let given = PartyScore::known(Moment::from_micros(round.known_at))
        .filter(parties_given::round.eq(&round.code).and(parties_given::station_id.eq(round.station_id)));
    Ok(given.order(parties_given::party).load(tx.conn())?)
}

/// The findings, in their order.
///
/// # Errors
/// What the database says.
pub fn findings_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Finding>> {
    let found = Finding::known(Moment::from_micros(round.known_at))
        .filter(findings::round.eq(&round.code).and(findings::station_id.eq(round.station_id)));
    Ok(found.order((findings::position, findings::code)).load(tx.conn())?)
}

/// What the parties answered, in the order of the days.
///
/// # Errors
/// What the database says.
pub fn feedback_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Feedback>> {
    let found = Feedback::known(Moment::from_micros(round.known_at))
        .filter(feedbacks::round.eq(&round.code).and(feedbacks::station_id.eq(round.station_id)));
    Ok(found.order((feedbacks::answered_on, feedbacks::id)).load(tx.conn())?)
}

/// The figures of earlier rounds of a station.
///
/// # Errors
/// What the database says.
pub fn past_figures_of(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<PastFigure>> {
    Ok(PastFigure::known(known_at).filter(past_figures::station_id.eq(station)).load(tx.conn())?)
}
