//! Words find what they should and nothing else, whatever is typed, on both databases.

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::{QueryableByName, sql_query};
use kernel::{Clock, Id};

use super::{Entry, Word};
use crate::tests::{NOON, id, write};
use crate::{Database, Place, testing};

fn each(test: impl Fn(&Database)) {
    testing::each(Clock::Fixed(NOON), |fresh| test(&fresh.database));
}

fn entry(record: u8, station: u8, terms: &[&str]) -> Entry {
    Entry {
        record_id: id(record),
        station_id: id(station),
        terms: terms.iter().map(|t| (*t).into()).collect(),
    }
}

fn people(database: &Database) {
    let people = [
        entry(1, 8, &["示例甲", "shilijia", "slj", "CG-2024-0001"]),
        entry(2, 8, &["样本乙", "yangbenyi", "ybyi", "CG-2024-0002"]),
        entry(3, 9, &["示例丙", "shilibing", "slb", "南石头街 12 号", "𠮷屋"]),
        entry(4, 9, &["甲示", "例"]),
    ];
    write(database, |tx| tx.index_many("person", &people)).unwrap();
    write(database, |tx| tx.index("household", id(5), id(9), &["示例甲".into()])).unwrap();
}

fn find(database: &Database, words: &[Word], stations: Option<&[Id]>) -> Vec<Id> {
    let mut found = database.read(|tx| tx.search("person", words, stations, 50)).unwrap();
    found.sort();
    found
}

fn ids(numbers: &[u8]) -> Vec<Id> {
    let mut ids: Vec<Id> = numbers.iter().map(|n| id(*n)).collect();
    ids.sort();
    ids
}

#[test]
fn words_find_what_they_stand_for() {
    each(|database| {
        people(database);
        let long = "长".repeat(3500);
        let run = "a".repeat(10_000);
        for (typed, expected) in [
            ("示例", &[1, 3][..]),
            ("示例甲", &[1]),
            ("例甲", &[1]),
            ("甲示例", &[]),
            ("甲", &[1, 4]),
            ("示 甲", &[1, 4]),
            ("shili", &[1, 3]),
            ("SHILIJ", &[1]),
            ("ｓｈｉｌｉｊ", &[1]),
            ("hili", &[]),
            ("cg-2024-0001", &[1]),
            ("cg-2024-00", &[1, 2]),
            ("2024", &[1, 2]),
            ("石头街12", &[3]),
            ("示例　slj", &[1]),
            ("示例 ybyi", &[]),
            ("𠮷", &[3]),
            ("", &[]),
            ("  \t\n", &[]),
            ("😀", &[]),
            ("😀 示例甲", &[1]),
            ("示例甲\0", &[1]),
            ("\"示例甲\"", &[1]),
            ("示例甲' OR '1'='1", &[]),
            ("示例甲 -- ", &[1]),
            ("terms:示例甲*", &[]),
            ("NEAR(示 甲)", &[]),
            ("(示例甲", &[1]),
            ("示例甲 & !样本", &[]),
            ("示例甲:*", &[1]),
            ("\\", &[]),
            ("kperson", &[]),
            ("z", &[]),
            (&long, &[]),
            (&run, &[]),
        ] {
            assert_eq!(find(database, &Word::parse(typed), None), ids(expected), "{typed:.40}");
        }
        let whole = [Word::phrase("shili")];
        assert_eq!(find(database, &whole, None), []);
    });
}

#[test]
fn a_scope_a_kind_and_a_limit_narrow() {
    each(|database| {
        people(database);
        let words = Word::parse("示例");
        let many: Vec<Id> = (10..200).map(id).chain([id(9)]).collect();
        for (stations, expected) in [
            (None, &[1, 3][..]),
            (Some(&[id(9)][..]), &[3]),
            (Some(&[id(8), id(9)]), &[1, 3]),
            (Some(&many), &[3]),
            (Some(&[]), &[]),
            (Some(&[id(7)]), &[]),
        ] {
            assert_eq!(find(database, &words, stations), ids(expected));
        }
        let search =
            |kind: &str, limit| database.read(|tx| tx.search(kind, &words, None, limit)).unwrap().len();
        assert_eq!(
            [search("person", 1), search("person", -1), search("household", 9), search("case_plan", 9)],
            [1, 0, 1, 0]
        );
    });
}

