//! The documents of a record, as a panel that the page of any record can show: a field `documents` of the page, and
//! `{{ documents|safe }}` in its template.

use askama::Template;
use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use web::{Link, Target};

use super::find;
use super::history::{self, Told};
use super::store::Document;
use super::subject::may;
use crate::access::{Asker, Owned, Part as _, Place};

/// The documents of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "documents/templates/panel.html")]
pub struct DocumentsPanel {
    /// Whether whoever asks may see any: otherwise there is no panel.
    seen: bool,
    /// Where one is attached, for those who may.
    attach: Option<String>,
    /// The same for records that belong to this one, each by its name.
    attach_also: Vec<Link>,
    /// The same for what else belongs to it, out of the way.
    attach_more: Vec<Link>,
    /// What is attached, the latest first.
    rows: Vec<DocumentRow>,
    /// What happened to them, the latest first.
    history: Vec<Told>,
}

/// A document of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DocumentRow {
    /// Its page.
    href: String,
    /// The file itself, where a browser shows it.
    file: Option<String>,
    title: String,
    kind: &'static str,
    /// Which record of those that belong to this one; empty for this one.
    of: String,
    signed_on: Option<NaiveDate>,
    lacks: Option<&'static str>,
    size: String,
    uploaded_on: NaiveDate,
}

/// A record that belongs to the one whose page it is, as the persons do to a household, and is of the same part.
#[derive(Debug, Clone)]
pub struct Also {
    kind: &'static str,
    id: Id,
    label: String,
    more: bool,
}

impl Also {
    /// A record with what it is called.
    pub fn of<R: Owned>(row: &R, label: impl Into<String>) -> Self {
        Self { kind: R::KIND, id: row.id(), label: label.into(), more: false }
    }

    /// The same for one of many, where one attaches seldom.
    pub fn more<R: Owned>(row: &R, label: impl Into<String>) -> Self {
        Self { more: true, ..Self::of(row, label) }
    }
}

/// The record that a panel is of.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'w> {
    /// Its kind.
    pub kind: &'w str,
    /// Which.
    pub id: Id,
    /// The part whose verbs hold for it.
    pub part: &'w str,
    /// Where it belongs.
    pub place: Place,
}

/// The panel of a record that whoever asks may read, with those of others that belong to it.
///
/// # Errors
/// What the database says.
pub fn panel<R: Owned>(tx: &mut Tx<'_>, asker: &Asker, row: &R, also: &[Also]) -> DbResult<DocumentsPanel> {
    let whose = Whose { kind: R::KIND, id: row.id(), part: R::Part::NAME, place: Place::of(row) };
    panel_of(tx, asker, whose, also)
}

/// The same for a record whose kind is known at run time only: a fixed number of queries, whatever there is.
///
/// # Errors
/// What the database says.
pub fn panel_of(tx: &mut Tx<'_>, asker: &Asker, whose: Whose<'_>, also: &[Also]) -> DbResult<DocumentsPanel> {
    let may = |action| may(asker, action, whose.part, whose.place);
    if !may("read") {
        return Ok(DocumentsPanel::default());
    }
    let subjects: Vec<Id> = std::iter::once(whose.id).chain(also.iter().map(|one| one.id)).collect();
    let label =
        |id: Id| also.iter().find(|one| one.id == id).map(|one| one.label.clone()).unwrap_or_default();
    let rows = find::attached(tx, &subjects)?;
    let mut history = history::of(tx, &subjects)?;
    history.reverse();
    let attaches = may("record");
    let links = |more: bool| {
        let some = also.iter().filter(|one| attaches && one.more == more);
        some.map(|one| Link::new(new_href(one.kind, one.id), &one.label)).collect()
    };
    Ok(DocumentsPanel {
        seen: true,
        attach: attaches.then(|| new_href(whose.kind, whose.id)),
        attach_also: links(false),
        attach_more: links(true),
        rows: rows.iter().map(|one| DocumentRow::of(one, label(one.subject_id))).collect(),
        history,
    })
}

impl DocumentsPanel {
    /// Whether nothing is attached that whoever asks may see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes out what happened to them, for a page that tells it with the rest of its record's history; the latest first.
    pub fn take_history(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.history)
    }
}

impl DocumentRow {
    fn of(row: &Document, of: String) -> Self {
        let href = format!("/documents/{}", row.id);
        Self {
            file: row.content_type.is_shown().then(|| format!("{href}/file")),
            href,
            title: row.title.clone(),
            kind: row.kind.label(),
            of,
            signed_on: row.signed_on,
            lacks: row.kind.lacks(row.signed, row.signed_on.is_some()),
            size: size(row.size),
            uploaded_on: row.uploaded_on,
        }
    }
}

/// Where a document is attached to a record.
fn new_href(kind: &str, id: Id) -> String {
    Target::new(&["documents", "new"]).with("kind", kind).with("id", id).href()
}

/// How long a file is, for people.
pub(super) fn size(bytes: i32) -> String {
    match bytes {
        ..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
