//! What is kept of a workbook that was sent: its rows as text, and what was found on trial. As JSON, sealed as a whole.
//! Not here: the file itself, which is not kept.

use kernel::Problem;
use rules::book;
use serde::{Deserialize, Serialize};

use super::layout::{EXPLAINED, Head, head_named};

/// What is kept of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Content {
    /// The heads as they stand in the file, and the field each is.
    pub(super) heads: Vec<(String, Option<String>)>,
    /// The rows: the line in the file, and the cells.
    pub(super) rows: Vec<(usize, Vec<String>)>,
    /// What was left aside in the file.
    pub(super) notes: Vec<String>,
    /// What was found on trial; none before.
    pub(super) found: Option<Found>,
}

/// What was found on trial.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Found {
    /// Rows that are new.
    pub(super) new: usize,
    /// Rows that change a record.
    pub(super) changed: usize,
    /// Rows that say what a record says already.
    pub(super) same: usize,
    /// What is wrong, cell by cell.
    pub(super) faults: Vec<Fault>,
    /// Some of what would be changed.
    pub(super) changes: Vec<Told>,
}

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fault {
    /// The line in the file, from 1.
    pub(super) line: usize,
    /// Which column of the file; none where the row as a whole is meant.
    pub(super) column: Option<usize>,
    /// What, and what to write instead.
    pub(super) what: String,
}

/// What a row would change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    /// The line in the file, from 1.
    pub(super) line: usize,
    /// What, in a sentence.
    pub(super) what: String,
}

impl Found {
    /// How many rows have something wrong.
    pub(super) fn faulty(&self) -> usize {
        let mut lines: Vec<usize> = self.faults.iter().map(|fault| fault.line).collect();
        lines.dedup();
        lines.len()
    }
}

/// Rows above the head that may hold titles.
const MOST_TITLES: usize = 20;

impl Content {
    /// Reads a file: the first sheet on which the heads of the columns are found.
    ///
    /// # Errors
    /// It is no workbook, or no sheet of it has these heads.
    pub(super) fn read(bytes: &[u8], name: &str, heads: &[Head]) -> Result<Self, Problem> {
        let (sheets, mut notes) = book::sheets(bytes, name)?;
        for sheet in sheets.iter().filter(|sheet| sheet.name != EXPLAINED) {
            let Some(at) = sheet.rows.iter().take(MOST_TITLES).position(|row| is_head(row, heads)) else {
                continue;
            };
            let found: Vec<(String, Option<String>)> = sheet.rows[at]
                .iter()
                .map(|cell| (cell.text(), head_named(heads, &cell.text()).map(|head| head.key.clone())))
                .collect();
            let unknown: Vec<&str> = found
                .iter()
                .filter(|(text, key)| key.is_none() && !text.is_empty())
                .map(|(text, _)| &**text)
                .collect();
            if !unknown.is_empty() {
                notes.push(format!("这些列不认识，没有读：{}", unknown.join("、")));
            }
            let missing: Vec<&str> = heads
                .iter()
                .filter(|head| {
                    head.must
                        && head.usual().is_none()
                        && found.iter().all(|(_, key)| key.as_ref() != Some(&head.key))
                })
                .filter(|head| found.iter().all(|(_, key)| *key != Some(super::layout::number_of(&head.key))))
                .map(|head| head.label.as_str())
                .collect();
            if !missing.is_empty() {
                let what = format!("工作表“{}”缺少必填的列：{}", sheet.name, missing.join("、"));
                return Err(Problem::new("missing_columns", what, "请补上这些列，或下载模板来填").at(name));
            }
            let width = found.len();
            let rows = (at + 1..).zip(&sheet.rows[at + 1..]).filter(|(_, row)| !is_head(row, heads));
            let rows = rows.map(|(line, row)| (line + 1, cells(row, width)));
            let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
            return Ok(Self { heads: found, rows, notes, found: None });
        }
        let known: Vec<&str> =
            heads.iter().filter(|head| head.must).map(|head| head.label.as_str()).collect();
        let what = format!("没有找到表头。至少要有这些列：{}", known.join("、"));
        Err(Problem::new("no_head", what, "请下载模板来填，或把表头写成模板里的名称").at(name))
    }

    /// What stands in a field of a row; empty where the file has no such column.
    pub(super) fn text<'c>(&self, cells: &'c [String], key: &str) -> &'c str {
        self.column_of(key).and_then(|at| cells.get(at)).map_or("", String::as_str)
    }

    /// The column of a field.
    pub(super) fn column_of(&self, key: &str) -> Option<usize> {
        self.heads.iter().position(|(_, known)| known.as_deref() == Some(key))
    }

    /// From JSON.
    ///
    /// # Errors
    /// It is not what was written.
    pub(super) fn from_json(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| broken(&error))
    }

    /// As JSON.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn to_json(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| broken(&error))
    }
}

fn broken(error: &serde_json::Error) -> Problem {
    Problem::new("transfer_broken", format!("导入的内容读不出来（{error}）"), "请重新上传文件")
}

fn cells(row: &[book::Cell], width: usize) -> Vec<String> {
    (0..width).map(|at| row.get(at).map(book::Cell::text).unwrap_or_default()).collect()
}

/// Whether a row is the head: two of its cells, and at least half of those that hold something, are heads.
fn is_head(row: &[book::Cell], heads: &[Head]) -> bool {
    let filled = row.iter().filter(|cell| !cell.is_empty()).count();
    let found = row.iter().filter(|cell| head_named(heads, &cell.text()).is_some()).count();
    found >= 2.min(heads.len()) && found * 2 >= filled
}
