//! What the example says in each format, as snapshots, and the same bytes twice.

use super::{part, pdf, system_fonts, words_of_xml};
use crate::example::document;
use crate::{docx, html, text, xlsx};

#[test]
fn text_is_as_before() {
    insta::assert_snapshot!(text::render(&document()));
}

#[test]
fn html_is_as_before() {
    insta::assert_snapshot!(html::fragment(&document()));
}

#[test]
fn docx_says_as_before() {
    let bytes = docx::render(&document()).unwrap();
    insta::assert_snapshot!("document_xml_words", words_of_xml(&part(&bytes, "word/document.xml")));
    insta::assert_snapshot!(
        "styles_xml",
        part(&bytes, "word/styles.xml").replace("<w:style ", "\n<w:style ")
    );
}

#[test]
fn same_document_same_bytes() {
    let document = document();
    let fonts = system_fonts();
    type Render<'a> = Box<dyn Fn() -> Vec<u8> + 'a>;
    let cases: [(&str, Render); 6] = [
        ("pdf", Box::new(|| pdf(&document))),
        ("docx", Box::new(|| docx::render(&document).unwrap())),
        ("docx with charts", Box::new(|| docx::render_with_charts(&document, fonts).unwrap())),
        ("html", Box::new(|| html::render(&document))),
        ("xlsx", Box::new(|| xlsx::render(&document).unwrap())),
        ("text", Box::new(|| text::render(&document).into_bytes())),
    ];
    for (name, render) in cases {
        let first = render();
        assert!(first.len() > 1000, "{name} is empty");
        assert!(first == render(), "{name} differs on the second time");
    }
}
