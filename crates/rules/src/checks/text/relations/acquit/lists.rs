//! Wholes that a list of their own sentence makes, another than the one that was found.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::math::prints_as;

/// Sums below this come about by chance.
const LEAST: i64 = 20;
/// Numbers of a list, and lists tried from a sentence.
const MOST: usize = 24;

/// 满分40分，得37分；满分30分，得28分；满分30分，得27分，合计92分: a run of its kind in the sentence makes it, or every second one does.
/// 90场活动…。按社区分，甲18场、乙13场…: a longer run of the paragraph does.
pub(super) fn has_its_list(doc: &Doc, claims: &Claims, stated: &Claim) -> bool {
    let value = stated.number.value;
    let block = &doc.blocks[stated.block];
    let runs =
        |list: &[Decimal], step, least| (0..list.len()).any(|from| makes(&list[from..], step, least, value));
    value >= Decimal::from(LEAST)
        && (lists(claims, stated, &stated.sentence).iter().any(|l| runs(l, 1, 2) || runs(l, 2, 3))
            || lists(claims, stated, &(block.body..block.span.end)).iter().any(|l| runs(l, 1, 4)))
}

/// 共抽取126人，其中东片区名册520人、抽取52人，中片区名册430人、抽取43人，西片区名册310人、抽取31人: every second number behind makes the whole.
pub(super) fn has_other_parts(claims: &Claims, spans: &[Range<usize>]) -> bool {
    let Some(whole) = spans.get(1).and_then(|span| claims.within(span).last()) else { return false };
    let lists = lists(claims, whole, &whole.sentence);
    lists[1].len() >= 4 && (0..2).any(|from| makes(&lists[1][from..], 2, 2, whole.number.value))
}

/// Numbers of the kind of `whole` in a part of the text: those before it, and those behind.
fn lists(claims: &Claims, whole: &Claim, within: &Range<usize>) -> [Vec<Decimal>; 2] {
    let kin = |c: &&Claim| c.exact() && c.class() == whole.class();
    let own = |span: Range<usize>| -> Vec<Decimal> {
        claims.within(&span).iter().filter(kin).map(|c| c.number.value).take(MOST).collect()
    };
    let at = &whole.number.span;
    [own(within.start.min(at.start)..at.start), own(at.end..within.end.max(at.end))]
}

/// Whether the numbers `step` apart, at least `least` of them, make a sum.
fn makes(list: &[Decimal], step: usize, least: usize, value: Decimal) -> bool {
    let mut sum = Decimal::ZERO;
    list.iter().step_by(step).enumerate().any(|(n, v)| {
        sum += v;
        n + 1 >= least && sum == value
    })
}

/// 期末在办的分别为8个、8个: an item of a list of its own, and no part of what stands before.
pub(super) fn is_of_a_list(doc: &Doc, claims: &Claims, spans: &[Range<usize>]) -> bool {
    let stated = spans.first().and_then(|span| claims.within(span).last());
    let led =
        |c: &Claim| ["分别为", "依次为", "分别是", "依次是"].iter().any(|w| doc.slice(&c.left).ends_with(w));
    stated.is_some_and(led)
}

/// 11项指标中，超额完成的7项，刚好完成的3项，未完成的1项: with all that stand between it and a whole it makes the whole.
pub(super) fn is_one_of_all(stated: &Claim, before: &[&Claim]) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.sentence == stated.sentence;
    let own: Vec<Decimal> = before.iter().filter(kin).map(|c| c.number.value).collect();
    (0..own.len().saturating_sub(2))
        .any(|k| own[k + 1..].iter().sum::<Decimal>() + stated.number.value == own[k])
}

/// 服务态度4.72分，专业能力4.51分，及时性4.43分，四个维度平均4.55分: of the list right before.
pub(super) fn is_mean_of_list(stated: &Claim, before: &[&Claim]) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.sentence == stated.sentence;
    let mut sum = Decimal::ZERO;
    let mut length = Decimal::ZERO;
    before.iter().rev().skip_while(|c| c.number.chinese).take_while(kin).any(|c| {
        (sum, length) = (sum + c.number.value, length + Decimal::ONE);
        length > Decimal::TWO && prints_as(sum / length, stated.number.value, stated.number.decimals)
    })
}
