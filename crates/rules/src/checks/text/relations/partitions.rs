//! Parts that are told to be all, and whose whole stands further away: 按风险等级分：高风险14人，中风险52人，低风险326人; 若按年龄看，不满七十岁的8位，…; 残疾类别：肢体68人，…;
//! 走的都是谁家呢：独居老人138户次、…、其他居民189户次. The whole is a number that the paragraph tells before them or that the text lives with.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::said::not_the_sum;
use super::sentence::pattern;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::mistaken;
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Words of a list that shares nothing out, and of a number that is no part.
const OPEN: &[&str] =
    &["可重复", "多选", "重合", "交叉", "重复计", "兼有", "等", "不同", "部分", "主要", "涉及"];
const NO_PART: &[&str] = &[
    "其中",
    "之中",
    "后者",
    "前者",
    "另有",
    "共",
    "合计",
    "总",
    "最",
    "均",
    "每",
    "另外还",
    "超",
    "比",
    "计",
    "新增",
    "含",
    "增",
    "减",
];
/// Below it a sum is found by chance, unless its whole stands in its paragraph.
const LEAST: i64 = 20;

static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:[按从就][^，。；：\d]{1,12}(?:分|看|计|统计|划分|分类|而言|来看|归类|区分)|(?:类别|等级|类型|分布|构成|性别|年龄段?|学历|身份|状态))[，：](?:分为)?$",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        if !has_any(doc.slice(&block.span), &["按", "从", "就", "：", "其他", "其余"]) {
            continue;
        }
        for sentence in doc.sentences(block) {
            let beside = |c: &&Claim| !matches!(c.class(), "岁" | "" | "%" | "年");
            let here: Vec<&Claim> = claims.within(&sentence).iter().filter(beside).collect();
            let mut at = 0;
            while at < here.len() {
                let n = 1 + here[at..].windows(2).take_while(|w| follows(doc, w)).count();
                let ends = here.get(at + n).is_none_or(|c| c.class() != here[at].class());
                if n >= 3 && ends && here[at].exact() && is_all(doc, &here[at..at + n]) {
                    judge(doc, claims, &here[at..at + n], sink);
                }
                at += n;
            }
        }
    }
}

/// Whether the second of two counts goes on in the list of the first, with ages or a share between them at most.
fn follows(doc: &Doc, two: &[&Claim]) -> bool {
    let [a, b] = two else { return false };
    let gap = doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end)));
    b.exact()
        && b.class() == a.class()
        && b.depth == a.depth
        && gap.chars().count() <= 24
        && !gap.contains(['。', '：'])
        && !has_any(gap, NO_PART)
        && gap.matches(['，', '、', '；']).count() <= 1 + usize::from(gap.contains("占"))
}

/// Whether the words before a list say by what it splits its whole, or its last part is what else there is.
fn is_all(doc: &Doc, list: &[&Claim]) -> bool {
    let (first, last) = (list[0], list[list.len() - 1]);
    let lead = doc.slice(&(first.sentence.start..first.number.span.start));
    let at = lead.rfind(['，', '：']).map_or(0, |i| i + '，'.len_utf8());
    let rest = has_any(doc.slice(&last.left), &["其他", "其余", "其它"]);
    let name = doc.slice(&first.left);
    !has_any(name, NO_PART)
        && !has_any(lead, OPEN)
        && (BY.as_ref().is_some_and(|p| p.is_match(&lead[..at])) || rest && lead[..at].ends_with('：'))
}

fn judge(doc: &Doc, claims: &Claims, list: &[&Claim], sink: &mut Sink<'_>) {
    let sum: Decimal = list.iter().map(|c| c.number.value).sum();
    let first = list[0];
    let body = doc.blocks[first.block].body;
    let same =
        |class: &str| class == first.class() || matches!((class, first.class()), ("份", "人") | ("人", "份"));
    let kin = |c: &&Claim| c.exact() && same(c.class()) && !c.target && !c.other_period && !c.is_mean(doc);
    let here: Vec<&Claim> = claims.within(&(body..first.number.span.start)).iter().filter(kin).collect();
    sink.tried();
    let told = |c: &Claim| c.exact() && c.number.value == sum && (same(c.class()) || c.class().is_empty());
    if claims.all.iter().any(told) {
        return;
    }
    let slip = |whole: Decimal| {
        let right = |c: &&&Claim| c.number.value + whole - sum;
        let mended = |c: &&&Claim| {
            right(c) > Decimal::ZERO && mistaken(c.number.value.normalize(), right(c).normalize())
        };
        mistaken(whole, sum) || list.iter().any(|c| mended(&c))
    };
    let largest = list.iter().map(|c| c.number.value).max().unwrap_or_default();
    let near = here.iter().rfind(|c| c.number.value > largest && slip(c.number.value));
    if let Some(whole) = near {
        if !sink.said(&starts(list)) {
            not_the_sum(doc, sink, (RULE, Severity::Warning), whole, list);
        }
        return;
    }
    if sum < Decimal::from(LEAST) {
        return;
    }
    let wholes = claims.all.iter().filter(|c| {
        c.exact()
            && same(c.class())
            && c.number.value > largest
            && c.block != first.block
            && claims.often.contains(&(c.class(), c.number.value))
            && slip(c.number.value)
            && c.number.span.start < first.number.span.start
    });
    let wholes: Vec<&Claim> = wholes.collect();
    let Some(whole) = wholes.last() else { return };
    let one = wholes.iter().all(|w| w.number.value == whole.number.value);
    if one && !sink.said(&starts(list)) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, list);
    }
}

fn starts(list: &[&Claim]) -> Vec<usize> {
    list.iter().flat_map(|c| [c.wide().start, c.span().start]).collect()
}
