//! Annex four: every expert's score of every item, and the sums from there to the total.
//! Not here: who the experts are; they appear by number, so that a score cannot be held against anyone.

use paper::model::{Cell, Column, Document, Table};
use rules::scoring::{ItemOutcome, Outcome, Stage};
use rust_decimal::Decimal;

use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::numbers::score;
use crate::reports::compose::result::{PENDING, addition, rounded, third_name, weight};

/// Said above the scores of a sample, beside the sample's own notice.
pub const SCORES_NOTE: &str = "本报告由样本数据生成，专家、评分和各方的答复均属虚构。";

/// 专家评分汇总.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    let Some(outcome) = &desk.facts.outcome else {
        document.paragraph(PENDING);
        return;
    };
    let aggregation = &desk.scheme.aggregation;
    document.note(format!(
        "专家以序号代称。各项得分由专家评分按“{}”合成；按片区评分的项，专家该项的评分是各片区评分的平均。表中的分数至多列四位小数，计算时用未取整的数。",
        aggregation.averaging.label()
    ));
    if desk.facts.sample_notice.is_some() {
        document.note(SCORES_NOTE);
    }
    let table = scores(document, desk, outcome);
    document.table(table);
    for line in steps(desk, outcome) {
        document.paragraph(line);
    }
}

fn scores(document: &Document, desk: &Desk<'_>, outcome: &Outcome) -> Table {
    let mut columns = vec![Column::text("评分项", 6), Column::number("分值", 2)];
    columns.extend((1..=outcome.experts.len()).map(|number| Column::number(format!("专家{number}"), 2)));
    columns.push(Column::number("得分", 3));
    let mut table = numbered(document, "scores", "专家逐项评分", columns);
    for section in &outcome.sections {
        table.group(section.name.as_str());
        for item in outcome.items.iter().filter(|item| item.section == section.code) {
            push(&mut table, desk, &outcome.experts, item);
        }
        let mut cells = vec![Cell::text(format!("{}小计", section.name)), points(section.points)];
        cells.extend(outcome.experts.iter().map(|_| Cell::Empty));
        cells.push(Cell::number(section.score, rounded(desk, Stage::Section, section.score)));
        table.total(cells);
    }
    table
}

/// An item, and under it its areas where it is scored by area.
fn push(table: &mut Table, desk: &Desk<'_>, experts: &[String], item: &ItemOutcome) {
    let given = |expert: &String| item.scores.iter().find(|score| score.expert == *expert);
    let mut cells = vec![Cell::text(item.name.as_str()), points(item.points)];
    cells.extend(experts.iter().map(|expert| given(expert).map_or(Cell::Empty, |given| points(given.score))));
    cells.push(Cell::number(item.aggregate, rounded(desk, Stage::Item, item.aggregate)));
    table.row(cells);
    let by_area = item.scores.iter().any(|score| !score.areas.is_empty());
    for area in desk.facts.areas.iter().filter(|_| by_area) {
        let own = |expert: &String| {
            let area = given(expert)?.areas.iter().find(|own| own.area == area.code)?;
            Some(points(area.score))
        };
        let mut cells = vec![Cell::text(area.name.as_str()), Cell::Empty];
        cells.extend(experts.iter().map(|expert| own(expert).unwrap_or_default()));
        table.sub(cells);
    }
}

fn points(value: Decimal) -> Cell {
    Cell::number(value, score(value))
}

/// From the sections to the third party, then to the total.
fn steps(desk: &Desk<'_>, outcome: &Outcome) -> Vec<String> {
    let sections: Vec<String> = outcome
        .sections
        .iter()
        .map(|section| format!("{}{}", section.name, rounded(desk, Stage::Section, section.score)))
        .collect();
    let mut lines = Vec::new();
    let panel = desk.scheme.panel().map(|party| party.code.as_str());
    let third = outcome.parties.iter().find(|party| Some(party.code.as_str()) == panel);
    if let Some(third) = third {
        let own = rounded(desk, Stage::Party, third.score);
        lines.push(format!("{}得分：{} = {own}分。", third_name(desk), sections.join(" + ")));
    }
    lines.extend(addition(desk, outcome));
    let total = rounded(desk, Stage::Total, outcome.total);
    lines.push(match outcome.vetoes.is_empty() {
        true => format!("等级：总分{total}分，对照评估结果说明中的等级分数线，为{}。", outcome.grade),
        false => format!("等级：总分{total}分，受否决事项限制，为{}。", outcome.grade),
    });
    if outcome.scheme.weight_base != outcome.scheme.full {
        lines.push(format!(
            "到齐各方的权重合计{}，按此折算。",
            weight(outcome.scheme.full, outcome.scheme.weight_base)
        ));
    }
    lines
}
