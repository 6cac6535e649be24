//! Who belongs to the frame on the day of the cut-off.

use chrono::{Months, NaiveDate};

/// The age from which somebody answers themselves, in years; before it the guardian is asked.
pub const GUARDED_UNTIL: u32 = 14;

/// What is known of a person on the day, as far as it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Date of birth.
    pub born_on: NaiveDate,
    /// Since when the person has a file.
    pub filed_on: NaiveDate,
    /// Since when the person's file is closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether it was closed because the person died.
    pub died: bool,
    /// Whether it was closed because the person moved away.
    pub moved: bool,
    /// Since when the household's file is closed.
    pub household_closed_on: Option<NaiveDate>,
    /// Since when the household is on the roster no longer; nothing where it still is, or was never listed.
    pub delisted_on: Option<NaiveDate>,
}

/// Whether somebody can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// And is asked.
    Yes,
    /// And the guardian is asked.
    ThroughGuardian,
    /// Not: why, in words.
    No(&'static str),
}

/// Whether a person belongs to the frame of a cut-off. A file that was closed on the day itself is closed.
#[must_use]
pub fn belongs(person: &Standing, on: NaiveDate) -> Belongs {
    let over = |since: Option<NaiveDate>| since.is_some_and(|day| day <= on);
    if over(person.closed_on) {
        return Belongs::No(match (person.died, person.moved) {
            (true, _) => "已故",
            (false, true) => "已迁出",
            (false, false) => "已销档",
        });
    }
    if over(person.household_closed_on) {
        return Belongs::No("户已销档");
    }
    if over(person.delisted_on) {
        return Belongs::No("已不在名册");
    }
    if person.filed_on > on {
        return Belongs::No("截止日以后建档");
    }
    let grown = person.born_on.checked_add_months(Months::new(GUARDED_UNTIL * 12));
    if grown.is_some_and(|day| day > on) { Belongs::ThroughGuardian } else { Belongs::Yes }
}
