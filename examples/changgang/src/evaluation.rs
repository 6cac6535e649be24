//! The mid-term round: panel, scores, findings, feedback, and what became of the round before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::DbResult;
use platform::evaluation::{
    ExpertScore, Feedback, FeedbackAnswer, FeedbackStep, Finding, FindingKind, OnSiteDay, PanelMember,
    PanelRole, PartyScore, PastFigure, Round, RoundKind, Stage,
};
use platform::rectification::{RectificationItem, RectificationStatus};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::book::{At, Book, id, row};
use crate::calendar::{END, START, day};
use crate::facts::{mismatch, read};
use crate::plan::Plan;
use crate::{KNOWN_UNTIL, PREVIOUS_ROUND, ROUND};

const ON_SITE: NaiveDate = day(2025, 3, 25);
const SEALED: NaiveDate = day(2025, 4, 1);
const DRAFTED: NaiveDate = day(2025, 4, 2);

#[derive(Deserialize)]
struct Scores {
    scheme: String,
    #[serde(rename = "expert")]
    experts: Vec<ExpertFile>,
    #[serde(rename = "party")]
    parties: Vec<PartyFile>,
}

#[derive(Deserialize)]
struct ExpertFile {
    code: String,
    name: String,
    organisation: String,
    skill: String,
    scores: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct PartyFile {
    code: String,
    score: toml::Value,
}

#[derive(Deserialize)]
struct Findings {
    #[serde(rename = "finding")]
    findings: Vec<FindingFile>,
    #[serde(rename = "recommendation")]
    recommendations: Vec<RecommendationFile>,
}

#[derive(Deserialize)]
struct FindingFile {
    code: String,
    kind: String,
    section: String,
    area: Option<String>,
    order: i32,
    text: String,
    suggestion: Option<String>,
    #[serde(default)]
    evidence: Vec<String>,
}

#[derive(Deserialize)]
struct RecommendationFile {
    code: String,
    order: i32,
    title: String,
    text: String,
    #[serde(default)]
    from: Vec<String>,
}

#[derive(Deserialize)]
struct Previous {
    round: String,
    #[serde(rename = "concern")]
    concerns: Vec<ConcernFile>,
}

#[derive(Deserialize)]
struct ConcernFile {
    code: String,
    section: String,
    area: Option<String>,
    text: String,
    suggestion: String,
    action: String,
    status: String,
    proof: String,
}

/// Enters the round.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) -> DbResult<()> {
    let scores: Scores = read("examples/changgang/scores.toml", include_str!("../scores.toml"))?;
    round(book, plan, &scores);
    panel(book, plan, &scores);
    for expert in &scores.experts {
        expert_scores(book, plan, expert)?;
    }
    for party in &scores.parties {
        let row = row!(PartyScore, id::<PartyScore>(SEALED, &party.code), plan.ground.at_station(), {
            round: ROUND.to_owned(),
            party: party.code.clone(),
            score: hundredths(&party.score).ok_or_else(|| mismatch(&party.code))?,
            sealed_on: SEALED,
        });
        book.party_scores.add(SEALED, row);
    }
    findings(book, plan)?;
    feedback(book, plan);
    previous(book, plan)
}

/// Known once the report is issued: as a stage of the round it was issued in.
fn round(book: &mut Book, plan: &Plan<'_>, scores: &Scores) {
    let round = row!(Round, id::<Round>(ON_SITE, ROUND), plan.ground.at_station(), {
        code: ROUND.to_owned(),
        contract_id: plan.ground.contract,
        kind: RoundKind::MidTerm,
        stage: Stage::OnSite,
        scheme: scores.scheme.clone(),
        previous: Some(PREVIOUS_ROUND.to_owned()),
        records_until: END,
        evaluated_on: ON_SITE,
        known_at: KNOWN_UNTIL.micros(),
        evaluator: "示例社会组织联合会".into(),
        supervision_centre: "示例督导中心".into(),
    });
    let issued = Round { stage: Stage::Issued, ..round.clone() };
    book.rounds.add(ON_SITE, round);
    book.rounds.correct(KNOWN_UNTIL.day(), issued);
    let visit = row!(OnSiteDay, id::<OnSiteDay>(ON_SITE, ROUND), plan.ground.at_station(), {
        round: ROUND.to_owned(),
        held_on: ON_SITE,
    });
    book.on_site_days.add(ON_SITE, visit);
}

fn panel(book: &mut Book, plan: &Plan<'_>, scores: &Scores) {
    let mut member = |code: &str, name: &str, organisation: &str, role, skill: &str| {
        let member = row!(PanelMember, id::<PanelMember>(ON_SITE, code), plan.ground.at_station(), {
            round: ROUND.to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            role,
            skill: skill.to_owned(),
        });
        book.panel.add(ON_SITE, member);
    };
    for expert in &scores.experts {
        member(&expert.code, &expert.name, &expert.organisation, PanelRole::Expert, &expert.skill);
    }
    member("staff", "示例工作人员", "示例社会组织联合会", PanelRole::Staff, "会务与记录");
}

