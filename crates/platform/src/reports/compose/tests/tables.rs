//! Tables whose parts add up, and the figures that a document prints.

use std::collections::BTreeMap;

use paper::model::{Cell, Column, Cover, Document, Inline, Meta, RowStyle, Table};
use rules::counting::Row;
use rust_decimal::Decimal;

use super::sample::{self, facts, library};
use super::{composed, href};
use crate::reports::Facts;
use crate::reports::compose::areas::files;
use crate::reports::compose::desk::Desk;
use crate::reports::compose::figures_in;

/// Columns of the table of files whose parts add up: all but the name and the rate.
const ADDITIVE: [usize; 5] = [1, 2, 4, 5, 6];

#[test]
fn communities_add_up_to_areas_and_areas_to_the_station() {
    let library = library();
    let facts = facts(&library);
    let table = table_of_files(&facts);
    assert!(table.rows.iter().all(|row| !row.cells[0].plain().starts_with("未分到")));
    holds(&table);
    let last = table.rows.last().unwrap();
    assert_eq!(last.cells[0].plain(), "全站合计");
    assert_eq!(value(&last.cells[2]), Decimal::from(9));
}

#[test]
fn records_without_a_community_or_an_area_get_a_row_of_their_own() {
    let library = library();
    let mut rows: BTreeMap<String, Vec<Row>> =
        library.rules.rules().map(|rule| (rule.code.clone(), sample::rows(rule))).collect();
    let rule = library.rules.rules().find(|rule| rule.code == "home_visits").unwrap();
    let stray = rows.get_mut("home_visits").unwrap();
    stray.push(sample::row(rule, "stray-1", "haifu", None));
    stray.push(Row { area: None, ..sample::row(rule, "stray-2", "haifu", None) });
    let facts = sample::facts_of(&library, rows);
    let table = table_of_files(&facts);
    holds(&table);
    let names: Vec<String> = table.rows.iter().map(|row| row.cells[0].plain()).collect();
    assert!(
        names.contains(&"未分到社区".to_owned()) && names.contains(&"未分到片区".to_owned()),
        "{names:?}"
    );
    assert_eq!(value(&table.rows.last().unwrap().cells[5]), Decimal::from(11));
}

/// Every sum is that of the rows under it: communities since the last sum, and for the station the areas' sums.
fn holds(table: &Table) {
    for column in ADDITIVE {
        let (mut part, mut areas) = (Decimal::ZERO, Decimal::ZERO);
        for row in &table.rows {
            match row.style {
                RowStyle::Sub => part += value(&row.cells[column]),
                RowStyle::Total if row.cells[0].plain() == "全站合计" => {
                    assert_eq!(areas + part, value(&row.cells[column]), "column {column}");
                }
                RowStyle::Total => {
                    assert_eq!(part, value(&row.cells[column]), "column {column}");
                    areas += part;
                    part = Decimal::ZERO;
                }
                RowStyle::Normal | RowStyle::Group => {}
            }
        }
        assert!(areas > Decimal::ZERO);
    }
}

fn table_of_files(facts: &Facts) -> Table {
    let library = library();
    let (scheme, href) = (&library.scheme, &href);
    files(&empty(), &Desk::of(facts, scheme, href))
}

fn value(cell: &Cell) -> Decimal {
    match cell {
        Cell::Number { value, .. } | Cell::Percent { value, .. } => *value,
        other => panic!("a number, not {other:?}"),
    }
}

#[test]
fn months_of_attendance_add_up_to_the_counted_total() {
    let library = library();
    let document = composed(&facts(&library), &library);
    let table = document.tables().find(|table| table.id == "table-attendance").unwrap();
    let (total, months) = table.rows.split_last().unwrap();
    assert_eq!(months.len(), 2);
    for column in 1..table.columns.len() {
        let sum: Decimal = months.iter().map(|row| value(&row.cells[column])).sum();
        assert_eq!(sum, value(&total.cells[column]), "{}", table.columns[column].head);
    }
}

#[test]
fn every_number_counted_in_a_table_is_a_link_to_its_records() {
    let library = library();
    let document = composed(&facts(&library), &library);
    let table = document.tables().find(|table| table.id == "table-files").unwrap();
    let cell = &table.rows[1].cells[2];
    let Cell::Number { figure: Some(figure), .. } = cell else { panic!("{cell:?}") };
    assert_eq!(
        (figure.code.as_str(), figure.href.as_str()),
        ("registry.files@dong", "records.html#registry.files@dong")
    );
}

#[test]
fn annex_three_lists_what_the_report_prints_and_what_that_follows_from() {
    let library = library();
    let document = composed(&facts(&library), &library);
    let table = document.tables().find(|table| table.id == "table-rules").unwrap();
    let names: Vec<String> = table.rows.iter().map(|row| row.cells[0].plain()).collect();
    let set = &library.rules;
    for (code, place) in figures_in(&document) {
        let Some(figure) = set.get(&code) else {
            assert!(code.ends_with(".target") || code.ends_with(".completion"), "{code}");
            continue;
        };
        assert!(names.contains(&figure.name().to_owned()), "{code} {place:?}");
    }
    let operand = table.rows.iter().find(|row| row.cells[0].plain() == "中级社工师实到人次").unwrap();
    assert_eq!(operand.cells[1].plain(), "9 人次");
    assert_eq!(operand.cells[2].plain(), "9");
    assert_eq!(operand.cells[3].plain().len(), 8);
}

#[test]
fn anchors_are_unique() {
    let library = library();
    let document = composed(&facts(&library), &library);
    let mut ids: Vec<&str> = document.tables().map(|table| table.id.as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn figures_are_found_in_text_lists_notes_and_cells() {
    let mut document = empty();
    let mut table = Table::new("t", "表", vec![Column::text("甲", 1), Column::number("乙", 1)]);
    table.row(vec![
        Cell::text(Inline::figure("未列", "in_cell_text", "")),
        Cell::number(1, "1").counted("in_number@xiaogang", ""),
        Cell::percent(1, "1%").counted("in_percent", ""),
        Cell::number(2, "2"),
    ]);
    document
        .paragraph([Inline::text("共"), Inline::figure("1", "in_text@dong", "")])
        .list(true, [Inline::figure("1", "in_list", "")])
        .note(Inline::figure("1", "in_note", ""))
        .paragraph(Inline::figure("1", "in_list", ""))
        .table(table);
    let found: Vec<(String, Option<String>)> = figures_in(&document).into_iter().collect();
    let expected = [
        ("in_cell_text", None),
        ("in_list", None),
        ("in_note", None),
        ("in_number", Some("xiaogang")),
        ("in_percent", None),
        ("in_text", Some("dong")),
    ];
    assert_eq!(found, expected.map(|(code, place)| (code.to_owned(), place.map(str::to_owned))));
}

fn empty() -> Document {
    let meta = Meta {
        title: String::new(),
        subject: String::new(),
        author: String::new(),
        language: "zh-CN".into(),
        date: sample::day(2025, 3, 25),
        identifier: String::new(),
        sample_notice: None,
    };
    Document::new(meta, Cover::default())
}
