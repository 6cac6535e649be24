//! What is known of a household when its next contact is worked out.

use chrono::NaiveDate;

/// A household, as far as contacts go by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// When its file was opened.
    pub opened_on: NaiveDate,
    /// When and why the file was closed.
    pub closed: Option<Closed>,
    /// Whether nobody lives where they are registered: there is nobody to visit at home.
    pub absent: bool,
    /// Its service levels, in any order.
    pub levels: Vec<Level>,
    /// Whoever has a file in it.
    pub persons: Vec<Person>,
    /// The last contacts.
    pub last: Last,
    /// What happened to them.
    pub events: Vec<Event>,
    /// The warnings of bad weather for where they live.
    pub warnings: Vec<Warning>,
}

/// That a file was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The first day without it.
    pub on: NaiveDate,
    /// Why, as people read it: 死亡, 迁出.
    pub why: String,
}

/// A service level, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its code: `one` to `six`.
    pub level: String,
    /// Since when.
    pub from: NaiveDate,
    /// The first day no longer.
    pub to: Option<NaiveDate>,
}

/// A person of a household.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// When and why their file was closed.
    pub closed: Option<Closed>,
    /// The codes of the categories they are in, each since when.
    pub categories: Vec<(String, NaiveDate)>,
    /// Their stays in hospital.
    pub stays: Vec<Stay>,
}

/// A stay in hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The first day.
    pub from: NaiveDate,
    /// The day of discharge; none while it lasts.
    pub to: Option<NaiveDate>,
}

/// The last contacts of each kind, up to the day asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Last {
    /// At home, with more than greetings.
    pub home: Option<NaiveDate>,
    /// At home, of whatever kind.
    pub greeting: Option<NaiveDate>,
    /// By telephone.
    pub phone: Option<NaiveDate>,
}

/// Something grave that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day the station learned of it.
    pub known_on: NaiveDate,
    /// What, in a few words.
    pub what: String,
}

/// A warning of bad weather.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The day it was given.
    pub from: NaiveDate,
    /// The day it was lifted; none while it holds.
    pub to: Option<NaiveDate>,
    /// What, in a few words: 寒冷橙色预警.
    pub what: String,
}

impl Last {
    /// The last contact of any kind.
    #[must_use]
    pub fn any(&self) -> Option<NaiveDate> {
        self.home.max(self.greeting).max(self.phone)
    }
}

impl Facts {
    /// The level that holds on a day.
    #[must_use]
    pub fn level(&self, day: NaiveDate) -> Option<&Level> {
        let holds = |level: &&Level| level.from <= day && level.to.is_none_or(|to| day < to);
        self.levels.iter().filter(holds).max_by_key(|level| level.from)
    }

    /// Whoever still has a file on a day.
    pub(super) fn here(&self, day: NaiveDate) -> impl Iterator<Item = &Person> {
        let open = move |person: &&Person| person.closed.as_ref().is_none_or(|closed| day < closed.on);
        self.persons.iter().filter(open)
    }
}

impl Person {
    /// Whether they are in hospital on a day.
    #[must_use]
    pub fn in_hospital(&self, day: NaiveDate) -> bool {
        self.stays.iter().any(|stay| stay.from <= day && stay.to.is_none_or(|to| day < to))
    }
}
