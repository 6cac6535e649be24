//! The records beside a report: one line of JSON for each record and figure that counts it, pseudonymous, with no
//! field but those the figure's rule reads.

use std::collections::BTreeMap;

use kernel::Problem;
use rules::counting::{Book, Row, row_digest};
use serde::{Deserialize, Serialize};

/// One line of `records.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The code of the figure that counts the record.
    pub figure: String,
    /// The record's pseudonym.
    pub id: String,
    /// The area's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub area: Option<String>,
    /// The community's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub community: Option<String>,
    /// The fields the rule reads.
    pub fields: BTreeMap<String, String>,
    /// SHA-256 over id, places and fields.
    pub digest: String,
}

impl Line {
    fn of(figure: &str, row: &Row) -> Self {
        Self {
            figure: figure.to_owned(),
            id: row.id.clone(),
            area: row.area.clone(),
            community: row.community.clone(),
            fields: row.fields.clone(),
            digest: row_digest(row),
        }
    }

    /// The record as a rule sees it.
    #[must_use]
    pub fn row(&self) -> Row {
        Row {
            id: self.id.clone(),
            area: self.area.clone(),
            community: self.community.clone(),
            worker: None,
            fields: self.fields.clone(),
        }
    }
}

/// Writes every record of a book, by figure and pseudonym.
///
/// # Errors
/// A line does not serialise; it always does.
pub fn write(book: &Book) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for (figure, rows) in book.all_rows() {
        let mut rows: Vec<&Row> = rows.iter().collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        for row in rows {
            text.push_str(&serde_json::to_string(&Line::of(figure, row))?);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Reads the lines back.
///
/// # Errors
/// A line is not of this form; the message names its number.
pub fn read(file: &str, text: &str) -> Result<Vec<Line>, Problem> {
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| {
            Problem::new("bad_record_line", format!("读不懂这一行：{error}"), "文件可能被改动过，请取回原件")
                .at(format!("{file} 第 {} 行", number + 1))
        })
    };
    text.lines().enumerate().map(line).collect()
}
