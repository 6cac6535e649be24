//! PDF: glyphs with their places become lines; wide gaps become cell borders. Streams are unpacked against a limit
//! before the PDF library sees them, and a panic inside that library becomes an error message.

mod ends;
mod quiet;
mod widths;

use std::io::Read;

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use super::plain::{self, mark_tables};
use super::{Line, ReadError, Text};

/// Most pages read.
const MAX_PAGES: usize = 2_000;
/// Most glyphs read from one file.
const MAX_GLYPHS: usize = 4_000_000;
/// Most bytes all streams of the file may unpack to (256 MiB).
const MAX_UNPACKED: u64 = 256 << 20;
/// Largest file with LZW streams, whose unpacking the PDF library does not bound (4 MiB).
const MAX_LZW_FILE: usize = 4 << 20;

pub(super) fn read(bytes: &[u8]) -> Result<Text, ReadError> {
    bound_streams(bytes)?;
    let pages =
        quiet::quietly(|| pages(bytes)).ok_or_else(|| ReadError::Damaged("PDF 的内容不合规范".into()))??;
    let mut lines = Vec::new();
    for (number, page) in (1..).zip(pages) {
        lines.extend(plain::unmarked(&page, Some(number)));
    }
    drop_running_lines(&mut lines);
    mark_tables(&mut lines);
    Ok(Text { lines })
}

/// Unpacks every stream into nothing, counting, before anything else may unpack it into memory.
fn bound_streams(bytes: &[u8]) -> Result<(), ReadError> {
    let too_large = || ReadError::TooLarge { what: "PDF 解压后的内容", limit: "256 MB".into() };
    if has(bytes, b"LZWDecode") && bytes.len() > MAX_LZW_FILE {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let head = &bytes[(at + found).saturating_sub(300)..at + found];
        let head = &head[find_last(head, b"obj").unwrap_or(0)..];
        if head.windows(11).filter(|w| *w == b"FlateDecode").count() > 1 {
            return Err(ReadError::Damaged("PDF 的数据流重复压缩".into()));
        }
        at += found + 6;
        while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        let unpacked = std::io::copy(
            &mut flate2::read::ZlibDecoder::new(&bytes[at..]).take(left + 1),
            &mut std::io::sink(),
        );
        left = left.checked_sub(unpacked.unwrap_or(0)).ok_or_else(too_large)?;
    }
    Ok(())
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}

fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, word)
}

fn pages(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let mut document = Document::load_mem(bytes).map_err(|_| ReadError::Damaged("PDF 结构损坏".into()))?;
    if document.is_encrypted() {
        return Err(ReadError::Damaged("PDF 已加密，请先去掉密码".into()));
    }
    widths::spell_out(&mut document);
    ends::check(&document)?;
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    if numbers.len() > MAX_PAGES {
        return Err(ReadError::TooLarge { what: "PDF 页数", limit: format!("{MAX_PAGES} 页") });
    }
    let mut left = MAX_GLYPHS;
    let mut out = Vec::new();
    for number in numbers {
        let mut page = Page { left, ..Page::default() };
        let result = pdf_extract::output_doc_page(&document, &mut page, number);
        if page.left == 0 {
            return Err(ReadError::TooLarge { what: "PDF 文字", limit: "400 万字".into() });
        }
        result.map_err(|_| ReadError::Damaged(format!("PDF 第{number}页无法读取")))?;
        left = page.left;
        out.push(page.into_text());
    }
    Ok(out)
}

#[derive(Default)]
struct Page {
    glyphs: Vec<Glyph>,
    left: usize,
}

struct Glyph {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    text: String,
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.left == 0 {
            return Err(OutputError::IoError(std::io::ErrorKind::FileTooLarge.into()));
        }
        self.left -= 1;
        let size = (font_size * (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt()).max(0.1);
        let glyph = Glyph { x: at.m31, y: at.m32, width: width * size, size, text: text.to_owned() };
        if glyph.x.is_finite() && glyph.y.is_finite() && size.is_finite() {
            self.glyphs.push(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

impl Page {
    /// Lines from top to bottom; inside a line from left to right. A gap of more than one character and a half
    /// is a tab; a smaller visible gap is a space.
    fn into_text(self) -> String {
        let mut order: Vec<usize> = (0..self.glyphs.len()).collect();
        order.sort_by(|a, b| self.glyphs[*b].y.total_cmp(&self.glyphs[*a].y));
        let mut out = String::new();
        let mut rest = order.as_mut_slice();
        let mut last_y = f64::NAN;
        while let Some(first) = rest.first().map(|i| &self.glyphs[*i]) {
            let (y, size) = (first.y, first.size);
            let count = rest.iter().take_while(|i| y - self.glyphs[**i].y < size * 0.45).count();
            let (line, after) = rest.split_at_mut(count.max(1));
            line.sort_by(|a, b| self.glyphs[*a].x.total_cmp(&self.glyphs[*b].x).then(a.cmp(b)));
            if last_y - y > size * 2.6 {
                out.push('\n');
            }
            write_line(line.iter().map(|i| &self.glyphs[*i]), &mut out);
            last_y = y;
            rest = after;
        }
        out
    }
}

impl Glyph {
    /// Width, estimated where the font does not say it.
    fn advance(&self) -> f64 {
        if self.width > self.size * 0.05 {
            self.width
        } else if self.text.is_ascii() {
            self.size * 0.5
        } else {
            self.size
        }
    }
}

/// Glyphs of one place follow each other in the order in which they were drawn: their font gave no widths.
fn write_line<'a>(line: impl Iterator<Item = &'a Glyph>, out: &mut String) {
    let (mut end, mut last) = (f64::NAN, f64::NAN);
    for glyph in line {
        if (glyph.x - last).abs() < 0.01 {
            end += glyph.advance();
        } else {
            let gap = glyph.x - end;
            if gap > glyph.size * 1.5 {
                out.push('\t');
            } else if gap > glyph.size * 0.15 {
                out.push(' ');
            }
            end = glyph.x + glyph.advance();
        }
        last = glyph.x;
        out.push_str(&glyph.text);
    }
    out.push('\n');
}

/// Blanks page numbers and running heads: the same first or last line on three pages or more.
fn drop_running_lines(lines: &mut [Line]) {
    let edges: Vec<usize> = (0..lines.len())
        .filter(|&i| {
            let page = |j: Option<usize>| j.and_then(|j| lines.get(j)).map(|l| l.page);
            let filled = !lines[i].text.trim().is_empty();
            filled && (page(i.checked_sub(1)) != page(Some(i)) || page(Some(i + 1)) != page(Some(i)))
        })
        .collect();
    let mut seen = std::collections::HashMap::<String, usize>::new();
    for &i in &edges {
        *seen.entry(without_digits(&lines[i].text)).or_default() += 1;
    }
    for i in edges {
        if seen[&without_digits(&lines[i].text)] >= 3 {
            lines[i].text.clear();
            lines[i].kind = super::LineKind::Blank;
        }
    }
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}
