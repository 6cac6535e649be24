//! Part two, the sections that were evaluated: strengths, concerns with their suggestions, and what became of the
//! earlier round's suggestions. Not here: what is said area by area (areas) and by the other parties (parties).

use kernel::{Problem, chinese_date};
use paper::model::{Cell, Column, Document};
use rules::scoring::{Rule, Section};

use super::areas;
use super::desk::{Desk, Run, joined, numbered, reference, words};
use super::numbers::so_many;
use super::result::PENDING;
use super::survey;
use super::whole;
use crate::evaluation::{Finding, FindingKind};
use crate::rectification::{RectificationItem, RectificationStatus};

/// How the remarks of a section are numbered.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// Level of the headings over strengths and concerns.
    pub(super) level: u8,
    /// The number of a remark, counted from 1.
    pub(super) mark: fn(usize) -> String,
}

/// Under headings of the third level: （1）.
pub(super) const PLAIN: Marks = Marks { level: 3, mark: |number| format!("（{number}）") };

/// The third party's sections, in the scheme's order.
pub(super) fn sections(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    for section in &desk.scheme.sections {
        document.section(2, &section.name);
        if section.items.iter().any(|item| matches!(item.rule, Rule::Survey { .. })) {
            survey::survey(document, desk)?;
        }
        if by_area(desk, section) {
            areas::section(document, desk, section)?;
        } else {
            let leads = [
                Some(format!("评估专家{}，认为以下方面值得肯定：", basis(&section.code))),
                Some("评估专家认为以下方面需要关注：".to_owned()),
            ];
            remarks(document, desk, &section.code, None, PLAIN, leads)?;
        }
    }
    Ok(())
}

/// Strengths, concerns and earlier suggestions of one part of the report.
pub(super) fn remarks(
    document: &mut Document,
    desk: &Desk<'_>,
    section: &str,
    area: Option<&str>,
    marks: Marks,
    leads: [Option<String>; 2],
) -> Result<(), Problem> {
    let titles = [
        (FindingKind::Strength, "值得肯定的地方", "没有列出值得肯定的方面。"),
        (FindingKind::Concern, "需要关注的地方", "没有列出需要关注的问题。"),
    ];
    for ((kind, title, none), lead) in titles.into_iter().zip(leads) {
        document.section(marks.level, title);
        let findings = desk.findings(section, area, kind);
        let place = reference(section, area).replace('@', ".");
        let said = if desk.facts.outcome.is_none() {
            Some((PENDING, "pending"))
        } else if findings.is_empty() {
            Some((none, "none"))
        } else {
            lead.as_deref().map(|lead| (lead, "lead"))
        };
        if let Some((words, which)) = said {
            let run = desk.said(document, &format!("{place}.{}.{which}", kind.as_str()), words)?;
            document.paragraph(run);
        }
        for (index, finding) in findings.into_iter().enumerate() {
            let run = joined([
                words((marks.mark)(index + 1)),
                desk.found(document, finding)?,
                proposed(finding),
                returned(desk, finding),
            ]);
            document.paragraph(run);
        }
    }
    followed_up(document, desk, section, area, marks.level);
    Ok(())
}

/// Who should put a concern right, and by when, as far as the panel proposes it.
fn proposed(finding: &Finding) -> Run {
    let owner = finding.owner.as_ref().map(|owner| format!("由{owner}整改"));
    let due = finding.due_on.map(|day| format!("于{}前完成", chinese_date(day)));
    let parts: Vec<String> = owner.into_iter().chain(due).collect();
    if parts.is_empty() { Run::new() } else { words(format!("（建议{}。）", parts.join("，"))) }
}

/// That a concern of the round before has come back, and what became of it.
fn returned(desk: &Desk<'_>, finding: &Finding) -> Run {
    let Some(code) = &finding.returns else { return Run::new() };
    let before = desk.facts.rectifications.iter().find(|item| item.code == *code);
    words(match before {
        Some(item) => {
            format!("（上一轮评估已提出这一点，整改情况为“{}”，本轮再次出现。）", item.status.label())
        }
        None => "（上一轮评估已提出这一点，本轮再次出现。）".to_owned(),
    })
}

