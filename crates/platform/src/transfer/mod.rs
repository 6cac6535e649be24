//! Records by workbook: a template for each kind, what a list shows as a file, and files that come back: read on trial
//! first, then brought in, and undone if need be.
//!
//! Not here: what the columns are (each slice's `sheets.rs`), and reading files as people send them (`rules::book`).

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
pub use whole::{Numbers, Whole, bring_in, take_out};

crate::verbs! {
    /// To bring records in from a file.
    pub Bring = "transfer.record";
}
