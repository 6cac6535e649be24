//! A sheet: how the records of one kind are listed, shown, entered, corrected and exchanged.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::list::{Condition, Sought};
use db::{Base, DbResult, Tx};
use kernel::Id;
use rules::counting::Kind;
use web::form::Wrong;

use super::attached::Attachments;
use super::column::{Column, Holds};
use super::ops::Ops;
use crate::access::{Owned, Scope};

/// A record whose kind is known at run time only: its place, and its fields as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Id and place.
    pub base: Base,
    /// The fields that hold something.
    pub values: BTreeMap<&'static str, String>,
}

impl Row {
    /// A field as plain text; empty where it holds nothing.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }
}

/// Where a record belongs, and how that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// In a community, which is asked for.
    Community,
    /// In an area, which may be left open.
    Area,
    /// In the station as a whole.
    Station,
    /// Where the record belongs that this column refers to.
    With(&'static str),
}

/// Whose a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Nobody's.
    Nobody,
    /// Done by a worker: whoever enters it, unless somebody else is chosen.
    DoneBy,
    /// About a worker, who is asked for.
    About,
    /// Its own: a worker's.
    Its,
}

/// Finds the records that a text may mean, with what each is called.
pub type Find = fn(&mut Tx<'_>, &Scope, &str) -> DbResult<Vec<Id>>;

/// What cannot be true of a record's fields taken together; beside them, today.
pub type Check = fn(&Row, NaiveDate) -> Vec<Wrong>;

/// What keeps a record that is true from being entered or corrected on this form; beside it the record that it corrects.
pub type Refuse = fn(&mut Tx<'_>, &Row, Option<&Row>) -> DbResult<Vec<Wrong>>;

/// How the records of one kind are handled.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// The part of the address after the slice's name.
    pub path: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// What it is, in a sentence.
    pub note: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// What counting rules know of it.
    pub counted: Option<&'static Kind>,
    /// The day by which it is listed and narrowed.
    pub dated: Option<&'static str>,
    /// The columns that together name a record.
    pub titled: &'static [&'static str],
    /// Where its records belong.
    pub placed: Placed,
    /// Whose they are.
    pub whose: Whose,
    /// Whether there are so few that one is picked from a list.
    pub few: bool,
    /// Finds records by a text, where the naming columns alone do not do it.
    pub find: Option<Find>,
    /// What cannot be true.
    pub check: Option<Check>,
    /// What is to be entered on another page, where more is asked; workbooks of earlier records are not held to it.
    pub refuse: Option<Refuse>,
    /// The columns in which a new record that looks like another is the same: a person and a day, a title; `worker_id` for
    /// whose it is. Beside them the same community, where one is asked for.
    pub like: &'static [&'static str],
    /// Where a record's page is, where it is not one of the sheet's own: the field with the id, and what comes before it.
    pub page: Option<(&'static str, &'static str)>,
    /// Another page beside the list, for those who may enter: the word for it and its address.
    pub list_link: Option<(&'static str, &'static str)>,
    /// The same beside each record: what follows the record's address.
    pub one_link: Option<(&'static str, &'static str)>,
    /// Reading and writing.
    pub ops: Ops,
}

impl Sheet {
    /// The sheet of a kind of record.
    #[must_use]
    pub const fn of<R: Owned>(path: &'static str, label: &'static str, columns: &'static [Column]) -> Self {
        Self {
            path,
            label,
            note: "",
            columns,
            counted: None,
            dated: None,
            titled: &[],
            placed: Placed::Community,
            whose: Whose::DoneBy,
            few: false,
            find: None,
            check: None,
            refuse: None,
            like: &[],
            page: None,
            list_link: None,
            one_link: None,
            ops: Ops::of::<R>(),
        }
    }

