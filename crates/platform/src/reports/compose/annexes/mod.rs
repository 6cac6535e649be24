//! The annexes: indicators, attendance, figures with their counting rules, scores.
//! Not here: the report they stand behind.

mod indicators;
mod rules;
mod scores;
mod staff;

use paper::model::Document;

use super::desk::Desk;

pub use scores::SCORES_NOTE;

/// The titles, in order; the first is annex one.
pub(super) const TITLES: [&str; 4] =
    ["指标完成情况统计表", "社工到岗情况统计表", "数字与计数规则", "专家评分汇总"];

/// Every annex, each on a page of its own.
pub(super) fn annexes(document: &mut Document, desk: &Desk<'_>) {
    let parts: [fn(&mut Document, &Desk<'_>); 4] =
        [indicators::annex, staff::annex, rules::annex, scores::annex];
    for (number, (title, part)) in TITLES.into_iter().zip(parts).enumerate() {
        document.annex(format!("附件{}", number + 1), title);
        part(document, desk);
    }
}
