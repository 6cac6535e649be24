//! Which days are worked: weekends, public holidays and the make-up workdays that pay for them.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use kernel::Problem;
use serde::Deserialize;
use toml::Spanned;

use super::parse::Mistakes;

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its name.
    pub name: String,
    /// The first day off.
    pub from: NaiveDate,
    /// The last day off.
    pub to: NaiveDate,
}

/// The days of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// Where it is published.
    pub source: String,
    /// Whether the arrangement of the year was not published yet.
    pub provisional: bool,
    /// Its holidays, in order.
    pub holidays: Vec<Holiday>,
    /// The days of weekends that are worked, in order.
    pub workdays: Vec<NaiveDate>,
}

/// A calendar of workdays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The name of the file's contents.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its years, in order.
    pub years: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    name: String,
    version: String,
    years: Vec<Spanned<RawYear>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: i32,
    source: String,
    #[serde(default)]
    provisional: bool,
    #[serde(default)]
    workdays: Vec<Spanned<String>>,
    holidays: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    name: Spanned<String>,
    from: Spanned<String>,
    to: Spanned<String>,
}

impl Calendar {
    /// Reads a calendar (TOML; the form is described in `schemes/README.md`).
    ///
    /// # Errors
    /// Every problem of the file at once, each with file and line: a day that is none, lies outside its year or stands
    /// twice; a holiday that ends before it begins; a make-up workday that is a workday anyway; a year twice.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut mistakes = Mistakes::of(file, text);
        let raw: RawFile = mistakes.toml()?;
        let mut years: Vec<Year> = Vec::new();
        for spanned in raw.years {
            let at = spanned.span().start;
            let raw = spanned.into_inner();
            if years.iter().any(|known| known.year == raw.year) {
                let what = format!("{} 年写了两次", raw.year);
                mistakes.add("duplicate_year", at, what, "请合成一处。");
            }
            years.push(year(&mut mistakes, raw));
        }
        years.sort_by_key(|year| year.year);
        mistakes.done(Self { name: raw.name, version: raw.version, years })
    }

    /// The holiday that a day is in.
    #[must_use]
    pub fn holiday(&self, day: NaiveDate) -> Option<&Holiday> {
        let all = self.years.iter().flat_map(|year| &year.holidays);
        all.into_iter().find(|holiday| holiday.from <= day && day <= holiday.to)
    }

    /// Whether a day is worked. In a year that the calendar does not have, every day from Monday to Friday is.
    #[must_use]
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        let made_up = self.year(day).is_some_and(|year| year.workdays.binary_search(&day).is_ok());
        made_up || (!weekend(day) && self.holiday(day).is_none())
    }

    /// The last workday that is not after a day.
    #[must_use]
    pub fn workday_until(&self, day: NaiveDate) -> NaiveDate {
        (0..LONGEST_REST)
            .filter_map(|back| day.checked_sub_days(Days::new(back)))
            .find(|day| self.is_workday(*day))
            .unwrap_or(day)
    }

    /// The first workday that is not before a day.
    #[must_use]
    pub fn workday_from(&self, day: NaiveDate) -> NaiveDate {
        (0..LONGEST_REST)
            .filter_map(|on| day.checked_add_days(Days::new(on)))
            .find(|day| self.is_workday(*day))
            .unwrap_or(day)
    }

    /// Whether what is known of the year of a day is provisional, or nothing.
    #[must_use]
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        self.year(day).is_none_or(|year| year.provisional)
    }

    /// The next holiday of at least so many days that begins after a day.
    #[must_use]
    pub fn next_holiday(&self, after: NaiveDate, days: u32) -> Option<&Holiday> {
        let all = self.years.iter().flat_map(|year| &year.holidays);
        all.into_iter().find(|holiday| holiday.from > after && holiday.days() >= i64::from(days))
    }

    fn year(&self, day: NaiveDate) -> Option<&Year> {
        self.years.iter().find(|year| year.year == day.year())
    }
}

/// No rest is longer than this, in days.
const LONGEST_REST: u64 = 30;

impl Holiday {
    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn year(mistakes: &mut Mistakes<'_>, raw: RawYear) -> Year {
    let mut holidays: Vec<Holiday> = Vec::new();
    for one in raw.holidays {
        let at = one.from.span().start;
        let (Some(from), Some(to)) = (mistakes.day(&one.from), mistakes.day(&one.to)) else { continue };
        if to < from {
            mistakes.add(
                "bad_holiday",
                at,
                format!("{}在开始前就结束", one.name.as_ref()),
                "请核对 from 和 to。",
            );
        }
        if from.year() != raw.year && to.year() != raw.year {
            let what = format!("{from} 不在 {} 年", raw.year);
            mistakes.add("other_year", at, what, "请放到那一年里。");
        }
        if holidays.iter().any(|other| other.from <= to && from <= other.to) {
            let what = format!("{}和另一个假期的日子重叠", one.name.as_ref());
            mistakes.add("overlapping_holidays", at, what, "一天只属于一个假期，请核对。");
        }
        holidays.push(Holiday { name: one.name.into_inner(), from, to });
    }
    holidays.sort_by_key(|holiday| holiday.from);
    let mut workdays = Vec::new();
    for one in &raw.workdays {
        let at = one.span().start;
        let Some(day) = mistakes.day(one) else { continue };
        let in_holiday = holidays.iter().any(|holiday| holiday.from <= day && day <= holiday.to);
        if day.year() != raw.year || !weekend(day) || in_holiday || workdays.contains(&day) {
            let what = format!("{day} 不能作 {} 年的调休上班日", raw.year);
            mistakes.add("bad_workday", at, what, "调休上班日是这一年里不放假的周六或周日，每天只写一次。");
        }
        workdays.push(day);
    }
    workdays.sort_unstable();
    Year { year: raw.year, source: raw.source, provisional: raw.provisional, holidays, workdays }
}
