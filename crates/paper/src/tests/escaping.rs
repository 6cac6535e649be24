//! Characters with a meaning in Typst, HTML, Word or Excel are printed as they are, wherever they stand.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use rust_decimal::Decimal;

use super::{packed, pages, part, pdf, system_fonts, unescaped, words_of_xml};
use crate::charts::Bar;
use crate::example::{SIGNS, document};
use crate::model::{Cell, Chart, Column, Document, Inline, Table};
use crate::{docx, html, text, xlsx};

/// Every place where a text can stand. Charts have no room for all signs: they get the worst.
const PLACES: [&str; 16] = [
    "签名",
    "封面",
    "事项",
    "说明",
    "一级",
    "附件标题",
    "段落",
    "强调",
    "数字",
    "链接",
    "列表",
    "表题",
    "表头",
    "格子",
    "表注",
    "落款",
];
const CHART: &str = "<b>&#$_*@";

fn hostile() -> Document {
    let sign = |place: &str| format!("{place}{SIGNS}");
    let mut document = Document::new(document().meta, document().cover);
    document.meta.title = sign("题名");
    document.meta.author = sign("作者");
    document.meta.sample_notice = Some("样例 #[$]<b>&".into());
    document.cover.title_lines = vec![sign("封面")];
    document.cover.facts = vec![("名".into(), sign("事项"))];
    document.cover.notice = Some(sign("说明"));
    document.heading(1, sign("一级")).annex("附件 #1", sign("附件标题"));
    document.paragraph([
        Inline::text(sign("段落")),
        Inline::strong(sign("强调")),
        Inline::figure(sign("数字"), "\"code<", "a.html?a=\"1\"&b=<2>"),
        Inline::link(sign("链接"), "javascript:alert(1)"),
    ]);
    document.list(true, [sign("列表")]);
    let mut table = Table::new("表\"<id>", sign("表题"), vec![Column::text(sign("表头"), 1)]);
    table.row(vec![Cell::text(sign("格子"))]).note(sign("表注"));
    let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://example.org\")"];
    for text in formulas {
        table.row(vec![Cell::text(text)]);
    }
    document.table(table);
    let bar = Bar {
        group: None,
        label: CHART.into(),
        actual: "1".into(),
        target: "2".into(),
        completion: Decimal::from(50),
        completion_text: "50%".into(),
        elapsed: Decimal::from(50),
        forecast: None,
        tight: false,
    };
    document.chart(Chart::progress("图\"", sign("图题"), Decimal::from(50), vec![bar]));
    document.signature(vec![sign("签名")], sign("落款"), document.meta.date);
    document
}

fn check(format: &str, words: &str) {
    let words = packed(words);
    for place in PLACES {
        let expected = packed(&format!("{place}{SIGNS}"));
        assert!(words.contains(&expected), "{format}: {place} is not as written in {words}");
    }
    assert!(words.contains(CHART), "{format}: the chart's label is not as written");
}

#[test]
fn every_place_of_every_format() {
    let document = hostile();
    let fragment = html::fragment(&document);
    check("text", &text::render(&document));
    check("html", &words_of_xml(&fragment));
    let plain = docx::render(&document).unwrap();
    check("docx", &words_of_xml(&part(&plain, "word/document.xml")));
    check("pdf", &pages(&pdf(&document)).concat());
    docx::render_with_charts(&document, system_fonts()).unwrap();
}

#[test]
fn html_runs_nothing() {
    let html = String::from_utf8(html::render(&hostile())).unwrap();
    for forbidden in
        ["<script", "javascript:", " style=", " onload", "url(", "@import", "<b>", "<link", " src="]
    {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("href=\"a.html?a=&quot;1&quot;&amp;b=&lt;2&gt;\" data-figure=\"&quot;code&lt;\""));
}

#[test]
fn docx_properties_are_as_written() {
    let core = part(&docx::render(&hostile()).unwrap(), "docProps/core.xml");
    assert!(unescaped(&core).contains(&format!("<dc:creator>作者{SIGNS}</dc:creator>")));
    assert!(
        core.contains("<dcterms:created xsi:type=\"dcterms:W3CDTF\">2025-04-10T00:00:00Z</dcterms:created>")
    );
}

#[test]
fn xlsx_keeps_text_as_text() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx::render(&hostile()).unwrap())).unwrap();
    let names = book.sheet_names();
    let sheet = book.worksheet_range(&names[1]).unwrap();
    let words: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for place in ["表题", "表头", "格子", "表注"] {
        assert!(words.contains(&format!("{place}{SIGNS}")), "{place}: {words:?}");
    }
    let formulas = book.worksheet_formula(&names[1]).unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{formulas:?}");
    let equals = sheet.used_cells().find(|(_, _, cell)| cell.as_string().as_deref() == Some("=1+1"));
    assert!(matches!(equals, Some((_, _, Data::String(_)))), "{equals:?}");
}
