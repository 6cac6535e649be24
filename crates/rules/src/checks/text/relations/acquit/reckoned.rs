//! What a number comes to from others near by: a quotient, a sum, a mean over its noun.

use rust_decimal::Decimal;

use super::{LEAST, LIST, NEAR};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::math::prints_as;

/// A total of its unit divided by a count of people, both of the paragraph up to it.
pub(super) fn is_quotient_of_its_kind(doc: &Doc, claims: &Claims, stated: &Claim) -> bool {
    let before = claims.within(&(doc.blocks[stated.block].body..stated.number.span.start));
    let before = &before[before.len().saturating_sub(2 * NEAR)..];
    let (value, decimals) = (stated.number.value, stated.number.decimals);
    let of = |class: &str| before.iter().filter(move |c| c.exact() && c.class() == class).collect::<Vec<_>>();
    let people = of("人");
    of(stated.class()).iter().any(|total| {
        people.iter().any(|n| {
            let mean = total.number.value.checked_div(n.number.value);
            n.number.value > Decimal::ONE && mean.is_some_and(|mean| prints_as(mean, value, decimals))
        })
    })
}

/// A count divided by a smaller one of another kind.
pub(super) fn is_quotient(stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
    let near = || before.iter().chain(behind).filter(|c| !c.number.percent);
    let (value, decimals) = (stated.number.value, stated.number.decimals);
    near().any(|whole| {
        near().any(|by| {
            let (a, b) = (whole.number.value, by.number.value);
            let mean = a.checked_div(b).filter(|_| b > Decimal::ONE && a > b && whole.class() != by.class());
            mean.is_some_and(|mean| mean == value || decimals > 0 && prints_as(mean, value, decimals))
        })
    })
}

/// 个案会谈共288次…，例均9.0次, with 32例 told elsewhere; 抽取240人，每站20人, with 12个站.
pub(super) fn is_over_its_noun(doc: &Doc, claims: &Claims, stated: &Claim, before: &[&Claim]) -> bool {
    let left = doc.slice(&stated.left);
    let each = left.rsplit_once('每').and_then(|(_, noun)| noun.chars().last());
    let noun = each.or_else(|| left.split_once('均').and_then(|(noun, _)| noun.chars().last()));
    let Some(noun) = noun.filter(|c| !matches!(c, '月' | '年' | '人' | '平')) else { return false };
    let (value, decimals) = (stated.number.value, stated.number.decimals);
    let of_noun = |c: &&Claim| {
        c.exact()
            && c.number.value > Decimal::ONE
            && (c.number.unit.is_some_and(|u| u.word.starts_with(noun))
                || doc.slice(&c.right).ends_with(noun)
                || doc.slice(&c.left).ends_with(noun))
    };
    let counts = || claims.all.iter().filter(of_noun);
    before.iter().filter(|c| c.class() == stated.class() && c.number.value > value).any(|total| {
        counts().any(|n| {
            let mean = total.number.value.checked_div(n.number.value);
            mean.is_some_and(|mean| mean == value || decimals > 0 && prints_as(mean, value, decimals))
        })
    })
}

/// The sum of a list of its kind right before or behind, or what one leaves of another.
pub(super) fn is_sum(stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class();
    let before: Vec<Decimal> = before.iter().rev().filter(kin).map(|c| c.number.value).collect();
    let behind: Vec<Decimal> = behind.iter().filter(kin).map(|c| c.number.value).collect();
    let value = stated.number.value;
    if value < Decimal::from(LEAST) && stated.number.decimals == 0 {
        return false;
    }
    let adds = |list: &[Decimal]| {
        (0..list.len()).any(|from| {
            let mut sum = Decimal::ZERO;
            list[from..].iter().take(LIST).enumerate().any(|(n, v)| {
                sum += v;
                n > 0 && sum == value
            })
        })
    };
    let all = || before.iter().chain(&behind);
    adds(&before) || adds(&behind) || all().any(|a| all().any(|b| a - b == value))
}
