//! Workbook of all tables: numbers are numbers, percentages and dates have their formats, text stays text whatever its
//! first character. Not here: formulas; every value comes from the document.

mod formats;
mod names;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use crate::PaperError;
use crate::escape::clean;
use crate::model::{Align, Block, Cell, Column, Document, Meta, Row, RowStyle, Table, chinese_date};
use formats::{Look, number_format};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The document's tables as a workbook: first a sheet with title, date, notice and the list of sheets, then one sheet
/// a table, those of annexes first.
///
/// # Errors
/// [`PaperError::Xlsx`] when a sheet cannot be written, e.g. a text longer than the 32,767 characters a cell holds.
pub fn render(document: &Document) -> Result<Vec<u8>, PaperError> {
    let tables = annexes_first(document);
    let sheets = names::of_sheets(tables.iter().map(|table| (table.caption.as_str(), table.id.as_str())));
    let failed = |sheet: &str, error: XlsxError| PaperError::Xlsx {
        document: document.meta.identifier.clone(),
        sheet: sheet.to_owned(),
        reason: error.to_string(),
    };
    let mut workbook = Workbook::new();
    properties(&mut workbook, &document.meta).map_err(|error| failed(names::FRONT, error))?;
    front(workbook.add_worksheet(), &document.meta, &tables, &sheets)
        .map_err(|error| failed(names::FRONT, error))?;
    for (table, name) in tables.iter().zip(&sheets) {
        sheet(workbook.add_worksheet(), &document.meta, table, name).map_err(|error| failed(name, error))?;
    }
    workbook.save_to_buffer().map_err(|error| failed(names::FRONT, error))
}

/// Tables behind an annex heading come before those of the body.
fn annexes_first(document: &Document) -> Vec<&Table> {
    let start = document.blocks.iter().position(|block| matches!(block, Block::Annex { .. }));
    let (body, annexes) = document.blocks.split_at(start.unwrap_or(document.blocks.len()));
    let tables = annexes.iter().chain(body).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

fn properties(workbook: &mut Workbook, meta: &Meta) -> Result<(), XlsxError> {
    let properties = DocProperties::new()
        .set_title(clean(&meta.title))
        .set_subject(clean(&meta.subject))
        .set_author(clean(&meta.author))
        .set_comment(clean(&meta.identifier))
        .set_creation_datetime(&moment(meta.date)?);
    workbook.set_properties(&properties);
    Ok(())
}

/// The day as Excel counts it; it knows the years 1900 to 9999.
fn moment(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&date.to_string())
}

fn front(sheet: &mut Worksheet, meta: &Meta, tables: &[&Table], names: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(names::FRONT)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 14)?.set_column_width(1, 64)?;
    sheet.write_string_with_format(0, 0, clean(&meta.title), &Look::TITLE.format())?;
    let mut row = 1;
    if let Some(notice) = &meta.sample_notice {
        sheet.write_string_with_format(row, 0, clean(notice), &Look::NOTICE.format())?;
        row += 1;
    }
    let date = chinese_date(meta.date);
    for (name, value) in [("出具单位", &meta.author), ("日期", &date), ("编号", &meta.identifier)] {
        sheet.write_string(row, 0, name)?.write_string(row, 1, clean(value))?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "工作表", &Look::HEAD.format())?;
    sheet.write_string_with_format(row, 1, "表名", &Look::HEAD.format())?;
    for (index, (table, name)) in tables.iter().zip(names).enumerate() {
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''")));
        sheet.write_number(row, 0, index as u32 + 1)?;
        sheet.write_url(row, 1, link.set_text(clean(&table.caption)))?;
    }
    Ok(())
}

fn sheet(sheet: &mut Worksheet, meta: &Meta, table: &Table, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, clean(&table.caption), &Look::TITLE.format())?;
    let mut row = 1;
    if let Some(notice) = &meta.sample_notice {
        sheet.write_string_with_format(row, 0, clean(notice), &Look::NOTICE.format())?;
        row += 1;
    }
    for (index, column) in table.columns.iter().enumerate() {
        let index = index as u16;
        sheet.write_string_with_format(row, index, clean(&column.heading()), &Look::HEAD.format())?;
        sheet.set_column_width(index, width(table, usize::from(index), column))?;
    }
    sheet.set_freeze_panes(row + 1, 0)?.set_repeat_rows(row, row)?;
    for line in &table.rows {
        row += 1;
        write_row(sheet, row, line, &table.columns)?;
    }
    if let Some(note) = &table.note {
        sheet.write_string_with_format(row + 1, 0, clean(note), &Look::NOTE.format())?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, line: &Row, columns: &[Column]) -> Result<(), XlsxError> {
    let empty = Cell::Empty;
    if line.style == RowStyle::Group && columns.len() > 1 {
        let text = clean(&line.cells.first().map(Cell::plain).unwrap_or_default());
        let format = Look::of(line.style, Align::Left, 0).format();
        sheet.merge_range(row, 0, row, columns.len() as u16 - 1, &text, &format)?;
        return Ok(());
    }
    for (index, column) in columns.iter().enumerate() {
        let cell = line.cells.get(index).unwrap_or(&empty);
        let format = Look::of(line.style, column.align, index).format();
        write_cell(sheet, row, index as u16, cell, format)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &format)?,
        Cell::Text(_) => sheet.write_string_with_format(row, column, clean(&cell.plain()), &format)?,
        Cell::Number { value, text, .. } => {
            let format = format.set_num_format(number_format(text));
            sheet.write_number_with_format(row, column, float(*value), &format)?
        }
        Cell::Percent { value, text, .. } => {
            let format = format.set_num_format(number_format(text));
            sheet.write_number_with_format(row, column, float(*value / Decimal::ONE_HUNDRED), &format)?
        }
        Cell::Date { value, text } => match moment(*value) {
            Ok(date) => {
                let format = format.set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(row, column, &date, &format)?
            }
            Err(_) => sheet.write_string_with_format(row, column, clean(text), &format)?,
        },
    };
    Ok(())
}

/// Excel keeps every number as a 64-bit float.
fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// Width of a column in characters of Excel; a Chinese one takes two. Texts beyond 48 are wrapped.
fn width(table: &Table, index: usize, column: &Column) -> f64 {
    let rows = table.rows.iter().filter(|row| row.style != RowStyle::Group);
    let cells = rows.filter_map(|row| row.cells.get(index)).map(Cell::plain);
    let widest = cells.chain([column.heading()]).map(|text| places(&text)).max().unwrap_or_default();
    (widest + 3).clamp(8, 48) as f64
}

fn places(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

/// The private helpers, for their case tables.
#[cfg(test)]
pub(crate) mod tests {
    pub(crate) fn names_of(tables: &[(&str, &str)]) -> Vec<String> {
        super::names::of_sheets(tables.iter().copied())
    }

    pub(crate) fn number_format_of(text: &str) -> String {
        super::number_format(text)
    }
}
