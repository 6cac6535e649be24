//! Scores against their parts: weighted sums of the parties' scores, plain sums of parts, a score above its full mark.

mod full_marks;

use std::ops::Range;

use rust_decimal::Decimal;

use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};
use crate::checks::text::words::has_any;

const PARTS: &str = "score-parts";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let weights = party_weights(doc, claims);
    let orders = super::columns::weights(doc, claims);
    for (index, block) in doc.blocks.iter().enumerate().filter(|(_, b)| b.kind != Kind::Cell) {
        let span = block.body..block.span.end;
        full_marks::check(doc, claims.within(&span), sink);
        listed_total(doc, claims, index, sink);
        let mut before: Option<Range<usize>> = None;
        for sentence in doc.sentences(block) {
            let own = claims.within(&sentence);
            let from = before
                .replace(sentence.clone())
                .filter(|_| own.iter().filter(|c| c.class() == "分").count() < 3)
                .map_or(sentence.start, |b| b.start);
            let both = from..sentence.end;
            total(doc, &both, claims.within(&both), &weights, sink);
            by_order(doc, claims, &sentence, &orders, sink);
            with_weights(doc, claims.within(&sentence), sink);
            mean_of_list(doc, claims.within(&sentence), sink);
        }
    }
}

/// "服务对象90.25分，用人单位86.30分，督导86.50分，按权重计算总体得分为88.69分": weights in the order in which the text gave
/// them.
fn by_order(
    doc: &Doc,
    claims: &Claims,
    sentence: &Range<usize>,
    orders: &[Vec<Decimal>],
    sink: &mut Sink<'_>,
) {
    let words = doc.slice(sentence);
    if !has_any(words, &["按权重", "加权", "权重计算", "权重折算"]) || words.contains('×') {
        return;
    }
    let scores: Vec<&Claim> = claims
        .within(sentence)
        .iter()
        .filter(|c| c.class() == "分" && c.exact() && !c.other_period)
        .collect();
    let Some((total, parts)) = scores.split_last() else { return };
    if doc.slice(&total.left).contains("平均") {
        return;
    }
    let mut fitting = orders.iter().filter(|o| o.len() == parts.len() && parts.len() >= 2);
    let (Some(order), None) = (fitting.next(), fitting.next()) else { return };
    let products = parts.iter().zip(order).map(|(p, w)| p.number.value.checked_mul(*w));
    let Some(sum) = products.sum::<Option<Decimal>>() else { return };
    let right = sum / Decimal::ONE_HUNDRED;
    sink.tried();
    if crate::checks::text::math::prints_as(right, total.number.value, total.number.decimals) {
        return;
    }
    let message =
        format!("各部分按权重合计为{}，文中为{}", show(right.round_dp(2)), show(total.number.value));
    let spans: Vec<_> = std::iter::once(total.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(PARTS, Severity::Error, message, (show(total.number.value), show(right.round_dp(2))), &spans);
}

/// 第三方88.4分（权重55%），街道90分（20%）…，综合得分88.42分.
fn with_weights(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let pairs: Vec<(&Claim, &Claim)> = here
        .windows(2)
        .filter(|w| w[0].class() == "分" && w[0].exact() && w[1].number.percent && w[1].depth > w[0].depth)
        .filter(|w| doc.slice(&(w[0].number.span.end..w[1].number.span.start)).chars().count() <= 6)
        .map(|w| (&w[0], &w[1]))
        .collect();
    let all: Decimal = pairs.iter().map(|p| p.1.number.value).sum();
    let Some(total) = here.iter().rfind(|c| c.class() == "分" && c.exact() && !c.other_period) else {
        return;
    };
    let own = pairs.iter().any(|p| p.0.span() == total.span());
    if pairs.len() < 2
        || all != Decimal::ONE_HUNDRED
        || own
        || !TOTALS.iter().any(|w| doc.slice(&total.left).ends_with(w))
    {
        return;
    }
    let Some(sum) =
        pairs.iter().map(|(s, w)| s.number.value.checked_mul(w.number.value)).sum::<Option<Decimal>>()
    else {
        return;
    };
    let right = sum / Decimal::ONE_HUNDRED;
    sink.tried();
    if !crate::checks::text::math::prints_as(right, total.number.value, total.number.decimals) {
        let message =
            format!("各方得分按权重合计为{}，文中为{}", show(right.round_dp(2)), show(total.number.value));
        let spans: Vec<_> = std::iter::once(total.wide()).chain(pairs.iter().map(|p| p.0.wide())).collect();
        sink.add(
            PARTS,
            Severity::Error,
            message,
            (show(total.number.value), show(right.round_dp(2))),
            &spans,
        );
    }
}

/// 甲92.5分，乙90.0分，丙88.5分，平均90.33分.
fn mean_of_list(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let Some(at) = here.iter().position(|c| {
        c.class() == "分"
            && c.exact()
            && ["平均", "平均分", "平均得分", "均分", "平均为"].contains(&doc.slice(&c.left))
    }) else {
        return;
    };
    let said = at.checked_sub(1).map(|i| &here[i]).filter(|c| matches!(c.class(), "项" | "个" | "名"));
    let before = if said.is_some() { &here[..at - 1] } else { &here[..at] };
    let most = said.and_then(|s| usize::try_from(s.number.value).ok()).unwrap_or(before.len());
    // 按五分制（很满意计5分，很不满意计1分）折算，均分4.34分: what an answer counts is no score.
    let score = |c: &&Claim| {
        c.class() == "分"
            && c.exact()
            && c.depth == here[at].depth
            && !doc.text[c.number.span.end..].starts_with('制')
            && !doc.slice(&c.left).ends_with(['计', '记'])
    };
    // 最高与最低相差2.7分，平均为88.0分: how far they lie apart is none of them.
    let apart = |c: &&Claim| is_change(doc.slice(&c.left));
    let list = before.iter().rev().skip_while(apart).take_while(|c| score(c) && !apart(c));
    let list: Vec<&Claim> = list.take(most).collect();
    if said.is_some_and(|s| s.number.value != Decimal::from(list.len())) {
        return;
    }
    let led = list.last().is_some_and(|c| {
        ["依次为", "分别为", "依次是", "分别是"].iter().any(|w| doc.slice(&c.left).ends_with(w))
    });
    if list.len() < 3 || !led && list.iter().any(|c| doc.slice(&c.left).is_empty()) {
        return;
    }
    let mean = &here[at];
    let exact = list.iter().map(|c| c.number.value).sum::<Decimal>() / Decimal::from(list.len());
    sink.tried();
    if !crate::checks::text::math::prints_as(exact, mean.number.value, mean.number.decimals) {
        let right = exact.round_dp(mean.number.decimals.max(2));
        let message =
            format!("{}个得分的平均数为{}，文中为{}", list.len(), show(right), show(mean.number.value));
        sink.add("average", Severity::Error, message, (show(mean.number.value), show(right)), &[mean.wide()]);
    }
}

/// A scoring party, whatever the text calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Party {
    Third,
    Purchaser,
    Centre,
    Supervisor,
    Station,
}

