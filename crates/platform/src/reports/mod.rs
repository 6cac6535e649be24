//! The report of a round: its facts, the document composed of them, the manifest and records beside it, and their
//! verification.
//!
//! A figure is never typed: the document asks [`Facts`], which asks the records. Not here: pages and paper
//! (the crate paper).

mod facts;
pub mod manifest;
pub mod records;
pub mod verify;

pub use facts::{Facts, Place};
