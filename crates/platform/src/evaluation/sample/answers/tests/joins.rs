//! After closing, an adversary with the whole database: order, time and ids are tried as joins between answers and persons, and
//! the stored bytes are searched for what stood there while the survey was open. Each person answers in a way of their own, so
//! that the truth is known to the test.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};

use db::testing::{Fresh, each};
use db::{AnyConnection, Database, DbError, Place};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use kernel::Clock;

use super::*;
use crate::shell::tests::station::{NOW, fill};

/// So many persons are called and answer.
const PERSONS: u32 = 40;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(database: &Database, sqlite: &str, postgres: &str) -> Vec<String> {
    let read = database.read(|tx| {
        let sql = match tx.conn() {
            AnyConnection::Sqlite(_) => sqlite,
            AnyConnection::Postgres(_) => postgres,
        };
        let all: Vec<Line> = sql_query(sql).load(tx.conn())?;
        Ok::<_, DbError>(all)
    });
    read.unwrap().into_iter().map(|line| line.line).collect()
}

fn both(database: &Database, sql: &str) -> Vec<String> {
    lines(database, sql, sql)
}

/// The files of the database as they lie there, the log of SQLite too; of PostgreSQL those of the sealed answers.
fn stored(fresh: &Fresh) -> Vec<u8> {
    match &fresh.place {
        Place::File(path) => {
            let log = path.with_file_name("kapok.db-wal");
            [std::fs::read(path).unwrap(), std::fs::read(log).unwrap_or_default()].concat()
        }
        Place::Url(_) => {
            let sql = "SELECT encode(pg_read_binary_file(pg_relation_filepath(oid::regclass)), 'hex') AS line \
                       FROM pg_class WHERE relname = 'survey_boxes' \
                       OR oid = (SELECT reltoastrelid FROM pg_class WHERE relname = 'survey_boxes')";
            let hex = lines(&fresh.database, "", sql).concat();
            let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            (0..hex.len()).step_by(2).map(pair).collect()
        }
    }
}

/// What stands sealed, as bytes.
fn content(database: &Database) -> Vec<u8> {
    let hex = lines(
        database,
        "SELECT lower(hex(content)) AS line FROM survey_boxes",
        "SELECT encode(content, 'hex') AS line FROM survey_boxes",
    );
    assert_eq!(hex.len(), 1, "one sealed value for a round, no row of an answer");
    (0..hex[0].len()).step_by(2).map(|at| u8::from_str_radix(&hex[0][at..at + 2], 16).unwrap()).collect()
}

/// How many pieces of what was written stand among the stored bytes.
fn pieces(stored: &[u8], written: &[Vec<u8>]) -> usize {
    let known: HashSet<&[u8]> = written.iter().flat_map(|one| one.chunks_exact(16).step_by(3)).collect();
    stored.windows(16).filter(|window| known.contains(window)).count()
}

/// The answers of the person who is called in this place: no two answer alike.
fn own(place: u32) -> Vec<(&'static str, String)> {
    let half = |points: u32| (points / 2, points - points / 2);
    let (solved, abilities) = (half(2 + place % 9), half(2 + place / 9));
    let points = [
        ("q_listened", solved.0),
        ("q_helped", solved.1),
        ("q_knows_ways", abilities.0),
        ("q_manages", abilities.1),
        ("q_somebody_there", 4),
        ("q_neighbours", 4),
    ];
    let care = if wishes(place) { "yes" } else { "no" };
    let points = points.into_iter().map(|(field, points)| (field, points.to_string()));
    points.chain([("q_more_care", care.to_owned())]).collect()
}

/// Whether the person called in this place wishes for more care.
fn wishes(place: u32) -> bool {
    place % 4 == 1
}

/// How far one order gives the other away: the most places that agree when the one is turned against the other, and the
/// rank correlation in thousandths.
fn told(order: &[u32], other: &[u32]) -> (usize, i64) {
    let n = i64::try_from(order.len()).unwrap();
    let rank: BTreeMap<u32, i64> = (0..).zip(other).map(|(rank, place)| (*place, rank)).collect();
    let turned = |by: usize| order.iter().cycle().skip(by).zip(other).filter(|(one, other)| one == other);
    let hits = (0..order.len()).map(|by| turned(by).count()).max().unwrap_or(0);
    let squares: i64 = (0..).zip(order).map(|(at, place)| (at - rank[place]) * (at - rank[place])).sum();
    (hits, 1000 - 6000 * squares / (n * (n * n - 1)))
}

