//! What a reader finds in each file: pages and their numbers, styles and tables, sheets and numbers.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use rust_decimal::Decimal;

use super::{packed, pages, part, pdf, system_fonts};
use crate::example::{document, long};
use crate::model::{Block, Cell, Chart, Column, Cover, Row, RowStyle, Table};
use crate::{docx, html, xlsx};

#[test]
fn pdf_pages() {
    let document = document();
    let pages = pages(&pdf(&document));
    let notice = packed(document.meta.sample_notice.as_deref().unwrap());
    assert!(pages.iter().all(|page| packed(page).contains(&notice)), "the notice is on every page");
    assert!(!packed(&pages[0]).contains("—1—") && pages[0].contains("项目监督方"), "{}", pages[0]);
    assert!(pages[1].contains("录") && packed(&pages[1]).contains("附件2探访安排"), "{}", pages[1]);
    for (number, page) in pages[2..].iter().enumerate() {
        let line = format!("—{}—", number + 1);
        let printed = page.lines().rfind(|text| !text.trim().is_empty()).unwrap();
        assert_eq!(packed(printed), line);
        let at_the_right = printed.find('—').unwrap() > 20;
        assert_eq!(at_the_right, number % 2 == 0, "odd pages number at the right: {printed:?}");
    }
    let heads = pages.iter().filter(|page| packed(page).contains("用时（分钟）备注")).count();
    assert!(heads >= 3, "heads repeat on each page of a table, found {heads}");
}

/// 22 lines a page, 28 characters a line.
#[test]
fn pdf_page_is_the_standards() {
    let mut document = document();
    document.blocks.clear();
    document.cover.title_lines.clear();
    document.paragraph("国".repeat(28 * 30));
    let pages = pages(&pdf(&document));
    let lines: Vec<usize> =
        pages[1..].iter().flat_map(|page| page.lines()).map(|line| line.matches('国').count()).collect();
    let lines: Vec<usize> = lines.into_iter().filter(|&count| count > 0).collect();
    assert_eq!(lines[0], 26, "two characters of indent");
    assert!(lines[1..29].iter().all(|&count| count == 28), "{lines:?}");
    assert_eq!(pages[pages.len() - 2].lines().filter(|line| line.contains('国')).count(), 22);
}

#[test]
fn long_report_numbers_its_pages_through() {
    let pages = pages(&pdf(&long()));
    assert!((22..=32).contains(&pages.len()), "{} pages", pages.len());
    let first = pages.iter().position(|page| packed(page).ends_with("—1—")).unwrap();
    for (index, page) in pages[first..].iter().enumerate() {
        assert!(packed(page).ends_with(&format!("—{}—", index + 1)), "{page}");
    }
}

#[test]
fn pdf_bytes_have_outline_tags_and_date() {
    let bytes = pdf(&document());
    let text = String::from_utf8_lossy(&bytes);
    for expected in ["/Outlines", "/MarkInfo", "/Lang", "D:20250410"] {
        assert!(text.contains(expected), "{expected}");
    }
}

#[test]
fn docx_structure() {
    let bytes = docx::render(&document()).unwrap();
    let body = part(&bytes, "word/document.xml");
    let cases = [
        ("<w:pStyle w:val=\"Heading1\" />", 2),
        ("<w:pStyle w:val=\"Heading2\" />", 3),
        ("<w:pStyle w:val=\"Heading3\" />", 2),
        ("<w:pStyle w:val=\"Heading4\" />", 1),
        ("<w:tbl>", 3),
        ("<w:tblHeader />", 3),
        ("<w:pStyle w:val=\"AnnexTitle\" />", 2),
        ("<w:gridSpan w:val=\"4\" />", 5),
        ("<w:pgSz w:w=\"11906\" w:h=\"16838\"", 2),
        ("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"", 2),
        ("<w:pgNumType w:start=\"1\"", 1),
        ("<w:headerReference w:type=\"default\"", 2),
        ("<w:headerReference w:type=\"even\"", 2),
        ("paraId", 0),
    ];
    for (expected, count) in cases {
        assert_eq!(body.matches(expected).count(), count, "{expected}");
    }
    let styles = part(&bytes, "word/styles.xml");
    for level in 0..4 {
        assert!(styles.contains(&format!("<w:name w:val=\"heading {}\" />", level + 1)));
        assert!(styles.contains(&format!("<w:outlineLvl w:val=\"{level}\" />")));
    }
    for font in ["仿宋", "黑体", "楷体"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
    }
    assert_eq!(styles.matches("w:styleId=\"Normal\"").count(), 1);
    assert!(part(&bytes, "word/header1.xml").contains("样例"));
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains("— ") && footer.contains("<w:instrText>PAGE</w:instrText>"), "{footer}");
}

