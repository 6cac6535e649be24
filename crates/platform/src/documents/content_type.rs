//! What a file is, told by its content and never by its name; and what is refused, each by name. Pure.

use std::io::{Cursor, Read as _};

use kernel::Problem;
use web::upload::{MAX_BYTES, MAX_WORDS};
use zip::ZipArchive;

use super::model::ContentType;

/// What is taken, for people.
pub(super) const TAKEN: &str =
    "PDF、图片（jpg、png、webp、heic）、Word（docx、doc）、Excel（xlsx、xls）、mp4、txt、csv";
/// Bytes at the beginning and at the end in which markup is looked for.
const EDGE: usize = 4096;
/// Bytes in which a reader of PDF looks for its beginning.
const PDF_EDGE: usize = 1024;
/// Bytes of the list of an office file's parts that are read.
const PARTS: u64 = 1 << 20;
/// What makes a browser take a text for a page or a drawing that may run scripts.
const MARKUP: &[&[u8]] = &[
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<svg",
    b"<?xml-stylesheet",
    b"<xsl:",
];
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Begins the end of a zip archive; a comment of at most 65,535 bytes comes after its 22.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_END_BYTES: usize = 22;
/// Bytes of the two records that may stand before it (APPNOTE 4.3.14 and 4.3.15).
const ZIP64: usize = 56 + 20;

/// What a file is.
///
/// # Errors
/// It is empty, too large, of a kind that is not taken, damaged, holds macros, or passes for two things at once.
pub(super) fn content_type(content: &[u8], name: &str) -> Result<ContentType, Problem> {
    if content.is_empty() {
        return Err(refused("file_empty", "文件是空的，没有内容", "请核对后重新选"));
    }
    if content.len() > MAX_BYTES {
        let what = format!("文件超过 {MAX_WORDS}");
        return Err(refused("file_too_large", what, "请压缩文件里的图片，或拆成几份"));
    }
    if content.starts_with(ZIP) {
        return office(content);
    }
    if content.starts_with(OLE) {
        return old_office(content);
    }
    match infer::get(content).and_then(|found| known(content, found.mime_type())) {
        Some(found) => single(content, found),
        None => text(content, name),
    }
}

/// One of the types that are taken, where the beginning says so beyond doubt.
fn known(content: &[u8], mime: &str) -> Option<ContentType> {
    match mime {
        "application/pdf" if content.starts_with(b"%PDF-") => Some(ContentType::Pdf),
        "image/jpeg" => Some(ContentType::Jpeg),
        "image/png" if content.starts_with(b"\x89PNG\r\n\x1a\n") => Some(ContentType::Png),
        "image/webp" if content.starts_with(b"RIFF") => Some(ContentType::Webp),
        "image/heif" => Some(ContentType::Heic),
        "video/mp4" => Some(ContentType::Mp4),
        _ => None,
    }
}

/// Refuses what also passes for a page, an archive or a PDF to whoever reads it another way.
fn single(content: &[u8], found: ContentType) -> Result<ContentType, Problem> {
    let (head, tail) = (&content[..content.len().min(EDGE)], &content[content.len().saturating_sub(EDGE)..]);
    let pdf = found != ContentType::Pdf && holds(&content[..content.len().min(PDF_EDGE)], b"%pdf-");
    if marked_up(head) || marked_up(tail) || pdf || ends_as_zip(content) {
        let what = format!("这个文件既是{}，又夹带了别的内容（网页、压缩包或另一份文件）", found.label());
        let remedy = "请用原来的软件打开，另存一份再附上";
        return Err(refused("file_two_things", what, remedy));
    }
    Ok(found)
}

/// A file of Word or Excel since 2007, by the list of its parts.
fn office(content: &[u8]) -> Result<ContentType, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| damaged())?;
    if !is_one_archive(content) {
        let what = "这个文件由两个压缩包拼成，读它的软件会看到不同的内容";
        return Err(refused("file_two_things", what, "请用原来的软件打开，另存一份再附上"));
    }
    if archive.file_names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(macros());
    }
    let Ok(list) = archive.by_name("[Content_Types].xml") else {
        return Err(refused("file_archive", "不收压缩包", format!("请解压后一份一份附上；可以附：{TAKEN}")));
    };
    let mut parts = String::new();
    list.take(PARTS).read_to_string(&mut parts).map_err(|_| damaged())?;
    match parts {
        parts if parts.contains("macroEnabled") => Err(macros()),
        parts if parts.contains("wordprocessingml.document.main+xml") => Ok(ContentType::Docx),
        parts if parts.contains("spreadsheetml.sheet.main+xml") => Ok(ContentType::Xlsx),
        _ => Err(not_taken("这个文件是 Office 文件，但不是 Word 文档或 Excel 表格")),
    }
}

