//! Items nested below a line, one number each, that make the number of that line: 监测户9户, below it 4户, 3户 and 2户; 到位48万元, below it the three payers; an item 合计;
//! 按用途, of the sum in the line before; and the answers to one question, of the papers told shortly before.

use rust_decimal::Decimal;

use super::near::before;
use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Most items below a line, and most characters of an item's name.
const MOST: usize = 24;
const NAME: usize = 14;
/// Words of a line whose items may be of each other, or are not all.
const OPEN: &[&str] =
    &["等", "主要", "重点", "其中", "部分", "例如", "如下几", "多选", "可重复", "交叉", "包括", "含"];
/// Names of what may be of another item as well.
const OVERLAP: &[&str] = &[
    "党员", "独居", "残疾", "低保", "空巢", "失能", "高龄", "特困", "其中", "人均", "户均", "平均", "新增",
    "累计", "每", "均", "较", "比", "上年", "目标", "计划", "约定",
];

/// A line of a list: its block, and how far it is set in.
struct Item<'a> {
    block: usize,
    column: u32,
    claims: &'a [Claim],
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let column = |b: usize| doc.position(doc.blocks[b].body).1;
    let mut at = 0;
    while at + 1 < doc.blocks.len() {
        let prose = |b: usize| doc.blocks.get(b).is_some_and(|b| b.kind == Kind::Paragraph);
        if !prose(at) || !prose(at + 1) || column(at + 1) <= column(at) {
            at += 1;
            continue;
        }
        let (head, inner) = (column(at), column(at + 1));
        let below: Vec<Item<'_>> = (at + 1..doc.blocks.len())
            .take(MOST + 1)
            .take_while(|b| prose(*b) && column(*b) > head)
            .map(|b| Item {
                block: b,
                column: column(b),
                claims: claims.within(&(doc.blocks[b].body..doc.blocks[b].span.end)),
            })
            .filter(|i| i.column == inner)
            .collect();
        if (2..=MOST).contains(&below.len()) {
            judge(doc, claims, at, &below, sink);
        }
        at += 1;
    }
}

/// An item that says one number of one thing: a name and it, perhaps a bracket behind.
fn plain<'a>(doc: &Doc, item: &Item<'a>) -> Option<&'a Claim> {
    let block = &doc.blocks[item.block];
    let first = item.claims.first()?;
    let name = doc.slice(&(block.body..first.number.span.start)).trim_end_matches('：');
    let rest = doc.slice(&(first.number.span.end..block.span.end));
    let bracket = rest.is_empty()
        || rest == "。"
        || rest == "；"
        || rest == "，"
        || rest.starts_with('（') && rest.ends_with('）');
    let named = (1..=NAME).contains(&name.chars().count()) && !name.contains(['，', '。', '；']);
    (named && bracket && first.exact() && !first.class().is_empty() && !has_any(name, OVERLAP))
        .then_some(first)
}

fn is_total(doc: &Doc, item: &Item<'_>) -> bool {
    ["合计", "共计", "总计", "小计"].iter().any(|w| doc.body(&doc.blocks[item.block]).starts_with(w))
}

fn judge(doc: &Doc, claims: &Claims, head: usize, below: &[Item<'_>], sink: &mut Sink<'_>) {
    let (items, totals): (Vec<&Item<'_>>, Vec<&Item<'_>>) = below.iter().partition(|i| !is_total(doc, i));
    let parts: Vec<&Claim> = items.iter().filter_map(|i| plain(doc, i)).collect();
    let Some(first) = parts.first().filter(|_| parts.len() == items.len() && parts.len() >= 3) else {
        return;
    };
    if parts.iter().any(|c| c.class() != first.class()) {
        return;
    }
    let values: Vec<Decimal> = parts.iter().map(|c| c.number.value).collect();
    let sum: Decimal = values.iter().sum();
    let block = &doc.blocks[head];
    let words = doc.body(block);
    let (wholes, near) = wholes(doc, claims, (head, first), totals.as_slice());
    if totals.is_empty() && !near && has_any(words, OPEN) || wholes.iter().any(|w| w.number.value == sum) {
        return;
    }
    let Some(whole) = wholes.last() else { return };
    let (told, digits) =
        (whole.number.value, |d: Decimal| (d / first.number.scale.min(Decimal::ONE)).normalize());
    let slip = mistaken(digits(sum), digits(told))
        || values.iter().any(|v| *v + told > sum && mistaken(digits(*v), digits(*v + told - sum)));
    if slip {
        let message = format!("下列各项{}，文中为“{}”", show_sum(&values), doc.slice(&whole.wide()));
        Sentence::of(doc, claims, &doc.blocks[whole.block]).warn(
            sink,
            RULE,
            message,
            (show(told), show(sum)),
            whole.wide(),
        );
    }
}

/// What the items may make: an item that says so, the numbers of the line itself, the papers answered or the sum of the line before; and whether
/// it stands outside the line.
fn wholes<'a>(
    doc: &Doc,
    claims: &'a Claims,
    (head, first): (usize, &Claim),
    totals: &[&Item<'a>],
) -> (Vec<&'a Claim>, bool) {
    let block = &doc.blocks[head];
    let words = doc.body(block);
    let kin = |c: &&Claim| c.exact() && c.class() == first.class();
    let own = claims.within(&(block.body..block.span.end));
    if let [total] = totals {
        (total.claims.iter().filter(kin).take(1).collect(), false)
    } else if own.iter().any(|c| c.class() == first.class()) {
        (own.iter().filter(kin).collect(), false)
    } else if words.contains("单选") {
        let answers = |c: &&Claim| {
            c.exact() && matches!(c.class(), "份" | "户" | "人") && has_any(doc.slice(&c.left), &["有效"])
        };
        (before(doc, claims, block.span.start, 5).iter().filter(answers).collect(), true)
    } else if words.starts_with('按')
        || words.starts_with("其中按")
        || words.starts_with("分") && words.chars().count() <= 8
    {
        let same = |b: &usize| {
            doc.blocks[*b].kind == Kind::Paragraph
                && doc.position(doc.blocks[*b].body).1 == doc.position(block.body).1
        };
        let line = (0..head).rev().take(8).find(same).map(|b| &doc.blocks[b]);
        (
            line.map_or(Vec::new(), |b| {
                claims.within(&(b.body..b.span.end)).iter().filter(kin).take(1).collect()
            }),
            true,
        )
    } else {
        (Vec::new(), false)
    }
}
