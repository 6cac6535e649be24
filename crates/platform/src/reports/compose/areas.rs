//! The section that is told area by area: a table of files and contacts, then each area with its communities,
//! strengths, concerns and what became of earlier suggestions.
//! Not here: sections without areas (sections).

use kernel::Problem;
use paper::model::{Cell, Column, Document, Table};
use rules::counting::{Count, Figure};
use rules::scoring::Section;
use rust_decimal::Decimal;

use super::desk::{Desk, joined, numbered, words};
use super::numbers::{circled, grouped};
use super::sections::{Marks, PLAIN, remarks};
use super::whole;
use crate::evaluation::FindingKind;
use crate::reports::Place;

/// Head of the column and code of the figure.
const COLUMNS: [(&str, &str); 6] = [
    ("应建档", "registry.files_due"),
    ("实建档", "registry.files"),
    ("建档率", "registry.coverage_percent"),
    ("服务对象", "registry.persons"),
    ("入户探访", "home_visits"),
    ("电话访问", "phone_visits"),
];

/// Inside an area: ①.
const INSIDE: Marks = Marks { level: 4, mark: circled };

/// The section, area by area.
pub(super) fn section(document: &mut Document, desk: &Desk<'_>, section: &Section) -> Result<(), Problem> {
    let lead = "评估专家访谈各片区社工，查阅需求调研、服务计划和服务记录，分片区评价如下。各片区、社区的建档和联系服务对象的情况见下表。";
    let lead = desk.said(document, &format!("{}.lead", section.code), lead)?;
    document.paragraph(lead);
    let table = files(document, desk);
    document.table(table);
    for area in &desk.facts.areas {
        document.section(3, &area.name);
        document.paragraph(range(desk, area)?);
        remarks(document, desk, &section.code, Some(&area.code), INSIDE, [None, None])?;
    }
    general(document, desk, section)
}

/// 片区范围：…，共5个社区。
fn range(desk: &Desk<'_>, area: &Place) -> Result<super::desk::Run, Problem> {
    if area.communities.is_empty() {
        return Ok(words("片区还没有登记社区。"));
    }
    let names: Vec<&str> = area.communities.iter().map(|community| community.name.as_str()).collect();
    Ok(joined([
        words(format!("片区范围：{}，共", names.join("、"))),
        vec![desk.figure("station.communities", Some(&area.code))],
        words("个社区。"),
    ]))
}

/// What a section told by area says of the whole station; nothing where it says nothing.
fn general(document: &mut Document, desk: &Desk<'_>, section: &Section) -> Result<(), Problem> {
    let said = [FindingKind::Strength, FindingKind::Concern]
        .into_iter()
        .any(|kind| !desk.findings(&section.code, None, kind).is_empty());
    let earlier = whole::earlier(desk, true);
    let earlier = earlier.filter(|item| item.section == section.code && item.area_code.is_none()).count();
    if !said && earlier == 0 {
        return Ok(());
    }
    document.section(3, "全站");
    remarks(document, desk, &section.code, None, Marks { level: 4, ..PLAIN }, [None, None])
}

/// Files and contacts by area and community. Where parts do not add up to their whole, a row says by how much.
pub(super) fn files(document: &Document, desk: &Desk<'_>) -> Table {
    let mut columns = vec![Column::text("片区、社区", 6)];
    columns.extend(COLUMNS.map(|(head, code)| match desk.unit(code) {
        "%" | "" => Column::number(head, 3),
        unit => Column::number(head, 3).unit(unit),
    }));
    let mut table = numbered(document, "files", "各片区、社区建档和联系服务对象情况", columns);
    for area in &desk.facts.areas {
        table.group(&area.name);
        for community in &area.communities {
            table.sub(row(desk, &community.name, Some(&community.code)));
        }
        rest(&mut table, desk, "未分到社区", Some(&area.code), &area.communities);
        table.total(row(desk, &format!("{}小计", area.name), Some(&area.code)));
    }
    rest(&mut table, desk, "未分到片区", None, &desk.facts.areas);
    table.total(row(desk, "全站合计", None));
    table.note("建档率 = 实建档 ÷ 应建档。入户探访和电话访问，每条记录只记一名服务对象，次数与人次相同。");
    table
}

fn row(desk: &Desk<'_>, name: &str, place: Option<&str>) -> Vec<Cell> {
    let cells = COLUMNS.iter().map(|(_, code)| desk.cell(code, place));
    std::iter::once(Cell::text(name)).chain(cells).collect()
}

/// A row for records that belong to the whole but to none of its parts; none where there are no such records.
fn rest(table: &mut Table, desk: &Desk<'_>, name: &str, whole: Option<&str>, parts: &[Place]) {
    let rests: Vec<Option<Decimal>> =
        COLUMNS.iter().map(|(_, code)| left_over(desk, code, whole, parts)).collect();
    if rests.iter().flatten().all(Decimal::is_zero) {
        return;
    }
    let cell = |rest: Option<Decimal>| rest.map_or(Cell::Empty, |rest| Cell::number(rest, grouped(rest)));
    table.sub(std::iter::once(Cell::text(name)).chain(rests.into_iter().map(cell)).collect());
}

/// The whole less its parts, for figures whose parts must add up; distinct counts and ratios need not.
fn left_over(desk: &Desk<'_>, code: &str, whole: Option<&str>, parts: &[Place]) -> Option<Decimal> {
    let book = &desk.facts.book;
    let Some(Figure::Counted(rule)) = book.set().get(code) else { return None };
    matches!(rule.count, Count::Records | Count::Sum(_)).then_some(())?;
    let sum: Option<Decimal> = parts.iter().map(|part| book.value(code, Some(&part.code))).sum();
    Some(book.value(code, whole)? - sum?)
}