/// A file of Word or Excel before 2007, by its streams.
fn old_office(content: &[u8]) -> Result<ContentType, Problem> {
    let file = cfb::CompoundFile::open(Cursor::new(content)).map_err(|_| damaged())?;
    let has = |names: &[&str]| names.iter().any(|name| file.exists(name));
    if has(&["/Macros", "/_VBA_PROJECT_CUR"]) {
        return Err(macros());
    }
    if has(&["/WordDocument"]) {
        Ok(ContentType::Doc)
    } else if has(&["/Workbook", "/Book"]) {
        Ok(ContentType::Xls)
    } else {
        Err(not_taken("这个文件是旧版 Office 文件，但不是 Word 文档或 Excel 表格"))
    }
}

/// A text or a table as text, in UTF-8 or GBK.
fn text(content: &[u8], name: &str) -> Result<ContentType, Problem> {
    if marked_up(content) {
        let what = "这是网页或 SVG 图形，里面可能有会运行的脚本";
        return Err(refused("file_markup", what, "请在浏览器里打印成 PDF，或截图后附上"));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let kind = match ending.as_deref() {
        Some("csv") => Some(ContentType::Csv),
        Some("txt") => Some(ContentType::Text),
        _ => None,
    };
    match (decoded(content), kind) {
        (true, Some(kind)) => Ok(kind),
        (false, Some(_)) => Err(refused(
            "file_text",
            "这个文本读不出来：既不是 UTF-8，也不是 GBK",
            "请用记事本打开，另存为 UTF-8 后再附上",
        )),
        _ => Err(not_taken("认不出这个文件是什么，或不收这种文件")),
    }
}

/// Whether it is text: in UTF-8 or GBK, with no signs that steer a machine.
fn decoded(content: &[u8]) -> bool {
    let utf8 = std::str::from_utf8(content).ok().map(Into::into);
    let decoded =
        utf8.or_else(|| encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(content));
    let steers = |sign: char| sign.is_control() && !matches!(sign, '\t' | '\r' | '\n' | '\u{c}');
    decoded.is_some_and(|text| !text.contains(steers))
}

fn marked_up(content: &[u8]) -> bool {
    MARKUP.iter().any(|mark| holds(content, mark))
}

/// Whether the content holds these signs, large letters or small; the signs are given small.
fn holds(content: &[u8], signs: &[u8]) -> bool {
    content.windows(signs.len()).any(|part| part.eq_ignore_ascii_case(signs))
}

/// Whether a zip archive ends exactly where the content does.
fn ends_as_zip(content: &[u8]) -> bool {
    zip_end(content).is_some()
}

/// Where the end of a zip archive begins that ends exactly where the content does.
fn zip_end(content: &[u8]) -> Option<usize> {
    let from = content.len().saturating_sub(ZIP_END_BYTES + usize::from(u16::MAX));
    let ends = content[from..].windows(ZIP_END.len()).enumerate().filter(|(_, part)| *part == ZIP_END);
    ends.map(|(at, _)| from + at).find(|at| match content.get(at + 20..at + ZIP_END_BYTES) {
        Some(&[low, high]) => {
            content.len() == at + ZIP_END_BYTES + usize::from(u16::from_le_bytes([low, high]))
        }
        _ => false,
    })
}

/// Whether the list that the archive's end speaks of ends where that end begins: else something stands before or between,
/// and programs that read from the front see other parts than those that read from the back.
fn is_one_archive(content: &[u8]) -> bool {
    let Some(end) = zip_end(content) else { return false };
    let number = |at: usize| match content.get(end + at..end + at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    };
    let (length, start) = (number(12), number(16));
    start
        .checked_add(length)
        .and_then(|listed| end.checked_sub(listed))
        .is_some_and(|between| between <= ZIP64)
}

fn refused(code: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
    Problem::new(code, what, remedy)
}

fn not_taken(what: &str) -> Problem {
    refused("file_not_taken", what, format!("可以附：{TAKEN}"))
}

fn damaged() -> Problem {
    refused("file_damaged", "这个文件打不开，可能没有保存完整", "请用原来的软件打开看看，另存一份再附上")
}

fn macros() -> Problem {
    refused(
        "file_macros",
        "这个文件里有宏，打开的人可能因此中毒",
        "请另存为不带宏的格式（.docx、.xlsx）后再附上",
    )
}
