//! Documents that would never end are refused, and those that only look like them are read.

use std::fmt::Write as _;

use super::{drawn_in, spelled_out};
use crate::checks::text::read::{ReadError, read};

/// A PDF of these objects, the first being its root.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_owned();
    let mut at = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        at.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in at {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn stream(head: &str, content: &str) -> String {
    format!("<<{head}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A page that draws form 6; forms are `forms`, with numbers from 6 on.
fn drawing(forms: &[String]) -> Vec<u8> {
    let content = stream("", "BT /F1 12 Tf 72 720 Td (Files 20) Tj ET /A Do");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</A 6 0 R>>>>>>"
            .to_owned(),
        content,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    objects.extend_from_slice(forms);
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

fn refused(bytes: &[u8], part: &str) {
    let error = read(bytes, "a.pdf").unwrap_err();
    assert!(matches!(&error, ReadError::Damaged(why) if why.contains(part)), "{error}");
}

#[test]
fn a_page_whose_parents_go_round() {
    let bytes = pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        &stream("", "BT ET"),
    ]);
    refused(&bytes, "没有尽头");
}

/// What the fuzzer found (kept as it was): a page that is its own parent and says no MediaBox.
#[test]
fn a_page_that_is_its_own_parent() {
    refused(include_bytes!("own_parent.pdf"), "没有尽头");
    let bytes = pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 3 0 R/Contents 4 0 R>>",
        &stream("", "BT ET"),
    ]);
    refused(&bytes, "没有尽头");
}

#[test]
fn a_form_that_draws_itself() {
    refused(&drawing(&[stream("/Subtype/Form/Resources<</XObject<</A 6 0 R>>>>", "/A Do")]), "嵌套");
    refused(&drawing(&[stream("/Subtype/Form", "q /A Do Q")]), "嵌套");
}

#[test]
fn forms_that_draw_the_next_ten_times() {
    let ten = "/B Do ".repeat(10);
    let mut forms: Vec<String> = (7..20)
        .map(|n| {
            stream(&format!("/Subtype/Form/Resources<</XObject<</B {n} 0 R>>>>"), &ten.replace("/A", "/B"))
        })
        .collect();
    forms.push(stream("/Subtype/Form", "q Q"));
    refused(&drawing(&forms), "嵌套");
}

#[test]
fn a_form_drawn_once_is_read() {
    let bytes = drawing(&[stream("/Subtype/Form", "q Q")]);
    assert_eq!(read(&bytes, "a.pdf").unwrap().lines[0].text, "Files 20");
}

#[test]
fn names_before_do() {
    assert_eq!(drawn_in(b"q /Im1 Do Q /F 1 Tf /A#42\nDo Done"), [b"Im1".to_vec(), b"AB".to_vec()]);
    assert_eq!(spelled_out(b"A#4x#"), b"A#4x#");
}
