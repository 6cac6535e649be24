//! Cases of single functions.

use crate::escape::{absolute, clean, link, xml};
use crate::example::document;
use crate::model::{Block, Document};
use crate::xlsx::tests::{names_of, number_format_of};

#[test]
fn sections_count_within_their_parents() {
    let mut numbered = Document::new(document().meta, document().cover);
    for level in [1, 2, 3, 4, 4, 3, 2, 3, 1, 2, 9] {
        numbered.section(level, "x");
    }
    let texts: Vec<_> = numbered
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let expected = [
        "一、x",
        "（一）x",
        "1. x",
        "（1）x",
        "（2）x",
        "2. x",
        "（二）x",
        "1. x",
        "二、x",
        "（一）x",
        "（1）x",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn twenty_one_is_written_in_chinese() {
    let mut numbered = Document::new(document().meta, document().cover);
    for _ in 0..21 {
        numbered.section(1, "");
    }
    let check = |index: usize, expected: &str| {
        assert!(
            matches!(&numbered.blocks[index], Block::Heading { text, .. } if text == expected),
            "{expected}"
        );
    };
    check(9, "十、");
    check(10, "十一、");
    check(19, "二十、");
    check(20, "二十一、");
}

#[test]
fn texts_are_made_safe() {
    let cases = [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"),
        ("“双”《书》——", "“双”《书》——"),
        ("a\u{0}b\u{b}c\u{fffe}d\u{1f600}\te", "abcd\u{1f600}\te"),
    ];
    for (text, expected) in cases {
        assert_eq!(xml(text), expected);
    }
    assert_eq!(clean("a\u{8}<b>"), "a<b>");
}

#[test]
fn only_harmless_addresses_are_links() {
    let cases = [
        ("records.html?x=1", true, false),
        ("#annex1", true, false),
        ("/visits?to=2024-12-31T10:00", true, false),
        ("https://example.org/a:b", true, true),
        ("HTTP://example.org", true, true),
        ("mailto:a@example.org", true, true),
        ("javascript:alert(1)", false, false),
        ("JavaScript:alert(1)", false, false),
        ("data:text/html,x", false, false),
        ("", false, false),
    ];
    for (href, anywhere, elsewhere) in cases {
        assert_eq!(link(href).is_some(), anywhere, "{href}");
        assert_eq!(absolute(href).is_some(), elsewhere, "{href}");
    }
}

#[test]
fn numbers_keep_their_print() {
    let cases = [
        ("8642", "0"),
        ("8,642", "#,##0"),
        ("8,642 人次", "#,##0\" 人次\""),
        ("98.5", "0.0"),
        ("94.90%", "0.00%"),
        ("-3", "0"),
        ("5\"", "0\"\""),
    ];
    for (text, expected) in cases {
        assert_eq!(number_format_of(text), expected, "{text}");
    }
}

#[test]
fn sheets_have_names_that_excel_takes() {
    let long = "很长的表名".repeat(10);
    let tables =
        [("表1", "a"), ("表1", "b"), ("[]:*?/\\", "c"), ("", ""), (&long, "d"), (&long, "e"), ("说明", "f")];
    let names = names_of(&tables);
    assert_eq!(names[..4], ["表1", "表1（2）", "c", "表"]);
    assert_eq!(names[6], "说明（2）");
    assert!(names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");
    assert_ne!(names[4], names[5]);
}