#[test]
fn nothing_stored_joins_an_answer_to_a_person() {
    let begin = NOW.now().micros();
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(begin)));
    each(Clock::Manual(micros), |fresh| {
        micros.store(begin, Ordering::SeqCst);
        let database = &fresh.database;
        fill(database, 1, "yizhan", 3);
        pass(micros);
        let (runs, _) = called(database, micros, &usual(PERSONS));
        let all = drawn(database);
        let (mut codes, mut versions) = (Vec::new(), Vec::new());
        for (place, one) in (0..).zip(&all) {
            let own = own(place);
            let own: Vec<(&str, &str)> =
                own.iter().map(|(field, points)| (*field, points.as_str())).collect();
            codes.push(answers(&runs, one.id, &filled("4", &own)).replace('-', ""));
            versions.push(content(database));
        }
        // While it is open the sealed answers stand there; closing takes every version of them away.
        if let Place::Url(_) = fresh.place {
            let checkpoint =
                |tx: &mut db::Tx<'_>| Ok::<_, DbError>(sql_query("CHECKPOINT").execute(tx.conn()).map(drop)?);
            database.write(&kernel::Actor::Console, checkpoint).unwrap();
        }
        let before = stored(fresh);
        assert!(pieces(&before, &versions[versions.len() - 1..]) > 20, "the search finds what is there");
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        let after = stored(fresh);
        assert_eq!(pieces(&after, &versions), 0, "nothing of what stood sealed is left");
        codes_are_gone(database, &after, &codes);
        no_order(database, &all, &codes);
        no_wish(database);
        no_time_and_no_id(database, &all);
    });
}

/// The codes are in no table, in clear, and in no byte.
fn codes_are_gone(database: &Database, after: &[u8], codes: &[String]) {
    let tables = every_row(database, &[]);
    for code in codes {
        assert!(!tables.iter().any(|row| row.contains(code.as_str())), "a code stands in a table");
    }
    let codes: HashSet<&[u8]> = codes.iter().map(|code| code.as_bytes()).collect();
    let length = codes.iter().map(|code| code.len()).min().unwrap();
    assert!(codes.iter().all(|code| code.len() == length));
    assert!(!after.windows(length).any(|window| codes.contains(window)), "a code stands in the files");
}

/// By no order of the stored answers and no order of the calls better than chance: of forty one place agrees on average, at
/// whatever distance, and the rank correlation has a deviation of 0.16.
fn no_order(database: &Database, all: &[Drawn], codes: &[String]) {
    let columns =
        "CAST(a.problem_solved AS TEXT) || ' ' || CAST(a.abilities AS TEXT) AS line FROM survey_answers a";
    let by = |order: &str| format!("SELECT {columns} ORDER BY {order}");
    let register = |order: &str| format!("SELECT {columns} JOIN records r ON r.id = a.id ORDER BY {order}");
    let orders = [
        both(database, &by("a.id")),
        lines(database, &by("a.rowid"), &by("a.ctid")),
        lines(database, &register("r.rowid"), &register("r.ctid")),
        both(database, &by("a.known_from, a.id")),
    ];
    let mut persons: Vec<Vec<u32>> = vec![(0..PERSONS).collect(), (0..PERSONS).rev().collect()];
    let mut sorted: Vec<u32> = (0..PERSONS).collect();
    sorted.sort_by_key(|place| all[*place as usize].person_id);
    persons.push(sorted.clone());
    sorted.sort_by_key(|place| all[*place as usize].pseudonym.clone());
    persons.push(sorted.clone());
    sorted.sort_by_key(|place| all[*place as usize].id);
    persons.push(sorted.clone());
    // The order in which they stood sealed.
    sorted.sort_by_key(|place| codes[*place as usize].clone());
    persons.push(sorted);
    for order in &orders {
        let order: Vec<u32> = order.iter().map(|line| place_of(line)).collect();
        assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), PERSONS as usize, "the truth is known");
        for other in &persons {
            let (hits, correlation) = told(&order, other);
            assert!(hits < 12 && correlation.abs() < 650, "{hits} places agree, correlation {correlation}");
        }
    }
    // The measure sees an order where there is one.
    assert_eq!(told(&persons[0], &persons[0]), (PERSONS as usize, 1000));
    assert_eq!(told(&persons[0], &persons[1]).1, -1000);
    let turned: Vec<u32> = (0..PERSONS).map(|place| (place + 13) % PERSONS).collect();
    assert_eq!(told(&turned, &persons[0]).0, PERSONS as usize);
}

