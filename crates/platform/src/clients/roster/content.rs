//! What is kept of a roster's file: its rows, what was wrong with its cells, and the differences as they were told at
//! first. As JSON, which is sealed as a whole.
//! Not here: the file itself, which is not kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::Problem;
use rules::codes::List;
use rules::identity::{IdNumber, Phone, masked_within};
use rules::roster::{CellProblem, Faulty, Roster, Row, RowRef};
use serde::{Deserialize, Serialize};

/// Characters of a cell that are repeated.
const FOUND: usize = 60;
/// The most signs that a name, a number or an address of a row may have.
const LONGEST: usize = 200;

/// What is kept of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Content {
    rows: Vec<KeptRow>,
    faulty: Vec<KeptRow>,
    /// What has to be mended before a row can be used.
    pub(super) problems: Vec<Remark>,
    /// What is doubtful in rows that are used.
    pub(super) remarks: Vec<Remark>,
    /// What was left aside in the file.
    pub(super) notes: Vec<String>,
    /// The sentence of every difference when the file was read, by key.
    pub(super) told: BTreeMap<String, String>,
}

/// Something to say about a cell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Remark {
    pub(super) sheet: String,
    pub(super) row: u32,
    /// The column's letter; empty where the row as a whole is meant.
    pub(super) column: String,
    pub(super) heading: String,
    /// What stands there, long numbers masked.
    pub(super) found: String,
    pub(super) what: String,
    pub(super) remedy: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptRow {
    at: (String, u32),
    also_at: Vec<(String, u32)>,
    name: String,
    id_number: Option<String>,
    born_on: Option<NaiveDate>,
    sex: Option<String>,
    platform_id: Option<String>,
    file_number: Option<String>,
    household_number: Option<String>,
    community: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    codes: BTreeMap<String, Vec<String>>,
    state: String,
    changed_on: Option<NaiveDate>,
}

impl Content {
    /// What is kept of a roster as it was read. A row with a text that nobody would write by hand is not used.
    pub(super) fn of(mut roster: Roster) -> Self {
        for faulty in &mut roster.faulty {
            shortened(&mut faulty.row);
        }
        for mut row in std::mem::take(&mut roster.rows) {
            match shortened(&mut row) {
                None => roster.rows.push(row),
                Some(heading) => {
                    let problem = too_long(&row, heading);
                    roster.faulty.push(Faulty { row, problems: vec![problem] });
                }
            }
        }
        Self {
            rows: roster.rows.iter().map(KeptRow::of).collect(),
            faulty: roster.faulty.iter().map(|faulty| KeptRow::of(&faulty.row)).collect(),
            problems: roster.faulty.iter().flat_map(|faulty| &faulty.problems).map(Remark::of).collect(),
            remarks: roster.remarks.iter().map(Remark::of).collect(),
            notes: roster.notes.clone(),
            told: BTreeMap::new(),
        }
    }

    /// As text.
    ///
    /// # Errors
    /// None that can be brought about: every key is a text.
    pub(super) fn to_json(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| damaged(&error))
    }

    /// From text.
    ///
    /// # Errors
    /// It is not what was kept.
    pub(super) fn from_json(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| damaged(&error))
    }

    /// The roster, without the remarks, which nothing is compared by. `today` is for the numbers' dates of birth.
    pub(super) fn roster(&self, today: NaiveDate) -> Roster {
        let faulty = |row: &KeptRow| Faulty { row: row.row(today), problems: Vec::new() };
        Roster {
            rows: self.rows.iter().map(|row| row.row(today)).collect(),
            faulty: self.faulty.iter().map(faulty).collect(),
            remarks: Vec::new(),
            notes: self.notes.clone(),
        }
    }

    /// How many rows can be used, and how many cannot until they are mended.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.rows.len(), self.faulty.len())
    }
}

