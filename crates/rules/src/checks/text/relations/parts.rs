//! Parts and wholes: 其中 lists, brackets behind a total, lists closed by 合计, pairs such as 持证/非持证. Parts that
//! need not be all (其中党员5名) may only be no larger than the whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::closed::{closed_by_total, first_items, in_brackets, is_total};
use super::family::{family, opposite, partition};
use super::odd_unit::odd_unit;
use super::of_which::of_which;
use super::opposites::{opposites, pairs, series, split};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};

const SUM: &str = "total";
pub(super) const PART: &str = "part-over-whole";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        let mut before: Option<Range<usize>> = None;
        let mut last: Option<Range<usize>> = None;
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if let Some(before) = before.replace(sentence.clone())
                && let Some(word) = ["其中", "按", "包括", "支出构成", "经费构成", "支出包括", "支出中"]
                    .into_iter()
                    .find(|w| doc.slice(&sentence).starts_with(w))
            {
                continued(doc, claims, claims.within(&before), here, word, sink);
            }
            first_items(doc, last.as_ref().map_or(&[], |b| claims.within(b)), here, sink);
            last = Some(sentence.clone());
            if here.len() < 2 {
                continue;
            }
            of_which(doc, claims, &sentence, here, sink);
            in_brackets(doc, here, sink);
            closed_by_total(doc, here, sink);
            opposites(doc, here, sink);
            series(doc, claims, here, sink);
            split(doc, here, sink);
            pairs(doc, claims, block.body, here, sink);
        }
    }
}

/// "…实际建档851户。其中一级62户…": the whole is the last count of the sentence before.
fn continued(doc: &Doc, claims: &Claims, before: &[Claim], here: &[Claim], word: &str, sink: &mut Sink<'_>) {
    // 按节次计算，44个小组开展217节; 按到账首期款22.8万元计: how it is counted, and no parts.
    let clause = here.first().map_or("", |c| doc.slice(&(c.sentence.start..c.sentence.end)));
    let clause = clause.split('，').next().unwrap_or_default();
    if word == "按" && (clause.ends_with('计') || clause.ends_with("计算")) {
        return;
    }
    let limits = |c: &&Claim| word == "按" && matches!(c.class(), "岁" | "年");
    let Some(first) = here.iter().find(|c| !limits(c)) else { return };
    let class = first.class();
    let parts: Vec<&Claim> = here
        .iter()
        .take_while(|c| {
            !is_total(doc, c)
                && !doc
                    .slice(&(first.number.span.end..c.number.span.start.max(first.number.span.end)))
                    .contains("其中")
        })
        .filter(|c| c.class() == class && c.depth == first.depth && c.exact())
        .collect();
    let names: Vec<String> = parts.iter().map(|p| p.label.replace("其中", "")).collect();
    let files = class == "人" && parts.len() >= 3 && family(&names);
    let whole = before.iter().rev().find(|c| {
        !c.is_mean(doc)
            && (c.class() == class || files && c.class() == "份")
            && c.exact()
            && c.depth == first.depth
            && !c.target
            && (!word.starts_with("支出") || doc.slice(&c.left).ends_with("支出"))
    });
    if let Some(whole) = whole.filter(|_| !class.is_empty() && !parts.is_empty()) {
        let several = before.iter().filter(|c| c.class() == class && c.exact() && !c.target).count() > 1;
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        let known = claims.values.binary_search(&sum).is_ok();
        let larger = parts.iter().any(|p| p.number.value > whole.number.value);
        odd_unit(doc, whole, here, first.depth, sink);
        let other = several
            && (larger || known || before.iter().any(|c| c.class() == class && c.number.value == sum));
        if !other && (parts.len() > 1 || !several) {
            judge(doc, whole, &parts, word, sink);
        }
    }
}

pub(super) fn judge(doc: &Doc, whole: &Claim, parts: &[&Claim], word: &str, sink: &mut Sink<'_>) {
    if parts.is_empty() || whole.class() == "分" || whole.target && !parts[0].target {
        return;
    }
    let places = parts.iter().filter(|p| p.place.is_some()).count();
    let each = parts.iter().any(|p| doc.slice(&p.left).contains(['各', '每']));
    if places * 2 > parts.len() || each {
        return;
    }
    if let Some(part) = parts.iter().find(|p| p.number.value > whole.number.value) {
        return over(doc, whole, part, sink);
    }
    if parts.len() < 2 {
        return sink.tried();
    }
    let every: Decimal = parts.iter().map(|p| p.number.value).sum();
    let parts = if every == whole.number.value { parts } else { up_to_opposite(parts) };
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    if all_there(doc, parts, word) {
        return compare(doc, whole, parts, Severity::Error, sink);
    }
    sink.tried();
    let apart = (sum - whole.number.value).abs();
    let named = matches!(word, "按" | "：" | "（" | "由");
    let near = apart * Decimal::from(if named { 4 } else { 8 }) <= whole.number.value
        || named && apart <= Decimal::ONE
        || sum > whole.number.value && one_list(doc, parts);
    let overlap =
        ["党员", "女", "独居", "高龄", "残疾", "重点", "骨干", "在校", "退休", "低保", "特困", "孤寡"];
    let mixed = matches!(whole.class(), "人" | "户")
        && word != "按"
        && word != "："
        && parts.iter().any(|p| overlap.iter().any(|w| p.label.contains(w)));
    if parts.len() >= 3 && near && !mixed && !open_list(doc, parts) {
        compare(doc, whole, parts, Severity::Warning, sink);
    }
}

