//! Word file to edit: real heading styles with outline levels, real tables with repeating heads, page numbers, the page
//! of GB/T 9704-2012. Written by docx-rs; `parts` adds what it cannot say.
//! Not here: embedding fonts; the reader's Word or LibreOffice supplies 仿宋, 黑体 and 楷体 or replaces them.

mod blocks;
mod front;
mod parts;
mod styles;

use std::collections::BTreeMap;

use docx_rs::{Docx, Footer, Header, PageMargin, PageNum, PageNumType, Paragraph, Run};

use crate::model::{Block, Document};
use crate::{Fonts, PaperError};
use blocks::Writer;

/// The document as DOCX; the data of charts stands in tables.
///
/// # Errors
/// [`PaperError::Docx`] when the file cannot be put together.
pub fn render(document: &Document) -> Result<Vec<u8>, PaperError> {
    write(document, None)
}

/// The document as DOCX with charts as pictures, drawn with the given fonts.
///
/// # Errors
/// [`PaperError::Docx`] when the file cannot be put together, [`PaperError::Chart`] when a chart cannot be drawn.
pub fn render_with_charts(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    write(document, Some(fonts))
}

/// Lengths are in twentieths of a point: A4, margins 37, 26, 35 and 28 mm.
const PAGE: (u32, u32) = (11906, 16838);
const MARGIN: PageMargin =
    PageMargin { top: 2098, right: 1474, bottom: 1984, left: 1588, header: 1247, footer: 1361, gutter: 0 };
/// Width of the text, 156 mm.
const TEXT: usize = 8844;

fn write(document: &Document, fonts: Option<&Fonts>) -> Result<Vec<u8>, PaperError> {
    let bookmarks = bookmarks(document);
    let mut docx = styles::add(Docx::new()).page_size(PAGE.0, PAGE.1).page_margin(MARGIN);
    docx = docx.add_section(front::section(document, &bookmarks));
    let mut writer = Writer::new(bookmarks, fonts);
    let lines: Vec<_> = document.cover.title_lines.iter().map(String::as_str).collect();
    docx = front::title(docx, &lines);
    for block in &document.blocks {
        docx = writer.add(docx, block)?;
    }
    docx = docx
        .header(header(document))
        .even_header(header(document))
        .footer(Footer::new().add_paragraph(page_number("PageNumberOdd")))
        .even_footer(Footer::new().add_paragraph(page_number("PageNumberEven")))
        .page_num_type(PageNumType::new().start(1));
    parts::pack(docx.build(), document)
}

/// Word's names for the anchors of the document, in order of appearance: it allows only letters and digits.
fn bookmarks(document: &Document) -> BTreeMap<String, (usize, String)> {
    let mut bookmarks = BTreeMap::new();
    for block in &document.blocks {
        let id = match block {
            Block::Heading { id, .. } | Block::Annex { id, .. } => id,
            Block::Table(table) => &table.id,
            Block::Chart(chart) => &chart.id,
            _ => continue,
        };
        let number = bookmarks.len() + 1;
        bookmarks.entry(id.clone()).or_insert_with(|| (number, format!("anchor{number}")));
    }
    bookmarks
}

/// The notice of samples, on every page.
fn header(document: &Document) -> Header {
    let notice = document.meta.sample_notice.as_deref().unwrap_or_default();
    Header::new().add_paragraph(Paragraph::new().style("Notice").add_run(blocks::words(notice)))
}

/// — 1 —
fn page_number(style: &str) -> Paragraph {
    let dash = |text: &str| Run::new().add_text(text);
    Paragraph::new().style(style).add_run(dash("— ")).add_page_num(PageNum::new()).add_run(dash(" —"))
}