/// What became of the earlier round's suggestions; nothing where there were none.
fn followed_up(document: &mut Document, desk: &Desk<'_>, section: &str, area: Option<&str>, level: u8) {
    let here = |item: &&RectificationItem| item.section == section && item.area_code.as_deref() == area;
    let items: Vec<&RectificationItem> = whole::earlier(desk, true).filter(here).collect();
    if items.is_empty() {
        return;
    }
    document.section(level, "上一轮建议的落实情况");
    let whose = area.and_then(|code| desk.place(code)).map(|place| place.name.clone());
    let whose = whose.or_else(|| desk.section_name(section)).unwrap_or_default();
    document.paragraph(format!("上一轮评估就{whose}提出意见{}，情况见下表。", tallied(&items)));
    let name = format!("followed-{}", reference(section, area).replace('@', "-"));
    outcomes(document, &name, &format!("{whose}上一轮建议落实情况"), &items);
}

/// What became of earlier suggestions that stand beside no part of this report; nothing where there are none.
pub(super) fn elsewhere(document: &mut Document, desk: &Desk<'_>) {
    let items: Vec<&RectificationItem> = whole::earlier(desk, false).collect();
    if items.is_empty() {
        return;
    }
    document.section(2, "上一轮其他建议的落实情况");
    document.paragraph(format!(
        "上一轮评估还就本次指标体系没有列出的方面、已经调整的片区提出意见{}，情况见下表。",
        tallied(&items)
    ));
    outcomes(document, "followed-elsewhere", "上一轮其他建议落实情况", &items);
}

/// The table of earlier suggestions.
fn outcomes(document: &mut Document, name: &str, title: &str, items: &[&RectificationItem]) {
    let columns = vec![
        Column::text("上一轮的意见", 6),
        Column::text("采取的措施", 6),
        Column::text("凭证", 4),
        Column::centre("落实情况", 3),
    ];
    let mut table = numbered(document, name, title, columns);
    for item in items {
        table.row(vec![
            Cell::text(item.concern.as_str()),
            Cell::text(item.action.as_str()),
            Cell::text(item.proof.as_str()),
            Cell::text(item.status.label()),
        ]);
    }
    document.table(table);
}

/// 三条，其中已完成两条，部分完成一条; 一条，未完成; 三条，均已完成.
fn tallied(items: &[&RectificationItem]) -> String {
    let of = |status: RectificationStatus| items.iter().filter(|item| item.status == status).count();
    let parts: Vec<(RectificationStatus, usize)> = RectificationStatus::ALL
        .iter()
        .rev()
        .map(|&status| (status, of(status)))
        .filter(|(_, number)| *number > 0)
        .collect();
    let told = match parts.as_slice() {
        [(status, 1)] => status.label().to_owned(),
        [(status, _)] => format!("均{}", status.label()),
        parts => {
            let parts: Vec<String> = parts
                .iter()
                .map(|(status, number)| format!("{}{}条", status.label(), so_many(*number)))
                .collect();
            format!("其中{}", parts.join("，"))
        }
    };
    format!("{}条，{told}", so_many(items.len()))
}

/// Whether a section is told area by area: it is scored so, or a finding or earlier suggestion speaks of an area.
fn by_area(desk: &Desk<'_>, section: &Section) -> bool {
    let said = |finding: &Finding| finding.section == section.code && finding.area_code.is_some();
    let asked = |item: &RectificationItem| item.section == section.code && item.area_code.is_some();
    section.items.iter().any(|item| item.per_area)
        || desk.facts.findings.iter().any(said)
        || whole::earlier(desk, true).any(asked)
}

/// What the experts went by in a section.
fn basis(section: &str) -> &'static str {
    match section {
        "project_management" => "访谈站负责人和有关社工，查阅制度、人事和宣传资料",
        "service_monitoring" => "查阅志愿服务和社区慈善资料，并参考满意度调查的结果",
        "service_outcome" => "访谈社工，查阅服务档案、热线台账和各项计划的记录",
        _ => "访谈有关人员，查阅有关记录",
    }
}
