//! From a file to a roster: every cell read by its column, faulty rows kept apart, persons in several rows made one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::{Problem, full_years};

use super::columns::{self, Column, Header};
use super::{CellProblem, Faulty, Roster, Row, RowRef, State, merge};
use crate::book::{self, Cell, Sheet};
use crate::codes::{Codes, List};
use crate::identity::{IdNumber, Phone, Sex};

/// Reads a roster: `.xlsx`, `.xls`, or `.csv` in UTF-8, UTF-16 or GBK. Titles above the heading, blank rows,
/// repeated headings, sums and remarks below the table are passed over; every visible sheet with a heading is read.
///
/// # Errors
/// The file as a whole cannot be used: `book_empty`, `book_unreadable`, `book_password`, `book_html`, `book_too_long` or
/// `roster_without_heading`. What is wrong with a cell is in [`Roster::faulty`] and [`Roster::remarks`].
pub fn read(bytes: &[u8], file_name: &str, codes: &Codes, today: NaiveDate) -> Result<Roster, Problem> {
    let (sheets, notes) = book::sheets(bytes, file_name)?;
    let mut roster = Roster { notes, ..Roster::default() };
    let mut headings = 0;
    for sheet in &sheets {
        match columns::header(sheet, codes) {
            Some(header) => {
                headings += 1;
                read_sheet(sheet, &header, codes, today, &mut roster);
            }
            None if sheet.rows.iter().all(|row| row.iter().all(Cell::is_empty)) => {}
            None => roster.notes.push(format!("工作表“{}”没有找到表头，没有读", sheet.name)),
        }
    }
    if headings == 0 {
        let what = "没有找到表头：前 30 行里没有哪一行写着“姓名”和另一个认得的列名";
        let remedy = "请在表头写上姓名、身份证号、档案号、社区、对象类别、跟进级别等列名。";
        return Err(Problem::new("roster_without_heading", what, remedy).at(file_name));
    }
    merge::merge(&mut roster);
    Ok(roster)
}

fn read_sheet(sheet: &Sheet, header: &Header, codes: &Codes, today: NaiveDate, roster: &mut Roster) {
    if !header.ignored.is_empty() {
        let ignored = header.ignored.join("、");
        roster.notes.push(format!("工作表“{}”的这些列没有用到：{ignored}", sheet.name));
    }
    let mut passed_over = 0;
    for (at, cells) in sheet.rows.iter().enumerate().skip(header.first) {
        if is_blank(header, cells) {
            continue;
        }
        if columns::repeats(header, cells) || columns::is_remark(header, cells) {
            passed_over += 1;
            continue;
        }
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let row = Row::new(RowRef { sheet: sheet.name.clone(), number });
        let mut reader = Reader { codes, today, header, row, problems: Vec::new(), remarks: Vec::new() };
        reader.row(cells);
        if reader.problems.is_empty() {
            roster.rows.push(reader.row);
            roster.remarks.extend(reader.remarks);
        } else {
            roster.faulty.push(Faulty { row: reader.row, problems: reader.problems });
        }
    }
    if passed_over > 0 {
        roster
            .notes
            .push(format!("工作表“{}”有 {passed_over} 行是重复的表头、合计或说明，没有读", sheet.name));
    }
}

/// Nothing but perhaps a number in front.
fn is_blank(header: &Header, cells: &[Cell]) -> bool {
    header.columns.iter().all(|(at, (column, _))| {
        let Some(cell) = cells.get(*at) else { return true };
        cell.is_empty() || (*column == Column::Serial && !cell.text().chars().any(char::is_alphabetic))
    })
}

struct Reader<'r> {
    codes: &'r Codes,
    today: NaiveDate,
    header: &'r Header,
    row: Row,
    problems: Vec<CellProblem>,
    remarks: Vec<CellProblem>,
}

/// What reading a cell came to.
type Read = Result<(), Problem>;