    /// The kind of its records.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.ops.kind
    }

    /// The slice it is of.
    #[must_use]
    pub fn slice(&self) -> &'static str {
        self.ops.part
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The word for a column.
    #[must_use]
    pub fn label_of(&self, column: &Column) -> &'static str {
        column.label(self.counted)
    }

    /// What a column holds.
    #[must_use]
    pub fn holds(&self, column: &Column) -> Holds {
        column.holds(self.counted)
    }

    /// What a field holds.
    #[must_use]
    pub fn holds_of(&self, name: &str) -> Holds {
        self.column(name).map_or(Holds::Long, |column| self.holds(column))
    }

    /// Whether a column must be filled in.
    #[must_use]
    pub fn must(&self, column: &Column) -> bool {
        let optional = |(name, holds): &(&str, &str)| *name == column.name && holds.starts_with("Option");
        !column.blank && !self.ops.fields.iter().any(optional) && !matches!(self.holds(column), Holds::Flag)
    }

    /// How many of its records meet conditions, within what may be seen.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, tx: &mut Tx<'_>, scope: &Scope, conditions: Vec<Condition>) -> DbResult<usize> {
        let (at, within) = (tx.at(), scope.within());
        Sought { table: self.ops.table, at, within, conditions, latest_by: None }.count(tx)
    }

    /// Refuses a record that is to be entered on another page.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn refused(&self, tx: &mut Tx<'_>, row: &Row, before: Option<&Row>) -> DbResult<Vec<Wrong>> {
        self.refuse.map_or_else(|| Ok(Vec::new()), |refuse| refuse(tx, row, before))
    }

    /// The address of its list.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/{}/{}", self.slice(), self.path)
    }

    /// The address of a record.
    #[must_use]
    pub fn href_of(&self, row: &Row) -> String {
        match self.page {
            Some((field, before)) if row.values.contains_key(field) => format!("{before}{}", row.text(field)),
            Some((_, before)) => format!("{before}{}", row.base.id),
            None => format!("{}/{}", self.href(), row.base.id),
        }
    }
}

/// Every sheet there is: handed to the site when it is put together.
#[derive(Debug, Clone, Copy)]
pub struct Sheets {
    /// All of them, in the order of their slices.
    pub sheets: fn() -> &'static [&'static Sheet],
    /// What is kept beside their records.
    pub attachments: Attachments,
}

impl Sheets {
    /// All of them, in the order of their slices.
    #[must_use]
    pub fn all(self) -> &'static [&'static Sheet] {
        (self.sheets)()
    }

    /// The sheet of a kind.
    #[must_use]
    pub fn of_kind(self, kind: &str) -> Option<&'static Sheet> {
        self.all().iter().copied().find(|sheet| sheet.kind() == kind)
    }

    /// Those of a slice that have pages of their own.
    pub fn of_slice(self, slice: &str) -> impl Iterator<Item = &'static Sheet> {
        self.all().iter().copied().filter(move |sheet| sheet.slice() == slice && sheet.page.is_none())
    }

    /// The sheet at an address.
    #[must_use]
    pub fn at(self, slice: &str, path: &str) -> Option<&'static Sheet> {
        self.of_slice(slice).find(|sheet| sheet.path == path)
    }

    /// Every column of every sheet that refers to a kind.
    pub fn columns_to(self, kind: &str) -> impl Iterator<Item = (&'static Sheet, &'static Column)> {
        self.all()
            .iter()
            .copied()
            .flat_map(|sheet| sheet.columns.iter().map(move |column| (sheet, column)))
            .filter(move |(sheet, column)| matches!(sheet.holds(column), Holds::Refers(to) if to == kind))
    }

    /// The sheets with a column that refers to a kind, and that column.
    pub fn referring_to(self, kind: &str) -> impl Iterator<Item = (&'static Sheet, &'static Column)> {
        self.all().iter().copied().filter(|sheet| sheet.page.is_none()).filter_map(move |sheet| {
            let refers = |column: &&Column| matches!(sheet.holds(column), Holds::Refers(to) if to == kind);
            sheet.columns.iter().find(refers).filter(|column| column.is_asked()).map(|column| (sheet, column))
        })
    }
}
