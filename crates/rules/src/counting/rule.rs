//! What a counting rule says, after parsing: every name in it is known to exist.

use chrono::{Months, NaiveDate};
use kernel::Period;

use super::{Field, FieldType, Kind};

/// A counting rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Stable code: `home_visits`.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// The unit printed after the number.
    pub unit: String,
    /// Which kind of record is counted.
    pub kind: &'static Kind,
    /// What is counted.
    pub count: Count,
    /// By which dates.
    pub window: Window,
    /// Under which conditions; all must hold.
    pub conditions: Vec<Condition>,
    /// A sentence on what the rule leaves open, for people.
    pub note: String,
}

impl Rule {
    /// Whether it gives whole numbers, so that a contract can agree on one: no money, no halves, no hundredths.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self.count {
            Count::Records | Count::Distinct(_) | Count::YearsSince(_) => true,
            Count::Sum(field) => matches!(field.holds, FieldType::Whole),
        }
    }

    /// Whether it counts what belongs to a round of evaluation, and so has no value on any day.
    #[must_use]
    pub fn is_of_rounds(&self) -> bool {
        let round = |test: &Test| matches!(test, Test::ThisRound | Test::PreviousRound);
        self.conditions.iter().any(|condition| round(&condition.test))
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// Each record once.
    Records,
    /// The sum of a field.
    Sum(&'static Field),
    /// Different values of a field: a person or household who comes twice counts once.
    Distinct(&'static Field),
    /// Whole years from a date to the cut-off, summed over the records.
    YearsSince(&'static Field),
}

/// By which dates a record is counted.
#[derive(Debug, Clone, Copy)]
pub enum Window {
    /// The date lies within the period, up to the cut-off.
    During(&'static Field),
    /// The date is not after the cut-off, however long ago.
    Until(&'static Field),
    /// Valid at the cut-off: begun by then, and not ended before or on it.
    At(&'static Field, &'static Field),
    /// Whatever the date.
    Always,
}

/// A condition on one field.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The field.
    pub field: &'static Field,
    /// What must hold.
    pub test: Test,
}

/// What must hold of a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these texts.
    OneOf(Vec<String>),
    /// Yes or no.
    Is(bool),
    /// At least this number.
    AtLeast(i64),
    /// Not filled in.
    Missing,
    /// Filled in.
    Present,
    /// A date not after the first day of the period.
    ByStart,
    /// A date not after the cut-off less this many years.
    YearsBefore(u32),
    /// The code of the round at hand.
    ThisRound,
    /// The code of the round before it.
    PreviousRound,
}

/// On which basis is counted: the days, and the round at hand where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The first day of the contract.
    pub start: NaiveDate,
    /// The last day counted.
    pub cut_off: NaiveDate,
    /// The code of the round at hand.
    pub round: Option<String>,
    /// The code of the round before it.
    pub previous_round: Option<String>,
}

impl Basis {
    /// The part of a contract up to a day, without a round. A day before the contract counts nothing of it.
    #[must_use]
    pub fn of(contract: Period, as_of: NaiveDate) -> Self {
        Self {
            start: contract.start(),
            cut_off: as_of.min(contract.end()),
            round: None,
            previous_round: None,
        }
    }

    /// The date that `test` compares with, for tests that compare with one.
    #[must_use]
    pub fn date(&self, test: &Test) -> Option<NaiveDate> {
        match test {
            Test::ByStart => Some(self.start),
            Test::YearsBefore(years) => self.cut_off.checked_sub_months(Months::new(years * 12)),
            _ => None,
        }
    }

    /// The round that `test` compares with, for tests that compare with one.
    #[must_use]
    pub fn round(&self, test: &Test) -> Option<&str> {
        match test {
            Test::ThisRound => self.round.as_deref(),
            Test::PreviousRound => self.previous_round.as_deref(),
            _ => None,
        }
    }
}

impl Rule {
    /// The fields the rule reads, each once, in the order they are first named. Only these go beside a report.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static Field> {
        let mut fields: Vec<&'static Field> = Vec::new();
        let window = match self.window {
            Window::During(field) | Window::Until(field) => vec![field],
            Window::At(from, to) => vec![from, to],
            Window::Always => vec![],
        };
        let count = match self.count {
            Count::Records => None,
            Count::Sum(field) | Count::Distinct(field) | Count::YearsSince(field) => Some(field),
        };
        for field in window.into_iter().chain(self.conditions.iter().map(|c| c.field)).chain(count) {
            if !fields.iter().any(|known| known.name == field.name) {
                fields.push(field);
            }
        }
        fields
    }
}
