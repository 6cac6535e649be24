//! Plain workbooks to fill in and to send back: a head, drop-downs, rows, faulty cells marked.
//!
//! Numbers and days are such; text stays text whatever its first character, so that nothing is ever run as a formula.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    Color, DataValidation, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use crate::PaperError;
use crate::escape::clean;

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet: one head, rows below.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name, of at most 31 characters.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Whether it must be filled in: its head stands out.
    pub must: bool,
    /// Its width in characters.
    pub width: f64,
    /// What one may choose from; empty for anything.
    pub choices: Vec<String>,
    /// Said when the head is pointed at.
    pub note: String,
    /// Whether it stands back: numbers of records, for the program.
    pub quiet: bool,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with two decimals.
    Money(Decimal),
    /// A day.
    Date(NaiveDate),
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, fault: None }
    }
}

/// The sheet with what one may choose from.
const CHOICES: &str = "选项";
/// Rows below the last one that still offer choices.
const SPARE_ROWS: u32 = 2_000;
/// The most characters that a cell holds.
const MOST_IN_CELL: usize = 32_767;

/// The workbook as a file.
///
/// # Errors
/// [`PaperError::Xlsx`] when a sheet cannot be written.
pub fn render(grid: &Grid) -> Result<Vec<u8>, PaperError> {
    let failed = |sheet: &str, error: XlsxError| PaperError::Xlsx {
        document: "workbook".to_owned(),
        sheet: sheet.to_owned(),
        reason: error.to_string(),
    };
    let mut workbook = Workbook::new();
    let mut choices: Vec<&[String]> = Vec::new();
    for sheet in &grid.sheets {
        write(workbook.add_worksheet(), sheet, &mut choices).map_err(|error| failed(&sheet.name, error))?;
    }
    if !choices.is_empty() {
        offer(workbook.add_worksheet(), &choices).map_err(|error| failed(CHOICES, error))?;
    }
    workbook.save_to_buffer().map_err(|error| failed("", error))
}

fn offer(sheet: &mut Worksheet, choices: &[&[String]]) -> Result<(), XlsxError> {
    sheet.set_name(CHOICES)?.set_hidden(true);
    for (column, words) in (0_u16..).zip(choices) {
        for (row, word) in (0_u32..).zip(*words) {
            sheet.write_string(row, column, clean(word))?;
        }
    }
    Ok(())
}

fn write<'g>(to: &mut Worksheet, sheet: &'g Sheet, choices: &mut Vec<&'g [String]>) -> Result<(), XlsxError> {
    to.set_name(&sheet.name)?.set_freeze_panes(1, 0)?;
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).saturating_add(SPARE_ROWS);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        let mut head = Format::new()
            .set_bold()
            .set_border_bottom(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00F2_F0EB));
        if column.must {
            head = head.set_font_color(Color::RGB(0x00B4_2318));
        }
        if column.quiet {
            head = head.set_font_color(Color::RGB(0x008A_8A8A));
        }
        to.set_column_width(at, column.width)?.write_string_with_format(0, at, clean(&column.head), &head)?;
        if !column.note.is_empty() {
            to.insert_note(0, at, &Note::new(clean(&column.note)).set_author("Kapok"))?;
        }
        if !column.choices.is_empty() {
            let list = letters(choices.len());
            let range = format!("='{CHOICES}'!${list}$1:${list}${}", column.choices.len());
            let validation = DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true);
            let validation =
                validation.set_error_title("没有这一项")?.set_error_message("请从下拉的选项里选")?;
            to.add_data_validation(1, at, last, at, &validation)?;
            choices.push(&column.choices);
        }
    }
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            put(to, row, column, cell, &day)?;
        }
    }
    if !sheet.rows.is_empty() && !sheet.columns.is_empty() {
        let (rows, columns) = (u32::try_from(sheet.rows.len()), u16::try_from(sheet.columns.len() - 1));
        if let (Ok(rows), Ok(columns)) = (rows, columns) {
            to.autofilter(0, 0, rows, columns)?;
        }
    }
    Ok(())
}

fn put(to: &mut Worksheet, row: u32, column: u16, cell: &Cell, day: &Format) -> Result<(), XlsxError> {
    let mut format = match cell.value {
        Value::Date(_) => day.clone(),
        Value::Money(_) => Format::new().set_num_format("#,##0.00"),
        _ => Format::new().set_align(FormatAlign::Top),
    };
    if let Some(fault) = &cell.fault {
        format = format.set_background_color(Color::RGB(0x00FD_E2DD)).set_font_color(Color::RGB(0x00B4_2318));
        to.insert_note(row, column, &Note::new(clean(fault)).set_author("Kapok"))?;
    }
    match &cell.value {
        Value::Empty if cell.fault.is_some() => to.write_blank(row, column, &format)?,
        Value::Empty => to,
        Value::Text(text) => {
            let text: String = clean(text).chars().take(MOST_IN_CELL).collect();
            to.write_string_with_format(row, column, text, &format)?
        }
        #[expect(clippy::cast_precision_loss, reason = "a workbook holds no other numbers")]
        Value::Whole(number) => to.write_number_with_format(row, column, *number as f64, &format)?,
        Value::Money(amount) => {
            to.write_number_with_format(row, column, amount.to_f64().unwrap_or_default(), &format)?
        }
        Value::Date(date) => {
            let moment = ExcelDateTime::parse_from_str(&date.to_string())?;
            to.write_datetime_with_format(row, column, &moment, &format)?
        }
    };
    Ok(())
}

/// The name of a column: A … Z, AA …
fn letters(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            return name;
        }
        at = at / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};

    use super::*;

    #[test]
    fn numbers_are_numbers_and_text_is_never_a_formula() {
        let cell = |value| Cell::from(value);
        let sheet = Sheet {
            name: "社区活动".into(),
            columns: vec![
                Column {
                    head: "名称".into(),
                    must: true,
                    width: 20.0,
                    note: "必填".into(),
                    ..Column::default()
                },
                Column {
                    head: "规模".into(),
                    width: 10.0,
                    choices: vec!["大型".into(), "中小型".into()],
                    ..Column::default()
                },
                Column { head: "人次".into(), width: 8.0, ..Column::default() },
                Column { head: "日期".into(), width: 12.0, ..Column::default() },
            ],
            rows: vec![vec![
                cell(Value::Text("=1+1".into())),
                Cell { value: Value::Text("特大".into()), fault: Some("没有这一项".into()) },
                cell(Value::Whole(162)),
                cell(Value::Date("2024-06-21".parse().unwrap())),
            ]],
        };
        let bytes = render(&Grid { sheets: vec![sheet] }).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["社区活动", "选项"]);
        let range = book.worksheet_range("社区活动").unwrap();
        assert_eq!(range.get((1, 0)), Some(&Data::String("=1+1".into())));
        assert_eq!(range.get((1, 2)), Some(&Data::Float(162.0)));
        assert!(matches!(range.get((1, 3)), Some(Data::DateTime(day)) if day.to_ymd_hms_milli().0 == 2024));
        assert!(book.worksheet_formula("社区活动").unwrap().is_empty(), "a formula");
    }

    #[test]
    fn columns_have_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letters).into();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