/// One row for each item, for an item scored by area one for each area under `item@area`.
fn expert_scores(book: &mut Book, plan: &Plan<'_>, expert: &ExpertFile) -> DbResult<()> {
    for (item, value) in &expert.scores {
        let cells: Vec<(String, At, &toml::Value)> = match value {
            toml::Value::Table(areas) => areas
                .iter()
                .map(|(code, value)| {
                    let area = plan.ground.areas.iter().position(|(_, known)| known == code);
                    let area = area.ok_or_else(|| mismatch(code))?;
                    Ok((format!("{item}@{code}"), plan.ground.at_area(area), value))
                })
                .collect::<DbResult<_>>()?,
            value => vec![(item.clone(), plan.ground.at_station(), value)],
        };
        for (item, at, value) in cells {
            let row = row!(ExpertScore, id::<ExpertScore>(ON_SITE, format!("{} {item}", expert.code)), at, {
                round: ROUND.to_owned(),
                expert: expert.code.clone(),
                score: hundredths(value).ok_or_else(|| mismatch(&item))?,
                item,
                sealed_on: ON_SITE,
            });
            book.expert_scores.add(ON_SITE, row);
        }
    }
    Ok(())
}

/// A score of the file, in hundredths of a point. Through its decimal form: a binary fraction is never multiplied.
fn hundredths(value: &toml::Value) -> Option<i64> {
    let score: Decimal = value.to_string().parse().ok()?;
    let hundredths = score.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    hundredths.is_integer().then(|| i64::try_from(hundredths).ok()).flatten()
}

fn findings(book: &mut Book, plan: &Plan<'_>) -> DbResult<()> {
    let file: Findings = read("examples/changgang/findings.toml", include_str!("../findings.toml"))?;
    let recommendations = file.recommendations.into_iter().map(|recommendation| FindingFile {
        code: recommendation.code,
        kind: FindingKind::Recommendation.as_str().to_owned(),
        section: "recommendations".into(),
        area: None,
        order: recommendation.order,
        text: format!("{}。{}", recommendation.title, recommendation.text),
        suggestion: None,
        evidence: recommendation.from,
    });
    for finding in file.findings.into_iter().chain(recommendations) {
        let at = area(plan, finding.area.as_deref())?;
        let row = row!(Finding, id::<Finding>(DRAFTED, &finding.code), at, {
            round: ROUND.to_owned(),
            kind: finding.kind.parse().map_err(|error: String| mismatch(&error))?,
            code: finding.code,
            section: finding.section,
            area_code: finding.area,
            position: finding.order,
            text: finding.text,
            suggestion: finding.suggestion,
            evidence: finding.evidence.join("、"),
            returns: None,
            owner: None,
            due_on: None,
        });
        book.findings.add(DRAFTED, row);
    }
    Ok(())
}

fn area(plan: &Plan<'_>, code: Option<&str>) -> DbResult<At> {
    let Some(code) = code else { return Ok(plan.ground.at_station()) };
    let area = plan.ground.areas.iter().position(|(_, known)| *known == code);
    Ok(plan.ground.at_area(area.ok_or_else(|| mismatch(code))?))
}

fn feedback(book: &mut Book, plan: &Plan<'_>) {
    let answers = [
        (FeedbackStep::OnSpot, "station", ON_SITE, "示例甲", "对专家组现场提出的意见和建议无异议。"),
        (FeedbackStep::Draft, "supervisor", day(2025, 4, 8), "示例乙", "对评估报告初稿无异议。"),
        (FeedbackStep::Draft, "purchaser", day(2025, 4, 9), "示例丙", "对评估报告初稿无异议。"),
        (FeedbackStep::Draft, "station", day(2025, 4, 7), "示例甲", "对评估报告初稿无异议。"),
    ];
    for (step, party, answered_on, signer, note) in answers {
        let key = format!("{} {party}", step.as_str());
        let row = row!(Feedback, id::<Feedback>(answered_on, key), plan.ground.at_station(), {
            round: ROUND.to_owned(),
            step,
            party: party.to_owned(),
            answer: FeedbackAnswer::NoObjection,
            answered_on,
            note: note.to_owned(),
            signer: Some(signer.to_owned()),
        });
        book.feedbacks.add(answered_on, row);
    }
}

/// The round before: its retention, 16 of 20, and its concerns with what became of them.
fn previous(book: &mut Book, plan: &Plan<'_>) -> DbResult<()> {
    let past = row!(PastFigure, id::<PastFigure>(START, 0), plan.ground.at_station(), {
        round: PREVIOUS_ROUND.to_owned(),
        figure: "staff.retention_percent".into(),
        value: 8000,
    });
    book.past_figures.add(START, past);
    let file: Previous =
        read("examples/changgang/previous-round.toml", include_str!("../previous-round.toml"))?;
    if file.round != PREVIOUS_ROUND {
        return Err(mismatch(&file.round).into());
    }
    for concern in file.concerns {
        let at = area(plan, concern.area.as_deref())?;
        let status: RectificationStatus = concern.status.parse().map_err(|error: String| mismatch(&error))?;
        let item = row!(RectificationItem, id::<RectificationItem>(ON_SITE, &concern.code), at, {
            round: PREVIOUS_ROUND.to_owned(),
            code: concern.code,
            section: concern.section,
            area_code: concern.area,
            concern: format!("{}建议：{}", concern.text, concern.suggestion),
            action: concern.action,
            status,
            proof: concern.proof,
        });
        book.rectifications.add(ON_SITE, item);
    }
    Ok(())
}
