//! The report as readers open it: the PDF's text, the DOCX through LibreOffice, the workbook's numbers.

use std::process::Command;

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use super::{dir, run, sample};

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn pdf_text(path: &str) -> String {
    let output = Command::new("pdftotext").args([path, "-"]).output().unwrap();
    assert!(output.status.success());
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

fn indicators() -> Vec<Value> {
    run(&["indicators", "--dir", dir(), "--station", "changgang", "--format", "json"])
        .json()
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn each_annex_figure_is_in_the_pdf() {
    let text = pdf_text(&format!("{}/report/report.pdf", dir()));
    for row in indicators() {
        let percent = format!("{}%", row["completion_percent"]);
        assert!(text.contains(row["name"].as_str().unwrap()), "{row}");
        assert!(text.contains(&percent), "{percent} of {row}");
    }
    for figure in [
        "应到", "130", "135", "98.5", "36.5", "70%", "84.48", "良好", "1915", "2118", "93.4%", "55.2%",
        "79052.65",
    ] {
        assert!(text.contains(figure), "{figure}");
    }
    assert!(text.contains("示例数据"));
}

#[test]
fn libreoffice_opens_the_docx_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(folder.path())
        .arg(sample().join("report/report.docx"))
        .output()
        .unwrap();
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let text = squeezed(&std::fs::read_to_string(folder.path().join("report.txt")).unwrap());
    let document = run(&[
        "report",
        "--dir",
        dir(),
        "--round",
        "changgang-2024-mid",
        "--formats",
        "html",
        "--out",
        folder.path().to_str().unwrap(),
    ]);
    assert_eq!(document.code, 0, "{}", document.err);
    // Every heading and paragraph of the HTML report is in what LibreOffice reads.
    let html = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    let mut checked = 0;
    for paragraph in paragraphs(&html) {
        assert!(text.contains(&paragraph), "lost in LibreOffice: {paragraph}");
        checked += 1;
    }
    assert!(checked > 100, "only {checked} paragraphs");
}

/// The words of the report's paragraphs and headings, tags and spaces dropped.
fn paragraphs(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [("<p>", "</p>"), ("<h2", "</h2>"), ("<h3", "</h3>"), ("<h4", "</h4>")] {
        for part in html.split(open).skip(1) {
            let inner = part.split(close).next().unwrap_or_default();
            let mut text = String::new();
            let mut inside = open.ends_with('>');
            for c in inner.chars() {
                match c {
                    '<' => inside = false,
                    '>' => inside = true,
                    c if inside => text.push(c),
                    _ => {}
                }
            }
            let text = squeezed(&text.replace("&quot;", "\"").replace("&amp;", "&"));
            if text.chars().count() >= 6 && !text.contains('&') {
                found.push(text);
            }
        }
    }
    found
}

#[test]
fn the_workbook_holds_numbers() {
    let mut book: Xlsx<_> = open_workbook(sample().join("report/annexes.xlsx")).unwrap();
    let sheets = book.sheet_names();
    let annex =
        sheets.iter().find(|name| name.contains("指标完成")).unwrap_or_else(|| panic!("{sheets:?}")).clone();
    let range = book.worksheet_range(&annex).unwrap();
    for row in indicators() {
        let named = |cells: &&[Data]| cells.iter().any(|cell| cell.get_string() == row["name"].as_str());
        let counted = |cells: &&[Data]| cells.iter().any(|cell| matches!(cell, Data::Float(_)));
        let line = range.rows().find(|cells| named(cells) && counted(cells));
        let line = line.unwrap_or_else(|| panic!("{row} is not in the workbook"));
        let numbers: Vec<f64> = line
            .iter()
            .filter_map(|cell| if let Data::Float(number) = cell { Some(*number) } else { None })
            .collect();
        for key in ["actual", "target"] {
            assert!(numbers.contains(&row[key].as_f64().unwrap()), "{key} of {row}: {line:?}");
        }
    }
}

#[test]
fn every_figure_of_the_html_report_leads_to_its_records() {
    let read = |name: &str| std::fs::read_to_string(sample().join("report").join(name)).unwrap();
    let (report, records) = (read("report.html"), read("records.html"));
    let links: std::collections::BTreeSet<&str> =
        report.split("href=\"records.html#").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert!(links.len() > 100, "only {} figures are links", links.len());
    for link in links {
        assert!(records.contains(&format!("id=\"{link}\"")), "{link} leads nowhere");
    }
}