fn party(words: &str) -> Option<Party> {
    const WORDS: &[(Party, &[&str])] = &[
        (Party::Centre, &["督导中心", "督导方", "督导机构", "督导"]),
        (Party::Supervisor, &["监督方", "民政局", "民政部门", "监管方", "主管部门", "主管单位"]),
        (
            Party::Purchaser,
            &["购买方", "街道", "镇人民政府", "镇政府", "镇街", "采购方", "委托方", "用人单位"],
        ),
        (Party::Third, &["第三方", "评估机构", "评估方", "专家", "专业评估"]),
        (Party::Station, &["自评", "自我评估", "服务对象"]),
    ];
    WORDS
        .iter()
        .filter_map(|(p, list)| {
            list.iter().filter_map(|w| words.rfind(w).map(|i| i + w.len())).max().map(|i| (i, *p))
        })
        .max_by_key(|(i, _)| *i)
        .map(|(_, p)| p)
}

/// The words that name whose number it is; for "第三方（55%）88.6分" those before the bracket.
fn owner<'a>(doc: &'a Doc, claim: &Claim) -> &'a str {
    let left = doc.slice(&claim.left);
    if !left.is_empty() {
        return left;
    }
    let before = doc.slice(&(claim.sentence.start..claim.left.start));
    let open = before.rfind('（').unwrap_or(0);
    let closed = before.ends_with(['（', '）']);
    let start = before[..open].rfind(['，', '；', '、', '：']).map_or(0, |i| i + 3);
    if closed { &before[start..open] } else { left }
}

