//! One whole split in several ways: 按街道分，…分别为312名、274名…。按性别分，女性743名，男性503名。按年龄分，…. All splits of a paragraph add up to one number, which it
//! tells or which two of them make.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

/// Words of people and things that may be of several kinds at once.
const OVERLAP: &[&str] = &["可重复", "多选", "重合", "交叉", "重复计", "兼有"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        let split = words.matches('按').count() + words.matches("方面，").count();
        if split < 1 || has_any(words, OVERLAP) {
            continue;
        }
        let here = claims.within(&(block.body..block.span.end));
        // 60—69岁的174名, 独居22人（15.9%）: ages and shares stand between.
        let counts: Vec<&Claim> = here.iter().filter(|c| !matches!(c.class(), "岁" | "" | "%")).collect();
        let lists = lists(doc, &counts);
        if lists.iter().any(|l| l.1) {
            judge(doc, here, &lists, sink);
        }
    }
}

/// Whether words before a list say by what it splits.
fn splits(lead: &str) -> bool {
    let by = |w: &str| {
        let w = w.trim();
        w.starts_with('按')
            && ["分", "看", "计", "划分", "统计", "分类"].iter().any(|e| w.ends_with(e))
            && w.chars().count() <= 12
            || w.ends_with("方面") && (3..=8).contains(&w.chars().count())
    };
    lead.split(['，', '：', '。', '；']).any(by)
}

/// Rows of counts parted by 、 or ， and nothing else, and whether they are said to split something.
fn lists<'a>(doc: &Doc, here: &[&'a Claim]) -> Vec<(Vec<&'a Claim>, bool)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < here.len() {
        let first = here[at];
        let kin = |w: &[&Claim]| {
            let from = w[0].number.span.end;
            let gap = doc.slice(&(from..w[1].number.span.start.max(from)));
            let name = doc.slice(&w[1].left);
            let total = has_any(name, &["合计", "共", "总", "平均", "最", "比", "占"]);
            w[1].exact()
                && w[1].class() == first.class()
                && w[1].depth == first.depth
                && w[1].sentence == first.sentence
                && !total
                && gap.chars().count() <= 16
                && !gap.contains(['；', '。', '：'])
                && gap.matches(['，', '、']).count() <= 1
        };
        let usable =
            first.exact() && !first.class().is_empty() && !matches!(first.class(), "岁" | "分" | "月" | "年");
        let n = if usable { 1 + here[at..].windows(2).take_while(|w| kin(w)).count() } else { 1 };
        if n >= 2 {
            let lead = doc.slice(&(first.segment.start..first.number.span.start));
            out.push((here[at..at + n].to_vec(), splits(lead)));
        }
        at += n;
    }
    out
}

fn judge(doc: &Doc, here: &[Claim], lists: &[(Vec<&Claim>, bool)], sink: &mut Sink<'_>) {
    for (list, by) in lists.iter().filter(|l| l.1) {
        let class = list[0].class();
        let all = sum(list);
        let others: Vec<Decimal> = lists
            .iter()
            .filter(|l| l.0[0].class() == class && l.0[0].span() != list[0].span())
            .map(|l| sum(&l.0))
            .collect();
        let told: Vec<Decimal> = here
            .iter()
            .filter(|c| c.exact() && c.class() == class && !c.other_period)
            .map(|c| c.number.value)
            .collect();
        sink.tried();
        let starts: Vec<usize> = list.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
        if !by || others.contains(&all) || told.contains(&all) || sink.said(&starts) {
            continue;
        }
        let twice =
            |v: &&Decimal| others.iter().filter(|o| o == v).count() + usize::from(told.contains(v)) >= 2;
        let Some(whole) = others.iter().find(twice) else { continue };
        let Some((wrong, right)) = slip(list, *whole) else { continue };
        let values: Vec<Decimal> = list.iter().map(|c| c.number.value).collect();
        let message = format!(
            "{}，其他划分合计{}；“{}”应为{}",
            show_sum(&values),
            show(*whole),
            doc.slice(&wrong.wide()),
            show(right)
        );
        let others = list.iter().filter(|c| c.span() != wrong.span());
        let spans: Vec<_> = std::iter::once(wrong.wide()).chain(others.map(|c| c.wide())).collect();
        let said = (show(wrong.number.value), show(right));
        sink.add("total", Severity::Warning, message, said, &spans);
    }
}

fn sum(list: &[&Claim]) -> Decimal {
    list.iter().map(|c| c.number.value).sum()
}

/// The number of a list that is misprinted, and the right one.
fn slip<'a>(list: &[&'a Claim], told: Decimal) -> Option<(&'a Claim, Decimal)> {
    let apart = told - sum(list);
    list.iter().find_map(|c| {
        let right = c.number.value + apart;
        let wrong = right > Decimal::ZERO
            && c.number.value >= Decimal::TEN
            && mistaken(c.number.value.normalize(), right.normalize());
        wrong.then_some((*c, right))
    })
}
