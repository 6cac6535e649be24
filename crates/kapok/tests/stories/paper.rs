//! The report as readers open it: the PDF's text, the DOCX through LibreOffice, the workbook's numbers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use super::{dir, run, sample};

/// Without white space, and without the marks that say where a line may or may not break.
fn squeezed(text: &str) -> String {
    let unseen = ['\u{2060}', '\u{feff}', '\u{200b}'];
    text.chars().filter(|c| !c.is_whitespace() && !unseen.contains(c)).collect()
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

/// What LibreOffice makes of the sample's DOCX: its text, and the PDF it prints.
fn by_libreoffice(folder: &Path, to: &str) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(sample().join("report/report.docx"))
        .output()
        .unwrap();
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    folder.join("report").with_extension(to.split(':').next().unwrap_or_default())
}

#[test]
fn libreoffice_opens_the_docx_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let text = by_libreoffice(folder.path(), "txt:Text (encoded):UTF8");
    let text = squeezed(&std::fs::read_to_string(text).unwrap());
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

#[test]
fn the_pdf_and_the_docx_say_the_same_and_libreoffice_prints_it() {
    let folder = tempfile::tempdir().unwrap();
    let word = by_libreoffice(folder.path(), "txt:Text (encoded):UTF8");
    let printed = by_libreoffice(folder.path(), "pdf");
    let word = std::fs::read_to_string(word).unwrap();
    // An entry of the contents ends in a page number, which Word works out when it opens the file.
    let word: Vec<String> =
        word.lines().map(|line| squeezed(line).trim_end_matches('…').to_owned()).collect();
    let word: Vec<String> = word.into_iter().filter(|line| !line.is_empty()).collect();
    assert!(word.len() > 1000, "only {} paragraphs", word.len());
    // Charts are drawn in our PDF and pictures in Word; the page of the report has their words.
    let html = std::fs::read_to_string(sample().join("report/report.html")).unwrap();
    let charts = html.split("<text").skip(1).filter_map(|part| part.split(['>', '<']).nth(1));
    let charts: String = charts.map(squeezed).collect();
    for pdf in [sample().join("report/report.pdf"), printed] {
        let mut lines = drawn(&pdf);
        // A table that goes over a page has its head once more: those lines are left out, and what they stood in reads on.
        let mut told = Told::of(&word, &lines);
        let covered: BTreeSet<String> = lines
            .iter()
            .enumerate()
            .filter(|(at, _)| !told.left.contains(at))
            .map(|(_, line)| line.clone())
            .collect();
        let again: Vec<String> = told.left.iter().map(|at| lines[*at].clone()).collect();
        let mut at = 0;
        lines.retain(|line| {
            at += 1;
            !(told.left.contains(&(at - 1)) && covered.contains(line))
        });
        assert!(again.len() < lines.len() / 5, "{again:#?}");
        told = Told::of(&word, &lines);
        let contents = |line: &str| line.contains("....") && line.ends_with(|end: char| end.is_ascii_digit());
        let left = told.left.iter().map(|at| lines[*at].as_str());
        let left: Vec<&str> = left.filter(|line| !contents(line) && !charts.contains(line)).collect();
        assert_eq!((told.missing, left), (vec![], vec![]), "{}", pdf.display());
    }
}

/// The lines of a PDF in the order they were drawn, without page numbers and what stands at the head of every page.
fn drawn(path: &Path) -> Vec<String> {
    let output = Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let pages: Vec<Vec<String>> = text
        .split('\u{c}')
        .map(|page| page.lines().map(squeezed).filter(|line| !line.is_empty()).collect())
        .collect();
    // Every page of the sample has its notice on top, two lines of it; on the cover they break otherwise.
    let head: BTreeSet<String> = pages[..2].iter().flat_map(|page| page.iter().take(2).cloned()).collect();
    let number = |line: &str| {
        line.strip_prefix('—')
            .and_then(|line| line.strip_suffix('—'))
            .is_some_and(|n| n.parse::<u32>().is_ok())
    };
    pages.concat().into_iter().filter(|line| !head.contains(line) && !number(line)).collect()
}

/// Paragraphs looked up in the lines of another text, one after the other, each word once.
struct Told {
    /// Paragraphs that are not there.
    missing: Vec<String>,
    /// Lines that hold more than paragraphs.
    left: BTreeSet<usize>,
}

impl Told {
    fn of(paragraphs: &[String], lines: &[String]) -> Self {
        let text = lines.concat();
        let mut covered = vec![false; text.len()];
        let (mut reached, mut missing) = (0, Vec::new());
        for paragraph in paragraphs {
            let free = |from: usize| {
                let mut found = text[from..].match_indices(paragraph.as_str()).map(|(at, _)| from + at);
                found.find(|at| !covered[*at..at + paragraph.len()].contains(&true))
            };
            match free(reached).or_else(|| free(0)) {
                Some(at) => {
                    reached = at + paragraph.len();
                    covered[at..reached].fill(true);
                }
                None => missing.push(paragraph.clone()),
            }
        }
        let mut start = 0;
        let mut left = BTreeSet::new();
        for (at, line) in lines.iter().enumerate() {
            if covered[start..start + line.len()].contains(&false) {
                left.insert(at);
            }
            start += line.len();
        }
        Self { missing, left }
    }
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
