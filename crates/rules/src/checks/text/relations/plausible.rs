//! Whether a slip can have made what was found: people write one digit wrong, change two round, take 元 for 万元, or are a little off.
//! Numbers that lie apart in any other way were not meant to agree, and a relation that set them against each other was wrong.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::finding::Finding;
use crate::checks::text::math::{one_digit_apart, one_digit_into, reordered};

/// Rules that hold one number against another or against a sum.
const SUMS: &[&str] = &["total", "area-total", "sample-sum", "balance", "difference"];
/// Rules that hold a quotient against what it is of.
const MEANS: &[&str] = &["average", "ratio"];
/// Rules in which each number counts by its weight.
const WEIGHED: &[&str] = &["score-parts", "arithmetic", "table-computed"];

/// How far off in a hundred a number is that somebody took from an earlier state, and a sum of which a part was.
const A_LITTLE: i64 = 1;
const SUM_OFF: i64 = 5;
/// How many points a share is off then, and how far in a hundred a mean.
const SHARE_OFF: i64 = 5;
const MEAN_OFF: i64 = 8;
/// How far off in a hundred one digit of a weight brings their sum, and one of a part a weighed sum.
const WEIGHTS_OFF: i64 = 80;
const WEIGHED_OFF: i64 = 40;
/// 万元 and 元.
const TEN_THOUSAND: i64 = 10_000;

/// Whether a slip explains a finding; so it does where it cannot be told.
pub(in crate::checks::text) fn slip_explains(
    claims: &Claims,
    finding: &Finding,
    spans: &[Range<usize>],
) -> bool {
    let of = |rules: &[&str]| rules.contains(&finding.rule);
    let numbers = || spans.iter().filter_map(|span| claims.within(span).last());
    if finding.rule == "part-over-whole" {
        let mut numbers = numbers();
        return numbers.next().zip(numbers.next()).is_none_or(|(part, whole)| may_be_part(part, whole));
    }
    let number = |text: &str| {
        let text = text.split('，').next().unwrap_or_default().trim_end_matches('%');
        text.parse::<Decimal>().ok()
    };
    let (Some(stated), Some(right)) = (number(&finding.stated), number(&finding.expected)) else {
        return true;
    };
    let share = finding.expected.ends_with('%');
    match () {
        () if finding.rule == "repeated" => {
            written_wrong(stated, right)
                || is_near(stated, right, A_LITTLE)
                || stated.max(right).checked_div(stated.min(right)) == Some(Decimal::from(TEN_THOUSAND))
        }
        () if finding.rule == "weights" => {
            let full = stated == Decimal::ONE_HUNDRED && written_wrong(stated, right);
            full || is_near_of(stated, right, WEIGHTS_OFF)
        }
        () if of(SUMS) && !share => {
            // What was taken from the other way round, with one digit wrong, is off by the sum of both.
            is_sum_slip(stated, right, numbers())
                || finding.rule == "difference" && moves_by_one_digit(stated + right, Decimal::ZERO)
        }
        () if of(WEIGHED) => {
            let numbers: Vec<&Claim> = numbers().collect();
            written_wrong(stated, right)
                || is_near(stated, right, WEIGHED_OFF)
                || numbers.len() <= 3 && is_quotient_slip(stated, right, &numbers)
        }
        () if finding.rule == "rate" || finding.rule == "completion" && share || of(SUMS) => {
            (stated - right).abs() <= Decimal::from(SHARE_OFF)
                || is_quotient_slip(stated, right, &numbers().collect::<Vec<_>>())
        }
        () if of(MEANS) => {
            is_near(stated, right, MEAN_OFF)
                || is_quotient_slip(stated, right, &numbers().collect::<Vec<_>>())
        }
        () => true,
    }
}

/// A part larger than its whole: by one digit, or because one of them is printed in 元 and meant in 万元.
fn may_be_part(part: &Claim, whole: &Claim) -> bool {
    let (a, b) = (part.number.value, whole.number.value);
    let in_yuan = part.number.scale > Decimal::ONE && whole.number.scale <= Decimal::ONE;
    length(a) == length(b)
        || part.class() == "元"
            && in_yuan
            && b.checked_mul(Decimal::from(TEN_THOUSAND)).is_some_and(|b| a <= b)
}

fn is_sum_slip<'a>(stated: Decimal, right: Decimal, mut numbers: impl Iterator<Item = &'a Claim>) -> bool {
    let least = stated.abs().min(right.abs());
    let off = stated - right;
    moves_by_one_digit(off, least)
        || written_wrong(stated, right)
        || is_near(stated, right, SUM_OFF)
        || numbers.any(|c| {
            let in_yuan = c.number.value * Decimal::from(TEN_THOUSAND - 1);
            c.class() == "元" && (off.abs() == in_yuan || off.abs() * Decimal::from(TEN_THOUSAND) == in_yuan)
        })
}

