//! Cover and table of contents of the Word file: a section of its own without page numbers.
//! Not here: the body (`blocks`).

use std::collections::BTreeMap;

use docx_rs::{
    BreakType, Docx, FieldCharType, Hyperlink, HyperlinkType, InstrPAGEREF, InstrText, LineSpacing, PageSize,
    Paragraph, Run, Section, Tab, TabLeaderType, TabValueType,
};

use super::blocks::words;
use super::{MARGIN, PAGE, TEXT, header, styles};
use crate::model::{Block, Document};

/// The section in front of the body.
pub(super) fn section(document: &Document, bookmarks: &BTreeMap<String, (usize, String)>) -> Section {
    let cover = &document.cover;
    let mut section = Section::new()
        .page_size(PageSize::new().size(PAGE.0, PAGE.1))
        .page_margin(MARGIN)
        .header(header(document));
    for (index, line) in cover.title_lines.iter().enumerate() {
        let paragraph = Paragraph::new().style("CoverTitle").add_run(words(line));
        section = section.add_paragraph(if index == 0 { after(paragraph, 2200) } else { paragraph });
    }
    let widest = cover.facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (index, (name, value)) in cover.facts.iter().enumerate() {
        let tab = Tab::new().val(TabValueType::Left).pos(1200 + widest * 320 + 320);
        let name = words(name).fonts(styles::fonts(styles::HEITI)).add_tab();
        let paragraph = Paragraph::new().style("CoverFact").add_tab(tab).add_run(name).add_run(words(value));
        section = section.add_paragraph(if index == 0 { after(paragraph, 3600) } else { paragraph });
    }
    if let Some(notice) = &cover.notice {
        let paragraph = Paragraph::new().style("CoverNotice").add_run(words(notice));
        section = section.add_paragraph(paragraph.line_spacing(LineSpacing::new().before(1200)));
    }
    if cover.contents { contents(section, document, bookmarks) } else { section }
}

/// The title again, at the head of the body.
pub(super) fn title(docx: Docx, lines: &[&str]) -> Docx {
    let docx = lines
        .iter()
        .fold(docx, |docx, line| docx.add_paragraph(Paragraph::new().style("Title").add_run(words(line))));
    if lines.is_empty() { docx } else { docx.add_paragraph(Paragraph::new()) }
}

/// Entries with page numbers that Word and LibreOffice compute when they open the file.
fn contents(section: Section, document: &Document, bookmarks: &BTreeMap<String, (usize, String)>) -> Section {
    let head = Run::new().add_break(BreakType::Page).add_text("目　录");
    let mut section = section.add_paragraph(Paragraph::new().style("ContentsTitle").add_run(head));
    for block in &document.blocks {
        let (style, text, id) = match block {
            Block::Heading { level: 1, text, id } => ("TOC1", text.clone(), id),
            Block::Heading { level: 2, text, id } => ("TOC2", text.clone(), id),
            Block::Annex { label, title, id } => ("TOC1", format!("{label} {title}"), id),
            _ => continue,
        };
        if let Some((_, bookmark)) = bookmarks.get(id) {
            section = section.add_paragraph(entry(style, &text, bookmark));
        }
    }
    section
}

fn entry(style: &str, text: &str, bookmark: &str) -> Paragraph {
    let tab = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Dot).pos(TEXT);
    let page = Run::new()
        .add_field_char(FieldCharType::Begin, true)
        .add_instr_text(InstrText::PAGEREF(InstrPAGEREF::new(bookmark).hyperlink()))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("…")
        .add_field_char(FieldCharType::End, false);
    let link = Hyperlink::new(bookmark, HyperlinkType::Anchor).add_run(words(text).add_tab()).add_run(page);
    Paragraph::new().style(style).add_tab(tab).add_hyperlink(link)
}

/// Space above the paragraph, lines as its style has them.
fn after(paragraph: Paragraph, space: u32) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().before(space))
}
