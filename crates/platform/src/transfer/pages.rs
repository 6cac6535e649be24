//! What the pages of workbooks show.

use askama::Template;
use web::form::{KEY, TOKEN};
use web::upload::{FILE, MAX_WORDS};

use super::store::State;
use crate::shell::Frame;

/// `/transfer`.
#[derive(Template)]
#[template(path = "transfer/templates/index.html")]
pub(super) struct IndexPage {
    pub(super) frame: Frame,
    pub(super) slices: Vec<SlicePart>,
    pub(super) imports: Vec<TransferRow>,
}

/// The sheets of a slice.
pub(super) struct SlicePart {
    pub(super) slice: &'static str,
    pub(super) sheets: Vec<SheetRow>,
}

/// A sheet.
pub(super) struct SheetRow {
    pub(super) label: &'static str,
    pub(super) list: String,
    pub(super) kind: &'static str,
    pub(super) may_bring: bool,
}

/// An import of one's own.
pub(super) struct TransferRow {
    pub(super) href: String,
    pub(super) label: &'static str,
    pub(super) file_name: String,
    pub(super) made_at: String,
    pub(super) state: State,
}

/// `/transfer/{kind}`.
#[derive(Template)]
#[template(path = "transfer/templates/form.html")]
pub(super) struct FormPage {
    pub(super) frame: Frame,
    pub(super) label: &'static str,
    pub(super) kind: &'static str,
    pub(super) list: String,
    /// The columns, and which must be filled in.
    pub(super) columns: Vec<(String, bool)>,
    pub(super) wrong: Option<String>,
    pub(super) key: String,
}

/// `/transfer/imports/{import}`.
#[derive(Template)]
#[template(path = "transfer/templates/import.html")]
pub(super) struct ImportPage {
    pub(super) frame: Frame,
    pub(super) label: &'static str,
    pub(super) list: String,
    pub(super) href: String,
    pub(super) file_name: String,
    pub(super) state: State,
    pub(super) rows: usize,
    pub(super) faulty: usize,
    pub(super) faults: Vec<FaultRow>,
    pub(super) more_faults: usize,
    pub(super) changes: Vec<(usize, String)>,
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) same: usize,
    pub(super) notes: Vec<String>,
    pub(super) written: usize,
    pub(super) undone: Option<Undone>,
    /// What is under way: what, how many rows are done, of how many.
    pub(super) running: Option<(&'static str, usize, usize)>,
    /// Whether it was read on trial.
    pub(super) tried: bool,
    pub(super) wrong: Option<String>,
    pub(super) key: String,
}

/// What undoing did.
pub(super) struct Undone {
    pub(super) back: usize,
    pub(super) kept: usize,
}

/// A faulty cell.
pub(super) struct FaultRow {
    pub(super) line: usize,
    pub(super) head: String,
    pub(super) cell: String,
    pub(super) what: String,
}
