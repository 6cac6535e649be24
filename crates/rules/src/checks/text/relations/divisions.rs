//! One whole divided in several ways, line after line: 按性别分：男童231名，女童197名。按年龄分：…. What most of the divisions make, or the number before them, the odd one has to make as well; and where
//! all of them agree, so has the number before them.

use rust_decimal::Decimal;

use super::of_which::is_among;
use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Blocks between two divisions of one whole, and before the first up to the whole.
const NEAR: usize = 3;
/// Words of a number that is no part.
const NO_PART: &[&str] = &["其中", "共", "合计", "总", "最", "均", "每", "另", "超"];

struct Division<'a> {
    block: usize,
    parts: Vec<&'a Claim>,
    sum: Decimal,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut group: Vec<Division<'_>> = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        if block.kind == Kind::Heading {
            judge(doc, claims, &std::mem::take(&mut group), sink);
        }
        if block.kind != Kind::Paragraph || !doc.slice(&block.span).contains('按') {
            continue;
        }
        for sentence in doc.sentences(block) {
            let Some(parts) = parts(doc, claims.within(&sentence), doc.slice(&sentence)) else { continue };
            let apart = group
                .last()
                .is_some_and(|d| index - d.block > NEAR || d.parts[0].class() != parts[0].class());
            if apart {
                judge(doc, claims, &std::mem::take(&mut group), sink);
            }
            let sum = parts.iter().map(|p| p.number.value).sum();
            group.push(Division { block: index, parts, sum });
        }
    }
    judge(doc, claims, &group, sink);
}

/// The parts of a sentence that begins with 按…分 or 按…：, if it holds nothing else of their kind.
fn parts<'a>(doc: &Doc, here: &'a [Claim], words: &str) -> Option<Vec<&'a Claim>> {
    let head = words.strip_prefix('按')?.split(['：', '，']).next()?;
    let own = head.chars().take_while(|c| !c.is_ascii_digit()).count();
    let divides = ["分", "划分", "看", "分布", "类别", "性别", "年龄", "状况", "情况", "程度", "对象"]
        .iter()
        .any(|w| head.ends_with(w))
        || words.starts_with(&format!("按{head}："));
    let class = here.last()?.class();
    let counted = !matches!(class, "" | "%" | "岁" | "年" | "月" | "天" | "分" | "元");
    if own > 10 || !divides || !counted {
        return None;
    }
    let all: Vec<&Claim> = here.iter().filter(|c| c.class() == class).collect();
    let plain = |c: &&Claim| {
        let left = doc.slice(&c.left);
        c.exact() && c.depth == 0 && !is_among(doc, c) && !has_any(left, NO_PART)
    };
    (all.len() >= 2 && all.iter().all(plain)).then_some(all)
}

/// Whether one part written wrong makes the difference.
fn part_slips(division: &Division<'_>, right: Decimal) -> bool {
    let apart = right - division.sum;
    division.parts.iter().any(|p| {
        let other = p.number.value + apart;
        other > Decimal::ZERO && mistaken(p.number.value, other)
    })
}

fn judge(doc: &Doc, claims: &Claims, group: &[Division<'_>], sink: &mut Sink<'_>) {
    let [first, _, ..] = group else { return };
    sink.tried();
    let class = first.parts[0].class();
    let from = doc.blocks[first.block.saturating_sub(NEAR)].span.start;
    let start = first.parts[0].sentence.start;
    let kin = |c: &&Claim| {
        let same = c.class() == class || matches!((c.class(), class), ("份", "人") | ("人", "份"));
        same && c.exact() && !c.target && !c.is_mean(doc)
    };
    let before: Vec<&Claim> = claims.within(&(from..start)).iter().filter(kin).collect();
    let told = |sum: Decimal| before.iter().any(|c| c.number.value == sum);
    let times = |sum: Decimal| group.iter().filter(|d| d.sum == sum).count();
    let Some(right) = group.iter().map(|d| d.sum).max_by_key(|s| (times(*s), told(*s))) else { return };
    if times(right) < 2 && !told(right) {
        return;
    }
    for odd in group.iter().filter(|d| d.sum != right && part_slips(d, right) && !told(d.sum)) {
        let values: Vec<Decimal> = odd.parts.iter().map(|p| p.number.value).collect();
        let starts: Vec<usize> = odd.parts.iter().flat_map(|p| [p.wide().start, p.span().start]).collect();
        if !sink.said(&starts) {
            let message = format!("{}，另一种分法合计为{}", show_sum(&values), show(right));
            let spans: Vec<_> = odd.parts.iter().map(|p| p.wide()).collect();
            sink.add(RULE, Severity::Warning, message, (show(odd.sum), show(right)), &spans);
        }
    }
    let last = before.last().filter(|_| times(right) == group.len() && !told(right));
    if let Some(whole) = last.filter(|w| mistaken(w.number.value, right))
        && !sink.said(&[whole.wide().start, whole.span().start])
    {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &first.parts);
    }
}
