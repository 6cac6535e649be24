//! One figure in full: its value, its records, its digest and its breakdown, for counted and derived ones alike.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbResult, Tx};
use kernel::{Id, Problem};
use rules::counting::{By, Figure, Group, Row, Rule, RuleSet, digest};
use rust_decimal::Decimal;

use super::{At, Listed, Names, store};

/// A figure with the records under it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Its code.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// `None` where an operand is missing.
    pub value: Option<Decimal>,
    /// SHA-256 over the counted records; for a derived figure over the records of all it rests on.
    pub digest: String,
    /// The records of each counted figure it rests on, itself when it is counted.
    pub records: Vec<(Rule, Vec<Listed>)>,
}

/// One part of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Code of the area or community, id of the worker or month `2024-12`; `None` where records have none.
    pub key: Option<String>,
    /// The value of this part; `None` where an operand is missing in it.
    pub value: Option<Decimal>,
    /// How many records it rests on.
    pub records: usize,
}

impl Detail {
    /// Loads a figure.
    ///
    /// # Errors
    /// There is no such figure; the answer names similar ones.
    pub fn load(tx: &mut Tx<'_>, set: &RuleSet, code: &str, at: &At, names: &Names) -> DbResult<Self> {
        let figure = set.get(code).ok_or_else(|| unknown(set, code))?;
        let mut records = Vec::new();
        for rule in roots(set, code) {
            records.push((rule.clone(), store::list(tx, rule, at, names)?));
        }
        let rows = || records.iter().flat_map(|(_, listed)| listed.iter().map(|listed| &listed.row));
        Ok(Self {
            code: code.to_owned(),
            name: figure.name().to_owned(),
            unit: figure.unit().to_owned(),
            value: super::value(tx, set, code, at)?,
            digest: digest(rows()),
            records,
        })
    }

    /// The figure by area, community, worker or month, in the order of the keys.
    #[must_use]
    pub fn by(&self, set: &RuleSet, at: &At, by: By) -> Vec<Part> {
        let mut parts: BTreeMap<Option<String>, (BTreeMap<&str, Decimal>, usize)> = BTreeMap::new();
        for (rule, listed) in &self.records {
            let rows: Vec<Row> = listed.iter().map(|listed| listed.row.clone()).collect();
            for group in Group::all(rule, &at.basis, &rows, by) {
                let (values, records) = parts.entry(group.key).or_default();
                values.insert(&rule.code, group.value);
                *records += group.records;
            }
        }
        let part = |(key, (values, records)): (Option<String>, (BTreeMap<&str, Decimal>, usize))| Part {
            key,
            value: within(set, &self.code, &values),
            records,
        };
        parts.into_iter().map(part).collect()
    }
}

/// A figure's value from the values of the counted ones; one that counts nothing in a part is zero there.
fn within(set: &RuleSet, code: &str, counted: &BTreeMap<&str, Decimal>) -> Option<Decimal> {
    match set.get(code)? {
        Figure::Counted(rule) => Some(counted.get(rule.code.as_str()).copied().unwrap_or_default()),
        Figure::Derived { derivation, .. } => derivation.value(|code| within(set, code, counted)),
    }
}

/// The records that a figure rests on, each once, with its kind: what it takes to choose some of them.
///
/// # Errors
/// What the database says.
pub fn counted(tx: &mut Tx<'_>, set: &RuleSet, code: &str, at: &At) -> DbResult<BTreeMap<Id, &'static str>> {
    let mut all = BTreeMap::new();
    for rule in roots(set, code) {
        all.extend(store::ids(tx, rule, at)?.into_iter().map(|id| (id, rule.kind.name)));
    }
    Ok(all)
}

/// The counted figures a figure rests on, each once.
fn roots<'s>(set: &'s RuleSet, code: &str) -> Vec<&'s Rule> {
    let mut seen = BTreeSet::new();
    set.roots(code).into_iter().filter(|rule| seen.insert(rule.code.as_str())).collect()
}

/// The problem of a code that no rule has.
#[must_use]
pub fn unknown(set: &RuleSet, code: &str) -> Problem {
    let names = set.similar(code).join("、");
    Problem::new("unknown_figure", format!("没有代码为“{code}”的数字"), format!("可以用的代码：{names}"))
}
