//! Moments and the clock. A moment is UTC microseconds; a day is a civil date in Asia/Shanghai.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use diesel::backend::Backend;
use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;

/// Asia/Shanghai has been UTC+8 without summer time since 1991; earlier moments are never stored.
const SHANGHAI_SECONDS_EAST: i32 = 8 * 3600;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, serde::Serialize,
)]
#[serde(transparent)]
#[diesel(sql_type = BigInt)]
pub struct Moment(i64);

impl Moment {
    /// Later than every moment that is stored: the end of what is still so.
    pub const FOREVER: Self = Self(i64::MAX);

    /// From microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; zero for moments before it.
    #[must_use]
    pub fn millis(self) -> u64 {
        u64::try_from(self.0 / 1000).unwrap_or(0)
    }

    /// The moment a Shanghai clock shows this date and time.
    #[must_use]
    pub fn at(day: NaiveDate, time: NaiveTime) -> Self {
        let utc = day.and_time(time).and_utc().timestamp_micros();
        Self(utc - i64::from(SHANGHAI_SECONDS_EAST) * 1_000_000)
    }

    /// The last microsecond of a Shanghai day: what is known at the end of it.
    #[must_use]
    pub fn end_of(day: NaiveDate) -> Self {
        Self(Self::at(day, NaiveTime::MIN).0 + 86_400_000_000 - 1)
    }

    /// The Shanghai calendar day.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.shanghai().date_naive()
    }

    /// Date and minute on a Shanghai clock, for people: `2024-12-31 16:20`.
    #[must_use]
    pub fn minute(self) -> String {
        self.shanghai().format("%Y-%m-%d %H:%M").to_string()
    }

    fn shanghai(self) -> DateTime<FixedOffset> {
        let utc = DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        match FixedOffset::east_opt(SHANGHAI_SECONDS_EAST) {
            Some(zone) => zone.from_utc_datetime(&utc.naive_utc()),
            None => utc.fixed_offset(),
        }
    }
}

/// A date as reports print it: `2024年12月31日`.
#[must_use]
pub fn chinese_date(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Where "now" comes from. The binary makes a `System` clock, tests and the sample a `Fixed` one; nothing else
/// asks the operating system for the time.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The clock of the machine.
    System,
    /// Always this moment.
    Fixed(Moment),
    /// The moment, in microseconds, that a test has put there last: time passes when the test says so.
    Manual(&'static AtomicI64),
}

impl Clock {
    /// The moment it is.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Moment(Utc::now().timestamp_micros()),
            Self::Fixed(moment) => moment,
            Self::Manual(micros) => Moment(micros.load(Ordering::SeqCst)),
        }
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Moment
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(Self)
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Moment
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}