#[test]
fn docx_pictures_say_what_they_show() {
    let bytes = docx::render_with_charts(&document(), system_fonts()).unwrap();
    let body = part(&bytes, "word/document.xml");
    assert!(body.contains("descr=\"图1 协议指标完成进度（截至2024年12月31日）\""));
    assert!(part(&bytes, "word/_rels/document.xml.rels").contains("media/rIdImage1.png"));
    assert_eq!(body.matches("<w:tbl>").count(), 2, "the chart is no table");
}

#[test]
fn html_is_one_file_with_meaning() {
    let page = String::from_utf8(html::render(&document())).unwrap();
    let cases = [
        ("<h1>", 1),
        ("<h2 ", 4),
        ("<h3 ", 3),
        ("<h4 ", 2),
        ("<h5 ", 1),
        ("<table ", 2),
        ("<caption>", 2),
        ("<thead>", 2),
        ("<nav ", 1),
        ("<a class=\"figure\" href=\"records.html#phone_visits\" data-figure=\"phone_visits\">8642</a>", 1),
        ("<style>", 1),
        ("<svg ", 1),
    ];
    for (expected, count) in cases {
        assert_eq!(page.matches(expected).count(), count, "{expected}");
    }
}

#[test]
fn xlsx_cells_have_types() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx::render(&document()).unwrap())).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["说明", "表1 各项指标完成情况", "表2 探访安排：一页以上"]);
    let indicators = book.worksheet_range(&names[1]).unwrap();
    // Caption, notice, heads, group, then the first indicator.
    assert_eq!(indicators.get((4, 1)).and_then(DataType::as_f64), Some(8642.0));
    assert_eq!(indicators.get((4, 3)).and_then(DataType::as_f64), Some(4.1429));
    let visits = book.worksheet_range(&names[2]).unwrap();
    assert!(visits.get((3, 2)).is_some_and(DataType::is_datetime), "{:?}", visits.get((3, 2)));
    assert_eq!(visits.get((3, 3)), Some(&Data::Float(20.5)), "numbers from the example");
    let front = book.worksheet_range(&names[0]).unwrap();
    let words: Vec<String> = front.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for expected in ["样例：数据为虚构，不得作为评估结论", "2025年4月10日", "表1 各项指标完成情况"]
    {
        assert!(words.iter().any(|word| word == expected), "{expected}: {words:?}");
    }
}

/// Nothing in a document is required: every format copes with the barest.
#[test]
fn bare_documents_are_written() {
    let empty = || {
        let mut empty = document();
        empty.blocks.clear();
        empty.cover = Cover::default();
        empty.meta.sample_notice = None;
        empty
    };
    let with = |block: Block| {
        let mut document = empty();
        document.blocks.push(block);
        document
    };
    let table = |columns: Vec<Column>, rows: usize| {
        let mut table = Table::new("", "", columns);
        (0..rows).for_each(|_| table.rows.push(Row { cells: vec![Cell::Empty; 3], style: RowStyle::Group }));
        Block::Table(table)
    };
    let chart = Chart::progress("", "", Decimal::ZERO, Vec::new());
    let cases = [
        ("nothing", empty()),
        ("empty paragraph", with(Block::Paragraph(Vec::new()))),
        ("empty list", with(Block::List { ordered: true, items: Vec::new() })),
        ("empty item", with(Block::List { ordered: false, items: vec![Vec::new()] })),
        ("empty note", with(Block::Note(Vec::new()))),
        ("table without columns", with(table(Vec::new(), 2))),
        ("table without rows", with(table(vec![Column::text("", 0)], 0))),
        ("too many cells", with(table(vec![Column::text("甲", 1)], 1))),
        ("chart without bars", with(Block::Chart(chart))),
        ("page break", with(Block::PageBreak)),
        ("empty heading", with(Block::Heading { level: 9, text: String::new(), id: String::new() })),
        ("empty annex", with(Block::Annex { label: String::new(), title: String::new(), id: String::new() })),
    ];
    for (name, document) in cases {
        let results = [
            crate::pdf::render(&document, system_fonts()).err(),
            docx::render(&document).err(),
            docx::render_with_charts(&document, system_fonts()).err(),
            xlsx::render(&document).err(),
        ];
        let failed: Vec<String> = results.iter().flatten().map(ToString::to_string).collect();
        assert_eq!(failed, [""; 0], "{name}");
        assert!(html::render(&document).ends_with(b"</html>\n"), "{name}");
    }
}
