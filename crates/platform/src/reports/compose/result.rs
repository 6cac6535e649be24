//! Part four: the grade, and how the total comes about.
//! Not here: the experts' single scores (annex four) and the arithmetic (rules::scoring).

use kernel::{Problem, percent, trimmed};
use paper::model::{Cell, Column, Document, Inline, Table};
use rules::scoring::{Outcome, PartyOutcome, RuleName, Stage};
use rust_decimal::Decimal;

use super::desk::{Desk, annex, joined, numbered, words};
use super::numbers::{fixed, score};

/// The heading over it.
pub(super) const TITLE: &str = "评估等级";
/// Said where scores belong before scoring has ended.
pub(super) const PENDING: &str = "评分尚未结束，这一部分在评分结束以后写入。";

/// 评估等级.
pub(super) fn result(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, TITLE);
    let Some(outcome) = &desk.facts.outcome else {
        document.paragraph(PENDING);
        return Ok(());
    };
    document.paragraph(joined([
        desk.prose("经评分汇总，{station.short}本次{round.kind}评估")?,
        vec![
            Inline::text("总分为"),
            Inline::strong(rounded(desk, Stage::Total, outcome.total)),
            Inline::text("分，等级为"),
            Inline::strong(&outcome.grade),
            Inline::text("。总分由各方得分加权相加得出，各方得分、权重和加权得分如下。"),
        ],
    ]));
    let table = parties(document, desk, outcome);
    document.table(table);
    for line in addition(desk, outcome) {
        document.paragraph(line);
    }
    limits(document, desk, outcome);
    document.paragraph(joined([
        words(format!("{}的得分由以下各项相加得出，每名专家的评分和各步算式见", third_name(desk))),
        vec![annex(4), Inline::text("。")],
    ]));
    let table = items(document, desk, outcome);
    document.table(table);
    Ok(())
}

/// A number as the scheme rounds it at a stage: with the scheme's decimals where it does, else as many as needed.
pub(super) fn rounded(desk: &Desk<'_>, stage: Stage, value: Decimal) -> String {
    let rounding = &desk.scheme.rounding;
    if rounding.at.contains(&stage) { fixed(value, rounding.decimals) } else { score(value) }
}

/// The third party, as the scheme calls it.
pub(super) fn third_name(desk: &Desk<'_>) -> String {
    desk.scheme.panel().map_or_else(|| "第三方评估机构".to_owned(), |party| party.name.clone())
}

fn parties(document: &Document, desk: &Desk<'_>, outcome: &Outcome) -> Table {
    let columns = vec![
        Column::text("评分方", 6),
        Column::number("得分", 3).unit("分"),
        Column::number("权重", 3),
        Column::number("加权得分", 3).unit("分"),
    ];
    let mut table = numbered(document, "parties", "各方评分与总分", columns);
    for party in &outcome.parties {
        table.row(vec![
            Cell::text(party.name.as_str()),
            Cell::number(party.score, rounded(desk, Stage::Party, party.score)),
            Cell::percent(party.weight, weight(outcome.scheme.full, party.weight)),
            Cell::number(party.weighted, rounded(desk, Stage::Weighted, party.weighted)),
        ]);
    }
    for deduction in &outcome.deductions {
        table.row(vec![
            Cell::text(format!("扣分：{}", deduction.name)),
            Cell::Empty,
            Cell::Empty,
            Cell::number(-deduction.taken, format!("-{}", score(deduction.taken))),
        ]);
    }
    for bonus in &outcome.bonuses {
        table.row(vec![
            Cell::text(format!("加分：{}", bonus.name)),
            Cell::Empty,
            Cell::Empty,
            Cell::number(bonus.added, score(bonus.added)),
        ]);
    }
    let base = outcome.scheme.weight_base;
    table.total(vec![
        Cell::text("总分"),
        Cell::Empty,
        Cell::percent(base, weight(outcome.scheme.full, base)),
        Cell::number(outcome.total, rounded(desk, Stage::Total, outcome.total)),
    ]);
    table
}

/// The last steps as they can be done again by hand.
pub(super) fn addition(desk: &Desk<'_>, outcome: &Outcome) -> Vec<String> {
    let steps: Vec<String> = outcome
        .parties
        .iter()
        .map(|party| {
            let own = rounded(desk, Stage::Party, party.score);
            let weighted = rounded(desk, Stage::Weighted, party.weighted);
            format!("{}：{own}{} = {weighted}", party.name, factor(outcome, party))
        })
        .collect();
    let weighted: Vec<String> =
        outcome.parties.iter().map(|party| rounded(desk, Stage::Weighted, party.weighted)).collect();
    let taken: String =
        outcome.deductions.iter().map(|deduction| format!(" - {}", score(deduction.taken))).collect();
    let added: String = outcome.bonuses.iter().map(|bonus| format!(" + {}", score(bonus.added))).collect();
    let total = rounded(desk, Stage::Total, outcome.total);
    vec![
        format!("加权得分：{}。", steps.join("；")),
        format!("总分：{}{taken}{added} = {total}。", weighted.join(" + ")),
    ]
}

