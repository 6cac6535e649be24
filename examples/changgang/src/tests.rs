//! The stored sample, read back and counted directly, without the counting rules.

mod accounts;
mod chain;
mod figures;
mod ground;
mod people;
mod same;
mod work;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveTime};
use db::Database;
use db::testing::{Fresh, sqlite};
use kernel::{Clock, Moment};
use serde_json::Value;

use crate::book::Book;
use crate::calendar::{END, START, day};

/// Sealed values and keyed hashes: every database has a key of its own.
const SEALED: [&str; 6] =
    ["pseudonym_key", "door", "id_number", "phone", "id_number_hash", "phone_tail_hash"];

fn clock() -> Clock {
    Clock::Fixed(Moment::at(day(2025, 5, 6), NaiveTime::MIN))
}

/// The sample on a fresh SQLite file, made once for all tests.
fn sample() -> &'static Fresh {
    static SAMPLE: OnceLock<Fresh> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let fresh = sqlite(clock());
        crate::make(&fresh.database, &mut |_| {}).unwrap();
        fresh
    })
}

/// What was known at a moment, by table, without sealed values.
fn stored(database: &Database, at: Moment) -> BTreeMap<&'static str, Vec<Value>> {
    let mut tables = database.read(|tx| Book::stored(tx, at)).unwrap();
    for (_, rows) in &mut tables {
        for row in rows {
            let row = row.as_object_mut().unwrap();
            SEALED.iter().for_each(|field| drop(row.remove(*field)));
        }
    }
    tables.into_iter().collect()
}

/// Everything known when the report was issued.
fn known() -> &'static BTreeMap<&'static str, Vec<Value>> {
    static KNOWN: OnceLock<BTreeMap<&'static str, Vec<Value>>> = OnceLock::new();
    KNOWN.get_or_init(|| stored(&sample().database, crate::KNOWN_UNTIL))
}

/// The rows of a table that hold these values.
fn rows(table: &str, conditions: &[(&str, Value)]) -> Vec<&'static Value> {
    let holds = |row: &&Value| conditions.iter().all(|(field, value)| row[field] == *value);
    known()[table].iter().filter(holds).collect()
}

/// Those of them whose date lies in the period of the report.
fn rows_in_period(table: &str, date: &str, conditions: &[(&str, Value)]) -> Vec<&'static Value> {
    let within = |row: &&Value| date_of(row, date).is_some_and(|day| START <= day && day <= END);
    rows(table, conditions).into_iter().filter(within).collect()
}

fn date_of(row: &Value, field: &str) -> Option<NaiveDate> {
    row[field].as_str().map(|text| text.parse().unwrap())
}

fn sum(rows: &[&Value], field: &str) -> i64 {
    rows.iter().map(|row| row[field].as_i64().unwrap()).sum()
}

/// The id of the one row of a table with this code.
fn id_of(table: &str, code: &str) -> Value {
    rows(table, &[("code", code.into())])[0]["id"].clone()
}
