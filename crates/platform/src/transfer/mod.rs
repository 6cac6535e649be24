//! Records by workbook: a template for each kind, what a list shows as a file, and files that come back: read on trial
//! first, then brought in, and undone if need be.
//!
//! Not here: what the columns are (each slice's `sheets.rs`), and reading files as people send them (`rules::roster::book`).

mod content;
mod jobs;
mod layout;
mod pages;
mod plan;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod whole;
mod write;

pub use routes::PART;
pub use whole::{Whole, bring_in, take_out};

use crate::Slice;

crate::verbs! {
    /// To bring records in from a file.
    pub Bring = "transfer.record";
}

/// What this part contributes to the whole: no kind of record of its own.
pub const SLICE: Slice = Slice {
    name: "transfer",
    label: "表格导入导出",
    kinds: &[],
    records: &[],
    sheets: &[],
    place_of: |_, _, _| Ok(None),
    withdraw: |_, _, _, _, _, _| Ok(false),
};
