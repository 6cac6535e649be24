//! The shipped files, the case table of due contacts, and what is refused in a file.

mod cases;
mod files;

use chrono::NaiveDate;

use super::{Calendar, Levels};

pub(super) const CALENDAR: &str = include_str!("../../../../../schemes/china-calendar.toml");
pub(super) const LEVELS: &str = include_str!("../../../../../schemes/guangzhou-service-levels.toml");
pub(super) const CATEGORIES: &[&str] = &["child_in_difficulty", "elder_alone"];

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

pub(super) fn calendar() -> Calendar {
    Calendar::parse("china-calendar.toml", CALENDAR).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub(super) fn levels() -> Levels {
    Levels::parse("guangzhou-service-levels.toml", LEVELS, CATEGORIES)
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}
