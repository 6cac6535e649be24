//! A book: the rows that every counted figure counts, and from them the value of any figure, whole or by place.
//!
//! A report prints from one and writes it beside itself; whoever verifies the report reads it back and asks the
//! same questions. Neither needs a database.

use std::collections::BTreeMap;

use kernel::{percent, trimmed};
use rust_decimal::Decimal;

use super::rule::Basis;
use super::tally::{Tally, digest_of, row_digest, value};
use super::{Figure, Row, RuleSet};

/// Rules, basis and rows.
#[derive(Debug, Clone)]
pub struct Book {
    set: RuleSet,
    basis: Basis,
    rows: BTreeMap<String, Vec<Row>>,
    /// The digest of each row, beside it: a report asks for the same rows place by place.
    digests: BTreeMap<String, Vec<String>>,
}

impl Book {
    /// A book of rows by the code of the figure that counts them.
    #[must_use]
    pub fn new(set: RuleSet, basis: Basis, rows: BTreeMap<String, Vec<Row>>) -> Self {
        let digests =
            rows.iter().map(|(code, rows)| (code.clone(), rows.iter().map(row_digest).collect())).collect();
        Self { set, basis, rows, digests }
    }

    /// The rules.
    #[must_use]
    pub fn set(&self) -> &RuleSet {
        &self.set
    }

    /// On which basis was counted.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// The rows of every counted figure, by code.
    pub fn all_rows(&self) -> impl Iterator<Item = (&str, &[Row])> {
        self.rows.iter().map(|(code, rows)| (code.as_str(), rows.as_slice()))
    }

    /// The rows that a counted figure counts in an area or community, or in the whole station.
    #[must_use]
    pub fn rows(&self, code: &str, place: Option<&str>) -> Vec<&Row> {
        let all = self.rows.get(code).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|row| place.is_none_or(|place| within(row, place))).collect()
    }

    /// The value of a figure. `None` where it is unknown, an operand is missing or the whole is zero.
    #[must_use]
    pub fn value(&self, code: &str, place: Option<&str>) -> Option<Decimal> {
        match self.set.get(code)? {
            Figure::Counted(rule) => Some(value(rule, &self.basis, self.rows(code, place))),
            Figure::Derived { derivation, .. } => derivation.value(|code| self.value(code, place)),
        }
    }

    /// Value and digest of a counted figure; `None` for a derived or unknown one.
    #[must_use]
    pub fn tally(&self, code: &str, place: Option<&str>) -> Option<Tally> {
        let Figure::Counted(rule) = self.set.get(code)? else { return None };
        let rows = self.rows(code, place);
        let all = self.rows.get(code)?.iter().zip(self.digests.get(code)?);
        let kept = all.filter(|(row, _)| place.is_none_or(|place| within(row, place)));
        Some(Tally {
            digest: digest_of(kept.map(|(row, digest)| (row.id.as_str(), digest.as_str()))),
            records: rows.len(),
            value: value(rule, &self.basis, rows),
        })
    }

    /// A figure as it is printed: trailing zeros dropped, `未列` where it is missing.
    #[must_use]
    pub fn printed(&self, code: &str, place: Option<&str>) -> String {
        self.value(code, place).map_or_else(|| "未列".to_owned(), trimmed)
    }

    /// One figure as a percentage of another, half up to two decimals.
    #[must_use]
    pub fn share(&self, of: &str, whole: &str, place: Option<&str>) -> Option<Decimal> {
        percent(self.value(of, place)?, self.value(whole, place)?)
    }
}

fn within(row: &Row, place: &str) -> bool {
    row.area.as_deref() == Some(place) || row.community.as_deref() == Some(place)
}
