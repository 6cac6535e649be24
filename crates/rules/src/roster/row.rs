//! A roster as it was read: its good rows, its faulty ones, and what is to be said about cells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use kernel::Problem;

use crate::codes::List;
use crate::identity::{IdNumber, Phone, Sex};

kernel::words! {
    /// What a roster says of a person.
    pub enum State {
        /// On the roster: should have a file.
        Active = "active" "正常",
        /// Has died.
        Deceased = "deceased" "死亡",
        /// Has moved away.
        MovedOut = "moved_out" "迁出",
        /// Taken off for another reason.
        Removed = "removed" "退出",
    }
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// The sheet's name.
    pub sheet: String,
    /// The row as the spreadsheet numbers it, from 1.
    pub number: u32,
}

/// A person on the roster; rows of one person are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands; of several rows the first.
    pub at: RowRef,
    /// The other rows of the same person.
    pub also_at: Vec<RowRef>,
    /// The name.
    pub name: String,
    /// The identity number.
    pub id_number: Option<IdNumber>,
    /// As the roster prints it, or from the identity number.
    pub born_on: Option<NaiveDate>,
    /// As the roster prints it, or from the identity number.
    pub sex: Option<Sex>,
    /// The person's id on the city's platform.
    pub platform_id: Option<String>,
    /// The number on the file (档案号).
    pub file_number: Option<String>,
    /// The household's id on the roster (家户编号).
    pub household_number: Option<String>,
    /// The community as written.
    pub community: Option<String>,
    /// The address as written.
    pub address: Option<String>,
    /// The first telephone number of the cell.
    pub phone: Option<Phone>,
    /// Codes by list: categories, level, residence, relation, self-care …; a list is missing where the roster is silent.
    pub codes: BTreeMap<List, BTreeSet<String>>,
    /// What the roster says of the person.
    pub state: State,
    /// Since when.
    pub changed_on: Option<NaiveDate>,
}

/// Something to say about a cell, with its place and the text found in it. May hold personal data: for the page of
/// whoever imports, not for logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// The row.
    pub at: RowRef,
    /// The column's letter, `C`; empty where the row as a whole is meant.
    pub column: String,
    /// The column's heading.
    pub heading: String,
    /// What stands there.
    pub found: String,
    /// What is wrong and what to do.
    pub problem: Problem,
}

/// A row that cannot be used until a cell is mended; what could be read of it stands in `row`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// What could be read.
    pub row: Row,
    /// What is wrong, cell by cell.
    pub problems: Vec<CellProblem>,
}

/// A roster as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// Persons, in the order of the file, each once.
    pub rows: Vec<Row>,
    /// Rows kept apart.
    pub faulty: Vec<Faulty>,
    /// Remarks on cells of good rows: doubtful, but usable.
    pub remarks: Vec<CellProblem>,
    /// Remarks on the file: sheets and columns left aside, lines passed over.
    pub notes: Vec<String>,
}

impl fmt::Display for RowRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”第 {} 行", self.sheet, self.number)
    }
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, column, heading, problem, .. } = self;
        let column = if column.is_empty() { String::new() } else { format!(" {column} 列") };
        write!(f, "{at}{column}（{heading}）：{problem}")
    }
}

impl Row {
    /// An empty row at this place.
    #[must_use]
    pub fn new(at: RowRef) -> Self {
        Self {
            at,
            also_at: Vec::new(),
            name: String::new(),
            id_number: None,
            born_on: None,
            sex: None,
            platform_id: None,
            file_number: None,
            household_number: None,
            community: None,
            address: None,
            phone: None,
            codes: BTreeMap::new(),
            state: State::Active,
            changed_on: None,
        }
    }

    /// The codes of the categories; `None` where the roster is silent.
    #[must_use]
    pub fn categories(&self) -> Option<&BTreeSet<String>> {
        self.codes.get(&List::Categories)
    }

    /// The code of the service level.
    #[must_use]
    pub fn level(&self) -> Option<&str> {
        self.one(List::ServiceLevels)
    }

    /// The code of the residence.
    #[must_use]
    pub fn residence(&self) -> Option<&str> {
        self.one(List::Residence)
    }

    fn one(&self, list: List) -> Option<&str> {
        self.codes.get(&list)?.first().map(String::as_str)
    }
}
