//! Tests of rosters: reading what people send, every kind of difference, coverage, and what must hold for all.

mod differences;
mod properties;
mod reading;
mod speed;

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;

use super::{FilePerson, Keys, Roster, Row, RowRef, read};
use crate::codes::{Codes, List};
use crate::identity::{IdNumber, Phone, check_digit};

fn today() -> NaiveDate {
    day("2024-12-31")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn codes() -> Codes {
    Codes::parse("guangzhou-codes.toml", include_str!("../../../../../schemes/guangzhou-codes.toml")).unwrap()
}

/// Keys as a caller makes them, but readable.
fn keys() -> Keys<'static> {
    Keys { id_number: &|id| format!("key of {}", id.as_str()), phone: &Phone::key }
}

/// An invented identity number of a woman or man born on 8 March 1950, told apart by three digits.
fn id_text(order: usize) -> String {
    let first = format!("44010519500308{order:03}");
    format!("{first}{}", check_digit(&first).unwrap())
}

fn id(order: usize) -> IdNumber {
    IdNumber::parse(&id_text(order), today()).unwrap()
}

/// A workbook of one sheet with these cells as text.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("名册").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn read_table(rows: &[&[&str]]) -> Roster {
    read(&workbook(rows), "名册.xlsx", &codes(), today()).unwrap()
}

/// A person on the roster with a file number, as most are.
fn row(n: usize, name: &str) -> Row {
    let mut row = Row::new(RowRef { sheet: "名册".into(), number: u32::try_from(n + 2).unwrap() });
    row.name = name.to_owned();
    row.id_number = Some(id(n));
    row.platform_id = Some(format!("P{n:05}"));
    row.file_number = Some(format!("CG-{n:05}"));
    row.community = Some("示例东社区".to_owned());
    row.phone = Some(Phone::parse(&format!("138{n:08}")).unwrap());
    for (list, code) in
        [(List::Categories, "elder_alone"), (List::ServiceLevels, "two"), (List::Residence, "present")]
    {
        row.codes.insert(list, [code.to_owned()].into());
    }
    row
}

/// The file that says the same.
fn file(row: &Row, n: usize) -> FilePerson {
    FilePerson {
        person: format!("person {n}"),
        household: format!("household {n}"),
        platform_id: row.platform_id.clone(),
        id_key: row.id_number.as_ref().map(keys().id_number),
        file_number: row.file_number.clone(),
        name: row.name.clone(),
        community: Some("示例东".to_owned()),
        level: row.level().map(str::to_owned),
        categories: row.categories().cloned().unwrap_or_default(),
        residence: row.residence().map(str::to_owned),
        phone_key: row.phone.as_ref().map(keys().phone),
        closed: false,
    }
}