/// Weights of the sentence that gives at least three parties a percent.
fn party_weights(doc: &Doc, claims: &Claims) -> Vec<(Party, Decimal)> {
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let mut found: Vec<(Party, Decimal)> = Vec::new();
            for c in claims.within(&sentence).iter().filter(|c| c.number.percent) {
                if let Some(p) = party(owner(doc, c))
                    && !found.iter().any(|f| f.0 == p)
                {
                    found.push((p, c.number.value));
                }
            }
            if found.len() >= 3 && found.iter().map(|f| f.1).sum::<Decimal>() == Decimal::ONE_HUNDRED {
                return found;
            }
        }
    }
    Vec::new()
}

const TOTALS: &[&str] = &[
    "总分",
    "总得分",
    "综合得分",
    "合计得分",
    "最终得分",
    "总评分",
    "合计",
    "评估得分",
    "最后得分",
    "总成绩",
    "等分数",
    "得分数",
    "综合评分",
    "得分合计",
    "加权得分",
    "加权后得分",
    "加权后总分",
    "加权总分",
    "综合得分为",
    "评估总分",
];

fn total(
    doc: &Doc,
    sentence: &Range<usize>,
    here: &[Claim],
    weights: &[(Party, Decimal)],
    sink: &mut Sink<'_>,
) {
    let scores: Vec<&Claim> = here.iter().filter(|c| c.class() == "分" && c.exact()).collect();
    if scores.len() < 3 || doc.slice(sentence).contains("以上") || doc.slice(sentence).contains("满分") {
        return;
    }
    let is_total = |c: &Claim| {
        let left = doc.slice(&c.left).trim_end_matches(['为', '是', '：', '达', '得']);
        TOTALS.iter().any(|w| left.ends_with(w)) && party(left.trim_end_matches("评估得分")).is_none()
    };
    let Some(whole) = scores.iter().rev().find(|c| is_total(c)) else { return };
    // 得分前三的分别得96.5分、95分、90分。参评站点总分合计587.5分: of all sites, and not of the parties.
    if has_any(doc.slice(&whole.left), &["站点", "各站", "参评"]) {
        return;
    }
    // 合计88.34分，保留一位小数为88.3分; 合计268.2分，取平均值89.4分: what follows is of the total.
    let first = |c: &&&Claim| c.number.span.start < whole.number.span.start;
    let before = scores.iter().filter(first).count();
    let made = scores.iter().filter(first).map(|c| c.number.value).sum::<Decimal>() == whole.number.value;
    if before >= 2 && made {
        return;
    }
    let parts: Vec<&Claim> = scores
        .iter()
        .copied()
        .filter(|c| c.span() != whole.span() && c.depth == whole.depth && !is_total(c))
        .filter(|c| !c.other_period && !is_change(doc.slice(&c.left)))
        // 项目总分85分，失分15分: what it lost.
        .filter(|c| !doc.slice(&c.left).ends_with("失分") && !doc.slice(&c.left).contains('扣'))
        .collect();
    if parts.len() < 2 {
        return;
    }
    let stated = whole.number.value;
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    // 组织管理7.8/10分、人员队伍16.4/20分，合计82.4分: full marks.
    if parts.iter().all(|p| doc.text[..p.number.span.start].ends_with('/')) {
        return;
    }
    let plain: Decimal = values.iter().sum();
    let parties: Vec<Option<Party>> = parts.iter().map(|p| party(owner(doc, p))).collect();
    let in_order = parties.iter().all(Option::is_none) && parts.len() == weights.len();
    let weighted: Option<Vec<(Decimal, Decimal)>> = if in_order {
        Some(weights.iter().map(|w| w.1).zip(values.iter().copied()).collect())
    } else {
        parties
            .iter()
            .zip(&values)
            .map(|(p, v)| weights.iter().find(|w| Some(w.0) == *p).map(|w| (w.1, *v)))
            .collect()
    };
    sink.tried();
    let (right, shown) = match weighted
        .filter(|w| w.len() == weights.len() && w.len() >= 3 && plain > Decimal::from(110))
    {
        Some(w) => {
            let sum: Decimal = w.iter().map(|(a, b)| a * b / Decimal::ONE_HUNDRED).sum();
            let terms: Vec<String> = w.iter().map(|(a, b)| format!("{}%×{}", show(*a), show(*b))).collect();
            (sum, format!("{}={}", terms.join("+"), show(sum)))
        }
        // 初评为91.1分，复核后为91.6分: no part is more than the whole.
        None if (plain - stated).abs() * Decimal::TWO < plain.max(stated)
            && values.iter().all(|v| *v <= stated) =>
        {
            (plain, show_sum(&values))
        }
        None => return,
    };
    if fits_total(whole, &values, plain, right) {
        return;
    }
    let message =
        format!("{shown}，文中“{}”，相差{}", doc.slice(&whole.wide()), show((right - stated).abs()));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(PARTS, Severity::Error, message, (show(stated), show(right)), &spans);
}

