//! Intervals of 95 percent, in exact decimals.
//!
//! A share: Wilson's score interval (E. B. Wilson, “Probable inference, the law of succession, and statistical inference”,
//! JASA 22, 1927, 209–212), without continuity correction and without correction for a finite frame, so rather too wide.
//! A mean: ȳ ± t·s/√n·√(1 − n/N), Student's t with n − 1 degrees of freedom and the correction for a finite frame
//! (W. G. Cochran, *Sampling Techniques*, third edition, 1977, sections 2.6 to 2.8).

use kernel::half_up;
use rust_decimal::Decimal;

use super::closed::Stats;

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The value.
    pub value: Decimal,
    /// The interval around it; none where it cannot be worked out from one answer.
    pub bounds: Option<(Decimal, Decimal)>,
}

/// The normal distribution's 97.5 percent point, in millionths.
const Z: Decimal = Decimal::from_parts(1_959_964, 0, 0, false, 6);

/// The t distribution's 97.5 percent points in thousandths, by degrees of freedom; between two the smaller number's, so
/// rather too wide.
const T: [(u32, u32); 36] = [
    (1, 12_706),
    (2, 4_303),
    (3, 3_182),
    (4, 2_776),
    (5, 2_571),
    (6, 2_447),
    (7, 2_365),
    (8, 2_306),
    (9, 2_262),
    (10, 2_228),
    (11, 2_201),
    (12, 2_179),
    (13, 2_160),
    (14, 2_145),
    (15, 2_131),
    (16, 2_120),
    (17, 2_110),
    (18, 2_101),
    (19, 2_093),
    (20, 2_086),
    (21, 2_080),
    (22, 2_074),
    (23, 2_069),
    (24, 2_064),
    (25, 2_060),
    (26, 2_056),
    (27, 2_052),
    (28, 2_048),
    (29, 2_045),
    (30, 2_042),
    (40, 2_021),
    (60, 2_000),
    (80, 1_990),
    (100, 1_984),
    (120, 1_980),
    (1_000, 1_962),
];

/// The share of those who were satisfied, in percent to two decimals; nothing where nobody answered.
#[must_use]
pub fn share(stats: &Stats, frame: Option<u32>) -> Option<Interval> {
    of_share(stats.satisfied, stats.answers, frame)
}

/// A share in percent to two decimals; nothing where nobody answered. Where everybody in the frame answered there is no
/// error of sampling, and the interval is the value.
#[must_use]
pub fn of_share(part: u32, answers: u32, frame: Option<u32>) -> Option<Interval> {
    if answers == 0 {
        return None;
    }
    let (n, one, hundred) = (Decimal::from(answers), Decimal::ONE, Decimal::ONE_HUNDRED);
    let p = Decimal::from(part) / n;
    let value = half_up(p * hundred, 2);
    if frame.is_some_and(|frame| answers >= frame) {
        return Some(Interval { value, bounds: Some((value, value)) });
    }
    let zz = Z * Z;
    let two = Decimal::TWO;
    let middle = p + zz / (two * n);
    let half = Z * root(p * (one - p) / n + zz / (two * two * n * n));
    let whole = one + zz / n;
    let bound = |value: Decimal| half_up((value / whole).clamp(Decimal::ZERO, one) * hundred, 2);
    Some(Interval { value, bounds: Some((bound(middle - half), bound(middle + half))) })
}

/// The mean points to two decimals, on a scale that goes from `least` to `most`; nothing where nobody answered. Without the
/// number in the frame there is no correction for it.
#[must_use]
pub fn mean(stats: &Stats, frame: Option<u32>, (least, most): (u32, u32)) -> Option<Interval> {
    if stats.answers == 0 {
        return None;
    }
    let n = Decimal::from(stats.answers);
    let mean = Decimal::new(stats.sum, 4) / n;
    let value = half_up(mean, 2);
    if frame.is_some_and(|frame| stats.answers >= frame) {
        return Some(Interval { value, bounds: Some((value, value)) });
    }
    let Some(t) = student(stats.answers - 1) else { return Some(Interval { value, bounds: None }) };
    let spread = Decimal::new(stats.squares, 8) - mean * mean * n;
    let variance = spread.max(Decimal::ZERO) / (n - Decimal::ONE);
    let left = Decimal::ONE - frame.map_or(Decimal::ZERO, |frame| n / Decimal::from(frame));
    let half = t * root(variance / n * left);
    let (least, most) = (Decimal::from(least), Decimal::from(most));
    let bound = |value: Decimal| half_up(value.clamp(least, most), 2);
    Some(Interval { value, bounds: Some((bound(mean - half), bound(mean + half))) })
}

fn student(freedom: u32) -> Option<Decimal> {
    let known = T.iter().rev().find(|(degrees, _)| *degrees <= freedom)?;
    Some(Decimal::new(i64::from(known.1), 3))
}

/// The square root, by Newton's way from above.
fn root(of: Decimal) -> Decimal {
    if of <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let mut guess = of.max(Decimal::ONE);
    for _ in 0..80 {
        let next = (guess + of / guess) / Decimal::TWO;
        if next >= guess {
            break;
        }
        guess = next;
    }
    guess
}
