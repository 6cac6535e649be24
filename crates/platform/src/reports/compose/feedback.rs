//! Part three: what the parties answered, on the spot and to the draft.
//! Not here: ruling on an objection (evaluation).

use kernel::{Problem, chinese_date};
use paper::model::{Cell, Column, Document, Inline};
use rules::scoring::ScoredBy;

use super::desk::{Desk, joined, numbered};
use super::numbers::so_many;
use crate::evaluation::{Feedback, FeedbackAnswer, FeedbackStep};

/// 评估反馈.
pub(super) fn feedback(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, "评估反馈");
    let lead = "反馈分两次进行：实地评估结束时当面反馈，报告初稿写成后书面征求意见。各方的答复如下。";
    let lead = desk.said(document, "feedback.lead", lead)?;
    document.paragraph(lead);
    let on_spot = of(desk, FeedbackStep::OnSpot);
    let draft = of(desk, FeedbackStep::Draft);
    let spoken = "实地评估结束时，专家向{station.short}反馈了所见和建议。";
    let spoken = desk.said(document, "feedback.on_spot", spoken)?;
    document.list(
        true,
        [
            joined([
                vec![Inline::strong("现场反馈。")],
                spoken,
                vec![Inline::Text(summary(desk, &on_spot, "反馈意见"))],
            ]),
            joined([
                vec![Inline::strong("对报告初稿的反馈。")],
                vec![Inline::Text(summary(desk, &draft, "报告初稿"))],
            ]),
        ],
    );
    if desk.facts.feedback.is_empty() {
        return Ok(());
    }
    let columns = vec![
        Column::text("反馈方", 6),
        Column::centre("环节", 3),
        Column::centre("日期", 3),
        Column::centre("答复", 3),
        Column::centre("签署人", 3),
        Column::text("说明", 5),
    ];
    let mut table = numbered(document, "feedback", "各方反馈", columns);
    for given in on_spot.into_iter().chain(draft) {
        table.row(vec![
            Cell::text(party(desk, &given.party)),
            Cell::text(given.step.label()),
            Cell::date(given.answered_on),
            Cell::text(given.answer.label()),
            given.signer.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::text(given.note.as_str()),
        ]);
    }
    document.table(table);
    Ok(())
}

/// Who had objections, who had none and who said nothing in time; nobody is said to have agreed who was not heard.
fn summary(desk: &Desk<'_>, given: &[&Feedback], to: &str) -> String {
    let (silent, given): (Vec<&&Feedback>, Vec<&&Feedback>) =
        given.iter().partition(|given| given.answer == FeedbackAnswer::Silent);
    let heard = heard(desk, &given.into_iter().copied().collect::<Vec<_>>(), to);
    if silent.is_empty() {
        return heard;
    }
    let names: Vec<String> = silent.iter().map(|given| party(desk, &given.party)).collect();
    format!("{heard}{}逾期未反馈，日期见下表。", names.join("、"))
}

/// The same of those who answered.
fn heard(desk: &Desk<'_>, given: &[&Feedback], to: &str) -> String {
    let (against, without): (Vec<&&Feedback>, Vec<&&Feedback>) =
        given.iter().partition(|given| given.answer == FeedbackAnswer::Objection);
    let names = |given: &[&&Feedback]| {
        let names: Vec<String> = given.iter().map(|given| party(desk, &given.party)).collect();
        names.join("、")
    };
    let all = |given: &[&&Feedback]| if given.len() > 1 { "均" } else { "" };
    match (against.as_slice(), without.as_slice()) {
        ([], []) => format!("尚未收到对{to}的答复。"),
        ([], [only]) => {
            format!("{}于{}答复，对{to}无异议。", party(desk, &only.party), chinese_date(only.answered_on))
        }
        ([], without) => format!("{}对{to}{}无异议，日期见下表。", names(without), all(without)),
        (against, []) => format!("{}对{to}提出异议，内容和日期见下表。", names(against)),
        (against, without) => format!(
            "{}方对{to}提出异议：{}；{}{}无异议。内容和日期见下表。",
            so_many(against.len()),
            names(against),
            names(without),
            all(without)
        ),
    }
}

fn of<'d>(desk: &'d Desk<'_>, step: FeedbackStep) -> Vec<&'d Feedback> {
    desk.facts.feedback.iter().filter(|given| given.step == step).collect()
}

/// A party by its name: records hold the code of a party, `station`, `operator`, or a name.
fn party(desk: &Desk<'_>, code: &str) -> String {
    let contract = &desk.facts.contract;
    if let Some(party) = desk.scheme.parties.iter().find(|party| party.code == code) {
        return match party.by {
            ScoredBy::Panel => desk.facts.round.evaluator.clone(),
            ScoredBy::StreetOffice => contract.purchaser.clone(),
            ScoredBy::SupervisionCentre => desk.facts.round.supervision_centre.clone(),
            ScoredBy::DistrictBureau => contract.supervisor.clone(),
            ScoredBy::EvaluatorStaff => party.name.clone(),
        };
    }
    match code {
        "station" => desk.station_short(),
        "operator" => contract.operator.clone(),
        other => other.to_owned(),
    }
}