/// What a party's score is multiplied by: ` × 55%`, or in points where the full marks are not a hundred.
fn factor(outcome: &Outcome, party: &PartyOutcome) -> String {
    let (full, base) = (outcome.scheme.full, outcome.scheme.weight_base);
    let hundred = full == Decimal::ONE_HUNDRED && party.out_of == full;
    let own = match party.weight == party.out_of {
        _ if hundred => format!(" × {}%", trimmed(party.weight)),
        true => String::new(),
        false => format!(" × {} ÷ {}", trimmed(party.weight), trimmed(party.out_of)),
    };
    let scaled = match base == full {
        true => String::new(),
        false if hundred => format!(" ÷ {}%", trimmed(base)),
        false => format!(" × {} ÷ {}", trimmed(full), trimmed(base)),
    };
    own + &scaled
}

/// A weight as it is printed: percent of a hundred, else points.
pub(super) fn weight(full: Decimal, weight: Decimal) -> String {
    format!("{}{}", trimmed(weight), if full == Decimal::ONE_HUNDRED { "%" } else { "分" })
}

/// Deductions and vetoes, also when there are none.
fn limits(document: &mut Document, desk: &Desk<'_>, outcome: &Outcome) {
    for deduction in &outcome.deductions {
        document.paragraph(format!(
            "扣分：{}，每次{}分，共{}次，扣{}分。{}",
            deduction.name,
            score(deduction.points),
            deduction.times,
            score(deduction.taken),
            deduction.note
        ));
    }
    for bonus in &outcome.bonuses {
        document.paragraph(format!(
            "加分：{}，每次{}分，共{}次，加{}分。{}",
            bonus.name,
            score(bonus.points),
            bonus.times,
            score(bonus.added),
            bonus.note
        ));
    }
    for veto in &outcome.vetoes {
        let grade = desk.scheme.grades.iter().find(|grade| grade.code == veto.grade_code);
        let grade = grade.map_or(veto.grade_code.as_str(), |grade| grade.name.as_str());
        document.paragraph(format!("否决：{}，等级不得高于{grade}。{}", veto.name, veto.note));
    }
    if outcome.deductions.is_empty() && outcome.bonuses.is_empty() && outcome.vetoes.is_empty() {
        document.paragraph("本轮评估没有扣分，也没有触及否决事项。");
    }
}

fn items(document: &Document, desk: &Desk<'_>, outcome: &Outcome) -> Table {
    let columns = vec![
        Column::text("板块与评分项", 7),
        Column::centre("评分方式", 4),
        Column::number("分值", 2),
        Column::number("得分", 3),
        Column::number("得分率", 3),
    ];
    let mut table = numbered(document, "items", &format!("{}各板块与评分项得分", third_name(desk)), columns);
    for section in &outcome.sections {
        table.group(section.name.as_str());
        for item in outcome.items.iter().filter(|item| item.section == section.code) {
            let rule = item.rule.parse::<RuleName>().map_or(item.rule, RuleName::label);
            let own = [item.points, item.aggregate];
            table.sub(line(&item.name, rule, own, rounded(desk, Stage::Item, item.aggregate)));
        }
        let own = [section.points, section.score];
        let text = rounded(desk, Stage::Section, section.score);
        table.total(line(&format!("{}小计", section.name), "", own, text));
    }
    let panel = desk.scheme.panel().map(|party| party.code.as_str());
    let third = outcome.parties.iter().find(|party| Some(party.code.as_str()) == panel);
    if let Some(third) = third {
        let points = outcome.sections.iter().map(|section| section.points).sum();
        table.total(line("合计", "", [points, third.score], rounded(desk, Stage::Party, third.score)));
    }
    table.note("得分率 = 得分 ÷ 分值。表中得分至多列四位小数，相加时用未取整的数。");
    table
}

fn line(name: &str, rule: &str, [points, own]: [Decimal; 2], text: String) -> Vec<Cell> {
    let share = percent(own, points);
    vec![
        Cell::text(name),
        Cell::text(rule),
        Cell::number(points, score(points)),
        Cell::number(own, text),
        share.map_or(Cell::Empty, |share| Cell::percent(share, format!("{}%", trimmed(share)))),
    ]
}
