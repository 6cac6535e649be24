//! From a rule to one SQL condition that both databases understand, with every value bound.

use std::fmt::Write as _;

use chrono::NaiveDate;
use kernel::Id;
use rules::counting::{Condition, FieldType, Rule, Test, Window};

use super::At;

/// All of a station, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Station,
    /// One area.
    Area(Id),
    /// One community.
    Community(Id),
}

/// A bound value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bind {
    Text(String),
    Date(NaiveDate),
    Whole(i64),
}

/// `FROM … WHERE …` for alias `r`, and the values of its placeholders in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    pub(super) sql: String,
    pub(super) binds: Vec<Bind>,
}

impl Selection {
    /// The records that a rule counts.
    pub(super) fn of(rule: &Rule, at: &At) -> Self {
        let mut selection =
            Self { sql: format!("FROM {} r WHERE r.station_id = $1", rule.kind.table), binds: vec![] };
        selection.binds.push(Bind::Text(at.station.to_string()));
        let known = selection.bind(Bind::Whole(at.known_for(rule).micros()));
        selection.and(&db::sql::known_sql(&known));
        match at.scope {
            Scope::Station => {}
            Scope::Area(area) => selection.equals("area_id", Bind::Text(area.to_string())),
            Scope::Community(community) => {
                selection.equals("community_id", Bind::Text(community.to_string()))
            }
        }
        selection.window(rule.window, at);
        for condition in &rule.conditions {
            selection.condition(condition, at);
        }
        selection
    }

    fn window(&mut self, window: Window, at: &At) {
        let cut_off = Bind::Date(at.basis.cut_off);
        match window {
            Window::Always => {}
            Window::Until(field) => self.compare(field.name, "<=", cut_off),
            Window::During(field) => {
                self.compare(field.name, ">=", Bind::Date(at.basis.start));
                self.compare(field.name, "<=", cut_off);
            }
            Window::At(from, to) => {
                self.compare(from.name, "<=", cut_off.clone());
                let end = self.bind(cut_off);
                self.and(&format!("(r.{to} IS NULL OR r.{to} > {end})", to = to.name));
            }
        }
    }

    fn condition(&mut self, condition: &Condition, at: &At) {
        let name = condition.field.name;
        match &condition.test {
            Test::OneOf(words) => {
                let places: Vec<String> =
                    words.iter().map(|word| self.bind(Bind::Text(word.clone()))).collect();
                self.and(&format!("r.{name} IN ({})", places.join(", ")));
            }
            Test::Is(true) => self.and(&format!("r.{name}")),
            Test::Is(false) => self.and(&format!("NOT r.{name}")),
            Test::AtLeast(least) => self.compare(name, ">=", Bind::Whole(*least)),
            Test::Missing => self.and(&format!("r.{name} IS NULL")),
            Test::Present => self.and(&format!("r.{name} IS NOT NULL")),
            test @ (Test::ByStart | Test::YearsBefore(_)) => match at.basis.date(test) {
                Some(date) => self.compare(name, "<=", Bind::Date(date)),
                None => self.and("FALSE"),
            },
            test @ (Test::ThisRound | Test::PreviousRound) => match at.basis.round(test) {
                Some(round) => self.equals(name, Bind::Text(round.to_owned())),
                None => self.and("FALSE"),
            },
        }
    }

    fn equals(&mut self, column: &str, value: Bind) {
        self.compare(column, "=", value);
    }

    fn compare(&mut self, column: &str, operator: &str, value: Bind) {
        let place = self.bind(value);
        self.and(&format!("r.{column} {operator} {place}"));
    }

    fn and(&mut self, condition: &str) {
        let _ = write!(self.sql, " AND {condition}");
    }

    fn bind(&mut self, value: Bind) -> String {
        self.binds.push(value);
        format!("${}", self.binds.len())
    }
}

/// A column as the text that [`rules::counting::Row`] holds, the same from both databases.
pub(super) fn as_text(name: &str, holds: FieldType) -> String {
    match holds {
        FieldType::Word(_) | FieldType::Text | FieldType::Reference => format!("r.{name}"),
        FieldType::Whole | FieldType::Money | FieldType::Halves | FieldType::Hundredths | FieldType::Date => {
            format!("CAST(r.{name} AS TEXT)")
        }
        FieldType::Flag => format!("CASE WHEN r.{name} THEN 'true' ELSE 'false' END"),
    }
}
