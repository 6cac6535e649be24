//! DOCX: paragraphs, headings, tables and footnotes of word/document.xml in reading order. Deleted text, text box
//! fallbacks and fields' codes are left out. Decompression is counted while it runs.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::numbering::Numbering;
use super::{Line, LineKind, ReadError, Text};

/// Most bytes one part of the archive may unpack to (64 MiB).
const MAX_PART: u64 = 64 << 20;
/// Most parts in the archive.
const MAX_PARTS: usize = 20_000;
/// Deepest nesting of elements followed.
const MAX_DEPTH: usize = 400;

pub(super) fn read(bytes: &[u8]) -> Result<Text, ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| ReadError::Damaged("DOCX 的压缩包损坏".into()))?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge { what: "DOCX 内的部件数", limit: format!("{MAX_PARTS} 个") });
    }
    let document = part(&mut archive, "word/document.xml")?
        .ok_or_else(|| ReadError::Damaged("压缩包里没有 word/document.xml，不是 DOCX".into()))?;
    let styles = part(&mut archive, "word/styles.xml")?.map_or_else(Styles::default, |x| Styles::read(&x));
    let numbering = part(&mut archive, "word/numbering.xml")?;
    let numbering = numbering.map_or_else(Numbering::default, |x| Numbering::read(&x));
    let mut body = Body { styles, numbering, ..Body::default() };
    body.walk(&document)?;
    if let Some(notes) = part(&mut archive, "word/footnotes.xml")? {
        body.walk(&notes)?;
    }
    Ok(Text { lines: body.lines })
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(ReadError::Damaged(format!("{name} 无法解压"))),
    };
    let mut out = Vec::new();
    file.take(MAX_PART + 1)
        .read_to_end(&mut out)
        .map_err(|_| ReadError::Damaged(format!("{name} 无法解压")))?;
    if out.len() as u64 > MAX_PART {
        return Err(ReadError::TooLarge { what: "解压后的内容", limit: "64 MB".into() });
    }
    Ok(Some(out))
}

/// Place in a list of automatic numbers: the list and the level in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    list: String,
    level: usize,
}

/// What a style says of its paragraphs.
#[derive(Default)]
struct Styles {
    /// By the built-in style names "heading 1" … and "title".
    headings: HashMap<String, u8>,
    places: HashMap<String, Place>,
}

impl Styles {
    fn read(xml: &[u8]) -> Self {
        let mut out = Self::default();
        let mut reader = Reader::from_reader(xml);
        let mut style = String::new();
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e) | Event::Empty(e)) => {
                    let value = || attribute(&e, b"val").unwrap_or_default();
                    match e.local_name().as_ref() {
                        b"style" => style = attribute(&e, b"styleId").unwrap_or_default(),
                        b"name" => {
                            let name = value().to_lowercase();
                            if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.parse().ok()) {
                                out.headings.insert(style.clone(), level);
                            } else if name == "title" {
                                out.headings.insert(style.clone(), 1);
                            }
                        }
                        b"numId" => out.places.entry(style.clone()).or_default().list = value(),
                        b"ilvl" => {
                            out.places.entry(style.clone()).or_default().level = value().parse().unwrap_or(0);
                        }
                        _ => {}
                    }
                }
                Ok(Event::Eof) | Err(_) => return out,
                _ => {}
            }
            buffer.clear();
        }
    }
}

pub(super) fn attribute(e: &BytesStart<'_>, local: &[u8]) -> Option<String> {
    let found = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == local)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

#[derive(Default)]
struct Body {
    styles: Styles,
    numbering: Numbering,
    /// Of the open paragraph.
    place: Option<Place>,
    lines: Vec<Line>,
    paragraph: String,
    heading: u8,
    rows: Vec<Row>,
    tables: usize,
    in_text: bool,
    /// Inside how many elements whose text is not of the document.
    hidden: usize,
}

/// One open table row; nested tables stack.
#[derive(Default)]
struct Row {
    table: usize,
    text: String,
    cells: Vec<Range<usize>>,
    start: usize,
    span: usize,
}

