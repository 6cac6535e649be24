//! The fifteen indicators of the contract, each with its counting rule as it stood at signing.

use db::DbResult;
use platform::indicators::IndicatorTarget;
use rules::counting::table_in;

use crate::book::{Book, id, row};
use crate::calendar::BROUGHT_IN;
use crate::facts::mismatch;
use crate::plan::Plan;

/// Under which heading an indicator is listed, by the beginning of its code.
const HEADINGS: [(&str, &str); 8] = [
    ("phone_visits", "电访与探访"),
    ("home_visits", "电访与探访"),
    ("case_", "个案"),
    ("group", "小组"),
    ("large_", "社区活动"),
    ("small_", "社区活动"),
    ("new_volunteers", "志愿者"),
    ("volunteer_", "志愿者"),
];

/// Enters the targets.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) -> DbResult<()> {
    for (n, facts) in plan.facts.indicators.iter().enumerate() {
        let heading = HEADINGS.into_iter().find(|(start, _)| facts.code.starts_with(start));
        let (_, heading) = heading.ok_or_else(|| mismatch(&facts.code))?;
        let rule = table_in(plan.rules, &facts.code)
            .ok_or_else(|| mismatch(&format!("没有计数规则 {}", facts.code)))?;
        let target = row!(IndicatorTarget, id::<IndicatorTarget>(BROUGHT_IN, n), plan.ground.at_station(), {
            contract_id: plan.ground.contract,
            code: facts.code.clone(),
            name: facts.name.clone(),
            unit: facts.unit.clone(),
            target: facts.target_implied,
            heading: heading.to_owned(),
            position: crate::ground::position(n),
            rule,
            amended_on: None,
        });
        book.targets.add(BROUGHT_IN, target);
    }
    Ok(())
}
