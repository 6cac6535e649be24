//! One whole split in several ways, in one paragraph or line after line: 按街道分，…分别为312名、274名…。按性别分，女性743名，男性503名。 What two of the splits make, or one of them
//! and a number that is told, the odd one has to make as well; and where all of them agree, so has the number before them.

use rust_decimal::Decimal;

use super::of_which::is_among;
use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Blocks between two splits of one whole, and before the first up to the whole.
const NEAR: usize = 3;
/// Words of people and things that may be of several kinds at once.
const OVERLAP: &[&str] = &["可重复", "多选", "重合", "交叉", "重复计", "兼有"];
/// Words of a number that is no part.
const NO_PART: &[&str] =
    &["其中", "共", "合计", "总", "最", "均", "每", "另", "超", "比", "占", "新开", "新增", "关停", "撤销"];
/// Words that end 按性别分, 按年龄看.
const BY: &[&str] =
    &["分", "看", "计", "统计", "分类", "分布", "类别", "性别", "年龄", "状况", "情况", "程度", "对象"];

/// Counts of one kind in a row.
struct List<'a> {
    block: usize,
    parts: Vec<&'a Claim>,
    sum: Decimal,
    /// Words before it say by what it splits.
    splits: bool,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut group: Vec<List<'_>> = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let words = doc.slice(&block.span);
        let may_split = block.kind == Kind::Paragraph
            && has_any(words, &["按", "方面，", "方面：", "分为", "分成"])
            && !has_any(words, OVERLAP);
        let here = if may_split { lists(doc, claims, index) } else { Vec::new() };
        let here = if here.iter().any(|l| l.splits) { here } else { Vec::new() };
        let far = group.last().is_some_and(|l| index - l.block > NEAR);
        if block.kind == Kind::Heading || far {
            judge(doc, claims, &std::mem::take(&mut group), sink);
        }
        group.extend(here);
    }
    judge(doc, claims, &group, sink);
}

/// Whether words before a list say by what it splits.
fn splits(lead: &str) -> bool {
    let by = |clause: &str| {
        let clause = clause.trim();
        let length = clause.chars().count();
        clause.starts_with('按') && BY.iter().any(|e| clause.ends_with(e)) && length <= 12
            || clause.ends_with("方面") && (3..=8).contains(&length)
            // 将全部儿童分为高、中、低三档，高风险23名….
            || has_any(clause, &["分为", "分成"]) && clause.ends_with(['档', '类', '级', '组', '种'])
    };
    lead.split(['，', '：', '。', '；']).any(by)
}

/// Rows of counts parted by 、 or ， and nothing else.
fn lists<'a>(doc: &Doc, claims: &'a Claims, block: usize) -> Vec<List<'a>> {
    let Some(body) = doc.blocks.get(block).map(|b| b.body..b.span.end) else { return Vec::new() };
    // 60—69岁的174名, 独居22人（15.9%）: ages and shares stand between.
    let beside = |c: &&Claim| matches!(c.class(), "岁" | "" | "%");
    let here: Vec<&Claim> = claims.within(&body).iter().filter(|c| !beside(c)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < here.len() {
        let first = here[at];
        let usable = first.exact() && !matches!(first.class(), "分" | "月" | "年") && !is_among(doc, first);
        let n = if usable { 1 + here[at..].windows(2).take_while(|w| follows(doc, w)).count() } else { 1 };
        if n >= 2 {
            let lead = doc.slice(&(first.segment.start..first.number.span.start));
            let parts = here[at..at + n].to_vec();
            let sum = parts.iter().map(|c| c.number.value).sum();
            out.push(List { block, parts, sum, splits: splits(lead) });
        }
        at += n;
    }
    out
}

/// Whether the second of two counts goes on in the list of the first.
fn follows(doc: &Doc, two: &[&Claim]) -> bool {
    let [a, b] = two else { return false };
    let gap = doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end)));
    b.exact()
        && b.class() == a.class()
        && b.depth == a.depth
        && b.sentence == a.sentence
        && gap.chars().count() <= 16
        && !gap.contains(['；', '。', '：'])
        && gap.matches(['，', '、']).count() <= 1
        && !has_any(doc.slice(&b.left), NO_PART)
        && !is_among(doc, b)
}

fn judge(doc: &Doc, claims: &Claims, group: &[List<'_>], sink: &mut Sink<'_>) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let start = first.parts[0].sentence.start;
    let from = doc.blocks[first.block.saturating_sub(NEAR)].span.start;
    let near = claims.within(&(from..doc.blocks[last.block].span.end));
    for (n, odd) in group.iter().enumerate().filter(|(_, l)| l.splits) {
        let class = odd.parts[0].class();
        let same = |c: &str| c == class || matches!((c, class), ("份", "人") | ("人", "份"));
        let told: Vec<&Claim> = near
            .iter()
            .filter(|c| c.exact() && same(c.class()) && !c.target && !c.other_period && !c.is_mean(doc))
            .collect();
        let is_told = |sum: Decimal| told.iter().any(|c| c.number.value == sum);
        let others: Vec<Decimal> = group
            .iter()
            .enumerate()
            .filter(|(m, l)| *m != n && l.parts[0].class() == class)
            .map(|(_, l)| l.sum)
            .collect();
        sink.tried();
        if is_told(odd.sum) || odd.sum < Decimal::TEN {
            continue;
        }
        if others.contains(&odd.sum) {
            let agree = !others.is_empty() && others.iter().all(|sum| *sum == odd.sum);
            let whole = told.iter().rfind(|c| c.number.span.start < start).filter(|_| agree);
            if let Some(whole) = whole.filter(|w| mistaken(w.number.value, odd.sum))
                && !sink.said(&[whole.wide().start, whole.span().start])
            {
                not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &odd.parts);
            }
            continue;
        }
        let borne_out =
            |sum: &&Decimal| others.iter().filter(|o| o == sum).count() + usize::from(is_told(**sum)) >= 2;
        if let Some(whole) = others.iter().find(borne_out) {
            misprinted(doc, odd, *whole, sink);
        }
    }
}

/// Speaks of the count that makes a list what it has to be, if one slip does.
fn misprinted(doc: &Doc, list: &List<'_>, whole: Decimal, sink: &mut Sink<'_>) {
    let right = |c: &Claim| c.number.value + whole - list.sum;
    let slip =
        |c: &&&Claim| right(c) > Decimal::ZERO && mistaken(c.number.value.normalize(), right(c).normalize());
    let Some(wrong) = list.parts.iter().find(slip) else { return };
    let starts: Vec<usize> = list.parts.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    if sink.said(&starts) {
        return;
    }
    let values: Vec<Decimal> = list.parts.iter().map(|c| c.number.value).collect();
    let (sum, words) = (show_sum(&values), doc.slice(&wrong.wide()));
    let message = format!("{sum}，其他划分合计{}；“{words}”应为{}", show(whole), show(right(wrong)));
    let others = list.parts.iter().filter(|c| c.span() != wrong.span());
    let spans: Vec<_> = std::iter::once(wrong.wide()).chain(others.map(|c| c.wide())).collect();
    sink.add(RULE, Severity::Warning, message, (show(wrong.number.value), show(right(wrong))), &spans);
}
