//! From a file to a list of places. The heading is found by its words; without one, the first column whose cells are
//! codes and the first whose cells are names are taken.

use std::collections::BTreeMap;

use kernel::Problem;

use super::{Region, RegionCode};
use crate::book::{self, Cell, Sheet};

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The places, by code.
    pub regions: Vec<Region>,
    /// The rows that could not be taken.
    pub faulty: Vec<Faulty>,
    /// What else there is to say of the file.
    pub notes: Vec<String>,
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// Its number in its sheet, from 1.
    pub row: usize,
    /// What is wrong with it, for people.
    pub what: String,
}

/// Rows from the top among which the heading is looked for.
const HEADING_WITHIN: usize = 20;
/// Words for the two columns.
const CODE: &[&str] = &["区划代码", "统计用区划代码", "行政区划代码", "代码", "编码", "code"];
const NAME: &[&str] = &["名称", "区划名称", "单位名称", "村居名称", "社区名称", "name"];

/// Reads a list: `.xlsx`, `.xls`, `.ods`, or `.csv` in UTF-8, UTF-16 or GBK.
///
/// # Errors
/// The file cannot be read, or no column holds codes; what is wrong with a row is in [`Listed::faulty`].
pub fn read(bytes: &[u8], file_name: &str) -> Result<Listed, Problem> {
    let (sheets, notes) = book::sheets(bytes, file_name)?;
    let mut listed = Listed { notes, ..Listed::default() };
    let mut seen = BTreeMap::new();
    let mut headings = 0;
    for sheet in &sheets {
        let Some((first, code, name)) = columns(sheet) else { continue };
        headings += 1;
        let text = |row: &[Cell], column: usize| row.get(column).map(Cell::text).unwrap_or_default();
        for (at, row) in sheet.rows.iter().enumerate().skip(first) {
            take(&mut listed, &mut seen, at + 1, &text(row, code), &text(row, name));
        }
    }
    if headings == 0 {
        let what = "没有找到写着区划代码和名称的两列";
        let remedy = "请在表头写上“区划代码”和“名称”，代码是 12 位数字";
        return Err(Problem::new("regions_without_heading", what, remedy).at(file_name));
    }
    listed.regions.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(listed)
}

/// Reads what [`Listed`] was written as: a code, a space and a name on each line.
#[must_use]
pub fn parse(text: &str) -> Listed {
    let mut listed = Listed::default();
    let mut seen = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let (code, name) = line.split_once(' ').unwrap_or((line, ""));
        take(&mut listed, &mut seen, at + 1, code, name);
    }
    listed
}

fn take(listed: &mut Listed, seen: &mut BTreeMap<String, usize>, row: usize, code: &str, name: &str) {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (code, name) = (code.trim(), name.as_str());
    if code.is_empty() && name.is_empty() || is_heading(code, name) {
        return;
    }
    // A remark below or between the rows: it has words where the code would be, and nothing beside it.
    if name.is_empty() && !code.bytes().any(|sign| sign.is_ascii_digit()) || code == name {
        return;
    }
    let taken = RegionCode::parse(code).and_then(|code| {
        if name.is_empty() {
            return Err(format!("{} 没有名称", code.as_str()));
        }
        match seen.get(code.as_str()) {
            Some(earlier) => Err(format!("{} 已在第 {earlier} 行出现过", code.as_str())),
            None => Ok(Region { code, name: name.to_owned() }),
        }
    });
    match taken {
        Ok(region) => {
            seen.insert(region.code.as_str().to_owned(), row);
            listed.regions.push(region);
        }
        Err(what) => listed.faulty.push(Faulty { row, what }),
    }
}

fn is_heading(code: &str, name: &str) -> bool {
    CODE.contains(&plain(code).as_str()) && NAME.contains(&plain(name).as_str())
}

/// The first row of the table, and its two columns.
fn columns(sheet: &Sheet) -> Option<(usize, usize, usize)> {
    let find = |row: &[Cell], words: &[&str]| {
        row.iter().position(|cell| words.contains(&plain(&cell.text()).as_str()))
    };
    let top = sheet.rows.iter().take(HEADING_WITHIN).enumerate();
    for (at, row) in top.clone() {
        if let (Some(code), Some(name)) = (find(row, CODE), find(row, NAME)) {
            return Some((at + 1, code, name));
        }
    }
    for (at, row) in top {
        let code = row.iter().position(|cell| RegionCode::parse(&cell.text()).is_ok());
        let worded = |cell: &Cell| matches!(cell, Cell::Text(text) if text.chars().any(char::is_alphabetic));
        if let (Some(code), Some(name)) = (code, row.iter().position(worded)) {
            return Some((at, code, name));
        }
    }
    None
}

/// A heading without spaces and remarks in brackets, in lower case.
fn plain(text: &str) -> String {
    let short = text.split(['(', '（']).next().unwrap_or_default();
    short.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_lowercase()
}