#[test]
fn indexing_again_replaces_and_unindexing_forgets() {
    each(|database| {
        people(database);
        write(database, |tx| tx.index_many("person", &[entry(1, 8, &["旧名"]), entry(1, 9, &["假设丁"])]))
            .unwrap();
        let check = |typed: &str, stations: Option<&[Id]>, expected: &[u8]| {
            assert_eq!(find(database, &Word::parse(typed), stations), ids(expected), "{typed}");
        };
        check("示例", None, &[3]);
        check("旧名", None, &[]);
        check("假设丁", Some(&[id(9)]), &[1]);
        write(database, |tx| tx.unindex("person", id(1))).unwrap();
        check("假设丁", None, &[]);
        write(database, |tx| tx.unindex("person", id(77))).unwrap();
        write(database, |tx| tx.index("person", id(2), id(8), &[])).unwrap();
        check("样本乙", None, &[]);
        write(database, |tx| tx.index("person", id(2), id(8), &["字".repeat(10_000), "\0😀".into()]))
            .unwrap();
        check("字字", None, &[2]);
    });
}

#[derive(QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

/// PostgreSQL's parser takes every token as one word, in a cluster of any language.
#[test]
fn postgres_keeps_every_token_in_any_language() {
    let server = std::env::var("KAPOK_TEST_POSTGRES").unwrap();
    for (number, language) in ["C", "C.UTF-8"].into_iter().enumerate() {
        let name = format!("kapok_words_{number}_{}", std::process::id());
        let mut conn =
            <crate::AnyConnection as diesel::Connection>::establish(&format!("{server}/postgres")).unwrap();
        conn.batch_execute(&format!(
            "CREATE DATABASE {name} LC_CTYPE '{language}' LC_COLLATE '{language}' TEMPLATE template0"
        ))
        .unwrap();
        let place = Place::Url(format!("{server}/{name}"));
        let database =
            Database::open(&place, crate::Keys::new(testing::TEST_KEY), Clock::Fixed(NOON)).unwrap();
        people(&database);
        for (typed, expected) in
            [("示例", &[1, 3][..]), ("例甲", &[1]), ("shilij", &[1]), ("𠮷", &[3]), ("cg-2024-0002", &[2])]
        {
            assert_eq!(find(&database, &Word::parse(typed), None), ids(expected), "{typed} in {language}");
        }
        let awkward =
            entry(6, 9, &["1e5 0x1F 3.14 a@b.cn e1e1 00 007 9e9e9 http://a.b/c?d ＡＢ１ é ü ß 한 ア"]);
        write(&database, |tx| tx.index_many("person", &[awkward])).unwrap();
        let sql = "SELECT terms || '|' || (SELECT string_agg(lexeme, ' ' ORDER BY position) \
                   FROM (SELECT lexeme, unnest(positions) AS position FROM unnest(vector)) AS words) AS text FROM search_entries";
        let rows: Vec<Text> =
            database.read(|tx| Ok::<_, crate::DbError>(sql_query(sql).load(tx.conn())?)).unwrap();
        assert_eq!(rows.len(), 6);
        for row in rows {
            let (tokens, lexemes) = row.text.split_once('|').unwrap();
            assert_eq!(tokens, lexemes, "in {language}");
        }
    }
}

#[test]
fn what_was_indexed_long_ago_is_found_behind_many_newer_entries() {
    each(|database| {
        let mut entries: Vec<Entry> = (1..=60).map(|record| entry(record, 8, &["丙"])).collect();
        entries[0].terms = vec!["示例甲".into()];
        entries[2].terms = vec!["示例乙".into()];
        entries[58].terms = vec!["示例丁".into()];
        // One after the other: many at once are entered in the order of their ids.
        for one in &entries {
            write(database, |tx| tx.index_many("person", std::slice::from_ref(one))).unwrap();
        }
        let newest = |word: &str, limit| {
            let words = Word::parse(word);
            database.read(|tx| tx.search("person", &words, None, limit)).unwrap()
        };
        assert_eq!(newest("示例", 1), [id(59)]);
        assert_eq!(newest("示例", 2), [id(59), id(3)]);
        assert_eq!(newest("甲", 1), [id(1)]);
        assert_eq!(newest("示例", 0), []);
    });
}
