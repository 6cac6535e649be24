//! Tests of the whole crate on one example document: golden texts, the same bytes twice, hostile characters, and what a
//! reader of each format must find. Not here: cases of single functions, which stand with their modules' names below.

mod charts;
mod escaping;
mod files;
mod fonts;
mod golden;
mod units;

use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::Fonts;
use crate::model::Document;

/// The system's fonts, loaded once for all tests.
fn system_fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::from_system().expect("a Chinese font, e.g. apt-get install fonts-noto-cjk"))
}

fn pdf(document: &Document) -> Vec<u8> {
    crate::pdf::render(document, system_fonts()).unwrap()
}

/// The pages' texts, as pdftotext of poppler-utils reads them.
fn pages(pdf: &[u8]) -> Vec<String> {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("pdftotext, e.g. apt-get install poppler-utils");
    let mut input = reader.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = reader.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// One file of a zip archive.
fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What an XML file says, a line a paragraph, without its tags.
fn words_of_xml(xml: &str) -> String {
    let broken = xml.replace("</w:p>", "\n").replace("<w:tab />", "\t");
    let mut words = String::new();
    let mut inside = false;
    for character in broken.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => words.push(other),
            _ => {}
        }
    }
    unescaped(&words)
}

fn unescaped(text: &str) -> String {
    let names =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    names.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// Without white space, because lines break where they must.
fn packed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