impl Body {
    fn walk(&mut self, xml: &[u8]) -> Result<(), ReadError> {
        let damaged = |_| ReadError::Damaged("DOCX 的正文不是有效的 XML".into());
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let mut depth = 0;
        loop {
            match reader.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(e) => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(ReadError::Damaged("DOCX 的嵌套过深".into()));
                    }
                    self.open(&e);
                }
                Event::Empty(e) => {
                    self.open(&e);
                    self.close(e.local_name().as_ref());
                }
                Event::End(e) => {
                    depth -= 1;
                    self.close(e.local_name().as_ref());
                }
                Event::Text(t) if self.in_text && self.hidden == 0 => {
                    self.paragraph.push_str(&t.xml10_content().unwrap_or_default());
                }
                Event::GeneralRef(r) if self.in_text && self.hidden == 0 => self.push_entity(&r),
                Event::Eof => return Ok(()),
                _ => {}
            }
            buffer.clear();
        }
    }

    fn push_entity(&mut self, entity: &BytesRef<'_>) {
        if let Ok(Some(c)) = entity.resolve_char_ref() {
            self.paragraph.push(c);
        } else if let Some(s) =
            entity.decode().ok().and_then(|n| quick_xml::escape::resolve_predefined_entity(&n))
        {
            self.paragraph.push_str(s);
        }
    }

    fn open(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            b"Fallback" | b"instrText" | b"del" => self.hidden += 1,
            b"t" => self.in_text = true,
            b"tab" | b"br" | b"cr" if self.hidden == 0 => self.paragraph.push(' '),
            b"pStyle" => {
                let id = attribute(e, b"val").unwrap_or_default();
                self.heading = self.styles.headings.get(&id).copied().unwrap_or(0);
                self.place = self.styles.places.get(&id).cloned();
            }
            b"numId" => {
                self.place.get_or_insert_default().list = attribute(e, b"val").unwrap_or_default();
            }
            b"ilvl" => {
                let level = attribute(e, b"val").and_then(|v| v.parse().ok()).unwrap_or(0);
                self.place.get_or_insert_default().level = level;
            }
            b"outlineLvl" => {
                let level = attribute(e, b"val").and_then(|v| v.parse::<u8>().ok());
                self.heading = level.filter(|l| *l < 9).map_or(self.heading, |l| l + 1);
            }
            b"tbl" => self.tables += 1,
            b"tr" => self.rows.push(Row { table: self.tables.saturating_sub(1), ..Row::default() }),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    (row.start, row.span) = (row.text.len(), 1);
                }
            }
            b"gridSpan" => {
                if let Some(row) = self.rows.last_mut() {
                    row.span = attribute(e, b"val").and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, 64);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"Fallback" | b"instrText" | b"del" => self.hidden = self.hidden.saturating_sub(1),
            b"t" => self.in_text = false,
            b"p" => self.end_paragraph(),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(row.start..row.text.len());
                    let end = row.text.len();
                    row.cells.extend((1..row.span).map(|_| end..end));
                    row.text.push_str(" | ");
                }
            }
            b"tr" => {
                if let Some(row) = self.rows.pop() {
                    let kind = LineKind::Row { table: row.table, cells: row.cells };
                    self.lines.push(Line { text: row.text, page: None, kind });
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let mut text = std::mem::take(&mut self.paragraph);
        let heading = std::mem::take(&mut self.heading);
        if let Some(place) = self.place.take() {
            // Word counts empty paragraphs too.
            let mark = self.numbering.next(&place.list, place.level);
            if !text.trim().is_empty() {
                text.insert_str(0, &mark);
            }
        }
        if let Some(row) = self.rows.last_mut() {
            if row.text.len() > row.start && !text.is_empty() {
                row.text.push(' ');
            }
            row.text.push_str(&text);
            return;
        }
        let kind = match heading {
            _ if text.trim().is_empty() => LineKind::Blank,
            0 => LineKind::Body,
            level => LineKind::Heading(level),
        };
        self.lines.push(Line { text, page: None, kind });
    }
}
