//! Case tables of pace.

use kernel::{Period, trimmed};
use rust_decimal::Decimal;

use super::{Fits, Rest, Status, pace, rest, status};

fn contract() -> Period {
    Period::new("2024-06-21".parse().unwrap(), "2025-06-20".parse().unwrap()).unwrap()
}

#[test]
fn the_published_indicators() {
    let check = |actual: i64, target: i64, completion: &str, forecast: i64, expected: Status| {
        let pace = pace(Some(actual.into()), target.into(), contract(), "2024-12-31".parse().unwrap());
        assert_eq!(trimmed(pace.completion.unwrap()), completion);
        assert_eq!(trimmed(pace.elapsed), "53.15");
        assert_eq!(pace.forecast, Some(forecast.into()));
        assert_eq!(pace.status, expected, "{actual}/{target}");
    };
    check(8642, 2086, "414.29", 16_259, Status::DoneCheck);
    check(949, 1000, "94.9", 1785, Status::Ahead);
    check(56, 104, "53.85", 105, Status::Tight);
    check(560, 540, "103.7", 1054, Status::Done);
    check(116, 50, "232", 218, Status::DoneCheck);
    check(50, 100, "50", 94, Status::Behind);
}

#[test]
fn bounds_of_the_status() {
    let check = |completion: &str, elapsed: &str, expected: Status| {
        let percent = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(
            status(Some(percent(completion)), percent(elapsed)),
            expected,
            "{completion} at {elapsed}"
        );
    };
    check("99.99", "53.15", Status::Ahead);
    check("100", "100", Status::Done);
    check("199.99", "1", Status::Done);
    check("200", "1", Status::DoneCheck);
    check("58.15", "53.15", Status::Ahead);
    check("58.14", "53.15", Status::Tight);
    check("53.15", "53.15", Status::Tight);
    check("53.14", "53.15", Status::Behind);
    assert_eq!(status(None, Decimal::ONE), Status::NoData);
}

#[test]
fn nothing_to_divide_by() {
    let day = |text: &str| text.parse().unwrap();
    let before = pace(Some(Decimal::ZERO), Decimal::TEN, contract(), day("2024-06-20"));
    assert_eq!((before.elapsed, before.forecast), (Decimal::ZERO, None));
    assert_eq!(pace(Some(Decimal::ONE), Decimal::ZERO, contract(), day("2024-12-31")).status, Status::NoData);
    assert_eq!(pace(None, Decimal::TEN, contract(), day("2024-12-31")).status, Status::NoData);
}

#[test]
fn what_is_left() {
    let check = |actual: i64, target: i64, as_of: &str, expected: (i64, i64, &str, Fits)| {
        let rest = rest(Some(actual.into()), target.into(), contract(), as_of.parse().unwrap());
        let (missing, days, per_week, fits) = expected;
        let per_week = per_week.parse().unwrap();
        let expected = Rest::Due { missing: missing.into(), days, per_week, fits };
        assert_eq!(rest, expected, "{actual}/{target} at {as_of}");
    };
    let by = |day: &str| Fits::BegunBy(day.parse().unwrap());
    // 48 × 194 ÷ 56 is 166.3 days, 167 from 5 January to 20 June; 48 × 7 ÷ 171 is 1.96 a week.
    check(56, 104, "2024-12-31", (48, 171, "2.0", by("2025-01-05")));
    check(949, 1000, "2024-12-31", (51, 171, "2.1", by("2025-06-10")));
    check(40, 100, "2024-12-31", (60, 171, "2.5", Fits::No));
    // Just in time: after 194 of 365 days exactly 194/365 of the target is done.
    check(194, 365, "2024-12-31", (171, 171, "7", by("2025-01-01")));
    check(193, 365, "2024-12-31", (172, 171, "7.1", Fits::No));
    // Nothing done, not begun, the first day, and the last days.
    check(0, 100, "2024-12-31", (100, 171, "4.1", Fits::NoPace));
    check(0, 100, "2024-06-20", (100, 365, "2.0", Fits::NoPace));
    check(3, 100, "2024-05-01", (97, 365, "1.9", Fits::NoPace));
    check(1, 100, "2024-06-21", (99, 364, "2.0", by("2025-03-14")));
    check(99, 100, "2025-06-13", (1, 7, "1", by("2025-06-17")));
    check(90, 100, "2025-06-17", (10, 3, "10", Fits::No));
    check(99, 100, "2025-06-19", (1, 1, "1", Fits::No));
    check(364, 365, "2025-06-19", (1, 1, "1", by("2025-06-20")));
}

#[test]
fn nothing_is_left_or_nothing_can_be_said() {
    let check = |actual: Option<i64>, target: i64, as_of: &str, expected: Rest| {
        let actual = actual.map(Decimal::from);
        assert_eq!(rest(actual, target.into(), contract(), as_of.parse().unwrap()), expected, "{as_of}");
    };
    check(Some(100), 100, "2024-07-01", Rest::Done);
    check(Some(101), 100, "2026-01-01", Rest::Done);
    check(Some(99), 100, "2025-06-20", Rest::Over(Decimal::ONE));
    check(Some(0), 100, "2026-01-01", Rest::Over(Decimal::ONE_HUNDRED));
    check(None, 100, "2024-07-01", Rest::Unknown);
    check(Some(5), 0, "2024-07-01", Rest::Unknown);
}
