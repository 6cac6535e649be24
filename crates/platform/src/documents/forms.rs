//! What the forms of documents ask, and how their answers are read. Pure.

use chrono::NaiveDate;
use web::form::Reading;
use web::upload::{FILE, MAX_WORDS};

use super::content_type::TAKEN;
use super::model::{ContentType, DocumentKind};
use super::store::Document;
use crate::shell::{Field, Group, Kind};

/// Characters that a title, a note and a file's name may have.
const TITLE: usize = 100;
const NOTE: usize = 500;
const NAME: usize = 120;
/// Whether there is a signature.
const SIGNED: &[(&str, &str)] = &[("yes", "有签名"), ("no", "没有签名")];

/// What the form says of a document, beside its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DocumentForm {
    /// Empty where the name of the file is to do.
    pub(super) title: Option<String>,
    pub(super) kind: DocumentKind,
    pub(super) signed: bool,
    pub(super) signed_on: Option<NaiveDate>,
    pub(super) note: Option<String>,
}

/// The field with the file, at the head of the others.
pub(super) fn new_fields(subject: (&str, &str)) -> Vec<Group> {
    let hint = format!("{TAKEN}；不超过 {MAX_WORDS}。按内容辨认，不看文件名");
    let mut fields = vec![
        Field::hidden("subject_kind", subject.0),
        Field::hidden("subject_id", subject.1),
        Field::new(FILE, "文件", Kind::File).hint(hint),
        Field::text("title", "名称").hint("不填就用文件名"),
    ];
    fields.extend(common(None));
    vec![Group::new("", fields)]
}

/// The fields of a correction.
pub(super) fn edit_fields(row: &Document, version: i32) -> Vec<Group> {
    let mut fields =
        vec![Field::hidden("version", version.to_string()), Field::text("title", "名称").value(&row.title)];
    fields.extend(common(Some(row)));
    vec![Group::new("", fields)]
}

fn common(row: Option<&Document>) -> [Field; 4] {
    let signed = row.map_or("", |row| if row.signed { "yes" } else { "no" });
    let signed_on = row.and_then(|row| row.signed_on).map(|day| day.to_string());
    [
        Field::pick("kind", "种类", &DocumentKind::list()).value(row.map_or("", |row| row.kind.as_str())),
        Field::radio("signed", "签名", SIGNED)
            .value(signed)
            .hint("签到表、协议、同意书、评定表必选；其他可以不选"),
        Field::date("signed_on", "签名日期")
            .value(signed_on.unwrap_or_default())
            .hint("照纸上写的填；纸上没写就留空，会列为“签名没有日期”"),
        Field::long("note", "说明").value(row.and_then(|row| row.note.clone()).unwrap_or_default()),
    ]
}

impl DocumentForm {
    /// Reads all but the file; each wrong field is noted.
    pub(super) fn read(reading: &mut Reading<'_>, today: NaiveDate) -> Option<Self> {
        let title = reading.optional("title", "名称", TITLE);
        let kind: Option<DocumentKind> = reading.word("kind", "种类");
        let signed = reading.chosen("signed", SIGNED);
        let signed_on = reading.optional_date("signed_on", "签名日期");
        let note = reading.optional("note", "说明", NOTE);
        let kind = kind?;
        if signed.is_none() && kind.needs_signature() {
            reading.wrong("signed", format!("{}要选有没有签名", kind.label()));
        }
        if signed_on.is_some() && signed != Some("yes") {
            reading.wrong("signed_on", "有签名日期的，请在“签名”里选“有签名”");
        }
        if signed_on.is_some_and(|day| day > today) {
            reading.wrong("signed_on", format!("签名日期不能晚于今天（{today}）"));
        }
        Some(Self { title, kind, signed: signed == Some("yes"), signed_on, note })
    }
}

/// The name of a file as it is kept: without what would turn a reader's eye, and with an ending that fits its content.
pub(super) fn file_name(sent: &str, found: ContentType) -> String {
    // Marks that make the rest be written from right to left: `方案\u{202e}fdp.exe` would look like `方案exe.pdf`.
    let turns = |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = sent.chars().filter(|sign| !sign.is_control() && !turns(*sign)).collect();
    let clean = clean.trim().trim_start_matches('.').trim();
    let usual = found.endings()[0];
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if found.endings().contains(&ending.to_ascii_lowercase().as_str()) => {
            (stem, ending)
        }
        _ => (clean, usual),
    };
    let stem = if stem.is_empty() { "文件" } else { stem };
    format!("{}.{ending}", stem.chars().take(NAME).collect::<String>())
}

/// The title of a document of which only the file's name is known.
pub(super) fn title_of(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    stem.chars().take(TITLE).collect()
}
