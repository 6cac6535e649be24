//! Halves of a month: from the 1st to the 15th, and from the 16th to the last. Pure.

use chrono::{Datelike as _, Months, NaiveDate};

/// A half of a month, both ends counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
}

impl Half {
    /// The half that ends on a day; none where no half does.
    #[must_use]
    pub fn ending(day: NaiveDate) -> Option<Self> {
        Self::of_month(day)?.into_iter().find(|half| half.last == day)
    }

    /// The two halves of the month that a day lies in.
    #[must_use]
    pub fn of_month(day: NaiveDate) -> Option<[Self; 2]> {
        let first = day.with_day(1)?;
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        let (fifteenth, sixteenth) = (day.with_day(15)?, day.with_day(16)?);
        Some([Self { first, last: fifteenth }, Self { first: sixteenth, last }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_two_halves() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let cases = [
            ("2024-02-10", ["2024-02-01", "2024-02-15", "2024-02-16", "2024-02-29"]),
            ("2023-02-28", ["2023-02-01", "2023-02-15", "2023-02-16", "2023-02-28"]),
            ("2024-12-31", ["2024-12-01", "2024-12-15", "2024-12-16", "2024-12-31"]),
        ];
        for (of, ends) in cases {
            let [one, two] = Half::of_month(day(of)).unwrap();
            assert_eq!([one.first, one.last, two.first, two.last], ends.map(day), "{of}");
        }
        assert!(Half::ending(day("2024-02-15")).is_some() && Half::ending(day("2024-02-29")).is_some());
        assert!(Half::ending(day("2024-02-28")).is_none() && Half::ending(day("2024-02-16")).is_none());
    }
}
