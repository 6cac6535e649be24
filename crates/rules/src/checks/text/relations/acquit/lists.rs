//! Wholes that a list of their own sentence makes, another than the one that was found.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::math::prints_as;
use crate::checks::text::words::has_any;

/// Sums below this come about by chance.
const LEAST: i64 = 9;
/// Numbers of a list, and lists tried from a sentence.
const MOST: usize = 24;

/// 满分40分，得37分；满分30分，得28分；满分30分，得27分，合计92分: every second number of the sentence makes it, or a run of its paragraph that goes on
/// where the parts that were added up end (甲18场、乙13场…，丁9场).
pub(super) fn has_its_list(doc: &Doc, claims: &Claims, stated: &Claim, spans: &[Range<usize>]) -> bool {
    let value = stated.number.value;
    if value < Decimal::from(LEAST) {
        return false;
    }
    let block = &doc.blocks[stated.block];
    let own = lists(claims, stated, &stated.sentence);
    let second = own.iter().any(|l| (0..l.len()).any(|from| makes(&l[from..], 2, 3, value)));
    second || goes_on(doc, claims, stated, &(block.body..block.span.end), spans)
}

/// Whether the parts that were added up are most of a run that makes the number.
fn goes_on(
    doc: &Doc,
    claims: &Claims,
    stated: &Claim,
    within: &Range<usize>,
    spans: &[Range<usize>],
) -> bool {
    let parts: Vec<usize> =
        spans.iter().skip(1).filter_map(|s| claims.within(s).last()).map(|c| c.number.span.start).collect();
    let kin = claims.within(within).iter().filter(|c| c.exact() && c.class() == stated.class());
    let run: Vec<&Claim> = kin.filter(|c| c.number.span != stated.number.span).take(2 * MOST).collect();
    (0..run.len()).any(|from| {
        let mut sum = Decimal::ZERO;
        run[from..].iter().enumerate().any(|(n, c)| {
            sum += c.number.value;
            let shared =
                || run[from..=from + n].iter().filter(|c| parts.contains(&c.number.span.start)).count();
            // 不足1份的按1份计。…抽取7份、3份、10份，共21份: what another sentence tells before the list is none of it.
            let before = || doc.slice(&(run[from].number.span.end..parts[0].max(run[from].number.span.end)));
            let begins = parts.is_empty() || !before().contains('。');
            n > 0 && begins && sum == stated.number.value && shared() == parts.len()
        })
    })
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

/// 解答194人次，转介29人次，跟进18人次，合计241人次: the sum of the list right before, whatever a table elsewhere says.
pub(super) fn is_sum_of_list(stated: &Claim, before: &[&Claim]) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.sentence == stated.sentence;
    let mut sum = Decimal::ZERO;
    before.iter().rev().take_while(kin).enumerate().any(|(n, c)| {
        sum += c.number.value;
        n > 1 && sum == stated.number.value
    })
}

/// 受理来电112个：政策咨询35个…，月均4.67个 of 24 months; 41节，355人次，组员58人，人均出席6.12节: to the last of its decimals a number before it over months
/// that are told or usual, or over another.
pub(super) fn is_mean_of_months(doc: &Doc, claims: &Claims, stated: &Claim, before: &[&Claim]) -> bool {
    const USUAL: &[i64] = &[6, 12, 18, 24, 36];
    let (value, decimals) = (stated.number.value, stated.number.decimals);
    let fits = |a: Decimal, n: Decimal| a.checked_div(n).is_some_and(|mean| prints_as(mean, value, decimals));
    let totals =
        || before.iter().filter(|c| c.exact() && c.sentence == stated.sentence).map(|c| c.number.value);
    let left = doc.slice(&stated.left);
    let monthly = has_any(left, &["月均", "平均每月", "每月平均"]);
    let told = || {
        claims
            .all
            .iter()
            .filter(|c| c.class() == "月" && c.number.value > Decimal::ONE)
            .map(|c| c.number.value)
    };
    let months = || USUAL.iter().map(|n| Decimal::from(*n)).chain(told());
    let of_months = || monthly && decimals > 0 && totals().any(|a| a > value && months().any(|n| fits(a, n)));
    let of_another =
        || decimals > 1 && totals().any(|a| totals().any(|n| n > Decimal::ONE && a > n && fits(a, n)));
    of_months() || of_another()
}

/// 全街道11个社区平均为18场, with 198场 told elsewhere: what stands right before it, so many times, is a total of the text.
pub(super) fn is_of_a_total_told(claims: &Claims, stated: &Claim, before: &[&Claim]) -> bool {
    const LEAST_TOTAL: i64 = 30;
    let Some(n) = before.last().filter(|c| c.exact() && c.segment == stated.segment) else { return false };
    let kin = stated.class() != n.class() && n.number.value > Decimal::ONE;
    let total = stated.number.value.checked_mul(n.number.value);
    let Some(total) = total.filter(|t| kin && *t >= Decimal::from(LEAST_TOTAL)) else { return false };
    claims.all.iter().any(|c| c.exact() && c.class() == stated.class() && c.number.value == total)
}

/// What lies between the two numbers of its kind right before it in its sentence.
pub(super) fn is_between_two(stated: &Claim, before: &[&Claim]) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.sentence == stated.sentence;
    let near: Vec<Decimal> = before.iter().rev().filter(kin).take(2).map(|c| c.number.value).collect();
    matches!(near.as_slice(), [a, b] if a != b && (*a - *b).abs() == stated.number.value)
}
