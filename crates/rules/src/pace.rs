//! Completion, elapsed time, forecast and status of a contract's indicators.

use kernel::{Period, half_up, percent};
use rust_decimal::Decimal;

use chrono::NaiveDate;

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

#[cfg(test)]
mod tests;
