//! Word file with real styles, to edit.

use crate::PaperError;
use crate::model::Document;

/// The document as DOCX.
///
/// # Errors
/// [`PaperError::Docx`] when the file cannot be put together.
pub fn render(_document: &Document) -> Result<Vec<u8>, PaperError> {
    Ok(Vec::new())
}
