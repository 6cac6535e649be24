//! The words that lead a completion rate, and rates told of targets alone.

use std::ops::Range;

use rust_decimal::Decimal;

use super::RULE;
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent};
use crate::checks::text::words::has_any;

/// Words between the number before the run and the run.
pub(super) fn lead_of(doc: &Doc, all: &[Claim], run: &Range<usize>) -> String {
    let first = &all[run.start];
    // 完成合同量（900人次）的111.22%: the words around the bracket.
    if let Some(target) = run.start.checked_sub(1).map(|i| &all[i])
        && target.target
        && target.depth == first.depth + 1
        && target.segment == first.segment
        && let Some(behind) = doc.slice(&(target.number.span.end..first.number.span.start)).strip_prefix('）')
    {
        let from = run.start.checked_sub(2).map_or(first.segment.start, |i| all[i].number.span.end);
        let before = doc.slice(&(from.max(first.segment.start)..target.left.start)).trim_end_matches('（');
        return format!("{before}{behind}");
    }
    let from = run.start.checked_sub(1).map_or(first.segment.start, |i| all[i].number.span.end);
    doc.slice(&(from.max(first.segment.start)..first.number.span.start)).to_owned()
}

/// 合同规定个案15个，实际完成比为106.7%: some whole number must be that much of the target.
pub(super) fn whole_actual(doc: &Doc, target: &Claim, percent: &Claim, sink: &mut Sink<'_>) {
    let (t, p) = (target.number.value, percent.number.value);
    let Some(about) = t.checked_mul(p).map(|v| v / Decimal::ONE_HUNDRED) else { return };
    if percent.number.vague || target.class() == "元" || t.fract() != Decimal::ZERO {
        return;
    }
    sink.tried();
    let near = [about.floor(), about.floor() + Decimal::ONE];
    if near.iter().any(|a| is_share(p, percent.number.decimals, *a, t)) {
        return;
    }
    let message = format!(
        "{}对应{}%：没有整数完成量能得出这个百分比（{}×{}%={}）",
        doc.slice(&target.wide()),
        show(p),
        show(t),
        show(p),
        show(about.round_dp(2)),
    );
    let expected = near.iter().filter_map(|a| percent_of(*a, t)).map(show_percent).collect::<Vec<_>>();
    let said = (format!("{}%", show(p)), expected.join("或"));
    sink.add(RULE, Severity::Error, message, said, &[target.wide(), percent.span()]);
}

/// Counts since the last percent of the segment, outside brackets.
pub(super) fn counts_before<'a>(doc: &Doc, all: &'a [Claim], run: &Range<usize>) -> Vec<&'a Claim> {
    let first = &all[run.start];
    let mut out: Vec<&Claim> = Vec::new();
    for claim in all[..run.start].iter().rev() {
        let ended = doc.slice(&(claim.number.span.end..first.number.span.start)).contains('。');
        if claim.number.percent || claim.number.span.start < first.segment.start || ended {
            break;
        }
        let each = ["每", "每个", "每组", "每次", "每月"].iter().any(|w| doc.slice(&claim.left).ends_with(w));
        if (claim.depth == first.depth || claim.depth == first.depth + 1 && claim.target && run.len() == 1)
            && claim.number.unit.is_some()
            && (!claim.number.vague || at_least(doc, claim))
            && !each
            && !is_more_than_asked(doc, claim)
            && !doc.slice(&claim.left).starts_with("未完成")
            && !counts_indicators(doc, claim)
            && !matches!(claim.class(), "年" | "月" | "天" | "岁")
        {
            out.push(claim);
        }
    }
    out.reverse();
    out
}

/// 五个一级指标, 6项任务, 以下四个方面的问题, 意见共5条: how many of them there are, and nothing that was done.
fn counts_indicators(doc: &Doc, claim: &Claim) -> bool {
    const NAMES: &[&str] = &["指标", "任务", "板块", "维度", "方面", "问题", "意见", "建议"];
    let named = |words: &str| has_any(words, NAMES);
    let left = doc.slice(&claim.left);
    let closing = left.ends_with('共') && (left.contains("意见") || left.contains("建议"));
    closing
        || claim.number.unit.is_some_and(|u| u.word == "方面")
        || doc.text[claim.number.span.end..].starts_with("方面")
        || matches!(claim.class(), "个" | "项" | "类") && named(doc.slice(&claim.right))
}

/// 较目标多完成111次，完成率113.88%: how many more, and not how many.
fn is_more_than_asked(doc: &Doc, claim: &Claim) -> bool {
    const MORE: &[&str] = &["多完成", "少完成", "多开展", "少开展", "超出", "多出"];
    let left = doc.slice(&claim.left);
    MORE.iter().any(|w| left.ends_with(w)) && left.contains(['较', '比', '超'])
}

/// 不少于3800小时: the least that is asked for is the target.
fn at_least(doc: &Doc, claim: &Claim) -> bool {
    claim.target && ["不少于", "不低于", "至少"].iter().any(|w| doc.slice(&claim.left).ends_with(w))
}