/// Whether one digit of a quotient, or of one of two numbers it is of, makes it right. What more numbers make is left alone, and
/// what none is known of.
fn is_quotient_slip(stated: Decimal, right: Decimal, numbers: &[&Claim]) -> bool {
    let Some((printed, counts)) = numbers.split_first() else { return true };
    let decimals = printed.number.decimals;
    let ulp = Decimal::new(1, decimals);
    let (low, high) = (stated - ulp / Decimal::TWO, stated + ulp);
    let rounded = if right.scale() == 0 { Decimal::ZERO } else { Decimal::new(1, right.scale()) };
    let (least, most) = (right - rounded, right + rounded);
    let one_digit = |claim: &Claim| {
        let value = claim.number.value;
        let range = |from: (Decimal, Decimal), to: (Decimal, Decimal)| {
            let low = value.checked_mul(from.0)?.checked_div(from.1)?;
            Some((low, value.checked_mul(to.0)?.checked_div(to.1)?))
        };
        // It stands above the line, or below it.
        [range((low, most), (high, least)), range((least, high), (most, low))]
            .into_iter()
            .any(|range| range.is_none_or(|range| one_digit_into(value, claim.number.decimals, range)))
    };
    let shown = right.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    if counts.len() > 2 {
        return is_mean_slip(stated, right, counts);
    }
    counts.is_empty()
        || written_wrong(stated, shown)
        || one_digit_into(stated, decimals, (right - ulp, right + ulp))
        || counts.iter().any(|c| one_digit(c))
}

/// The same where the numbers are a list and the quotient their mean; what else more than two numbers make is left alone.
fn is_mean_slip(stated: Decimal, right: Decimal, list: &[&Claim]) -> bool {
    let (sum, n) = (list.iter().map(|c| c.number.value).sum::<Decimal>(), Decimal::from(list.len()));
    let is_mean = sum.checked_div(n).is_some_and(|mean| (mean - right).abs() < Decimal::new(1, 1));
    let half = Decimal::new(5, stated.scale() + 1);
    !is_mean
        || written_wrong(stated, right)
        || list.iter().any(|c| {
            let rest = sum - c.number.value;
            let range = ((stated - half) * n - rest, (stated + half) * n - rest);
            one_digit_into(c.number.value, c.number.decimals, range)
        })
}

/// Whether a number is another with one digit wrong, or with its digits in another order.
fn written_wrong(a: Decimal, b: Decimal) -> bool {
    let ulp = Decimal::new(1, a.scale());
    one_digit_apart(a, b)
        || reordered(a, b)
        || b.scale() > a.scale() && one_digit_into(a, a.scale(), (b - ulp, b + ulp))
}

/// Whether a sum is off by what one digit of one of its numbers moves it by, or two neighbours changed round: 20, 3000, 0.4, 27.
fn moves_by_one_digit(off: Decimal, least: Decimal) -> bool {
    let digits: String = off.abs().normalize().to_string().chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0');
    let swapped = digits.len() == 2 && digits.parse::<u32>().is_ok_and(|n| n % 9 == 0);
    digits.len() <= 1 || swapped && least >= Decimal::TEN
}

fn is_near(a: Decimal, b: Decimal, percent: i64) -> bool {
    let apart = (a - b).abs().checked_mul(Decimal::ONE_HUNDRED);
    let most = a.abs().max(b.abs()).checked_mul(Decimal::from(percent));
    apart.zip(most).is_none_or(|(apart, most)| apart <= most)
}

fn is_near_of(a: Decimal, whole: Decimal, percent: i64) -> bool {
    let apart = (a - whole).abs().checked_mul(Decimal::ONE_HUNDRED);
    apart.zip(whole.checked_mul(Decimal::from(percent))).is_none_or(|(apart, most)| apart <= most)
}

/// Digits before the point.
fn length(value: Decimal) -> usize {
    value.abs().trunc().to_string().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_written_wrong() {
        for (a, b, wrong) in [
            ("86.3", "83.6", true),
            ("1915", "1917", true),
            ("18.1", "11.8", true),
            ("33.8", "13.85", true),
            ("13.9", "13.85", true),
            ("97.71", "94.15", false),
            ("12", "4", false),
        ] {
            assert_eq!(written_wrong(n(a), n(b)), wrong, "{a} {b}");
        }
    }

    #[test]
    fn sums_off_by_a_digit() {
        for (off, least, moves) in [
            ("2", "5", true),
            ("-300", "500", true),
            ("0.4", "3", true),
            ("27", "100", true),
            ("27", "9", false),
            ("112000", "1940000", false),
            ("98", "109", false),
        ] {
            assert_eq!(moves_by_one_digit(n(off), n(least)), moves, "{off}");
        }
    }
}
