//! Finding one of 100,000 persons by a two-character name or the beginning of its pinyin. Runs on SQLite, and on
//! PostgreSQL where `KAPOK_TEST_POSTGRES` names a cluster: `bin/with-postgres cargo bench -p db --features testing`.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to measure")]

use criterion::{Criterion, criterion_group, criterion_main};
use db::search::{Entry, Word};
use db::{Database, DbResult, testing};
use kernel::{Actor, Clock, Id, Moment};

const PERSONS: u32 = 100_000;
const SURNAMES: [(&str, &str); 12] = [
    ("示", "shi"),
    ("样", "yang"),
    ("假", "jia"),
    ("例", "li"),
    ("试", "shi"),
    ("甲", "jia"),
    ("乙", "yi"),
    ("丙", "bing"),
    ("丁", "ding"),
    ("戊", "wu"),
    ("己", "ji"),
    ("庚", "geng"),
];
const GIVEN: [(&str, &str); 20] = [
    ("一", "yi"),
    ("二", "er"),
    ("三", "san"),
    ("四", "si"),
    ("五", "wu"),
    ("六", "liu"),
    ("七", "qi"),
    ("八", "ba"),
    ("九", "jiu"),
    ("十", "shi"),
    ("东", "dong"),
    ("南", "nan"),
    ("西", "xi"),
    ("北", "bei"),
    ("中", "zhong"),
    ("春", "chun"),
    ("夏", "xia"),
    ("秋", "qiu"),
    ("冬", "dong"),
    ("天", "tian"),
];

fn person(n: u32) -> Entry {
    let mixed = n.wrapping_mul(2_654_435_761) as usize;
    let (surname, first, second) = (SURNAMES[mixed % 12], GIVEN[mixed / 12 % 20], GIVEN[mixed / 240 % 20]);
    let short = (mixed / 4800).is_multiple_of(3);
    let (name, pinyin) = if short {
        (format!("{}{}", surname.0, first.0), format!("{}{}", surname.1, first.1))
    } else {
        (format!("{}{}{}", surname.0, first.0, second.0), format!("{}{}{}", surname.1, first.1, second.1))
    };
    let number = |n: u32| Id::derived(0, &[&n.to_be_bytes()]);
    let terms = vec![name, pinyin, format!("CG-{n:06}"), format!("东街 {} 号", n % 97)];
    Entry { record_id: number(n), station_id: number(1_000_000 + n % 20), terms }
}

fn search(c: &mut Criterion, database: &Database, on: &str) {
    let write = |tx: &mut db::Tx<'_>| -> DbResult<()> {
        let all: Vec<Entry> = (0..PERSONS).map(person).collect();
        tx.index_many("person", &all)
    };
    database.write(&Actor::Console, write).unwrap();
    let station = [person(0).station_id];
    let rare = person(77_777).terms[2].clone();
    let mut group = c.benchmark_group(format!("search/{on}"));
    group.sample_size(20);
    for (name, typed, stations) in [
        ("two characters", "示南", None),
        ("two characters, one station", "示南", Some(&station[..])),
        ("one surname", "示", None),
        ("three characters", "示南春", None),
        ("pinyin begun", "shi", None),
        ("pinyin longer", "shinanch", None),
        ("pinyin, one station", "shinan", Some(&station[..])),
        ("file number", &rare, None),
        ("character and pinyin", "南 bing", None),
        ("nobody", "庚辛", None),
    ] {
        let words = Word::parse(typed);
        let look = || -> DbResult<Vec<Id>> { database.read(|tx| tx.search("person", &words, stations, 50)) };
        group.bench_function(name, |b| b.iter(|| look().unwrap()));
    }
    group.finish();
}

fn both(c: &mut Criterion) {
    let clock = Clock::Fixed(Moment::from_micros(0));
    let fresh = testing::sqlite(clock);
    search(c, &fresh.database, "sqlite");
    if std::env::var_os("KAPOK_TEST_POSTGRES").is_some() {
        let fresh = testing::postgres(clock);
        search(c, &fresh.database, "postgres");
    }
}

criterion_group!(benches, both);
criterion_main!(benches);
