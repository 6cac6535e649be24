//! Finding rounds and what belongs to one.

use std::collections::BTreeSet;

use db::{DbResult, Record as _, Stamp, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};
use rules::counting::Basis;

use super::store::{
    AcceptedError, ExpertScore, Feedback, Finding, PanelMember, PartyScore, PastFigure, ReportWording, Round,
    accepted_errors, expert_scores as scores_given, feedbacks, findings, panel_members,
    party_scores as parties_given, past_figures, report_wordings, rounds,
};
use super::{FindingKind, Stage};
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

/// Of these codes, the rounds that there are.
///
/// # Errors
/// What the database says.
pub(super) fn rounds_among(tx: &mut Tx<'_>, codes: Vec<String>) -> DbResult<Vec<Round>> {
    Ok(Round::known(tx.at()).filter(rounds::code.eq_any(codes)).load(tx.conn())?)
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

impl Round {
    /// Whether its report is issued.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Issued
    }
}

/// Up to which moment a round's records count: what was known when it was frozen; before that, what is known now.
pub(super) fn counted_at(tx: &Tx<'_>, round: &Round) -> Moment {
    if round.stage < Stage::OnSite { tx.at() } else { Moment::from_micros(round.known_at) }
}

/// Up to which moment what the evaluation itself wrote counts: now, until the report is issued; then what was known at the
/// issue, or at the freeze where that was later.
pub(super) fn written_at(tx: &mut Tx<'_>, round: &Round) -> DbResult<Moment> {
    if !round.is_over() {
        return Ok(tx.at());
    }
    let issued = stages_of(tx, round)?.into_iter().find(|(stage, _)| *stage == Stage::Issued);
    let frozen = Moment::from_micros(round.known_at);
    Ok(issued.map_or(frozen, |(_, issued)| issued.max(frozen)))
}

/// When each stage of a round began, in their order.
///
/// # Errors
/// What the database says.
pub(super) fn stages_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<(Stage, Moment)>> {
    let mut all: Vec<(Stage, Moment)> = Vec::new();
    for (stamp, version) in Round::versions(tx.conn(), round.id)? {
        if all.last().is_none_or(|(stage, _)| *stage != version.stage) {
            all.push((version.stage, stamp.from));
        }
    }
    Ok(all)
}

/// The rounds of some stations, or of all without any given, that are not over: at most so many, by the day on site.
///
/// # Errors
/// What the database says.
pub(super) fn open_rounds(tx: &mut Tx<'_>, stations: Option<Vec<Id>>, most: i64) -> DbResult<Vec<Round>> {
    let mut all = Round::known(tx.at()).filter(rounds::stage.ne(Stage::Issued));
    if let Some(stations) = stations {
        all = all.filter(rounds::station_id.eq_any(stations));
    }
    Ok(all.order((rounds::evaluated_on, rounds::code)).limit(most).load(tx.conn())?)
}

/// The rounds of some stations, or of all without any given, that are over and not among those named, each with how many
/// concerns it has; the latest first, and none without any.
///
/// # Errors
/// What the database says.
pub fn over_with_concerns(
    tx: &mut Tx<'_>,
    stations: Option<Vec<Id>>,
    but: &BTreeSet<String>,
) -> DbResult<Vec<(Round, usize)>> {
    let mut all = Round::known(tx.at()).filter(rounds::stage.eq(Stage::Issued));
    if let Some(stations) = stations {
        all = all.filter(rounds::station_id.eq_any(stations));
    }
    let mut over: Vec<Round> = all.order((rounds::evaluated_on.desc(), rounds::code)).load(tx.conn())?;
    over.retain(|round| !but.contains(&round.code));
    let codes: Vec<String> = over.iter().map(|round| round.code.clone()).collect();
    let concerns: Vec<Finding> = Finding::known(tx.at())
        .filter(findings::kind.eq(FindingKind::Concern))
        .filter(findings::round.eq_any(codes))
        .load(tx.conn())?;
    over.retain(|round| concerns.iter().any(|one| one.round == round.code));
    let mut found = Vec::new();
    for round in over {
        let concerns = findings_of(tx, &round)?;
        let count = concerns.iter().filter(|one| one.kind == FindingKind::Concern).count();
        if count > 0 {
            found.push((round, count));
        }
    }
    Ok(found)
}

