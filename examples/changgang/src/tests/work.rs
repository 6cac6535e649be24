//! Who did what when: nobody works before joining or after leaving, nor where nobody posted them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::{date_of, known, rows};
use crate::calendar::{END, START, is_workday};

/// From the first day to the day before the second.
type Spell = (NaiveDate, Option<NaiveDate>);

fn within(day: NaiveDate, (from, until): Spell) -> bool {
    from <= day && until.is_none_or(|until| day < until)
}

#[test]
fn every_record_of_the_period_is_by_a_worker_on_duty() {
    let workers: BTreeMap<&str, Spell> = rows("workers", &[])
        .into_iter()
        .map(|row| {
            (row["id"].as_str().unwrap(), (date_of(row, "joined_on").unwrap(), date_of(row, "left_on")))
        })
        .collect();
    let mut posts: BTreeMap<(&str, &str), Vec<Spell>> = BTreeMap::new();
    for row in rows("posts", &[]) {
        if let (Some(worker), Some(community)) = (row["worker_id"].as_str(), row["community_id"].as_str()) {
            let spell = (date_of(row, "from_on").unwrap(), date_of(row, "to_on"));
            posts.entry((worker, community)).or_default().push(spell);
        }
    }
    for (table, date) in [
        ("visits", "visited_on"),
        ("cases", "opened_on"),
        ("case_sessions", "held_on"),
        ("case_closures", "closed_on"),
        ("groups", "started_on"),
        ("group_sessions", "held_on"),
        ("activities", "held_on"),
        ("calls", "called_on"),
        ("tickets", "opened_on"),
        ("aids", "given_on"),
        ("home_adaptations", "found_on"),
        ("volunteers", "registered_on"),
        ("volunteer_services", "held_on"),
        ("fund_drives", "held_on"),
        ("fund_incomes", "received_on"),
        ("publicity_posts", "posted_on"),
        ("brochure_rounds", "given_on"),
    ] {
        for row in &known()[table] {
            let day = date_of(row, date).unwrap();
            if day < START || day > END {
                continue;
            }
            let worker = row["worker_id"].as_str().unwrap();
            let community = row["community_id"].as_str().unwrap();
            assert!(row["area_id"].is_string(), "{table} {row}");
            assert!(within(day, workers[worker]), "{table} {row}");
            let posted = posts.get(&(worker, community)).unwrap_or_else(|| panic!("{table} {row}"));
            assert!(posted.iter().any(|spell| within(day, *spell)), "{table} {row}");
        }
    }
}

#[test]
fn visits_are_spread_over_workdays_and_households() {
    let visits = &known()["visits"];
    let day = |row: &Value| date_of(row, "visited_on").unwrap();
    let idle = visits.iter().filter(|row| !is_workday(day(row))).count();
    assert!(idle > 0 && idle * 20 < visits.len(), "{idle} outside workdays");
    let opened: BTreeMap<&str, NaiveDate> = rows("households", &[])
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap(), date_of(row, "opened_on").unwrap()))
        .collect();
    let mut same_day = BTreeSet::new();
    for row in visits {
        let household = row["household_id"].as_str().unwrap();
        assert!((START.max(opened[household])..=END).contains(&day(row)), "{row}");
        assert!(same_day.insert((household, day(row))), "twice on one day: {row}");
    }
    let months: BTreeSet<String> = visits.iter().map(|row| day(row).format("%m").to_string()).collect();
    assert_eq!(months.len(), 7);
}

#[test]
fn calls_of_the_hotline_are_with_households_of_their_community() {
    let households: BTreeMap<&str, &Value> =
        rows("households", &[]).into_iter().map(|row| (row["id"].as_str().unwrap(), row)).collect();
    let persons: BTreeMap<&str, &Value> =
        rows("persons", &[]).into_iter().map(|row| (row["id"].as_str().unwrap(), row)).collect();
    let (mut with, mut without) = (0, 0);
    for call in &known()["calls"] {
        let Some(household) = call["household_id"].as_str() else {
            without += 1;
            assert!(call["person_id"].is_null(), "{call}");
            continue;
        };
        with += 1;
        let (household, person) = (households[household], persons[call["person_id"].as_str().unwrap()]);
        assert_eq!(
            (&household["id"], &household["community_id"]),
            (&person["household_id"], &call["community_id"])
        );
        assert!(date_of(household, "opened_on") <= date_of(call, "called_on"), "{call}");
    }
    assert!(with > 2000 && without > 300, "{with} with, {without} without");
}

#[test]
fn notes_vary_and_some_visits_are_mere_greetings() {
    let greetings = rows("visits", &[("greeting_only", true.into())]);
    let notes = rows("visits", &[("greeting_only", false.into())]);
    let share = greetings.len() * 100 / (greetings.len() + notes.len());
    assert!((10..20).contains(&share), "{share} %");
    let text = |row: &Value| format!("{}{}{}", row["physical"], row["psychological"], row["social"]);
    let different: BTreeSet<String> = notes.iter().map(|row| text(row)).collect();
    assert!(different.len() * 100 > notes.len() * 97, "{} of {}", different.len(), notes.len());
    assert!(greetings.iter().all(|row| row["follow_up"].is_null() && text(row).chars().count() < 40));
}

#[test]
fn casework_keeps_its_order() {
    let opened: BTreeMap<&str, NaiveDate> = rows("cases", &[])
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap(), date_of(row, "opened_on").unwrap()))
        .collect();
    let mut last: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    let mut sessions: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows("case_sessions", &[]) {
        let (case, day) = (row["case_id"].as_str().unwrap(), date_of(row, "held_on").unwrap());
        assert!(day >= opened[case], "{row}");
        last.entry(case).and_modify(|last| *last = (*last).max(day)).or_insert(day);
        *sessions.entry(case).or_default() += 1;
    }
    let of_new =
        |count: usize| sessions.iter().filter(|(case, n)| opened[**case] >= START && **n == count).count();
    assert_eq!((of_new(5), of_new(6)), (43, 26));
    let mut carried = 0;
    for row in rows("case_closures", &[]) {
        let (case, day) = (row["case_id"].as_str().unwrap(), date_of(row, "closed_on").unwrap());
        assert!(day >= last[case], "{row}");
        carried += usize::from(opened[case] < START);
    }
    assert_eq!(carried, 16);
    let persons: BTreeSet<&str> =
        rows("cases", &[]).iter().map(|row| row["person_id"].as_str().unwrap()).collect();
    assert_eq!(persons.len(), opened.len(), "one case a person");
}
