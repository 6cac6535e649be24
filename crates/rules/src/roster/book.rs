//! The sheets of a file as people send it: .xlsx, .xls, .ods, or .csv in UTF-8, UTF-16 or GBK, told apart by content.
//!
//! Cells merged over several rows or columns all get the value. Rows hidden by a filter are read like the others.
//! Not here: which column is which.

use std::io::Cursor;

use calamine::{Data, DataType, Dimensions, Reader, SheetType, SheetVisible, Sheets, Xlsx};
use chrono::NaiveDate;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use kernel::Problem;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Date(NaiveDate),
    /// A formula that failed, as it is shown: `#N/A`.
    Fault(String),
}

/// A sheet from its first cell on.
pub(crate) struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
}

/// More rows than a city's roster has; further columns are left aside.
const MOST_ROWS: usize = 100_000;
const MOST_COLUMNS: usize = 200;

/// The visible sheets of a file, and remarks on those left aside.
pub(crate) fn sheets(bytes: &[u8], file_name: &str) -> Result<(Vec<Sheet>, Vec<String>), Problem> {
    let read = if bytes.is_empty() {
        Err(Problem::new("roster_empty", "文件是空的", "请重新导出或另存后再上传。"))
    } else if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        workbook(bytes)
    } else {
        text(bytes).map(|sheet| (vec![sheet], Vec::new()))
    };
    read.map_err(|problem| problem.at(file_name))
}

fn workbook(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Problem> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            notes.push(format!("工作表“{}”是隐藏的，没有读", sheet.name));
            continue;
        }
        let (mut rows, merged) = match &mut book {
            Sheets::Xlsx(book) => {
                (xlsx(book, &sheet.name)?, book.merge_cells_by_sheet_name(&sheet.name).ok())
            }
            Sheets::Xls(book) => {
                let merged = book.merge_cells_by_sheet_name(&sheet.name).ok();
                (dense(&book.worksheet_range(&sheet.name).map_err(|_| unreadable())?)?, merged)
            }
            other => (dense(&other.worksheet_range(&sheet.name).map_err(|_| unreadable())?)?, None),
        };
        merged.iter().flatten().for_each(|area| spread(&mut rows, area));
        sheets.push(Sheet { name: sheet.name, rows });
    }
    Ok((sheets, notes))
}

/// Cell by cell: a sheet that claims a million columns must not take the memory of all of them.
fn xlsx(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Vec<Cell>>, Problem> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| unreadable())?;
    let mut rows = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
        let (row, column) = cell.get_position();
        put(&mut rows, row as usize, column as usize, value(&Data::from(cell.get_value().clone())))?;
    }
    Ok(rows)
}

fn dense(range: &calamine::Range<Data>) -> Result<Vec<Vec<Cell>>, Problem> {
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Vec::new();
    for (row, column, cell) in range.used_cells() {
        put(&mut rows, row + top as usize, column + left as usize, value(cell))?;
    }
    Ok(rows)
}

fn put(rows: &mut Vec<Vec<Cell>>, row: usize, column: usize, cell: Cell) -> Result<(), Problem> {
    if column >= MOST_COLUMNS || cell == Cell::Empty {
        return Ok(());
    }
    if row >= MOST_ROWS {
        let what = format!("表格超过 {MOST_ROWS} 行");
        return Err(Problem::new(
            "roster_too_long",
            what,
            "请按镇街分成几个文件，或删去表尾的空行后再上传。",
        ));
    }
    if rows.len() <= row {
        rows.resize_with(row + 1, Vec::new);
    }
    if rows[row].len() <= column {
        rows[row].resize_with(column + 1, Cell::default);
    }
    rows[row][column] = cell;
    Ok(())
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

/// Gives every cell of a merged area the value of its first.
fn spread(rows: &mut [Vec<Cell>], area: &Dimensions) {
    let (top, left) = (area.start.0 as usize, area.start.1 as usize);
    let Some(first) =
        rows.get(top).and_then(|row| row.get(left)).cloned().filter(|cell| *cell != Cell::Empty)
    else {
        return;
    };
    let right = (area.end.1 as usize).min(MOST_COLUMNS - 1);
    for row in rows.iter_mut().take(area.end.0 as usize + 1).skip(top) {
        if row.len() <= right {
            row.resize_with(right + 1, Cell::default);
        }
        row[left..=right].fill(first.clone());
    }
}

/// A table in text: commas, semicolons or tabs, whichever the first lines have most of.
fn text(bytes: &[u8]) -> Result<Sheet, Problem> {
    let text = decoded(bytes);
    let start: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    if start.starts_with('<') {
        let remedy = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。";
        return Err(Problem::new("roster_html", "这是改了扩展名的网页文件，不是表格", remedy));
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
    let (mut rows, mut line, mut counted) = (Vec::new(), 0, 0);
    for record in reader.records() {
        let record = record.map_err(|_| unreadable())?;
        // Numbered by its line in the file: the reader passes over blank lines before a record.
        let begins =
            record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let blank = text[begins..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text[counted..begins + blank].matches('\n').count();
        counted = begins + blank;
        for (column, cell) in record.iter().enumerate() {
            put(&mut rows, line, column, plain_text(cell))?;
        }
    }
    Ok(Sheet { name: "文本表格".to_owned(), rows })
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
        "roster_unreadable",
        "打不开这个文件：可能设了密码、已损坏，或不是表格",
        "请去掉密码，用 Excel 或 WPS 另存为 .xlsx 后再上传；也可以用 .xls、.ods 或 .csv。",
    )
}

impl Cell {
    /// The cell as text; a whole number without a point.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}
