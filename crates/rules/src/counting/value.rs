//! A record as a rule sees it, and whether it is counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rule::{Basis, Condition, Rule, Test, Window};

/// A record as a rule sees it: who it is, where it belongs, and the fields the rule reads, as text
/// (dates `2024-12-31`, flags `true` or `false`, whole numbers, fen and halves in digits). An absent field is
/// not filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The record, by a pseudonymous id.
    pub id: String,
    /// The area's code.
    pub area: Option<String>,
    /// The community's code.
    pub community: Option<String>,
    /// The worker, by id.
    pub worker: Option<String>,
    /// The fields the rule reads.
    pub fields: BTreeMap<String, String>,
}

impl Row {
    /// A field's value.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    pub(super) fn date(&self, field: &str) -> Option<NaiveDate> {
        self.get(field)?.parse().ok()
    }

    pub(super) fn whole(&self, field: &str) -> Option<i64> {
        self.get(field)?.parse().ok()
    }
}

/// Whether the rule counts the record.
#[must_use]
pub fn counts(rule: &Rule, basis: &Basis, row: &Row) -> bool {
    in_window(rule.window, basis, row) && rule.conditions.iter().all(|condition| holds(condition, basis, row))
}

fn in_window(window: Window, basis: &Basis, row: &Row) -> bool {
    match window {
        Window::Always => true,
        Window::Until(field) => row.date(field.name).is_some_and(|day| day <= basis.cut_off),
        Window::During(field) => {
            row.date(field.name).is_some_and(|day| basis.start <= day && day <= basis.cut_off)
        }
        Window::At(from, to) => {
            row.date(from.name).is_some_and(|day| day <= basis.cut_off)
                && row.date(to.name).is_none_or(|day| day > basis.cut_off)
        }
    }
}

fn holds(condition: &Condition, basis: &Basis, row: &Row) -> bool {
    let name = condition.field.name;
    match &condition.test {
        Test::OneOf(words) => row.get(name).is_some_and(|value| words.iter().any(|word| word == value)),
        Test::Is(flag) => row.get(name) == Some(if *flag { "true" } else { "false" }),
        Test::AtLeast(least) => row.whole(name).is_some_and(|value| value >= *least),
        Test::Missing => row.get(name).is_none(),
        Test::Present => row.get(name).is_some(),
        test @ (Test::ByStart | Test::YearsBefore(_)) => {
            basis.date(test).is_some_and(|bound| row.date(name).is_some_and(|day| day <= bound))
        }
        test @ (Test::ThisRound | Test::PreviousRound) => {
            basis.round(test).is_some_and(|round| row.get(name) == Some(round))
        }
    }
}