impl Reader<'_> {
    fn row(&mut self, cells: &[Cell]) {
        let header = self.header;
        for (at, (column, _)) in &header.columns {
            let cell = cells.get(*at).unwrap_or(&Cell::Empty);
            if let Err(problem) = self.cell(*column, cell) {
                let problem = self.place(*at, cell, problem);
                self.problems.push(problem);
            }
        }
        self.ticks(cells);
        self.fill_in(cells);
        self.ages(cells);
    }

    fn cell(&mut self, column: Column, cell: &Cell) -> Read {
        let text = cell.text();
        if let Cell::Fault(shown) = cell {
            let remedy = "请在表格里改正公式，或改填数值。";
            return Err(Problem::new("cell_formula", format!("公式出错，显示 {shown}"), remedy));
        }
        if column == Column::Name {
            self.row.name = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let none = self.row.name.is_empty();
            return if none {
                Err(Problem::new("name_empty", "没有写姓名", "请填上姓名，或删去这一行。"))
            } else {
                Ok(())
            };
        }
        if cell.is_empty() || is_dash(&text) {
            return Ok(());
        }
        let row = &mut self.row;
        match column {
            Column::Serial | Column::Name | Column::Head => {}
            Column::IdNumber => row.id_number = Some(id_number(cell, self.today)?),
            Column::BornOn => row.born_on = Some(past(cell, self.today)?),
            Column::ChangedOn => row.changed_on = Some(past(cell, self.today)?),
            Column::Sex => row.sex = Some(sex(&text)?),
            Column::PlatformId => row.platform_id = Some(number(cell)?),
            Column::FileNumber => row.file_number = Some(number(cell)?),
            Column::HouseholdNumber => row.household_number = Some(number(cell)?),
            Column::Community => row.community = Some(text),
            Column::Address => row.address = Some(text),
            Column::Phone => row.phone = Some(phone(&text)?),
            Column::Coded(list) => self.coded(list, &text)?,
        }
        Ok(())
    }

    /// One or several words of a list; the whole cell may be one word although it has a mark inside.
    fn coded(&mut self, list: List, text: &str) -> Read {
        let several = matches!(list, List::Categories | List::Subsidies);
        let words: Vec<&str> = match self.codes.find(list, text) {
            Some(_) => vec![text],
            None if several => {
                text.split(SEPARATORS).map(str::trim).filter(|word| !word.is_empty()).collect()
            }
            None => vec![text],
        };
        let mut found = BTreeSet::new();
        for word in words {
            let Some(entry) = self.codes.find(list, word) else {
                let known = self.codes.similar(list, word).join("、");
                let what = format!("{}里没有“{word}”", list.label());
                return Err(Problem::new(
                    "unknown_word",
                    what,
                    format!("请改成代码表里的写法，如 {known}。"),
                ));
            };
            found.insert(entry.code.clone());
        }
        if list == List::RosterStates {
            self.row.state = found.first().and_then(|state| state.parse().ok()).unwrap_or(State::Active);
        } else if !found.is_empty() {
            self.row.codes.insert(list, found);
        }
        Ok(())
    }

    /// The categories that are ticked, where each has a column.
    fn ticks(&mut self, cells: &[Cell]) {
        let ticked =
            self.header.ticks.iter().filter(|(at, _)| cells.get(**at).and_then(columns::tick) == Some(true));
        let categories: BTreeSet<String> = ticked.map(|(_, (code, _))| code.clone()).collect();
        if !self.header.ticks.is_empty() {
            self.row.codes.insert(List::Categories, categories);
        }
    }

    /// Birth and sex from the identity number; said where the roster prints others.
    fn fill_in(&mut self, cells: &[Cell]) {
        let Some(id) = self.row.id_number.clone() else { return };
        let remedy = "请核对；导入时以身份证号为准。";
        if self.row.born_on.is_some_and(|born_on| born_on != id.born_on()) {
            let what = format!("与身份证号里的出生日期 {} 不同", id.born_on());
            self.remark(Column::BornOn, cells, Problem::new("born_on_differs", what, remedy));
        }
        if self.row.sex.is_some_and(|sex| sex != id.sex()) {
            let what = format!("身份证号第 17 位表示{}", id.sex().label());
            self.remark(Column::Sex, cells, Problem::new("sex_differs", what, remedy));
        }
        (self.row.born_on, self.row.sex) = (Some(id.born_on()), Some(id.sex()));
    }

    /// Said of a category that a person of this age cannot be in.
    fn ages(&mut self, cells: &[Cell]) {
        let Some(age) = self.row.born_on.map(|born_on| full_years(born_on, self.today)) else { return };
        let categories = self.row.categories().into_iter().flatten();
        let unfit: Vec<String> = categories
            .filter_map(|code| self.codes.get(List::Categories, code))
            .filter(|category| !category.fits_age(u32::try_from(age).unwrap_or_default()))
            .map(|category| category.label.clone())
            .collect();
        if !unfit.is_empty() {
            let what = format!("年龄 {age} 岁，与{}的年龄条件不符", unfit.join("、"));
            let problem = Problem::new("age_unfit", what, "请核对类别或出生日期；仍会按名册导入。");
            self.remark(Column::Coded(List::Categories), cells, problem);
        }
    }

    fn remark(&mut self, column: Column, cells: &[Cell], problem: Problem) {
        let at = self.header.columns.iter().find(|(_, (known, _))| *known == column).map(|(at, _)| *at);
        if let Some(at) = at {
            let remark = self.place(at, cells.get(at).unwrap_or(&Cell::Empty), problem);
            self.remarks.push(remark);
        }
    }

    fn place(&self, at: usize, cell: &Cell, problem: Problem) -> CellProblem {
        CellProblem {
            at: self.row.at.clone(),
            column: letter(at),
            heading: self.header.columns.get(&at).map(|(_, heading)| heading.clone()).unwrap_or_default(),
            found: cell.text(),
            problem,
        }
    }
}