/// Those who wish for more care may have said so to somebody: the mark stands with other answers than theirs.
fn no_wish(database: &Database) {
    let columns = "CAST(problem_solved AS TEXT) || ' ' || CAST(abilities AS TEXT) AS line";
    let marked = format!("SELECT {columns} FROM survey_answers WHERE wants_more_care ORDER BY 1");
    let marked: BTreeSet<u32> = both(database, &marked).iter().map(|line| place_of(line)).collect();
    let truth: BTreeSet<u32> = (0..PERSONS).filter(|place| wishes(*place)).collect();
    assert_eq!(marked.len(), truth.len(), "as many as wish for it");
    assert_ne!(marked, truth, "but not theirs");
}

/// The person who gave an answer, from its points.
fn place_of(line: &str) -> u32 {
    let (solved, abilities) = line.split_once(' ').unwrap();
    let points = |text: &str| text.parse::<u32>().unwrap() - 2;
    points(solved) + 9 * points(abilities)
}

/// All answers have one moment, one day and one transaction; their ids hold no time and stand nowhere else, and nothing of the
/// calls stands with them.
fn no_time_and_no_id(database: &Database, all: &[Drawn]) {
    let one = |sql: &str| both(database, sql).into_iter().collect::<BTreeSet<_>>().len();
    assert_eq!(one("SELECT CAST(known_from AS TEXT) AS line FROM survey_answers"), 1);
    assert_eq!(one("SELECT CAST(answered_on AS TEXT) AS line FROM survey_answers"), 1);
    let transactions =
        lines(database, "SELECT '1' AS line", "SELECT DISTINCT xmin::text AS line FROM survey_answers");
    assert_eq!(transactions.len(), 1);
    let ids = both(database, "SELECT id AS line FROM survey_answers");
    assert!(ids.iter().all(|id| id.as_bytes()[14] == b'4'), "random ids, which hold no time: {ids:?}");
    let elsewhere = every_row(database, &["survey_answers", "records"]);
    for id in &ids {
        assert!(
            !elsewhere.iter().any(|row| row.contains(id.as_str())),
            "an answer's id stands in another table"
        );
    }
    let answers = every_row(database, &[]);
    let answers: Vec<&String> =
        answers.iter().filter(|row| ids.iter().any(|id| row.contains(id.as_str()))).collect();
    let submitted = both(database, "SELECT id AS line FROM submissions");
    assert!(submitted.len() >= 2 * PERSONS as usize, "keys of forms are kept, and lead nowhere");
    let calls = both(database, "SELECT id AS line FROM sample_calls");
    let of_persons =
        all.iter().flat_map(|one| [one.id.to_string(), one.person_id.to_string(), one.pseudonym.clone()]);
    for key in of_persons.chain(submitted).chain(calls) {
        assert!(!answers.iter().any(|row| row.contains(&key)), "{key} stands with an answer");
    }
    let lines = database.read(|tx| {
        let query = db::AuditQuery { chains: Some(vec![id(1, 0)]), limit: 1_000, ..Default::default() };
        tx.audit_search(&query)
    });
    let lines = lines.unwrap().0;
    let of_answers: Vec<_> = lines.iter().filter(|entry| entry.line.kind == "survey_answer").collect();
    assert_eq!(of_answers.len(), 1, "one line for all of them");
    let line = &of_answers[0].line;
    assert_eq!((line.records, line.record_id, line.detail.is_none()), (i64::from(PERSONS), None, true));
}

/// Every row of every table but these, as text.
fn every_row(database: &Database, but: &[&str]) -> Vec<String> {
    let tables = lines(
        database,
        "SELECT name AS line FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
        "SELECT relname::text AS line FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
    );
    let mut rows = Vec::new();
    for table in tables.iter().filter(|table| !but.contains(&table.as_str())) {
        let columns = lines(
            database,
            &format!("SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')"),
            "SELECT 't::text' AS line",
        );
        let text = columns.join(" || ' ' || ");
        rows.extend(both(database, &format!("SELECT {text} AS line FROM \"{table}\" t")));
    }
    rows
}
