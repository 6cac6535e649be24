//! A rate of what is asked of the year, with what was done told elsewhere: 跟年度任务比：活动全年120场，完成54.2%. Some whole number of
//! them must make it.

use rust_decimal::Decimal;

use super::RULE;
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent};
use crate::checks::text::words::has_any;

const ASKED: &[&str] = &["全年", "年度", "年度任务", "全年任务", "计划"];
const COMPARED: &[&str] =
    &["任务比", "目标比", "计划比", "指标比", "任务相比", "目标相比", "计划相比", "指标相比"];

/// Whether the count is what is asked; a rate that no whole number of them makes is spoken of.
pub(super) fn is_asked(doc: &Doc, count: &Claim, percent: &Claim, sink: &mut Sink<'_>) -> bool {
    let left = doc.slice(&count.left);
    if !ASKED.iter().any(|w| left.ends_with(w)) {
        return false;
    }
    let (all, p) = (count.number.value, percent.number.value);
    let Some(done) = all.checked_mul(p).map(|n| n / Decimal::ONE_HUNDRED) else { return false };
    if is_share(p, percent.number.decimals, done.round(), all) {
        return true;
    }
    let compared = has_any(doc.slice(&count.sentence), COMPARED);
    if compared {
        let (low, high) = (done.floor(), done.floor() + Decimal::ONE);
        let near = |n: Decimal| percent_of(n, all).map_or_else(|| "-".into(), show_percent);
        let message = format!(
            "{}的{}%是{}，不是整数（{low}÷{}={}，{high}÷{}={}）",
            doc.slice(&count.wide()),
            show(p),
            show(done.round_dp(2)),
            show(all),
            near(low),
            show(all),
            near(high),
        );
        let said = (format!("{}%", show(p)), format!("{}或{}", near(low), near(high)));
        sink.add(RULE, Severity::Error, message, said, &[percent.wide(), count.wide()]);
    }
    compared
}