/// What divides several words in a cell.
const SEPARATORS: [char; 10] = ['、', ',', '，', ';', '；', '/', '／', '|', '+', '\n'];

/// What people write for “nothing”.
fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "--" | "—" | "——" | "/" | "\\" | "无" | "暂无" | "不详" | "未知" | "空")
}

fn id_number(cell: &Cell, today: NaiveDate) -> Result<IdNumber, Problem> {
    if matches!(cell, Cell::Number(number) if *number >= 1e15) {
        let what = "身份证号存成了数字，后三位已被表格软件改成 0";
        let remedy = "请把这一列设为“文本”格式，再从证件重新填写，如 11010519491231002X。";
        return Err(Problem::new("id_as_number", what, remedy));
    }
    IdNumber::parse(&cell.text(), today)
}

/// A number on a file or of the platform: text, or a whole number that the spreadsheet has kept whole.
fn number(cell: &Cell) -> Result<String, Problem> {
    match cell {
        Cell::Number(number) if *number >= 1e15 => {
            let remedy = "请把这一列设为“文本”格式后重新填写。";
            Err(Problem::new("number_rounded", "编号太长，已被表格软件改动", remedy))
        }
        other => Ok(other.text().trim().to_owned()),
    }
}

fn past(cell: &Cell, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let date = match cell {
        Cell::Date(date) => *date,
        Cell::Number(number) => book::number(*number)?,
        other => book::date(&other.text())?,
    };
    if date > today {
        return Err(Problem::new("date_future", format!("{date} 还没有到"), "请核对年份。"));
    }
    Ok(date)
}

fn sex(text: &str) -> Result<Sex, Problem> {
    match text.trim() {
        "男" | "男性" | "1" => Ok(Sex::Male),
        "女" | "女性" | "2" => Ok(Sex::Female),
        _ => Err(Problem::new("unknown_sex", "性别读不懂", "请写“男”或“女”。")),
    }
}

/// The first good number of a cell; the problem of the first where none is good.
fn phone(text: &str) -> Result<Phone, Problem> {
    let whole = Phone::parse(text);
    let parts = || text.split(SEPARATORS).map(Phone::parse);
    if whole.is_err() { parts().find(Result::is_ok).unwrap_or(whole) } else { whole }
}

/// A column's letter: 0 is A, 26 is AA.
fn letter(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or_default()));
        if at < 26 {
            return letters.into_iter().rev().collect();
        }
        at = at / 26 - 1;
    }
}
