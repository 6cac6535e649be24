//! Takes back what a relation said of a number that other numbers in its own neighbourhood explain exactly: the relation set it
//! against the wrong ones. 在岗率97.9% is no slip where 应有48个月 and 实有47个月 stand in the same sentence. One that a single digit
//! would make right stays: so do people slip.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Finding;
use crate::checks::text::math::{is_share, one_digit_apart, prints_as};

/// The rules whose relations look for what belongs together; what a text itself ties together is not taken back.
const GUESSING: &[&str] = &["rate", "average", "ratio", "difference", "direction"];
/// Those that add up.
const ADDING: &[&str] = &["total", "area-total", "sample-sum"];
/// Numbers before and behind that may explain one.
const NEAR: usize = 12;
/// Numbers that may be one list.
const LIST: usize = 8;
/// Smaller sums and differences come about by chance.
const LEAST: i64 = 20;

/// Whether the number that a finding is about, the last one in `span`, is explained.
pub(in crate::checks::text) fn explained(
    doc: &Doc,
    claims: &Claims,
    finding: &Finding,
    span: &Range<usize>,
) -> bool {
    let Some(stated) = claims.within(span).last() else { return false };
    if doc.blocks[stated.block].kind == Kind::Cell {
        return false;
    }
    let at = claims.all.partition_point(|c| c.number.span.start < stated.number.span.start);
    let block = |c: &&Claim| c.block == stated.block && !c.number.vague;
    let before: Vec<&Claim> = claims.all[at.saturating_sub(NEAR)..at].iter().filter(block).collect();
    let behind: Vec<&Claim> = claims.all[at + 1..].iter().take(NEAR).filter(block).collect();
    if finding.rule == "repeated" {
        return is_share_of_two(stated, &before);
    }
    let expected = finding.expected.trim_end_matches('%').parse::<Decimal>();
    if expected.as_ref().is_ok_and(|right| is_slip(stated, *right)) {
        return false;
    }
    if ADDING.contains(&finding.rule) {
        let near: Vec<&Claim> = before.iter().chain(&behind).copied().collect();
        return expected.is_ok_and(|sum| has_its_whole(stated, &near, sum))
            || sums_its_name(doc, stated, &near);
    }
    // 80% is the share of too many pairs.
    let coarse = stated.number.percent && stated.number.decimals == 0;
    if coarse || !GUESSING.contains(&finding.rule) {
        return false;
    }
    let here = |c: &&&Claim| {
        c.sentence == stated.sentence || finding.rule == "difference" && stated.number.decimals > 0
    };
    let before: Vec<&Claim> = before.iter().filter(here).copied().collect();
    let behind: Vec<&Claim> = behind.iter().filter(here).copied().collect();
    if stated.number.percent || stated.class() == "点" {
        is_proportion(doc, stated, &before, &behind)
    } else if stated.is_mean(doc) || stated.number.decimals > 0 {
        is_quotient(stated, &before, &behind) || is_sum(stated, &before, &behind)
    } else {
        is_sum(stated, &before, &behind)
    }
}

/// 芦汀街道78人中满意70人，满意率89.7%: its own two counts stand right before it.
fn is_share_of_two(stated: &Claim, before: &[&Claim]) -> bool {
    let [.., whole, part] = before else { return false };
    stated.number.percent
        && stated.number.decimals > 0
        && whole.class() == part.class()
        && [whole, part].iter().all(|c| c.exact() && c.sentence == stated.sentence)
        && is_share(stated.number.value, stated.number.decimals, part.number.value, whole.number.value)
}

/// What was added up is another number's: 有效224份，无效7份，按社区分布为49份、42份….
fn has_its_whole(stated: &Claim, near: &[&Claim], sum: Decimal) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.number.value == sum;
    sum >= Decimal::from(LEAST) && near.iter().any(|c| kin(&c))
}

/// What bears its name adds up to it: 满意196人…满意72人…满意43人，合计满意311人.
fn sums_its_name(doc: &Doc, stated: &Claim, near: &[&Claim]) -> bool {
    let name = |c: &Claim| {
        let words = doc.slice(&c.left);
        words.char_indices().nth_back(1).map(|(at, _)| &words[at..])
    };
    let Some(own) = name(stated) else { return false };
    let kin = near.iter().filter(|c| c.exact() && c.class() == stated.class() && name(c) == Some(own));
    let parts: Vec<Decimal> = kin.map(|c| c.number.value).collect();
    parts.len() >= 2 && parts.iter().sum::<Decimal>() == stated.number.value
}

/// Whether one digit would make it what was expected of it.
fn is_slip(stated: &Claim, right: Decimal) -> bool {
    one_digit_apart(right.round_dp(stated.number.decimals), stated.number.value)
}

/// A share of two counts of one kind or of one in a pair, a growth from one to the other, what another share leaves, or how far
/// two shares lie apart.
fn is_proportion(doc: &Doc, stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let near: Vec<&Claim> = before.iter().chain(behind).copied().collect();
    let of_pair = near.windows(2).any(|pair| {
        let [a, b] = [pair[0].number.value, pair[1].number.value];
        let kin = pair[0].exact() && pair[1].exact() && pair[0].class() == pair[1].class();
        kin && (is_share(p, decimals, a, a + b) || is_share(p, decimals, b, a + b))
    });
    if of_pair {
        return true;
    }
    let moved =
        ["增", "升", "降", "减", "提高", "多", "少"].iter().any(|w| doc.slice(&stated.left).contains(w));
    near.iter().enumerate().any(|(i, a)| {
        let other = a.number.percent && Decimal::ONE_HUNDRED - a.number.value == p;
        other
            || near.iter().enumerate().any(|(j, b)| {
                if i == j || a.class() != b.class() || a.number.value.is_zero() || b.number.value.is_zero() {
                    return false;
                }
                let (a, b) = (a.number.value, b.number.value);
                match near[i].number.percent {
                    true => a - b == p,
                    false => is_share(p, decimals, a, b) || moved && is_share(p, decimals, (a - b).abs(), b),
                }
            })
    })
}

/// A count divided by a smaller one of another kind.
fn is_quotient(stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
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

/// The sum of a list of its kind right before or behind, or what one leaves of another.
fn is_sum(stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
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
