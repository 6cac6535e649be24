//! The satisfaction survey: how many were drawn, answered and were not reached, and what the percentage is of.
//! Not here: drawing a sample, and what those asked had to say (findings).

use kernel::Problem;
use paper::model::{Cell, Column, Document, Table};

use super::desk::{Desk, numbered};
use super::numbers::grouped;

const UNREACHED: &str = "monitoring.survey_unreached";

/// The figures of the survey, in the order in which they add up.
const LINES: [(&str, &str); 6] = [
    ("monitoring.survey_sample", "从已建档的服务对象中随机抽取"),
    ("monitoring.survey_answered", "其中作答"),
    (UNREACHED, "其中未接听"),
    ("monitoring.survey_points", "作答者所评分数合计"),
    ("monitoring.survey_points_possible", "作答者可评的最高分数合计"),
    ("monitoring.satisfaction_percent", "总体满意度"),
];

/// The table of the survey, in the section whose score rests on it.
pub(super) fn survey(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    let known = |code: &str| desk.facts.book.set().get(code).is_some();
    if !LINES.iter().any(|(code, _)| known(code)) {
        return Ok(());
    }
    let lead = "服务对象满意度调查从已建档的服务对象中随机抽样，抽取、作答和计算的情况见下表；总体满意度以作答者为基数，没有作答的不计入。";
    let lead = desk.said(document, "survey.lead", lead)?;
    document.paragraph(lead);
    let columns = vec![Column::text("项目", 6), Column::number("数量", 3), Column::centre("单位", 2)];
    let mut table = numbered(document, "survey", "服务对象满意度调查", columns);
    for (code, label) in LINES {
        if known(code) {
            table.row(vec![Cell::text(label), desk.cell(code, None), desk.unit_cell(code)]);
        }
        if code == UNREACHED {
            others(&mut table, desk);
        }
    }
    table.note("总体满意度 = 作答者所评分数合计 ÷ 作答者可评的最高分数合计；抽取而没有作答的，既不计入分子，也不计入分母。");
    document.table(table);
    for (number, told) in (1..).zip(&desk.facts.survey) {
        let columns = (0_u8..).zip(&told.heads);
        let columns = columns.map(|(place, head)| match place {
            0 => Column::text(*head, 5),
            _ => Column::centre(*head, 3),
        });
        let title = format!("{}（按{}）", told.title, if number == 1 { "方面" } else { "片区" });
        let name = format!("survey-{number}");
        let mut table = numbered(document, &name, &title, columns.collect());
        for row in &told.rows {
            table.row(row.iter().map(|cell| Cell::text(cell.as_str())).collect());
        }
        table.note(told.note.as_str());
        document.table(table);
    }
    Ok(())
}

/// A row for those drawn who neither answered nor were out of reach; none where there are none.
fn others(table: &mut Table, desk: &Desk<'_>) {
    let value = |code: &str| desk.facts.book.value(code, None);
    let parts =
        value("monitoring.survey_sample").zip(value("monitoring.survey_answered")).zip(value(UNREACHED));
    if let Some(((sample, answered), unreached)) = parts
        && sample > answered + unreached
    {
        let rest = sample - answered - unreached;
        table.row(vec![
            Cell::text("其中因其他原因没有作答"),
            Cell::number(rest, grouped(rest)),
            desk.unit_cell(UNREACHED),
        ]);
    }
}
