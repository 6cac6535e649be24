//! Whether everything that was found has a place in the report. Not here: the wording of a finding.

use kernel::Problem;

use super::desk::Desk;
use crate::evaluation::FindingKind;

/// Every finding and every earlier suggestion belongs to a section, and to an area only where sections have areas.
pub(super) fn checked(desk: &Desk<'_>) -> Result<(), Problem> {
    let findings = desk.facts.findings.iter().filter(|finding| finding.kind != FindingKind::Recommendation);
    let findings = findings.map(|finding| ("评语", &finding.code, &finding.section, &finding.area_code));
    let earlier = desk.facts.rectifications.iter();
    let earlier = earlier.map(|item| ("整改事项", &item.code, &item.section, &item.area_code));
    for (what, code, section, area) in findings.chain(earlier) {
        placed(desk, section, area.as_deref()).map_err(|problem| problem.at(format!("{what} {code}")))?;
    }
    Ok(())
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
