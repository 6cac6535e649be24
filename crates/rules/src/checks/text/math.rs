//! Exact arithmetic on printed numbers: what a printed value can stand for, and numbers written for people.

use rust_decimal::{Decimal, RoundingStrategy};

/// Whether `exact` may be printed as `printed` with `decimals` places: rounded half up or to even, or
/// (with decimals) cut off.
pub(super) fn prints_as(exact: Decimal, printed: Decimal, decimals: u32) -> bool {
    let cut = if decimals == 0 { RoundingStrategy::MidpointAwayFromZero } else { RoundingStrategy::ToZero };
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven, cut]
        .into_iter()
        .any(|way| exact.round_dp_with_strategy(decimals, way) == printed)
}

/// `100 × part / whole`; `None` for a whole of zero.
pub(super) fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// Whether `percent` can be the printed share of `part` in `whole`.
pub(super) fn is_share(percent: Decimal, decimals: u32, part: Decimal, whole: Decimal) -> bool {
    percent_of(part, whole).is_some_and(|p| prints_as(p, percent, decimals))
}

/// Wholes (multiples of `step`) of which `part` is `percent`: the smallest and the largest, or `None`.
pub(super) fn wholes(
    part: Decimal,
    percent: Decimal,
    decimals: u32,
    step: Decimal,
) -> Option<(Decimal, Decimal)> {
    if percent <= Decimal::ZERO {
        return None;
    }
    let ulp = Decimal::new(1, decimals);
    let above = if decimals == 0 { ulp / Decimal::TWO } else { ulp };
    let low = percent_of(part, percent.checked_add(above)?)?.checked_div(step)?.floor();
    let high_base = percent.checked_sub(ulp / Decimal::TWO).filter(|p| *p > Decimal::ZERO)?;
    let high = percent_of(part, high_base)?.checked_div(step)?.ceil();
    let fits = |n: &Decimal| *n > Decimal::ZERO && is_share(percent, decimals, part, *n * step);
    let mut from = low;
    for _ in 0..4 {
        if fits(&from) {
            break;
        }
        from += Decimal::ONE;
    }
    let mut to = high;
    for _ in 0..4 {
        if fits(&to) {
            break;
        }
        to -= Decimal::ONE;
    }
    (from <= to && fits(&from) && fits(&to)).then(|| (from * step, to * step))
}

/// Whether a whole number of `base` people can be `percent` of them.
pub(super) fn whole_people(p: Decimal, decimals: u32, base: Decimal) -> bool {
    let about = (p * base / Decimal::ONE_HUNDRED).floor();
    [about, about + Decimal::ONE].iter().any(|k| is_share(p, decimals, *k, base))
}

/// A number as it is written with so many decimals; none that nobody writes, such as a product of many numbers.
fn digits(n: Decimal, places: u32) -> Option<Vec<u8>> {
    const LONGEST: i64 = 1_000_000_000_000_000;
    const FINEST: u32 = 12;
    let written = n.abs() < Decimal::from(LONGEST) && places <= FINEST;
    written.then(|| format!("{n:.*}", places as usize).into_bytes())
}

/// Whether two printed numbers of one length differ in one digit, or in two neighbours changed round.
pub(super) fn one_digit_apart(a: Decimal, b: Decimal) -> bool {
    let places = a.scale().max(b.scale());
    let (Some(a), Some(b)) = (digits(a, places), digits(b, places)) else { return false };
    if a.len() != b.len() || b.first() == Some(&b'-') {
        return false;
    }
    let apart: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match apart.as_slice() {
        [_] => true,
        [i, j] => j - i <= 2 && a[*i] == b[*j] && a[*j] == b[*i],
        _ => false,
    }
}

/// Whether two numbers have the same digits in another order.
pub(super) fn reordered(a: Decimal, b: Decimal) -> bool {
    let places = a.scale().max(b.scale());
    let sorted = |n: Decimal| {
        let mut digits = digits(n, places)?;
        digits.sort_unstable();
        Some(digits)
    };
    a != b && sorted(a).is_some() && sorted(a) == sorted(b)
}

/// Digits in another order, or one of them another.
pub(super) fn mistaken(a: Decimal, b: Decimal) -> bool {
    a != b && (one_digit_apart(a, b) || reordered(a, b))
}

/// Whether one digit of a number changed, or two neighbours changed round, brings it into a range.
pub(super) fn one_digit_into(value: Decimal, decimals: u32, (low, high): (Decimal, Decimal)) -> bool {
    let Some(digits) = digits(value, decimals) else { return false };
    let holds = |bytes: &[u8]| {
        let number = std::str::from_utf8(bytes).ok().and_then(|s| s.parse::<Decimal>().ok());
        number.is_some_and(|n| low <= n && n <= high)
    };
    let mut made = digits.clone();
    let changed = (0..digits.len()).filter(|i| digits[*i].is_ascii_digit()).any(|i| {
        let any = (b'0'..=b'9').filter(|d| *d != digits[i]).any(|d| {
            made[i] = d;
            holds(&made)
        });
        made[i] = digits[i];
        any
    });
    changed
        || (1..digits.len()).filter(|i| digits[*i].is_ascii_digit() && digits[i - 1].is_ascii_digit()).any(
            |i| {
                made.swap(i - 1, i);
                let fits = digits[i - 1] != digits[i] && holds(&made);
                made.swap(i - 1, i);
                fits
            },
        )
}

/// The same, or two digits on both sides of the point changed round: 82.0 for 80.2.
pub(super) fn slips_into(value: Decimal, decimals: u32, (low, high): (Decimal, Decimal)) -> bool {
    let Some(mut made) = digits(value, decimals) else { return false };
    let across = (2..made.len()).find(|i| made[i - 1] == b'.').is_some_and(|i| {
        made.swap(i - 2, i);
        let number = std::str::from_utf8(&made).ok().and_then(|s| s.parse::<Decimal>().ok());
        number.is_some_and(|n| n != value && low <= n && n <= high)
    });
    across || one_digit_into(value, decimals, (low, high))
}

/// A number without needless zeros.
pub(super) fn show(n: Decimal) -> String {
    n.normalize().to_string()
}

/// A share for people: at most two places.
pub(super) fn show_percent(n: Decimal) -> String {
    format!("{}%", show(n.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
}

/// "555+537+447=1539".
pub(super) fn show_sum(parts: &[Decimal]) -> String {
    let sum: Decimal = parts.iter().sum();
    let terms: Vec<String> = parts.iter().map(|p| show(*p)).collect();
    format!("{}={}", terms.join("+"), show(sum))
}
