//! The same seed gives the same records, on both databases; all of it or nothing.

use std::collections::BTreeSet;
use std::time::Instant;

use db::testing::{postgres, sqlite};
use kernel::Moment;
use serde_json::Value;

use super::{clock, known, sample, stored};
use crate::calendar::{day, evening, half, is_workday};
use crate::dice::Dice;
use rules::counting::table_in as rule;

#[test]
fn made_again_and_on_the_other_database_it_is_the_same() {
    let moments = [crate::KNOWN_UNTIL, Moment::end_of(day(2024, 9, 30))];
    let first = moments.map(|at| stored(&sample().database, at));
    for (name, fresh) in [("SQLite", sqlite(clock())), ("PostgreSQL", postgres(clock()))] {
        let started = Instant::now();
        crate::make(&fresh.database, &mut |_| {}).unwrap();
        println!("{name}: made in {:?}", started.elapsed());
        for (at, first) in moments.into_iter().zip(&first) {
            let again = stored(&fresh.database, at);
            for (table, rows) in first {
                assert_eq!(rows.len(), again[table].len(), "{name} {table}");
                for (before, after) in rows.iter().zip(&again[table]) {
                    assert_eq!(before, after, "{name} {table}");
                }
            }
        }
    }
}

#[test]
fn a_second_station_of_the_same_name_is_refused_and_leaves_nothing() {
    let fresh = sqlite(clock());
    let rules = "[rules.phone_visits]\nname = \"电话访问\"\n";
    let refused = crate::make_with(&fresh.database, rules, &mut |_| {}).unwrap_err();
    assert!(refused.to_string().contains("没有计数规则 home_visits"), "{refused}");
    crate::make(&fresh.database, &mut |_| {}).unwrap();
    let before = stored(&fresh.database, crate::KNOWN_UNTIL);
    crate::make(&fresh.database, &mut |_| {}).unwrap_err();
    assert_eq!(before, stored(&fresh.database, crate::KNOWN_UNTIL));
}

#[test]
fn every_id_is_there_once_and_every_reference_leads_somewhere() {
    let mut ids = BTreeSet::new();
    for row in known().values().flatten() {
        assert!(ids.insert(row["id"].as_str().unwrap()), "{row}");
    }
    println!("{} records", ids.len());
    for (table, rows) in known() {
        println!("{table}: {}", rows.len());
        for (field, value) in rows.iter().flat_map(|row| row.as_object().unwrap()) {
            if field.ends_with("_id") && !value.is_null() {
                assert!(ids.contains(value.as_str().unwrap()), "{table}.{field} {value}");
            }
        }
    }
}

#[test]
fn a_record_is_known_from_the_evening_of_its_day() {
    let noon = stored(&sample().database, Moment::from_micros(evening(day(2024, 8, 14)).micros() - 1));
    let night = stored(&sample().database, evening(day(2024, 8, 14)));
    for (table, date) in [("visits", "visited_on"), ("calls", "called_on"), ("aids", "given_on")] {
        let latest =
            |rows: &[Value]| rows.iter().filter_map(|row| row[date].as_str()).max().unwrap().to_owned();
        assert!(latest(&noon[table]).as_str() < "2024-08-14", "{table}");
        assert!(latest(&night[table]).as_str() <= "2024-08-14", "{table}");
    }
    assert!(night["calls"].len() > noon["calls"].len());
    // A worker who leaves at the end of July is still there on the 30th, as far as was known then.
    let july = stored(&sample().database, Moment::end_of(day(2024, 7, 30)));
    assert!(july["workers"].iter().all(|worker| worker["left_on"].is_null()));
}

#[test]
fn the_stream_of_chance_stays_as_it_is() {
    let mut dice = Dice::new("a label");
    let thrown: Vec<usize> = (0..8).map(|_| dice.below(1000)).collect();
    assert_eq!(thrown, THROWN);
    let parts = dice.parts(79, 5, 50);
    assert_eq!(parts.iter().sum::<i64>(), 79);
    assert!(parts.iter().all(|part| *part > 0), "{parts:?}");
    assert_eq!((dice.below(0), dice.between(3, 3)), (0, 3));
}

const THROWN: [usize; 8] = [540, 356, 19, 438, 567, 133, 36, 932];

#[test]
fn halves_and_workdays() {
    for (number, first, last) in [
        (1, day(2024, 6, 16), day(2024, 6, 30)),
        (2, day(2024, 7, 1), day(2024, 7, 15)),
        (5, day(2024, 8, 16), day(2024, 8, 31)),
        (12, day(2024, 12, 1), day(2024, 12, 15)),
        (13, day(2024, 12, 16), day(2024, 12, 31)),
    ] {
        assert_eq!(half(number), (first, last), "{number}");
    }
    for (date, open) in [
        (day(2024, 6, 21), true),
        (day(2024, 6, 22), false),
        (day(2024, 9, 14), true),
        (day(2024, 9, 16), false),
        (day(2024, 10, 7), false),
        (day(2024, 10, 12), true),
    ] {
        assert_eq!(is_workday(date), open, "{date}");
    }
}

#[test]
fn a_rule_is_what_stands_between_two_headers() {
    let rules =
        "[rules.a]\nname = \"甲\"\n\n# About b.\n\n[rules.\"b.c\"]\nname = \"乙\"\nwhere = { x = 1 }\n";
    let check =
        |code: &str, expected: Option<&str>| assert_eq!(rule(rules, code).as_deref(), expected, "{code}");
    check("a", Some("name = \"甲\"\n"));
    check("b.c", Some("name = \"乙\"\nwhere = { x = 1 }\n"));
    check("b", None);
}
