//! The documents of a record, as a panel that the page of any record can show: a field `documents` of the page, and
//! `{{ documents|safe }}` in its template.

use askama::Template;
use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use web::Target;

use super::find;
use super::store::Document;
use super::subject::may;
use crate::access::{Asker, Owned, Part as _, Place};

/// The documents of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "documents/templates/panel.html")]
pub struct DocumentsPanel {
    /// Where one is attached, for those who may.
    attach: Option<String>,
    /// The same for records that belong to this one, each by its name.
    attach_also: Vec<(String, String)>,
    /// What is attached, the latest first.
    rows: Vec<DocumentRow>,
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
}

impl Also {
    /// A record with what it is called.
    pub fn of<R: Owned>(row: &R, label: impl Into<String>) -> Self {
        Self { kind: R::KIND, id: row.id(), label: label.into() }
    }
}

/// The panel of a record that whoever asks may read, with those of others that belong to it: one query for all.
///
/// # Errors
/// What the database says.
pub fn panel<R: Owned>(tx: &mut Tx<'_>, asker: &Asker, row: &R, also: &[Also]) -> DbResult<DocumentsPanel> {
    let part = R::Part::READ.trim_end_matches(".read");
    let place = Place::of(row);
    if !may(asker, "read", part, place) {
        return Ok(DocumentsPanel::default());
    }
    let subjects: Vec<Id> = std::iter::once(row.id()).chain(also.iter().map(|one| one.id)).collect();
    let label =
        |id: Id| also.iter().find(|one| one.id == id).map(|one| one.label.clone()).unwrap_or_default();
    let rows = find::attached(tx, &subjects)?;
    let attaches = may(asker, "record", part, place);
    let attach_also =
        also.iter().filter(|_| attaches).map(|one| (new_href(one.kind, one.id), one.label.clone()));
    Ok(DocumentsPanel {
        attach: attaches.then(|| new_href(R::KIND, row.id())),
        attach_also: attach_also.collect(),
        rows: rows.iter().map(|one| DocumentRow::of(one, label(one.subject_id))).collect(),
    })
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
