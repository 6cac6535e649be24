//! What the page and the sheet of a result show. Experts appear by number: whose score is whose is not the station's to
//! know, and no file says it.

use askama::Template;
use kernel::trimmed;
use paper::model::{Cell, Column, Cover, Document, Meta, Table};
use rules::scoring::{Averaging, Outcome, Scheme, Severity, Stage};
use rust_decimal::Decimal;

use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::shell::Frame;

/// A score as it is shown: up to four decimals.
fn shown(value: Decimal) -> String {
    trimmed(kernel::half_up(value, 4))
}

/// An item with what each expert gave.
struct ItemLine {
    name: String,
    points: String,
    scores: Vec<String>,
    score: String,
}

/// A section with its items.
struct SectionLines {
    name: String,
    points: String,
    score: String,
    items: Vec<ItemLine>,
}

/// The result.
#[derive(Template)]
#[template(path = "evaluation/templates/result.html")]
pub(super) struct ResultPage {
    frame: Frame,
    title: String,
    address: String,
    total: String,
    grade: String,
    how: Vec<String>,
    parties: Vec<[String; 5]>,
    limits: Vec<[String; 4]>,
    experts: usize,
    sections: Vec<SectionLines>,
    severity: Vec<[String; 5]>,
}

impl ResultPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        scheme: &Scheme,
        outcome: Outcome,
        severity: Option<Severity>,
    ) -> Self {
        let party = |one: &rules::scoring::PartyOutcome| {
            [one.name.clone(), shown(one.score), shown(one.out_of), shown(one.weight), shown(one.weighted)]
        };
        let (sections, parties) = (sections(&outcome), outcome.parties.iter().map(party).collect());
        let number = |code: &str| {
            let place = outcome.experts.iter().position(|known| known == code);
            place.map_or_else(String::new, |place| format!("专家{}", place + 1))
        };
        let maybe = |value: Option<Decimal>| value.map_or_else(|| "人数不够".to_owned(), shown);
        let line = |one: &rules::scoring::ExpertSeverity| {
            let (without, effect) = (maybe(one.total_without), maybe(one.effect));
            [number(&one.expert), shown(one.leniency), shown(one.spread), without, effect]
        };
        let severity = severity.map(|all| all.experts.iter().map(line).collect()).unwrap_or_default();
        Self {
            title: title(round),
            address: address(&round.code),
            total: shown(outcome.total),
            grade: outcome.grade.clone(),
            how: how(scheme, &outcome),
            parties,
            limits: limits(&outcome),
            experts: outcome.experts.len(),
            sections,
            severity,
            frame,
        }
    }
}

/// The steps in words.
fn how(scheme: &Scheme, outcome: &Outcome) -> Vec<String> {
    let averaging: Averaging = scheme.aggregation.averaging;
    let rounded: Vec<&str> = scheme.rounding.at.iter().map(|stage: &Stage| stage.label()).collect();
    let sum: Vec<String> = outcome.parties.iter().map(|party| shown(party.weighted)).collect();
    let mut lines = vec![
        format!(
            "每一项：{}名专家的评分按“{}”合成；按片区评分的项，先取各片区的平均",
            outcome.experts.len(),
            averaging.label()
        ),
        "每一板块：各项得分相加；评估机构一方的得分：各板块相加".to_owned(),
        format!(
            "每一方：得分 ÷ 本方满分 × 权重 × {} ÷ {}",
            shown(outcome.scheme.full),
            shown(outcome.scheme.weight_base)
        ),
        format!("合计：{} = {}", sum.join(" + "), shown(outcome.weighted_total)),
    ];
    if !rounded.is_empty() {
        lines.push(format!(
            "四舍五入到 {} 位小数的环节：{}；其余不取整",
            scheme.rounding.decimals,
            rounded.join("、")
        ));
    }
    lines
}

