//! Case tables of the kernel's arithmetic.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{Id, Moment, Period, full_years, half_up, percent, trimmed};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn percentages_of_the_published_report() {
    let check = |actual: i64, target: i64, printed: &str| {
        assert_eq!(trimmed(percent(actual.into(), target.into()).unwrap()), printed, "{actual}/{target}");
    };
    check(8642, 2086, "414.29");
    check(949, 1000, "94.9");
    check(56, 104, "53.85");
    check(560, 540, "103.7");
    check(160, 120, "133.33");
    check(69, 100, "69");
    assert_eq!(percent(Decimal::ONE, Decimal::ZERO), None);
}

#[test]
fn half_goes_up() {
    for (value, expected) in
        [("89.995", "90.00"), ("2.675", "2.68"), ("-2.675", "-2.68"), ("59.994", "59.99")]
    {
        assert_eq!(half_up(dec(value), 2), dec(expected), "{value}");
    }
}

#[test]
fn contract_days() {
    let contract = Period::new(day("2024-06-21"), day("2025-06-20")).unwrap();
    assert_eq!(contract.days(), 365);
    for (at, elapsed) in
        [("2024-06-20", 0), ("2024-06-21", 1), ("2024-12-31", 194), ("2025-06-20", 365), ("2026-01-01", 365)]
    {
        assert_eq!(contract.elapsed(day(at)), elapsed, "{at}");
    }
    assert_eq!(Period::new(day("2025-01-02"), day("2025-01-01")), None);
    assert_eq!(contract.iter().count(), 365);
}

#[test]
fn years_are_counted_like_ages() {
    for (from, to, years) in [
        ("2012-05-01", "2024-12-31", 12),
        ("2012-05-01", "2025-04-30", 12),
        ("2012-05-01", "2025-05-01", 13),
        ("2024-02-29", "2025-02-28", 0),
        ("2025-01-01", "2024-01-01", 0),
    ] {
        assert_eq!(full_years(day(from), day(to)), years, "{from} {to}");
    }
}

#[test]
fn a_moment_knows_its_shanghai_day() {
    let midnight = Moment::at(day("2024-12-31"), chrono::NaiveTime::MIN);
    assert_eq!(midnight.minute(), "2024-12-31 00:00");
    assert_eq!(Moment::from_micros(midnight.micros() - 1).day(), day("2024-12-30"));
    assert_eq!(Moment::end_of(day("2024-12-31")).day(), day("2024-12-31"));
}

#[test]
fn ids_depend_on_their_ingredients_alone() {
    let id = Id::derived(1_718_899_200_000, &[b"seed", b"visit", b"1"]);
    assert_eq!(id, Id::derived(1_718_899_200_000, &[b"seed", b"visit", b"1"]));
    assert_ne!(id, Id::derived(1_718_899_200_000, &[b"seed", b"visi", b"t1"]));
    assert_eq!(id.as_str().parse::<Id>().unwrap(), id);
    assert_eq!(&id.as_str()[14..15], "7");
    assert!("not an id".parse::<Id>().is_err());
}
