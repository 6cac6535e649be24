//! Lists on both databases: each condition, order, pages, and what is not in them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_query;
use kernel::{Clock, Id, Moment};

use super::{Condition, Sought};
use crate::testing::{self, Fresh};
use crate::tests::{NOON, id, write};
use crate::{Database, DbResult, Within};

crate::record! {
    /// Something done, for tests alone.
    pub struct Deed("deed") in deeds {
        /// What.
        pub what: String [Text],
        /// Where.
        pub place: String [Text],
        /// When.
        pub done_on: Option<NaiveDate> [Nullable<Date>],
        /// Whether it is counted.
        pub counted: bool [Bool],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn deed(n: u8, what: &str, done_on: Option<&str>) -> Deed {
    Deed {
        id: id(n),
        station_id: id(8),
        area_id: None,
        community_id: None,
        worker_id: None,
        what: what.into(),
        place: "Platz".into(),
        done_on: done_on.map(day),
        counted: n % 2 == 1,
    }
}

fn each(test: impl Fn(&Database)) {
    testing::each(Clock::Fixed(NOON), |Fresh { database, .. }| {
        let create = "CREATE TABLE deeds (id TEXT NOT NULL, version INTEGER NOT NULL, known_from BIGINT NOT NULL, \
            known_until BIGINT NOT NULL, voided BOOLEAN NOT NULL, station_id TEXT NOT NULL, area_id TEXT, \
            community_id TEXT, worker_id TEXT, what TEXT NOT NULL, place TEXT NOT NULL, done_on DATE, \
            counted BOOLEAN NOT NULL, PRIMARY KEY (id, version))";
        write(database, |tx| Ok(sql_query(create).execute(tx.conn()).map(drop)?)).unwrap();
        let mut inside = deed(5, "一声!", None);
        (inside.area_id, inside.community_id) = (Some(id(80)), Some(id(81)));
        let mut other = deed(6, "别处", Some("2024-06-21"));
        other.station_id = id(9);
        let rows = [
            deed(1, "100% 到场", Some("2024-06-20")),
            deed(2, "100 人到场", Some("2024-06-21")),
            deed(3, "a_b", Some("2024-06-22")),
            deed(4, "aXb", Some("2024-06-22")),
            inside,
            other,
        ];
        write(database, |tx| tx.append("deeds.record", &rows)).unwrap();
        test(database);
    });
}

fn station(n: u8) -> Within {
    Within { stations: vec![id(n)], ..Within::default() }
}

fn sought(within: Within, conditions: Vec<Condition>) -> Sought {
    Sought { table: "deeds", at: NOON, within, conditions, latest_by: None }
}

/// The deeds that are found, by number; the count agrees.
fn found(database: &Database, sought: &Sought) -> Vec<u8> {
    let read = |tx: &mut crate::Tx<'_>| Ok((sought.ids(tx, 0, 100)?, sought.count(tx)?));
    let (ids, count): (Vec<Id>, usize) = (database.read(read) as DbResult<_>).unwrap();
    assert_eq!(ids.len(), count, "{sought:?}");
    let number = |one: &Id| (1..=9).find(|n| id(*n) == *one).unwrap();
    ids.iter().map(number).collect()
}

fn numbers(database: &Database, sought: &Sought) -> Vec<u8> {
    let mut numbers = found(database, sought);
    numbers.sort_unstable();
    numbers
}

#[test]
fn each_condition_leaves_what_meets_it() {
    let what = || vec!["what", "place"];
    each(|database| {
        let check = |conditions: Vec<Condition>, expected: &[u8]| {
            let said = format!("{conditions:?}");
            assert_eq!(numbers(database, &sought(station(8), conditions)), expected, "{said}");
        };
        check(vec![], &[1, 2, 3, 4, 5]);
        check(vec![Condition::Is("what", "a_b".into())], &[3]);
        check(vec![Condition::Is("what", "a%".into())], &[]);
        check(vec![Condition::Among("id", vec![id(1), id(4), id(6)])], &[1, 4]);
        check(vec![Condition::Among("id", vec![])], &[]);
        check(vec![Condition::Flag("counted", true)], &[1, 3, 5]);
        check(vec![Condition::Flag("counted", false)], &[2, 4]);
        check(vec![Condition::From("done_on", day("2024-06-21"))], &[2, 3, 4]);
        check(vec![Condition::Until("done_on", day("2024-06-21"))], &[1, 2]);
        let whole_day =
            [Condition::From("done_on", day("2024-06-22")), Condition::Until("done_on", day("2024-06-22"))];
        check(whole_day.to_vec(), &[3, 4]);
        check(vec![Condition::Lacks("done_on")], &[5]);
        check(vec![Condition::Contains(what(), "到场".into())], &[1, 2]);
        // What means something in a pattern stands for itself.
        check(vec![Condition::Contains(what(), "100%".into())], &[1]);
        check(vec![Condition::Contains(what(), "a_b".into())], &[3]);
        check(vec![Condition::Contains(what(), "!".into())], &[5]);
        check(vec![Condition::Contains(what(), "'; DROP TABLE deeds; --".into())], &[]);
        check(vec![Condition::Contains(what(), "AXB".into())], &[4]);
        check(vec![Condition::Contains(what(), "platz".into())], &[1, 2, 3, 4, 5]);
        check(vec![Condition::Contains(vec![], "到场".into())], &[]);
        let several = vec![
            Condition::Contains(what(), "b".into()),
            Condition::Flag("counted", false),
            Condition::From("done_on", day("2024-01-01")),
            Condition::Is("place", "Platz".into()),
        ];
        check(several, &[4]);
    });
}

#[test]
fn what_may_not_be_seen_is_not_listed() {
    each(|database| {
        let check = |within: Within, expected: &[u8]| {
            let said = format!("{within:?}");
            assert_eq!(numbers(database, &sought(within.clone(), vec![])), expected, "{said}");
            let read = |tx: &mut crate::Tx<'_>| Ok(Deed::visible(NOON, &within).load::<Deed>(tx.conn())?);
            let seen: DbResult<Vec<Deed>> = database.read(read);
            assert_eq!(seen.unwrap().len(), expected.len(), "{said}: the same as in every other list");
        };
        check(Within { everything: true, ..Within::default() }, &[1, 2, 3, 4, 5, 6]);
        check(Within::default(), &[]);
        check(station(9), &[6]);
        check(Within { areas: vec![id(80)], ..Within::default() }, &[5]);
        check(Within { communities: vec![id(81)], ..station(9) }, &[5, 6]);
        check(Within { areas: vec![id(1)], ..Within::default() }, &[]);
        // A condition does not widen it.
        let all = Condition::Contains(vec!["what"], String::new());
        assert_eq!(numbers(database, &sought(station(9), vec![all])), [6]);
    });
}

#[test]
fn a_list_has_an_order_and_pages() {
    each(|database| {
        let by_day = Sought {
            latest_by: Some("done_on"),
            conditions: vec![Condition::From("done_on", day("2024-01-01"))],
            ..sought(station(8), vec![])
        };
        let all = found(database, &by_day);
        assert_eq!(all[2..], [2, 1], "the latest first");
        let page = |offset, limit| {
            let read = |tx: &mut crate::Tx<'_>| by_day.ids(tx, offset, limit);
            database.read(read).unwrap()
        };
        let one_by_one: Vec<Id> = (0..4).flat_map(|n| page(n, 1)).collect();
        assert_eq!(one_by_one, page(0, 100), "ties stand in one order on every page");
        assert_eq!(page(4, 10), []);
    });
}

#[test]
fn a_list_is_of_what_was_known_at_a_moment() {
    each(|database| {
        let mut corrected = deed(1, "另一件", Some("2024-06-20"));
        corrected.counted = false;
        write(database, |tx| tx.correct("deeds.correct", &corrected)).unwrap();
        write(database, |tx| tx.withdraw::<Deed>("deeds.withdraw", id(2), "误记")).unwrap();
        let later = Moment::from_micros(NOON.micros() + 10);
        let counted = |at| Sought { at, ..sought(station(8), vec![Condition::Flag("counted", true)]) };
        assert_eq!(numbers(database, &counted(NOON)), [1, 3, 5]);
        assert_eq!(numbers(database, &counted(later)), [3, 5]);
        let all = |at| Sought { at, ..sought(station(8), vec![]) };
        assert_eq!(numbers(database, &all(NOON)), [1, 2, 3, 4, 5]);
        assert_eq!(numbers(database, &all(later)), [1, 3, 4, 5]);
    });
}
