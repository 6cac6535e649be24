//! How sure a finding is. An error cannot be true: the text itself ties the numbers together, in one sentence (其中, 合计, 占…), in
//! the next that goes on with it, or in a table. What only place, nearness or arithmetic ties together is likely a slip: a warning.

use std::ops::Range;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Finding, Severity};

/// Rules that set several numbers of running text against each other. Areas and their station are tied by their names (`territory`).
const JOINED: &[&str] = &[
    "total",
    "part-over-whole",
    "sample-sum",
    "rate",
    "average",
    "ratio",
    "difference",
    "direction",
    "balance",
    "completion",
];

/// Words with which a sentence goes on with the one before it.
const GOES_ON: &[&str] = &[
    "其中", "按", "包括", "以上", "上述", "合计", "共计", "前", "后", "三者", "两者", "三项", "两项", "四项",
    "分别",
];

/// The severity of a finding whose places are these.
pub(in crate::checks::text) fn severity(
    doc: &Doc,
    claims: &Claims,
    finding: &Finding,
    spans: &[Range<usize>],
) -> Severity {
    if finding.severity != Severity::Error || !JOINED.contains(&finding.rule) {
        return finding.severity;
    }
    let mut numbers: Vec<&Claim> = spans.iter().filter_map(|span| claims.within(span).last()).collect();
    numbers.sort_unstable_by_key(|c| c.number.span.start);
    let told = |c: &&Claim| doc.blocks[c.block].kind != Kind::Cell;
    let tied = numbers.windows(2).all(|w| {
        let (a, b) = (w[0], w[1]);
        let apart = a.sentence != b.sentence;
        let next = a.block == b.block && a.sentence.end == b.sentence.start;
        !apart || next && GOES_ON.iter().any(|w| doc.slice(&b.sentence).starts_with(w))
    });
    if tied || !numbers.iter().all(told) { Severity::Error } else { Severity::Warning }
}
