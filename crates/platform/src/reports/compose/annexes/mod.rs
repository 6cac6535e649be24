//! The annexes: indicators, attendance, figures with their counting rules, scores; and of the text itself, what was let
//! stand in it and what was changed since the draft.
//! Not here: the report they stand behind.

mod accepted;
mod changed;
mod indicators;
mod rules;
mod scores;
mod staff;

use paper::model::Document;

use super::Composed;
use super::desk::Desk;

pub use scores::SCORES_NOTE;

/// The titles, in order; the first is annex one.
const TITLES: [&str; 4] = ["指标完成情况统计表", "社工到岗情况统计表", "数字与计数规则", "专家评分汇总"];

/// Of the text: what was let stand, and what was changed.
const ACCEPTED: &str = "文字核验中保留的问题";
const CHANGED: &str = "初稿送出以后的改动";

/// The titles of all that there are.
pub(super) fn titles(desk: &Desk<'_>) -> Vec<&'static str> {
    let mut all = TITLES.to_vec();
    all.extend((!desk.facts.accepted.is_empty()).then_some(ACCEPTED));
    all.extend(desk.facts.draft.is_some().then_some(CHANGED));
    all
}

/// Every annex of what was counted and scored, each on a page of its own.
pub(super) fn annexes(document: &mut Document, desk: &Desk<'_>) {
    let parts: [fn(&mut Document, &Desk<'_>); 4] =
        [indicators::annex, staff::annex, rules::annex, scores::annex];
    for (number, (title, part)) in TITLES.into_iter().zip(parts).enumerate() {
        document.annex(label(number), title);
        part(document, desk);
    }
}

/// The annexes of the text itself, where there is something to tell.
pub(super) fn about_the_text(composed: &mut Composed, desk: &Desk<'_>) {
    let mut number = TITLES.len();
    if !desk.facts.accepted.is_empty() {
        composed.document.annex(label(number), ACCEPTED);
        accepted::annex(&mut composed.document, desk);
        number += 1;
    }
    if let Some(draft) = &desk.facts.draft {
        composed.document.annex(label(number), CHANGED);
        changed::annex(composed, desk, draft);
    }
}

fn label(number: usize) -> String {
    format!("附件{}", number + 1)
}
