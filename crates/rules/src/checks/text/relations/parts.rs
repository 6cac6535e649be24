//! Parts and wholes: 其中 lists, brackets behind a total, lists closed by 合计, pairs such as 持证/非持证. Parts that
//! need not be all (其中党员5名) may only be no larger than the whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::closed::{closed_by_total, first_items, in_brackets, is_total};
use super::family::{family, opposite, partition};
use super::odd_unit::odd_unit;
use super::opposites::{opposites, pairs, series, split};
use super::repeats::is_change;
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
            of_which(doc, &sentence, here, sink);
            in_brackets(doc, here, sink);
            closed_by_total(doc, here, sink);
            opposites(doc, here, sink);
            series(doc, claims, here, sink);
            split(doc, here, sink);
            pairs(doc, claims, block.body, here, sink);
        }
    }
}

/// Words before one of several.
pub(super) const EXTREME: &[&str] =
    &["最长的", "最短的", "最多的", "最少的", "最高的", "最低的", "最大的", "最小的"];

/// A total, then 其中/包括/分别为, then parts of the same unit outside deeper brackets.
fn of_which(doc: &Doc, sentence: &Range<usize>, here: &[Claim], sink: &mut Sink<'_>) {
    for (at, word) in words_at(
        doc,
        sentence,
        &[
            "其中",
            "，含",
            "包括",
            "包含",
            "分别为",
            "分别是",
            "由",
            "来源为",
            "构成为",
            "来源于",
            "来自",
            "：",
        ],
    ) {
        let split = here.partition_point(|c| c.number.span.start < at);
        // ，含2月的次一个值: what is meant, and no part.
        let dated = word == "，含" && doc.text[at + word.len()..].starts_with(|c: char| c.is_ascii_digit());
        if dated {
            continue;
        }
        // 由6.6万元变为5.4万元: from there, and not made of it.
        if word == "由" && here.get(split).is_some_and(|c| c.number.span.start == at + word.len()) {
            continue;
        }
        let until =
            doc.slice(&(at..sentence.end)).find("其中").filter(|i| *i > 0).map_or(sentence.end, |i| at + i);
        let mut done: Vec<&str> = Vec::new();
        let depth = here.get(split).map_or(0, |c| c.depth);
        // 活动26次，完成合同量（24次）的108.33%，其中大型4次: what stands in brackets is not what is split behind them.
        for whole in here[..split].iter().rev().filter(|c| c.depth <= depth).take(2) {
            let class = whole.class();
            let near = doc.slice(&(whole.number.span.end..at)).chars().count()
                <= if word == "：" { 30 } else { 20 };
            let net = is_change(doc.slice(&whole.left));
            let mean = net || ["均", "每"].iter().any(|w| doc.slice(&whole.left).contains(w));
            // 从最短的62天到最长的132天，由短到长依次为…: the longest is one of them.
            let mean = mean || EXTREME.iter().any(|w| doc.slice(&whole.left).ends_with(w));
            // 49份中有47份: a part of another already. 最多的是大湾村，有11户: one of many.
            let lead = doc.tail(whole.sentence.start..whole.left.start, 45);
            let lead = lead.rsplit(['；', '。']).next().unwrap_or_default();
            let of_many = ["最多的", "最少的", "最高的", "最低的"].iter().any(|w| lead.contains(w));
            let mean = mean || of_many || doc.slice(&whole.left).starts_with("中有");
            // 文渡58份、南榆57份、东凫54份，其中…依次为: the last of a list.
            let listed = is_listed(doc, here, whole) && matches!(word, "其中" | "：");
            let mean = mean || listed;
            if mean || done.contains(&class) || !whole.exact() || class.is_empty() || !near {
                continue;
            }
            done.push(class);
            let parts: Vec<&Claim> = here[split..]
                .iter()
                .take_while(|c| c.number.span.start < until && !is_total(doc, c) && !another(doc, c))
                .filter(|c| {
                    c.class() == class
                        && !c.is_mean(doc)
                        && !goes_elsewhere(doc, at, c)
                        // 比约定的12次少1次: how many fewer.
                        && !is_change(doc.slice(&c.left))
                        && one_noun(doc, whole, c)
                        && c.depth == depth
                        && c.exact()
                        && (!c.other_period || doc.slice(&c.left).contains("结转"))
                        && c.target == whole.target
                })
                .collect();
            if parts.is_empty() {
                continue;
            }
            let parts = match word {
                "分别为" | "分别是" => run_of(doc, &parts),
                _ => parts,
            };
            let own = parts.iter().filter(|p| p.segment == parts[0].segment).count();
            let parts: Vec<&Claim> = parts
                .iter()
                .copied()
                .filter(|p| (own < 3 || p.segment == parts[0].segment) && near_word(doc, at, word, p))
                .collect();
            odd_unit(doc, whole, &here[split..], depth, sink);
            if word == "其中" || parts.len() >= 2 {
                judge(doc, whole, &parts, word, sink);
            }
        }
    }
}

