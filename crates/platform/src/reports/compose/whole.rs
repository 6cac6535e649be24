//! Whether everything that was found has a place in the report, and which earlier suggestions have none.
//! Not here: the wording of a finding.

use kernel::Problem;

use super::desk::Desk;
use crate::evaluation::FindingKind;
use crate::rectification::RectificationItem;

/// Every finding belongs to a section, and to an area only where sections have areas.
pub(super) fn checked(desk: &Desk<'_>) -> Result<(), Problem> {
    let findings = desk.facts.findings.iter().filter(|finding| finding.kind != FindingKind::Recommendation);
    for finding in findings {
        placed(desk, &finding.section, finding.area_code.as_deref())
            .map_err(|problem| problem.at(format!("评语 {}", finding.code)))?;
    }
    Ok(())
}

/// The earlier suggestions that stand beside a part of this report, or those that do not: the round before may have had
/// another scheme, and an area may be gone.
pub(super) fn earlier<'d>(
    desk: &'d Desk<'_>,
    with_a_place: bool,
) -> impl Iterator<Item = &'d RectificationItem> {
    let has = |item: &RectificationItem| placed(desk, &item.section, item.area_code.as_deref()).is_ok();
    desk.facts.rectifications.iter().filter(move |item| has(item) == with_a_place)
}

fn placed(desk: &Desk<'_>, section: &str, area: Option<&str>) -> Result<(), Problem> {
    let of_third = desk.scheme.sections.iter().any(|known| known.code == section);
    let others: Vec<&str> = desk.scheme.others().map(|party| party.code.as_str()).collect();
    if !of_third && !others.contains(&section) {
        let sections = desk.scheme.sections.iter().map(|known| known.code.as_str());
        let known: Vec<&str> = sections.chain(others).collect();
        return Err(Problem::new(
            "misplaced",
            format!("报告没有“{section}”这一部分"),
            format!("请改成：{}", known.join("、")),
        ));
    }
    let Some(area) = area else { return Ok(()) };
    if !of_third {
        return Err(Problem::new("misplaced", "这一部分不分片区", "请去掉片区"));
    }
    let areas: Vec<&str> = desk.facts.areas.iter().map(|known| known.code.as_str()).collect();
    if areas.contains(&area) {
        return Ok(());
    }
    Err(Problem::new(
        "misplaced",
        format!("社工站没有代码为“{area}”的片区"),
        format!("片区代码有：{}", areas.join("、")),
    ))
}
