//! Words, names and sizes: pure.

use chrono::NaiveDate;
use web::Form;
use web::form::Reading;

use crate::documents::forms::{DocumentForm, file_name, title_of};
use crate::documents::panel::size;
use crate::documents::{ContentType, DocumentKind};

#[test]
fn what_a_document_lacks_follows_from_its_kind() {
    let cases = [
        (DocumentKind::SignInSheet, false, false, Some("缺签名")),
        (DocumentKind::Agreement, true, false, Some("签名没有日期")),
        (DocumentKind::Consent, true, true, None),
        (DocumentKind::AssessmentForm, false, false, Some("缺签名")),
        (DocumentKind::Photo, false, false, None),
        (DocumentKind::Summary, true, false, Some("签名没有日期")),
        (DocumentKind::Summary, true, true, None),
    ];
    for (kind, signed, dated, expected) in cases {
        assert_eq!(kind.lacks(signed, dated), expected, "{kind} {signed} {dated}");
    }
}

#[test]
fn a_name_ends_as_its_content_says_and_turns_no_eye() {
    let cases = [
        ("签到表.pdf", ContentType::Pdf, "签到表.pdf"),
        ("IMG_1.JPEG", ContentType::Jpeg, "IMG_1.JPEG"),
        ("方案.exe", ContentType::Pdf, "方案.exe.pdf"),
        ("方案\u{202e}fdp.exe", ContentType::Pdf, "方案fdp.exe.pdf"),
        ("a\r\nb\0.png", ContentType::Png, "ab.png"),
        ("", ContentType::Heic, "文件.heic"),
        (".pdf", ContentType::Pdf, "pdf.pdf"),
        ("...", ContentType::Csv, "文件.csv"),
        ("无", ContentType::Docx, "无.docx"),
        ("表.et", ContentType::Xls, "表.et"),
    ];
    for (sent, found, expected) in cases {
        assert_eq!(file_name(sent, found), expected, "{sent:?}");
    }
    let long = file_name(&format!("{}.pdf", "长".repeat(500)), ContentType::Pdf);
    assert_eq!(long.chars().count(), 124);
    assert_eq!(title_of(&long).chars().count(), 100);
    assert_eq!(title_of("签到表.2024.pdf"), "签到表.2024");
}

#[test]
fn sizes_are_for_people() {
    for (bytes, expected) in [
        (1, "1 字节"),
        (1023, "1023 字节"),
        (1024, "1 KB"),
        (1_048_575, "1023 KB"),
        (20 << 20, "20.0 MB"),
        (1_600_000, "1.5 MB"),
    ] {
        assert_eq!(size(bytes), expected);
    }
}

/// Fields and what stands in them.
type Said = &'static [(&'static str, &'static str)];

#[test]
fn a_form_says_what_there_is() {
    let today: NaiveDate = "2024-12-31".parse().unwrap();
    let read = |fields: &[(&str, &str)]| {
        let form = Form::of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut reading = Reading::of(&form);
        let read = DocumentForm::read(&mut reading, today);
        reading.done(read).map_err(|wrong| wrong.into_iter().map(|wrong| wrong.field).collect::<Vec<_>>())
    };
    let read_whole =
        read(&[("kind", "agreement"), ("signed", "yes"), ("signed_on", "2024-12-31"), ("note", "副本")])
            .unwrap();
    assert_eq!((read_whole.signed, read_whole.signed_on, read_whole.title), (true, Some(today), None));
    let cases: &[(Said, &[&str])] = &[
        (&[], &["kind"]),
        (&[("kind", "agreement")], &["signed"]),
        (&[("kind", "photo"), ("signed_on", "2024-01-01")], &["signed_on"]),
        (&[("kind", "agreement"), ("signed", "perhaps")], &["signed"]),
        (&[("kind", "photo"), ("signed", "yes"), ("signed_on", "31.12.2024")], &["signed_on"]),
        (&[("kind", "photo"), ("signed", "yes"), ("signed_on", "2025-01-01")], &["signed_on"]),
    ];
    for (fields, expected) in cases {
        let wrong: Vec<String> = expected.iter().map(|field| (*field).to_owned()).collect();
        assert_eq!(read(fields), Err(wrong), "{fields:?}");
    }
    let long = "长".repeat(101);
    assert_eq!(read(&[("kind", "photo"), ("title", &long)]), Err(vec!["title".to_owned()]));
}
