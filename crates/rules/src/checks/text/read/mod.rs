//! Reading: the bytes of a .docx, .pdf, .md or .txt file become lines with positions. Limits stand before every
//! decompression; a damaged file gives a message, never a panic. Nothing here understands the text.

mod docx;
mod listed;
mod numbering;
mod pdf;
mod plain;

use std::ops::Range;

pub(super) use listed::heads;

/// Largest file read, in bytes (32 MiB).
pub const MAX_FILE: usize = 32 << 20;
/// Most characters of text taken from one file (a 200-page report has about 200,000).
pub const MAX_CHARS: usize = 4_000_000;

/// A report as lines.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    /// In reading order.
    pub lines: Vec<Line>,
}

/// One line of the file; for docx one paragraph or one table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words as written.
    pub text: String,
    /// Page, from 1, where the format has pages.
    pub page: Option<u32>,
    /// What kind of line it is, as far as the format says.
    pub kind: LineKind,
}

/// What the format says about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Running text.
    Body,
    /// A heading of the given level, from 1.
    Heading(u8),
    /// A table row: number of its table, and the byte range of each cell in the line.
    Row {
        /// Tables are numbered from 0 in reading order.
        table: usize,
        /// Byte range of each cell's text; merged cells are empty ranges.
        cells: Vec<Range<usize>>,
    },
    /// Between paragraphs.
    Blank,
}

/// Why a file could not be read; the message is for the person who chose the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Neither .docx nor .pdf nor text.
    #[error("「{0}」不是可核验的文件：请提供 .docx、.pdf、.md 或 .txt（旧版 .doc、.wps 请先另存为 .docx）")]
    Kind(String),
    /// Larger than a limit.
    #[error("文件过大：{what}超过上限{limit}，请拆分或另存后再试")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit, in words.
        limit: String,
    },
    /// Damaged or not what its name says.
    #[error("文件无法读取：{0}，请用办公软件打开后另存一份再试")]
    Damaged(String),
    /// Nothing to read, for example a scan.
    #[error("文件里没有可读的文字（可能是扫描件或空文件），请先做文字识别或提供可编辑的版本")]
    Empty,
}

/// Reads a file's bytes by the ending of its name (and by its first bytes where the two disagree).
///
/// # Errors
/// [`ReadError`] when the kind is unknown, a limit is passed, the file is damaged or holds no text.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Text, ReadError> {
    if bytes.len() > MAX_FILE {
        return Err(ReadError::TooLarge { what: "文件", limit: "32 MB".into() });
    }
    let ending = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let text = if bytes.starts_with(b"%PDF-") {
        pdf::read(bytes)?
    } else if bytes.starts_with(b"PK\x03\x04") {
        docx::read(bytes)?
    } else {
        match ending.as_str() {
            "pdf" => return Err(ReadError::Damaged("不是有效的 PDF".into())),
            "docx" => return Err(ReadError::Damaged("不是有效的 DOCX".into())),
            "md" | "markdown" | "txt" | "text" => plain::read(bytes)?,
            _ => return Err(ReadError::Kind(file_name.chars().take(80).collect())),
        }
    };
    let chars: usize = text.lines.iter().map(|l| l.text.len()).sum();
    match chars {
        0 => Err(ReadError::Empty),
        n if n > MAX_CHARS * 4 => Err(ReadError::TooLarge { what: "文字", limit: "400 万字".into() }),
        _ => Ok(text),
    }
}

impl Text {
    /// Text already in memory (our own report before it is written), as plain or Markdown lines.
    pub fn from_plain(text: &str) -> Self {
        plain::lines(text, None)
    }
}
