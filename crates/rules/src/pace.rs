//! Completion, elapsed time, forecast and status of a contract's indicators, and what is left to do.

use kernel::{Period, half_up, percent};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use chrono::{Days, NaiveDate};

kernel::words! {
    /// How an indicator stands against the time that has passed.
    pub enum Status {
        /// 100 % or more.
        Done = "done" "已完成",
        /// 200 % or more: is it counted rightly, and was the target right?
        DoneCheck = "done_check" "已完成，请核对",
        /// At least 5 points ahead of the elapsed share.
        Ahead = "ahead" "领先",
        /// From 0 to below 5 points ahead.
        Tight = "tight" "贴线",
        /// Behind the elapsed share.
        Behind = "behind" "落后",
        /// Nothing to compare: no figure, or a target of zero.
        NoData = "no_data" "无数据",
    }
}

/// Where an indicator stands at a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// Actual ÷ target, percent, half up to two decimals.
    pub completion: Option<Decimal>,
    /// Elapsed days ÷ contract days, both ends counted, percent, half up to two decimals.
    pub elapsed: Decimal,
    /// Actual ÷ elapsed days × contract days, half up to a whole number; a reminder, not a promise.
    pub forecast: Option<Decimal>,
    /// The forecast ÷ target, percent, half up to two decimals, from the unrounded forecast.
    pub forecast_percent: Option<Decimal>,
    /// The verdict.
    pub status: Status,
}

/// Where an indicator stands at the end of `as_of`.
#[must_use]
pub fn pace(actual: Option<Decimal>, target: Decimal, contract: Period, as_of: NaiveDate) -> Pace {
    let (passed, days) = (Decimal::from(contract.elapsed(as_of)), Decimal::from(contract.days()));
    let elapsed = percent(passed, days).unwrap_or_default();
    let completion = actual.and_then(|actual| percent(actual, target));
    let forecast = actual.filter(|_| !passed.is_zero()).map(|actual| actual * days / passed);
    Pace {
        completion,
        elapsed,
        forecast: forecast.map(|value| half_up(value, 0)),
        forecast_percent: forecast.and_then(|value| percent(value, target)),
        status: status(completion, elapsed),
    }
}

/// The verdict from two percentages as printed, so that anyone can check it against the printed table.
#[must_use]
pub fn status(completion: Option<Decimal>, elapsed: Decimal) -> Status {
    let Some(completion) = completion else { return Status::NoData };
    let lead = completion - elapsed;
    if completion >= Decimal::from(200) {
        Status::DoneCheck
    } else if completion >= Decimal::ONE_HUNDRED {
        Status::Done
    } else if lead >= Decimal::from(5) {
        Status::Ahead
    } else if lead >= Decimal::ZERO {
        Status::Tight
    } else {
        Status::Behind
    }
}

/// What is left of an indicator after a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rest {
    /// The target is met.
    Done,
    /// There is no figure, or a target of zero.
    Unknown,
    /// The contract is over, and this much was not done.
    Over(Decimal),
    /// There is time.
    Due {
        /// How much is missing.
        missing: Decimal,
        /// How many days of the contract are left; before it begins, all of them.
        days: i64,
        /// How much a week from now on, rounded up to one decimal so that whoever keeps to it gets there; in the last
        /// days everything that is missing.
        per_week: Decimal,
        /// Whether the pace so far is enough, and for how long one may wait.
        fits: Fits,
    },
}

/// Whether the rest fits into the days that are left, at the pace so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// Nothing was done yet, or no day has passed: there is no pace.
    NoPace,
    /// It fits, as long as it is begun on this day at the latest.
    BegunBy(NaiveDate),
    /// It does not: more has to be done a week than so far.
    No,
}

/// What is left of an indicator at the end of `as_of`.
#[must_use]
pub fn rest(actual: Option<Decimal>, target: Decimal, contract: Period, as_of: NaiveDate) -> Rest {
    let Some(actual) = actual.filter(|_| target > Decimal::ZERO) else { return Rest::Unknown };
    if actual >= target {
        return Rest::Done;
    }
    let (missing, passed) = (target - actual, contract.elapsed(as_of));
    let days = contract.days() - passed;
    if days == 0 {
        return Rest::Over(missing);
    }
    let weekly = missing * Decimal::from(7) / Decimal::from(days.max(7));
    let per_week = weekly.round_dp_with_strategy(1, RoundingStrategy::AwayFromZero);
    Rest::Due { missing, days, per_week, fits: fits(actual, missing, passed, contract) }
}

/// The rest takes missing ÷ actual × elapsed days, rounded up to whole days; it has to be begun that long before the end.
fn fits(actual: Decimal, missing: Decimal, passed: i64, contract: Period) -> Fits {
    if passed == 0 || actual <= Decimal::ZERO {
        return Fits::NoPace;
    }
    let takes = (missing * Decimal::from(passed) / actual).ceil();
    let left = contract.days() - passed;
    match takes.to_u64().filter(|takes| *takes <= left.unsigned_abs()) {
        Some(takes) => {
            let before = Days::new(takes.saturating_sub(1));
            contract.end().checked_sub_days(before).map_or(Fits::No, Fits::BegunBy)
        }
        None => Fits::No,
    }
}

#[cfg(test)]
mod tests;