/// 其中有新增病区的因素；若只比4个病区，本期为3015人次; 年度指标54个减去已完成的28个; 即全年仅9次: no part of what was spoken of.
fn goes_elsewhere(doc: &Doc, at: usize, c: &Claim) -> bool {
    let between = doc.slice(&(at..c.number.span.start.max(at)));
    let words = between.rsplit(['；', '，', '（']).next().unwrap_or_default();
    let supposed = between.rsplit_once('；').is_some_and(|(_, clause)| clause.starts_with(['若', '如']));
    let taken = |from: usize| doc.text[from..].starts_with("减去");
    supposed
        || words.starts_with("实际")
        || ["，即", "；即", "减去"].iter().any(|w| between.contains(w))
        || taken(c.right.end)
        || taken(c.number.span.end)
}

/// 另聘用照护员15人, 还有志愿者20人 behind ；: no part of what was spoken of.
fn another(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let adds = left.starts_with(['另', '还']) && left.chars().count() > 3 || left.starts_with("此外");
    adds && doc.text[..c.left.start].ends_with('；')
}

/// 分别为12份、6份、8份，发现缺漏的5份: as far as the list goes on as it begins.
fn run_of<'a>(doc: &Doc, parts: &[&'a Claim]) -> Vec<&'a Claim> {
    let listed = |w: &&[&Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start.max(w[0].number.span.end)));
        gap.starts_with(['、', '和', '与', '及']) || gap.starts_with("以及")
    };
    let length = 1 + parts.windows(2).take_while(listed).count();
    if length < 2 { parts.to_vec() } else { parts[..length].to_vec() }
}

/// Whether another count of its kind stands right before it in one list: 97人、78人和32人.
fn is_listed(doc: &Doc, here: &[Claim], claim: &Claim) -> bool {
    let at = here.partition_point(|c| c.number.span.start < claim.number.span.start);
    at.checked_sub(1).map(|i| &here[i]).is_some_and(|before| {
        let gap = doc.slice(&(before.number.span.end..claim.number.span.start));
        before.class() == claim.class()
            && before.depth == claim.depth
            && gap.starts_with(['、', '和', '与', '及'])
            && gap.chars().count() <= 10
    })
}

/// 分别为142天、138天…；12所中: what follows behind ； does not belong to the list, unless the word is 其中.
fn near_word(doc: &Doc, at: usize, word: &str, part: &Claim) -> bool {
    word == "其中" || !doc.slice(&(at..part.number.span.start.max(at))).contains('；') || word == "："
}

/// 3个片区 and 4个社区 are counted with one word and are two kinds of things.
pub(super) fn one_noun(doc: &Doc, a: &Claim, b: &Claim) -> bool {
    let noun = |c: &Claim| doc.slice(&c.right).trim_end_matches('中').to_owned();
    let (x, y) = (noun(a), noun(b));
    let kinds = [
        "社区",
        "片区",
        "街道",
        "镇街",
        "镇",
        "乡",
        "村",
        "服务点",
        "社工点",
        "社工站",
        "小组",
        "个案",
        "项目",
        "学校",
        "小区",
    ];
    let kind = |n: &str| kinds.iter().find(|k| n.starts_with(**k)).copied();
    !matches!((kind(&x), kind(&y)), (Some(p), Some(q)) if p != q)
}

/// "…实际建档851户。其中一级62户…": the whole is the last count of the sentence before.
fn continued(doc: &Doc, claims: &Claims, before: &[Claim], here: &[Claim], word: &str, sink: &mut Sink<'_>) {
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

fn words_at<'a>(doc: &Doc, span: &Range<usize>, words: &[&'a str]) -> Vec<(usize, &'a str)> {
    let text = doc.slice(span);
    let mut out: Vec<(usize, &str)> =
        words.iter().flat_map(|w| text.match_indices(w).map(|(i, _)| (span.start + i, *w))).collect();
    out.sort_unstable();
    out
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
