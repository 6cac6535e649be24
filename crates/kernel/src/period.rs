//! Periods of civil days, both ends counted.

use chrono::{Datelike, Days, NaiveDate};

/// From one day to another, both counted; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

impl Period {
    /// `None` when the end lies before the start.
    #[must_use]
    pub fn new(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The first day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// The last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// How many days, both ends counted: 2024-06-21 to 2024-12-31 is 194.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// How many of its days have passed at the end of `day`: none before it, all after it.
    #[must_use]
    pub fn elapsed(self, day: NaiveDate) -> i64 {
        ((day - self.start).num_days() + 1).clamp(0, self.days())
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// Its days in order.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        (0..self.days().unsigned_abs()).filter_map(move |n| self.start.checked_add_days(Days::new(n)))
    }
}

/// Whole years from one day to another, as ages are counted; zero when the second is not later.
#[must_use]
pub fn full_years(from: NaiveDate, to: NaiveDate) -> i64 {
    let years = i64::from(to.year() - from.year());
    let not_yet = (to.month(), to.day()) < (from.month(), from.day());
    (years - i64::from(not_yet)).max(0)
}
