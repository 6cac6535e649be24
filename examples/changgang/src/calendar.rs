//! Days: the period of the sample, public holidays and the weekends that were worked instead.
//!
//! The holidays are those that the State Council's office announced for 2024; outside the second half of 2024 only
//! weekends are known here.

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};
use kernel::Moment;

/// The first day of the contract.
pub(crate) const START: NaiveDate = day(2024, 6, 21);
/// The last day whose records count: the sample's own today.
pub(crate) const END: NaiveDate = day(2024, 12, 31);
/// The evening on which everything older than the contract became known to the platform.
pub(crate) const BROUGHT_IN: NaiveDate = day(2024, 6, 20);

/// Mid-Autumn and National Day.
const HOLIDAYS: [NaiveDate; 10] = [
    day(2024, 9, 15),
    day(2024, 9, 16),
    day(2024, 9, 17),
    day(2024, 10, 1),
    day(2024, 10, 2),
    day(2024, 10, 3),
    day(2024, 10, 4),
    day(2024, 10, 5),
    day(2024, 10, 6),
    day(2024, 10, 7),
];
/// Saturdays and Sundays worked in exchange.
const WORKED_WEEKENDS: [NaiveDate; 3] = [day(2024, 9, 14), day(2024, 9, 29), day(2024, 10, 12)];

/// A date written in the source; a wrong one does not compile where the result is a constant.
pub(crate) const fn day(year: i32, month: u32, date: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, date) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

/// A day so many days later.
pub(crate) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    day + chrono::TimeDelta::days(days)
}

/// Whether the station is open.
pub(crate) fn is_workday(day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    WORKED_WEEKENDS.contains(&day) || !(weekend || HOLIDAYS.contains(&day))
}

/// The day itself or the workday before it, but not before `floor`; then the first workday after it.
pub(crate) fn workday_near(day: NaiveDate, floor: NaiveDate) -> NaiveDate {
    let mut earlier = day;
    while earlier > floor && !is_workday(earlier) {
        earlier = earlier - Days::new(1);
    }
    let mut found = earlier.max(floor);
    while !is_workday(found) {
        found = found + Days::new(1);
    }
    found
}

/// The workdays from one day to another, both possible.
pub(crate) fn workdays(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days().take_while(|day| *day <= to).filter(|day| is_workday(*day)).collect()
}

/// The half-months of the period, 1 to 13: the second half of June 2024 to the second half of December.
/// Gives first and last day.
pub(crate) fn half(number: u32) -> (NaiveDate, NaiveDate) {
    let month = 6 + number / 2;
    if number.is_multiple_of(2) {
        (day(2024, month, 1), day(2024, month, 15))
    } else {
        let first = day(2024, month, 16);
        (first, first.with_day(first.num_days_in_month().into()).unwrap_or(first))
    }
}

/// When what was done on a day is known: that evening.
pub(crate) fn evening(day: NaiveDate) -> Moment {
    Moment::at(day, NaiveTime::from_hms_opt(18, 30, 0).unwrap_or_default())
}