/// Where and when the figures of a round are counted: up to its cut-off, with what was known when it was closed.
///
/// # Errors
/// Its contract is missing.
pub fn at_round(tx: &mut Tx<'_>, round: &Round) -> DbResult<(Contract, At)> {
    let known_at = counted_at(tx, round);
    let contract = contracts::contract(tx, round.contract_id, known_at)?;
    let basis = Basis::of(contract.period()?, round.records_until);
    Ok((
        contract,
        At {
            station: round.station_id,
            basis: with_round(basis, round),
            known_at,
            written_at: written_at(tx, round)?,
            scope: Scope::Station,
        },
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
    let members = PanelMember::known(written_at(tx, round)?)
        .filter(panel_members::round.eq(&round.code).and(panel_members::station_id.eq(round.station_id)));
    Ok(members.order((panel_members::role, panel_members::code)).load(tx.conn())?)
}

/// What the experts gave, by expert and item.
///
/// # Errors
/// What the database says.
pub(super) fn expert_scores(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<ExpertScore>> {
    let given = ExpertScore::known(written_at(tx, round)?)
        .filter(scores_given::round.eq(&round.code).and(scores_given::station_id.eq(round.station_id)));
    Ok(given.order((scores_given::expert, scores_given::item)).load(tx.conn())?)
}

/// What the other parties gave, by party.
///
/// # Errors
/// What the database says.
pub(super) fn party_scores(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<PartyScore>> {
    let given = PartyScore::known(written_at(tx, round)?)
        .filter(parties_given::round.eq(&round.code).and(parties_given::station_id.eq(round.station_id)));
    Ok(given.order(parties_given::party).load(tx.conn())?)
}

/// The findings, in their order.
///
/// # Errors
/// What the database says.
pub fn findings_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Finding>> {
    let found = Finding::known(written_at(tx, round)?)
        .filter(findings::round.eq(&round.code).and(findings::station_id.eq(round.station_id)));
    Ok(found.order((findings::position, findings::code)).load(tx.conn())?)
}

/// What the parties answered, in the order of the days.
///
/// # Errors
/// What the database says.
pub fn feedback_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Feedback>> {
    let found = Feedback::known(written_at(tx, round)?)
        .filter(feedbacks::round.eq(&round.code).and(feedbacks::station_id.eq(round.station_id)));
    Ok(found.order((feedbacks::answered_on, feedbacks::id)).load(tx.conn())?)
}

/// What people want passages of the report to say, by passage.
///
/// # Errors
/// What the database says.
pub fn wordings_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<ReportWording>> {
    let own = ReportWording::known(written_at(tx, round)?)
        .filter(report_wordings::round.eq(&round.code).and(report_wordings::station_id.eq(round.station_id)));
    Ok(own.order(report_wordings::passage).load(tx.conn())?)
}

/// Every version of the wording of a passage, withdrawn ones too, the first first.
///
/// # Errors
/// What the database says.
pub(super) fn wording_versions(
    tx: &mut Tx<'_>,
    round: &Round,
    passage: &str,
) -> DbResult<Vec<(Stamp, ReportWording)>> {
    let own = report_wordings::table.filter(
        report_wordings::round
            .eq(&round.code)
            .and(report_wordings::station_id.eq(round.station_id))
            .and(report_wordings::passage.eq(passage)),
    );
    let rows: Vec<(i32, Moment, bool, ReportWording)> = own
        .order((report_wordings::known_from, report_wordings::version))
        .select((
            report_wordings::version,
            report_wordings::known_from,
            report_wordings::voided,
            ReportWording::as_select(),
        ))
        .load(tx.conn())?;
    let stamped = |(version, from, voided, row)| (Stamp { version, from, voided }, row);
    Ok(rows.into_iter().map(stamped).collect())
}

/// The errors of the report's text that somebody let stand, in the order of the days.
///
/// # Errors
/// What the database says.
pub fn accepted_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<AcceptedError>> {
    let own = AcceptedError::known(written_at(tx, round)?)
        .filter(accepted_errors::round.eq(&round.code).and(accepted_errors::station_id.eq(round.station_id)));
    Ok(own.order((accepted_errors::accepted_on, accepted_errors::id)).load(tx.conn())?)
}

/// The figures of earlier rounds of a station.
///
/// # Errors
/// What the database says.
pub fn past_figures_of(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<PastFigure>> {
    Ok(PastFigure::known(known_at).filter(past_figures::station_id.eq(station)).load(tx.conn())?)
}

/// Findings that came back from the round before, of some stations or of all: round, code, and the code of before.
///
/// # Errors
/// What the database says.
pub fn returning(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<Vec<(String, String, String)>> {
    let mut found = Finding::known(tx.at()).filter(findings::returns.is_not_null());
    if let Some(stations) = stations {
        found = found.filter(findings::station_id.eq_any(stations));
    }
    let rows: Vec<Finding> = found.load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|one| Some((one.round, one.code, one.returns?))).collect())
}
