//! A document model and its renderings: PDF, DOCX, HTML, XLSX, plain text and SVG charts.
//!
//! Everything here is a function from a [`model::Document`] (and, where letters are drawn, [`Fonts`]) to bytes.
//! The same document and the same fonts give the same bytes: dates and identifiers come from the model, nothing
//! here asks for the time, for chance or for the network. Only [`Fonts`] reads files. What the documents are about
//! is unknown here: no word of the domain, no record, no figure is computed.

pub mod charts;
pub mod docx;
mod error;
mod escape;
mod fonts;
pub mod grid;
pub mod html;
pub mod model;
pub mod pdf;
pub mod text;
pub mod xlsx;

pub use error::PaperError;
pub use fonts::Fonts;

#[cfg(test)]
extern crate self as paper;
#[cfg(test)]
mod example;
#[cfg(test)]
mod tests;