/// Deductions, bonuses and vetoes, each with its ground.
fn limits(outcome: &Outcome) -> Vec<[String; 4]> {
    let mut all = Vec::new();
    for one in &outcome.deductions {
        let effect = format!("−{}", shown(one.taken));
        all.push(["扣分".into(), one.name.clone(), one.note.clone(), effect]);
    }
    for one in &outcome.bonuses {
        all.push(["加分".into(), one.name.clone(), one.note.clone(), format!("+{}", shown(one.added))]);
    }
    for one in &outcome.vetoes {
        all.push(["否决".into(), one.name.clone(), one.note.clone(), "等级受限".into()]);
    }
    all
}

fn sections(outcome: &Outcome) -> Vec<SectionLines> {
    let item = |one: &rules::scoring::ItemOutcome| ItemLine {
        name: one.name.clone(),
        points: shown(one.points),
        scores: outcome
            .experts
            .iter()
            .map(|expert| {
                let given = one.scores.iter().find(|score| score.expert == *expert);
                given.map(|score| shown(score.score)).unwrap_or_default()
            })
            .collect(),
        score: shown(one.aggregate),
    };
    let section = |one: &rules::scoring::SectionOutcome| SectionLines {
        name: one.name.clone(),
        points: shown(one.points),
        score: shown(one.score),
        items: outcome.items.iter().filter(|known| known.section == one.code).map(item).collect(),
    };
    outcome.sections.iter().map(section).collect()
}

/// The same as a workbook.
pub(super) fn sheet(round: &Round, scheme: &Scheme, outcome: &Outcome, notice: Option<String>) -> Document {
    let meta = Meta {
        title: format!("{} 评分结果", title(round)),
        subject: scheme.name.clone(),
        author: round.evaluator.clone(),
        language: "zh-CN".to_owned(),
        date: round.evaluated_on,
        identifier: format!("{}-result", round.code),
        sample_notice: notice,
    };
    let mut document = Document::new(meta, Cover::default());
    let number = |value: Decimal| Cell::number(value, shown(value));
    let columns = vec![
        Column::text("评分方", 6),
        Column::number("得分", 2),
        Column::number("满分", 2),
        Column::number("权重", 2),
        Column::number("计入", 2),
    ];
    let mut parties = Table::new("parties", "各方评分", columns);
    for one in &outcome.parties {
        parties.row(vec![
            Cell::text(one.name.as_str()),
            number(one.score),
            number(one.out_of),
            number(one.weight),
            number(one.weighted),
        ]);
    }
    let empty = || Cell::Empty;
    parties.total(vec![Cell::text("合计"), empty(), empty(), empty(), number(outcome.weighted_total)]);
    let grade = format!("总分（{}）", outcome.grade);
    parties.total(vec![Cell::text(grade), empty(), empty(), empty(), number(outcome.total)]);
    document.table(parties);
    let mut columns = vec![Column::text("评分项", 6), Column::number("分值", 2)];
    columns.extend((1..=outcome.experts.len()).map(|number| Column::number(format!("专家{number}"), 2)));
    columns.push(Column::number("得分", 2));
    let mut items = Table::new("items", "逐项评分", columns);
    for section in &outcome.sections {
        items.group(section.name.as_str());
        for item in outcome.items.iter().filter(|item| item.section == section.code) {
            let mut cells = vec![Cell::text(item.name.as_str()), number(item.points)];
            cells.extend(outcome.experts.iter().map(|expert| {
                let given = item.scores.iter().find(|score| score.expert == *expert);
                given.map_or(Cell::Empty, |given| number(given.score))
            }));
            cells.push(number(item.aggregate));
            items.row(cells);
        }
        let mut cells = vec![Cell::text(format!("{}小计", section.name)), number(section.points)];
        cells.extend(outcome.experts.iter().map(|_| Cell::Empty));
        cells.push(number(section.score));
        items.total(cells);
    }
    document.table(items);
    document
}