/// Cuts the texts of a row that are too long, and says which was.
fn shortened(row: &mut Row) -> Option<&'static str> {
    let mut which = None;
    let Row { name, platform_id, file_number, household_number, community, address, .. } = row;
    let texts = [
        ("姓名", Some(name)),
        ("平台编号", platform_id.as_mut()),
        ("档案号", file_number.as_mut()),
        ("家户编号", household_number.as_mut()),
        ("社区", community.as_mut()),
        ("地址", address.as_mut()),
    ];
    for (heading, text) in texts {
        let Some(text) = text else { continue };
        if let Some((end, _)) = text.char_indices().nth(LONGEST) {
            text.truncate(end);
            which = Some(heading);
        }
    }
    which
}

fn too_long(row: &Row, heading: &str) -> CellProblem {
    CellProblem {
        at: row.at.clone(),
        column: String::new(),
        heading: heading.to_owned(),
        found: row.name.clone(),
        problem: Problem::new(
            "cell_too_long",
            format!("{heading}超过 {LONGEST} 字，这一行没有用"),
            "请核对是不是粘贴错了，改好后重新导入",
        ),
    }
}

fn damaged(error: &serde_json::Error) -> Problem {
    Problem::new("roster_damaged", format!("保存的名册读不出来：{error}"), "请重新导入这份名册")
}

impl Remark {
    fn of(problem: &CellProblem) -> Self {
        let cut = |text: &str| -> String { masked_within(&text.chars().take(FOUND).collect::<String>()) };
        Self {
            sheet: problem.at.sheet.clone(),
            row: problem.at.number,
            column: problem.column.clone(),
            heading: problem.heading.clone(),
            found: cut(&problem.found),
            what: cut(&problem.problem.what),
            remedy: problem.problem.remedy.clone(),
        }
    }
}

impl KeptRow {
    fn of(row: &Row) -> Self {
        let place = |at: &RowRef| (at.sheet.clone(), at.number);
        let codes = row.codes.iter();
        Self {
            at: place(&row.at),
            also_at: row.also_at.iter().map(place).collect(),
            name: row.name.clone(),
            id_number: row.id_number.as_ref().map(|number| number.as_str().to_owned()),
            born_on: row.born_on,
            sex: row.sex.map(|sex| sex.as_str().to_owned()),
            platform_id: row.platform_id.clone(),
            file_number: row.file_number.clone(),
            household_number: row.household_number.clone(),
            community: row.community.clone(),
            address: row.address.clone(),
            phone: row.phone.as_ref().map(ToString::to_string),
            codes: codes
                .map(|(list, codes)| (list.name().to_owned(), codes.iter().cloned().collect()))
                .collect(),
            state: row.state.as_str().to_owned(),
            changed_on: row.changed_on,
        }
    }

    fn row(&self, today: NaiveDate) -> Row {
        let place = |(sheet, number): &(String, u32)| RowRef { sheet: sheet.clone(), number: *number };
        let list = |name: &str| List::ALL.into_iter().find(|list| list.name() == name);
        let codes = self.codes.iter();
        let mut row = Row::new(place(&self.at));
        row.also_at = self.also_at.iter().map(place).collect();
        row.name.clone_from(&self.name);
        row.id_number = self.id_number.as_deref().and_then(|number| IdNumber::parse(number, today).ok());
        row.born_on = self.born_on;
        row.sex = self.sex.as_deref().and_then(|sex| sex.parse().ok());
        row.platform_id.clone_from(&self.platform_id);
        row.file_number.clone_from(&self.file_number);
        row.household_number.clone_from(&self.household_number);
        row.community.clone_from(&self.community);
        row.address.clone_from(&self.address);
        row.phone = self.phone.as_deref().and_then(|phone| Phone::parse(phone).ok());
        row.codes =
            codes.filter_map(|(name, codes)| Some((list(name)?, codes.iter().cloned().collect()))).collect();
        row.state = self.state.parse().unwrap_or(row.state);
        row.changed_on = self.changed_on;
        row
    }
}

#[cfg(test)]
mod tests;
