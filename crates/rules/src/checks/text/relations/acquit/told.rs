//! Numbers that the text itself explains elsewhere: a rate with its counts, a sum with what lies in it twice.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::Finding;
use crate::checks::text::math::{is_share, whole_people};
use crate::checks::text::relations::shares::same_kind;
use crate::checks::text::words::has_any;

/// 满意率92.3% in a summary and 回收13份，其中12份满意，满意率为92.3% elsewhere, or a row 17、15、88.2%: a rate of its own people.
pub(super) fn has_its_counts(doc: &Doc, claims: &Claims, spans: &[Range<usize>]) -> bool {
    let stated = spans.first().and_then(|span| claims.within(span).last()).filter(|c| c.number.percent);
    let Some(stated) = stated.filter(|c| c.number.decimals > 0) else { return false };
    let name = |c: &Claim| {
        let words = doc.slice(&c.left).trim_end_matches(['为', '达', '约', '到', '是']);
        words.chars().rev().take(2).collect::<String>()
    };
    // 结案率85.7% has counts of its own, and explains no 满意率85.7%.
    let again = |c: &&Claim| {
        let same = c.number.percent && c.number.value == stated.number.value;
        same && (doc.blocks[c.block].kind == Kind::Cell
            || c.sentence == stated.sentence
            || name(c) == name(stated)
            || !name(c).ends_with(['率', '度']))
    };
    claims.all.iter().filter(again).any(|c| {
        let counts: Vec<&Claim> =
            claims.within(&around(doc, c)).iter().filter(|n| n.exact()).take(40).collect();
        counts.iter().any(|part| {
            counts.iter().any(|whole| {
                let (a, b) = (part.number.value, whole.number.value);
                let kin = same_kind(part.class(), whole.class()) && a < b && b > Decimal::ONE;
                kin && is_share(stated.number.value, stated.number.decimals, a, b)
            })
        })
    })
}

/// 90分以上（含）优秀、75分以上至90分良好: the limits of bands.
pub(super) fn is_limit(doc: &Doc, c: &Claim) -> bool {
    let behind = doc.text[c.number.span.end..].starts_with(['以', '（', '至', '-', '起']);
    let before = &doc.text[..c.number.span.start];
    // 由87.60分升至90.10分 is no band.
    let ranged =
        before.strip_suffix(['至', '-', '到']).is_some_and(|w| w.ends_with(['分', '）', '上', '起']));
    behind || ranged || before.ends_with(['足', '于', '满'])
}

/// The sentence of a number, or its row of a table.
fn around(doc: &Doc, c: &Claim) -> Range<usize> {
    if doc.blocks[c.block].kind != Kind::Cell {
        return c.sentence.clone();
    }
    let at = c.number.span.start;
    let mut rows = doc.tables.iter().flat_map(|t| &t.rows);
    let row = rows.find(|r| r.first().zip(r.last()).is_some_and(|(a, b)| (a.start..b.end).contains(&at)));
    let row = row.and_then(|r| Some(r.first()?.start..r.last()?.end));
    row.unwrap_or_else(|| c.sentence.clone())
}

/// 各站服务人数相加为9548人，有112人先后在两个站接受服务: the text tells the sum, and why the total is another.
pub(super) fn overlaps(doc: &Doc, claims: &Claims, finding: &Finding) -> bool {
    const TWICE: &[&str] =
        &["去重", "重复", "相加", "累加", "同时", "先后", "交叉", "重叠", "兼", "四舍五入"];
    let Ok(sum) = finding.expected.parse::<Decimal>() else { return false };
    let told = |c: &&Claim| {
        c.exact()
            && c.number.value == sum
            && doc.blocks[c.block].kind != Kind::Cell
            && has_any(doc.slice(&c.sentence), TWICE)
    };
    claims.all.iter().any(|c| told(&c))
}

