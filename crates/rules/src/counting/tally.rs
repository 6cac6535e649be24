//! Adding up: the value, the breakdown and the digest of a set of rows, all from the same rows.

use std::collections::{BTreeMap, BTreeSet};

use kernel::full_years;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use super::rule::{Basis, Count, Rule, Window};
use super::{FieldType, Row};

/// What a figure is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// 片区.
    Area,
    /// 社区.
    Community,
    /// 社工.
    Worker,
    /// The month of the rule's date.
    Month,
}

/// A counted figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// In the rule's unit: yuan for money, person-months for halves.
    pub value: Decimal,
    /// SHA-256 over the counted records, in hexadecimal.
    pub digest: String,
    /// How many records are counted.
    pub records: usize,
}

/// One part of a breakdown. The parts of a distinct count may add up to more than the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The area's or community's code, the worker's id or the month `2024-12`; `None` where a record has none.
    pub key: Option<String>,
    /// The value of this part, in the rule's unit.
    pub value: Decimal,
    /// How many records it counts.
    pub records: usize,
}

/// Adds up rows that the rule counts. The order of the rows does not matter.
#[must_use]
pub fn tally<'r>(rule: &Rule, basis: &Basis, rows: impl IntoIterator<Item = &'r Row>) -> Tally {
    let rows: Vec<&Row> = rows.into_iter().collect();
    Tally {
        value: value(rule, basis, rows.iter().copied()),
        digest: digest(rows.iter().copied()),
        records: rows.len(),
    }
}

impl Group {
    /// The parts of a figure, in the order of their keys.
    #[must_use]
    pub fn all(rule: &Rule, basis: &Basis, rows: &[Row], by: By) -> Vec<Self> {
        let mut parts: BTreeMap<Option<String>, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            parts.entry(key(rule, row, by)).or_default().push(row);
        }
        let part = |(key, rows): (Option<String>, Vec<&Row>)| Self {
            key,
            value: value(rule, basis, rows.iter().copied()),
            records: rows.len(),
        };
        parts.into_iter().map(part).collect()
    }
}

fn key(rule: &Rule, row: &Row, by: By) -> Option<String> {
    match by {
        By::Area => row.area.clone(),
        By::Community => row.community.clone(),
        By::Worker => row.worker.clone(),
        By::Month => match rule.window {
            Window::During(field) | Window::Until(field) | Window::At(field, _) => {
                row.get(field.name).and_then(|day| day.get(..7)).map(str::to_owned)
            }
            Window::Always => None,
        },
    }
}

/// The value of rows that the rule counts, in the rule's unit.
#[must_use]
pub fn value<'r>(rule: &Rule, basis: &Basis, rows: impl IntoIterator<Item = &'r Row>) -> Decimal {
    let rows: Vec<&Row> = rows.into_iter().collect();
    match rule.count {
        Count::Records => rows.len().into(),
        Count::Sum(field) => {
            let sum: i64 = rows.iter().filter_map(|row| row.whole(field.name)).sum();
            scaled(sum, field.holds)
        }
        Count::Distinct(field) => {
            let different: BTreeSet<&str> = rows.iter().filter_map(|row| row.get(field.name)).collect();
            different.len().into()
        }
        Count::YearsSince(field) => {
            let years =
                rows.iter().filter_map(|row| row.date(field.name)).map(|day| full_years(day, basis.cut_off));
            years.sum::<i64>().into()
        }
    }
}

/// A stored sum in the unit that is printed: fen as yuan, halves of a month as months, hundredths as points.
#[must_use]
pub fn scaled(sum: i64, holds: FieldType) -> Decimal {
    match holds {
        FieldType::Money | FieldType::Hundredths => Decimal::new(sum, 2),
        FieldType::Halves => Decimal::from(sum) / Decimal::TWO,
        _ => Decimal::from(sum),
    }
}

/// SHA-256 over the counted records, in the order of their ids: the same set gives the same digest.
#[must_use]
pub fn digest<'r>(rows: impl IntoIterator<Item = &'r Row>) -> String {
    let rows: Vec<(&str, String)> = rows.into_iter().map(|row| (row.id.as_str(), row_digest(row))).collect();
    digest_of(rows.iter().map(|(id, digest)| (*id, digest.as_str())))
}

/// The same from ids and row digests.
pub(super) fn digest_of<'r>(rows: impl Iterator<Item = (&'r str, &'r str)>) -> String {
    let mut lines: Vec<(&str, &str)> = rows.collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for (id, digest) in lines {
        hash.update(id);
        hash.update(":");
        hash.update(digest);
        hash.update("\n");
    }
    format!("{:x}", HexBytes(&hash.finalize()))
}

/// SHA-256 over a record's id, area, community and the fields its rule reads, in hexadecimal. A change in any other
/// field, a note for example, leaves it as it is.
#[must_use]
pub fn row_digest(row: &Row) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    part(&row.id);
    part(row.area.as_deref().unwrap_or_default());
    part(row.community.as_deref().unwrap_or_default());
    for (name, value) in &row.fields {
        part(name);
        part(value);
    }
    format!("{:x}", HexBytes(&hash.finalize()))
}

struct HexBytes<'b>(&'b [u8]);

impl std::fmt::LowerHex for HexBytes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
