//! The sheets of a file as people send it: .xlsx, .xls, or .csv in UTF-8, UTF-16 or GBK, told apart by content.
//!
//! The value of cells merged over several rows goes down into all of them. Rows hidden by a filter are read like the others.
//! Not here: which column is which.

mod dates;
mod old;

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{Data, DataType, Dimensions, Reader, SheetType, SheetVisible, Sheets, Xlsx};
use chrono::NaiveDate;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use kernel::Problem;

pub use dates::{date, number};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// A formula that failed, as it is shown: `#N/A`.
    Fault(String),
}

/// A sheet from its first cell on.
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows; the first of them is the file's first.
    pub rows: Vec<Vec<Cell>>,
}

/// More rows than a city's roster has; further columns are left aside.
const MOST_ROWS: usize = 100_000;
const MOST_COLUMNS: usize = 200;
/// Bytes that the cells of a sheet may take, about: a small file may unpack to a very large one.
const MOST_BYTES: usize = 128 << 20;

/// The cells of a sheet while it is read.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

/// The visible sheets of a file, and remarks on those left aside.
///
/// # Errors
/// The file is empty, damaged, locked, no workbook, or too large, in Chinese with the remedy.
pub fn sheets(bytes: &[u8], file_name: &str) -> Result<(Vec<Sheet>, Vec<String>), Problem> {
    let read = if bytes.is_empty() {
        Err(Problem::new("book_empty", "文件是空的", "请重新导出或另存后再上传。"))
    } else if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // The reader of workbooks falls over some damaged files; whoever sent one is told so like anybody else.
        catch_unwind(|| workbook(bytes)).unwrap_or_else(|_| Err(unreadable()))
    } else {
        text(bytes).map(|sheet| (vec![sheet], Vec::new()))
    };
    read.map_err(|problem| problem.at(file_name))
}

fn workbook(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Problem> {
    let mut book = if bytes.starts_with(b"PK") {
        Sheets::Xlsx(calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?)
    } else {
        old::check(bytes, unreadable)?;
        Sheets::Xls(calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?)
    };
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            notes.push(format!("工作表“{}”是隐藏的，没有读", sheet.name));
            continue;
        }
        let (mut grid, merged) = match &mut book {
            Sheets::Xlsx(book) => {
                (xlsx(book, &sheet.name)?, book.merge_cells_by_sheet_name(&sheet.name).ok())
            }
            Sheets::Xls(book) => {
                let merged = book.merge_cells_by_sheet_name(&sheet.name).ok();
                (dense(&book.worksheet_range(&sheet.name).map_err(|_| unreadable())?)?, merged)
            }
            Sheets::Xlsb(_) | Sheets::Ods(_) => return Err(unreadable()),
        };
        for area in merged.iter().flatten() {
            grid.reach_down(area)?;
        }
        sheets.push(Sheet { name: sheet.name, rows: grid.rows });
    }
    Ok((sheets, notes))
}

/// Cell by cell: a sheet that claims a million columns must not take the memory of all of them.
fn xlsx(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, Problem> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| unreadable())?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
        let (row, column) = cell.get_position();
        grid.put(row as usize, column as usize, value(&Data::from(cell.get_value().clone())))?;
    }
    Ok(grid)
}

fn dense(range: &calamine::Range<Data>) -> Result<Grid, Problem> {
    let (top, left) = range.start().unwrap_or_default();
    let mut grid = Grid::default();
    for (row, column, cell) in range.used_cells() {
        grid.put(row + top as usize, column + left as usize, value(cell))?;
    }
    Ok(grid)
}

impl Grid {
    fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Problem> {
        if column >= MOST_COLUMNS || cell.is_empty() {
            return Ok(());
        }
        self.bytes += size_of::<Cell>() + if let Cell::Text(text) = &cell { text.len() } else { 0 };
        if row >= MOST_ROWS || self.bytes > MOST_BYTES {
            let what = format!("表格太大，超过 {MOST_ROWS} 行或 {} MB", MOST_BYTES >> 20);
            let remedy = "请按镇街分成几个文件，或删去表尾的空行后再上传。";
            return Err(Problem::new("book_too_long", what, remedy));
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, Cell::default);
        }
        cells[column] = cell;
        Ok(())
    }

    /// Gives every row of a merged area the value of its first cell; its other columns stay empty, for they are other
    /// columns of the table.
    fn reach_down(&mut self, area: &Dimensions) -> Result<(), Problem> {
        let (top, column) = (area.start.0 as usize, area.start.1 as usize);
        let Some(first) = self.rows.get(top).and_then(|row| row.get(column)).cloned() else { return Ok(()) };
        let last = (area.end.0 as usize).min(self.rows.len().saturating_sub(1));
        (top + 1..=last).try_for_each(|row| self.put(row, column, first.clone()))
    }
}

fn value(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => plain_text(text),
        Data::Error(error) => Cell::Fault(error.to_string()),
        Data::Bool(truth) => Cell::Text(if *truth { "是" } else { "否" }.to_owned()),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            date.map_or(Cell::Number(moment.as_f64()), Cell::Date)
        }
        other => other.as_f64().map_or(Cell::Empty, Cell::Number),
    }
}

/// Text without the apostrophe that says “this is text” in exports.
fn plain_text(text: &str) -> Cell {
    let text = text.trim().trim_start_matches(['\'', '’', '`']).trim();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A table in text: commas, semicolons or tabs, whichever the first lines have most of.
fn text(bytes: &[u8]) -> Result<Sheet, Problem> {
    let text = decoded(bytes);
    let start: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    if start.starts_with('<') {
        let remedy = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。";
        return Err(Problem::new("book_html", "这是改了扩展名的网页文件，不是表格", remedy));
    }
    if text.contains('\0') {
        return Err(unreadable());
    }
    let count = |mark: u8| start.bytes().filter(|byte| *byte == mark).count();
    let mark =
        [b',', b'\t', b';'].into_iter().max_by_key(|mark| (count(*mark), *mark == b',')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let (mut grid, mut line, mut counted) = (Grid::default(), 0, 0);
    for record in reader.records() {
        let record = record.map_err(|_| unreadable())?;
        // Numbered by its line in the file: the reader passes over blank lines before a record.
        let begins =
            record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let blank = text[begins..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text[counted..begins + blank].matches('\n').count();
        counted = begins + blank;
        for (column, cell) in record.iter().enumerate() {
            grid.put(line, column, plain_text(cell))?;
        }
    }
    Ok(Sheet { name: "文本表格".to_owned(), rows: grid.rows })
}

fn decoded(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
            Ok(text) => return text.to_owned(),
            Err(_) => GB18030,
        },
    };
    encoding.decode(bytes).0.into_owned()
}

fn unreadable() -> Problem {
    Problem::new(
        "book_unreadable",
        "打不开这个文件：可能设了密码、已损坏，或不是表格",
        "请去掉密码，用 Excel 或 WPS 另存为 .xlsx 后再上传；也可以用 .xls 或 .csv。",
    )
}

impl Cell {
    /// The cell as text; a whole number without a point.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}