/// 新河街道 and 新荷街道, 易混名称: the text says itself that the two are not one.
pub(super) fn are_two(doc: &Doc, a: &str, b: &str) -> bool {
    const TOLD_APART: &[&str] = &[
        "另一家",
        "易混",
        "混淆",
        "相近",
        "两者",
        "不是同一",
        "并非同",
        "互不",
        "亦无隶属",
        "不同主体",
        "区别于",
        "读音相同",
        "同音",
        "分属",
        "为两人",
        "是两人",
        "两个人",
    ];
    let both = |words: &str| words.contains(a) && words.contains(b);
    let near = |block: &Block| {
        let words = doc.slice(&block.span);
        both(words) && has_any(words, TOLD_APART)
    };
    doc.blocks.iter().any(near)
}

/// 以成功访谈的41人为基数，…满意率95.1%: a whole number of a count of its sentence, which the other one is not.
pub(super) fn is_of_its_people(claims: &Claims, stated: &Claim, finding: &Finding) -> bool {
    let other =
        finding.expected.split('，').next().unwrap_or_default().trim_end_matches('%').parse::<Decimal>();
    let Ok(other) = other else { return false };
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let told = claims.all.iter().filter(|c| c.number.percent && [p, other].contains(&c.number.value));
    decimals > 0
        && told.into_iter().any(|t| {
            let own = t.number.value;
            let not = if own == p { other } else { p };
            let counts = claims
                .within(&t.sentence)
                .iter()
                .filter(|c| c.exact() && matches!(c.class(), "人" | "份" | "个"));
            counts.into_iter().any(|b| {
                b.number.value > Decimal::ONE
                    && whole_people(own, decimals, b.number.value)
                    && !whole_people(not, decimals, b.number.value)
            })
        })
}

/// 派发137份问卷，收回134份，有效问卷为133份: a sentence that holds both numbers tells them apart.
pub(super) fn are_told_apart(claims: &Claims, stated: &Claim, finding: &Finding) -> bool {
    let Ok(other) = finding.expected.split('，').next().unwrap_or_default().parse::<Decimal>() else {
        return false;
    };
    let of = |v: Decimal| {
        claims.all.iter().filter(move |c| c.exact() && c.class() == stated.class() && c.number.value == v)
    };
    stated.exact()
        && stated.class() == "份"
        && of(stated.number.value)
            .any(|a| of(other).any(|b| a.sentence == b.sentence && a.number.span != b.number.span))
}

/// 小组35个, and 小组完成35个，为目标36个的97.2%: a percent of completion makes the one of the other.
pub(super) fn are_done_and_asked(doc: &Doc, claims: &Claims, stated: &Claim, finding: &Finding) -> bool {
    const ASKED: &[&str] = &["完成", "指标", "目标", "任务", "协议", "计划", "进度"];
    let Ok(other) = finding.expected.split('，').next().unwrap_or_default().parse::<Decimal>() else {
        return false;
    };
    let own = stated.number.value;
    let rates = claims.all.iter().filter(|c| c.number.percent && c.number.decimals > 0);
    let told = |c: &&Claim| has_any(doc.slice(&c.sentence), ASKED);
    let makes = |c: &Claim| {
        let (p, decimals) = (c.number.value, c.number.decimals);
        is_share(p, decimals, own, other) || is_share(p, decimals, other, own)
    };
    stated.exact() && rates.filter(told).any(makes)
}

/// 永丰镇社工站：…个案完成12个, and a row 永丰镇, 12: what a paragraph says of one whose row bears the same number.
pub(super) fn is_of_a_row(doc: &Doc, claims: &Claims, stated: &Claim) -> bool {
    let words = doc.slice(&(doc.blocks[stated.block].body..stated.number.span.end));
    let same = |cell: &Range<usize>| {
        let numbers = claims.within(cell);
        matches!(numbers, [one] if one.number.value == stated.number.value && !one.number.percent)
    };
    doc.tables.iter().flat_map(|t| &t.rows).any(|row| {
        let Some((label, cells)) = row.split_first() else { return false };
        let label = doc.slice(label).trim().split('（').next().unwrap_or_default();
        label.chars().count() >= 2 && words.contains(label) && cells.iter().any(same)
    })
}
