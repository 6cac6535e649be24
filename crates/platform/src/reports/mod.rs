//! The report of a round: its facts, the document composed of them, the manifest and records beside it, and their
//! verification.
//!
//! A figure is never typed: the document asks [`Facts`], which asks the records. Not here: pages and paper
//! (the crate paper).

mod checked;
mod compose;
mod desk;
mod facts;
mod files;
mod issue;
pub mod manifest;
mod model;
mod pages;
pub mod records;
mod records_page;
mod routes;
mod store;
mod text;
pub mod verify;

pub use compose::{Composed, Href, Passage, Printed, SCORES_NOTE, compose, composed, figures_in};
pub(crate) use desk::DRAFTS;
pub use facts::{Facts, Place};
pub use files::{MANIFEST, RECORDS, RECORDS_PAGE, Wanted, anchor, files};
pub use issue::{archive, contents as issued_contents};
pub(crate) use routes::LATER;
pub use routes::PART;
pub use text::{Compared, ReportText, compared};
