//! A document as another page shows it: its picture, its words, or only where it is.

use db::{Database, DbResult, Tx};
use kernel::Id;
use rules::checks::text::read;

use super::model::ContentType;
use super::store::Document;
use super::subject::Subjects;
use crate::access::Asker;

/// Lines of a document that are shown.
const LINES: usize = 200;

/// What can be shown of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What it is, signed by when, since when it is here.
    pub said: String,
    /// The address of its picture, where it is one.
    pub picture: Option<String>,
    /// Its words, line by line, where it has any that can be read.
    pub lines: Vec<String>,
    /// Whether there are more.
    pub cut: bool,
}

/// The document of an address `/documents/id`; none for any other address, or where it may not be seen.
///
/// # Errors
/// What the database says.
pub fn seen(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (subjects, database): (Subjects, &Database),
    href: &str,
) -> DbResult<Option<Seen>> {
    let id = href.strip_prefix("/documents/").and_then(|rest| rest.split(['/', '?', '#']).next());
    let Some(id) = id.filter(|id| id.parse::<Id>().is_ok()) else { return Ok(None) };
    let row = match subjects.document(tx, asker, ("read", id)) {
        Ok((_, row, _)) => row,
        Err(db::DbError::Problem(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let href = format!("/documents/{}", row.id);
    let (lines, cut) = words(database, &row);
    Ok(Some(Seen {
        picture: is_picture(row.content_type).then(|| format!("{href}/file")),
        said: said(&row),
        title: row.title,
        href,
        lines,
        cut,
    }))
}

fn is_picture(kind: ContentType) -> bool {
    matches!(kind, ContentType::Jpeg | ContentType::Png | ContentType::Webp)
}

fn said(row: &Document) -> String {
    let signed = match (row.signed, row.signed_on) {
        (true, Some(day)) => format!("，{day} 签名"),
        (true, None) => "，有签名，没有日期".to_owned(),
        (false, _) => "，没有签名".to_owned(),
    };
    format!("{} {}{signed}，{} 附上", row.kind.label(), row.content_type.label(), row.uploaded_on)
}

/// The words of a document; none of a scan, of a table, or of a file that is lost, which its own page tells.
fn words(database: &Database, row: &Document) -> (Vec<String>, bool) {
    let name = match row.content_type {
        ContentType::Pdf => "a.pdf",
        ContentType::Docx => "a.docx",
        ContentType::Text | ContentType::Csv => "a.txt",
        _ => return (Vec::new(), false),
    };
    let content = database.contents().and_then(|contents| contents.get(&row.sha256)).ok();
    let Some(text) = content.and_then(|content| read(&content, name).ok()) else {
        return (Vec::new(), false);
    };
    let mut lines = text.lines.into_iter().map(|line| line.text).filter(|line| !line.trim().is_empty());
    let shown: Vec<String> = lines.by_ref().take(LINES).collect();
    (shown, lines.next().is_some())
}
