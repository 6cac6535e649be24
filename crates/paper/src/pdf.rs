//! PDF to the page of GB/T 9704-2012: A4, top margin 37 mm, binding margin 28 mm, text area 156 × 225 mm, 22 lines of
//! 28 characters of 16 pt. Typeset by Typst with a template of ours; all text reaches it as data, none as markup.
//! Not here: signing, and the choice of fonts (`Fonts`).

mod data;
mod world;

use chrono::Datelike;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::model::Document;
use crate::{Fonts, PaperError};
use world::Desk;

/// The document as PDF: tagged, with outline, title, author, date and identifier. Figures and links are live only
/// where their address is absolute or inside the document, because a file on paper has no place of its own.
///
/// # Errors
/// [`PaperError::Pdf`] when the typesetter refuses.
pub fn render(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let (pages, _) = typeset(document, fonts)?;
    let date = document.meta.date;
    let moment = Datetime::from_ymd_hms(date.year(), day(date.month()), day(date.day()), 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Custom(document.meta.identifier.clone()),
        creator: Smart::Custom(None),
        timestamp: moment.map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| refused(document, &errors));
    comemo::evict(1);
    bytes
}

/// The laid out pages and the typesetter's warnings.
fn typeset(document: &Document, fonts: &Fonts) -> Result<(PagedDocument, Vec<String>), PaperError> {
    let desk = Desk::new(data::json(document, fonts), data::charts(document, fonts), fonts);
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
    let pages = output.map_err(|errors| refused(document, &errors))?;
    Ok((pages, warnings.iter().map(|warning| warning.message.to_string()).collect()))
}

fn refused(document: &Document, errors: &[SourceDiagnostic]) -> PaperError {
    let reasons: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    PaperError::Pdf { document: document.meta.identifier.clone(), reason: reasons.join("；") }
}

/// Months and days fit in a byte.
fn day(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(1)
}
