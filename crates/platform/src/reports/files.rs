//! The files of a report, from facts to bytes: every format, the records and the manifest over them.

use kernel::Problem;
use paper::{Fonts, PaperError, docx, html, pdf, xlsx};

use super::checked::Checked;
use super::compose::{Composed, composed, sealed};
use super::manifest::{FileHash, Manifest};
use super::{Facts, records, records_page};
use crate::library::Library;

/// The file of records.
pub const RECORDS: &str = "records.jsonl";
/// The manifest.
pub const MANIFEST: &str = "manifest.json";
/// The records as a page, to which the figures of the HTML report lead.
pub const RECORDS_PAGE: &str = "records.html";

/// Which formats are wanted; records and manifest always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// `report.pdf`.
    pub pdf: bool,
    /// `report.docx`.
    pub docx: bool,
    /// `report.html`.
    pub html: bool,
    /// `annexes.xlsx`.
    pub xlsx: bool,
}

/// Writes the files of a report: names and bytes, the manifest last. The same facts and fonts give the same bytes.
///
/// # Errors
/// Scoring has not ended, a finding's wording names an unknown figure, or a format cannot be written.
pub fn files(
    facts: &Facts,
    library: &Library,
    fonts: &Fonts,
    wanted: Wanted,
) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    if facts.outcome.is_none() {
        let what = "评分还没有结束，报告还不能出具";
        return Err(Problem::new(
            "not_scored",
            what,
            "评分结束、进入起草阶段以后再出具；现有的数字可以在网页上看",
        ));
    }
    let href = |code: &str, place: Option<&str>| anchor(RECORDS_PAGE, code, place);
    let composed = consistent(composed(facts, &facts.scheme.scheme, &href)?, facts)?;
    let paper = |error: PaperError| Problem::new("paper", error.to_string(), "");
    let json = |error: serde_json::Error| Problem::new("json", error.to_string(), "");
    let mut manifest = Manifest::of(facts, library, &composed, Vec::new()).map_err(json)?;
    manifest.seal = manifest.own_seal().map_err(json)?;
    let document = &sealed(composed.document, facts, &manifest.seal);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    if wanted.pdf {
        files.push(("report.pdf".into(), pdf::render(document, fonts).map_err(paper)?));
    }
    if wanted.docx {
        files.push(("report.docx".into(), docx::render_with_charts(document, fonts).map_err(paper)?));
    }
    if wanted.html {
        files.push(("report.html".into(), html::render(document)));
    }
    if wanted.xlsx {
        files.push(("annexes.xlsx".into(), xlsx::render(document).map_err(paper)?));
    }
    files.push((RECORDS.into(), records::write(&facts.book).map_err(json)?.into_bytes()));
    files.push((RECORDS_PAGE.into(), records_page::render(facts)?.into_bytes()));
    manifest.files = files.iter().map(FileHash::of).collect();
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(json)?;
    text.push(b'\n');
    files.push((MANIFEST.into(), text));
    Ok(files)
}

/// Refuses a report whose statements cannot all be true, but for those that somebody let stand with a reason.
fn consistent(composed: Composed, facts: &Facts) -> Result<Composed, Problem> {
    let checked = Checked::read(composed)?;
    let errors: Vec<&str> = checked.open(&facts.accepted).map(|error| error.message.as_str()).collect();
    if errors.is_empty() {
        return Ok(checked.composed);
    }
    let what = format!("报告的文字里有不能同时成立的话：{}", errors.join("；"));
    let remedy = "请在“报告用语”页改好，或写明理由保留；报告没有写出";
    Err(Problem::new("inconsistent_report", what, remedy))
}

/// The address of a figure's records on a page that lists them all.
#[must_use]
pub fn anchor(page: &str, code: &str, place: Option<&str>) -> String {
    // The completion and target of an indicator are shown with its own records.
    let counted = code.strip_suffix(".completion").or_else(|| code.strip_suffix(".target")).unwrap_or(code);
    place.map_or_else(|| format!("{page}#{counted}"), |place| format!("{page}#{counted}@{place}"))
}
