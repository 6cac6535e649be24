//! Case tables of pace.

use kernel::{Period, trimmed};
use rust_decimal::Decimal;

use super::{Status, pace, status};

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
