//! Full marks told one by one that have to make a hundred: 指标分五块：组织保障20分，…，社会评价10分，凑足一百.

use rust_decimal::Decimal;

use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};

/// Words that say the list makes a hundred.
const MAKES: &[&str] = &[
    "凑足",
    "凑成",
    "凑满",
    "合成",
    "合起来",
    "加起来",
    "加在一起",
    "正好",
    "合共",
    "总计",
    "共计",
    "合计",
    "共",
    "总共",
    "满分",
    "凑够",
];
const HUNDRED: &[&str] = &["一百", "100", "百分"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(HUNDRED) && here.holds(MAKES)) {
        let list = claims.within(&here.block.span);
        let mut from = 0;
        while from < list.len() {
            let run = run(doc, &list[from..]);
            if run.len() >= 3 {
                made(&here, run, sink);
            }
            from += run.len().max(1);
        }
    }
}

fn run<'a>(doc: &Doc, list: &'a [Claim]) -> &'a [Claim] {
    let mark = |c: &Claim| c.class() == "分" && c.exact() && !doc.slice(&c.left).contains('得');
    let beside = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].right.end.min(w[1].left.start)..w[1].left.start));
        mark(&w[1]) && w[1].sentence == w[0].sentence && matches!(gap, "、" | "，" | "；" | "和" | "及")
    };
    if !list.first().is_some_and(mark) {
        return &[];
    }
    &list[..1 + list.windows(2).take_while(|w| beside(w)).count()]
}

fn made(here: &Sentence<'_>, run: &[Claim], sink: &mut Sink<'_>) {
    let last = &run[run.len() - 1];
    let rest = here.doc.slice(&(last.number.span.end..last.sentence.end.max(last.number.span.end)));
    let Some(clause) = rest.strip_prefix(['，', '；']) else { return };
    let clause = clause.split(['，', '。', '；']).next().unwrap_or_default();
    let words = MAKES.iter().find_map(|w| clause.strip_prefix(w));
    let hundred = words.is_some_and(|w| {
        let w = w.trim_start_matches(['是', '为', '了', '到', '就']);
        HUNDRED.iter().any(|h| w.strip_prefix(h).is_some_and(|r| r.is_empty() || r.starts_with('分')))
    });
    let parts: Vec<Decimal> = run.iter().map(|c| c.number.value).collect();
    let sum: Decimal = parts.iter().sum();
    let apart = Decimal::ONE_HUNDRED - sum;
    if !hundred || apart.is_zero() || !parts.iter().any(|p| mistaken(*p, *p + apart)) {
        return;
    }
    let message = format!("各部分分值{}，文中说合为100", show_sum(&parts));
    let at = run[0].wide().start..last.number.span.end;
    here.warn(sink, "weights", message, (show(sum), "100".into()), at);
}