/// Whether a printed total can stand for the sum, weighted or plain.
fn fits_total(whole: &Claim, values: &[Decimal], plain: Decimal, right: Decimal) -> bool {
    let stated = whole.number.value;
    let decimals = whole.number.decimals.max(right.scale().min(whole.number.decimals));
    let rounds = [
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        rust_decimal::RoundingStrategy::ToZero,
        rust_decimal::RoundingStrategy::MidpointNearestEven,
    ];
    let slack = if values.iter().any(|v| v.scale() > 0) && right == plain {
        Decimal::new(values.len() as i64, whole.number.decimals) / Decimal::TWO
    } else {
        Decimal::ZERO
    };
    let exact_parts = values.iter().all(|v| v.scale() <= whole.number.decimals) && right == plain;
    rounds.iter().any(|r| right.round_dp_with_strategy(decimals, *r) == stated)
        || !exact_parts && (right - stated).abs() <= slack
}

/// Items each in a block of its own (（1）…得21.5分；), then 合计得分 in the block after them.
fn listed_total(doc: &Doc, claims: &Claims, index: usize, sink: &mut Sink<'_>) {
    let gets = |c: &&Claim| {
        c.class() == "分"
            && c.exact()
            && ["得", "得分", "得分为", "实得", "评分"].iter().any(|w| doc.slice(&c.left).ends_with(w))
    };
    let own = claims.within(&doc.blocks[index].span);
    let Some(whole) = own.iter().find(|c| {
        c.class() == "分"
            && c.exact()
            && ["合计得分", "总得分", "总分", "合计", "总分为", "合计得分为", "共得", "总得分为"]
                .contains(&doc.slice(&c.left))
    }) else {
        return;
    };
    let mut parts: Vec<&Claim> = Vec::new();
    for block in doc.blocks[..index].iter().rev().take(12) {
        let mut here = claims.within(&block.span).iter().filter(gets);
        let (Some(only), None) = (here.next(), here.next()) else { break };
        parts.push(only);
    }
    parts.reverse();
    let before = own.iter().any(|c| c.number.span.start < whole.number.span.start && gets(&c));
    if parts.len() >= 2 && !before {
        super::parts::compare(doc, whole, &parts, Severity::Error, sink);
    }
}