/// 其中持证10人，非持证5人；本科12人: the pair makes the whole, what follows starts again.
fn up_to_opposite<'a, 'b>(parts: &'b [&'a Claim]) -> &'b [&'a Claim] {
    let negative = parts.iter().position(|n| {
        n.label
            .strip_prefix('非')
            .is_some_and(|p| parts.iter().any(|m| m.label == p || m.label == format!("其中{p}")))
    });
    let names: Vec<String> = parts.iter().take(2).map(|p| p.label.replace("其中", "")).collect();
    match negative {
        Some(i) => &parts[..=i],
        None if parts.len() > 2 && opposite(&names) => &parts[..2],
        None => parts,
    }
}

/// Items parted by 、 and nothing else.
fn one_list(doc: &Doc, parts: &[&Claim]) -> bool {
    parts.windows(2).all(|w| {
        doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end))).ends_with('、')
    })
}

fn open_list(doc: &Doc, parts: &[&Claim]) -> bool {
    parts.last().is_some_and(|p| {
        let rest = doc.slice(&(p.number.span.end..p.sentence.end));
        rest.starts_with('等') || rest.starts_with("，等") || doc.slice(&p.right).starts_with('等')
    })
}

/// Whether the parts must make up the whole: opposites, one family of names, or words that say so.
fn all_there(doc: &Doc, parts: &[&Claim], word: &str) -> bool {
    if open_list(doc, parts) {
        return false;
    }
    let names: Vec<String> = parts.iter().map(|p| p.label.replace("其中", "")).collect();
    let money = parts.len() >= 3
        && parts.iter().all(|p| {
            p.class() == "元"
                && ["费", "资金", "支出", "费用", "开支", "薪酬", "工资"]
                    .iter()
                    .any(|w| doc.slice(&p.left).ends_with(w))
        });
    if money {
        return true;
    }
    let other = parts.last().is_some_and(|p| ["另有", "其余", "另"].contains(&doc.slice(&p.left)));
    let rest = other
        || names.last().is_some_and(|n| {
            ["其他", "其它", "其余"].iter().any(|w| n.starts_with(w) || parts.len() == 2 && n.contains(w))
        });
    rest || ["分别为", "分别是", "来源为", "来源于", "来自", "构成为"].contains(&word) || partition(&names)
}

fn over(doc: &Doc, whole: &Claim, part: &Claim, sink: &mut Sink<'_>) {
    sink.tried();
    let (w, p) = (whole.number.value, part.number.value);
    let message = format!(
        "部分大于整体：“{}”大于“{}”（{}>{}）",
        doc.slice(&part.wide()),
        doc.slice(&whole.wide()),
        show(p),
        show(w),
    );
    let spans = [part.wide(), whole.wide()];
    sink.add(PART, Severity::Error, message, (show(p), format!("不大于{}", show(w))), &spans);
}

/// Adds up and compares.
pub(super) fn compare(doc: &Doc, whole: &Claim, parts: &[&Claim], severity: Severity, sink: &mut Sink<'_>) {
    sink.tried();
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sum: Decimal = values.iter().sum();
    let stated = whole.number.value;
    let slack = if whole.number.scale > parts.iter().map(|p| p.number.scale).min().unwrap_or_default() {
        whole.number.scale / Decimal::TWO
    } else {
        Decimal::ZERO
    };
    let rounded = parts.iter().map(|p| p.number.scale / Decimal::TWO).sum::<Decimal>();
    let rounding = whole.number.scale < Decimal::ONE && whole.class() != "元" && whole.number.decimals > 1;
    let severity = if (sum - stated).abs() <= slack { Severity::Warning } else { severity };
    let each = doc.slice(&whole.left).ends_with(['各', '每']);
    if each || sum == stated || rounding && (sum - stated).abs() <= rounded {
        return;
    }
    let message = format!(
        "{}，文中为{}，相差{}（“{}”）",
        show_sum(&values),
        show(stated),
        show((sum - stated).abs()),
        doc.slice(&whole.wide()),
    );
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(SUM, severity, message, (show(stated), show(sum)), &spans);
}
