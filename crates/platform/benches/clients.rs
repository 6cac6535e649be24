//! The pages of household files at 100,000 persons in twenty stations, as whoever is signed in gets them: the list of
//! one station and of all, narrowed, searched, and a file. Each is asked through the router: the login is read, the
//! scope settled, the page rendered. Signing in is not measured.
//!
//! Runs on SQLite, and on PostgreSQL where `KAPOK_TEST_POSTGRES` names a cluster: `bin/with-postgres cargo bench -p
//! platform`. `KAPOK_BENCH_PERSONS` sets another number of persons.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to measure")]

mod ground;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use db::{Database, DbResult, Keys, Tx};
use ground::{COMMUNITIES, day, id, seal, set, signed_in};
use kernel::Actor;
use platform::access::{Asker, Enter, Role, permit};
use platform::clients::{
    self, Clients, Household, LevelPeriod, Person, PersonCategory, Residence, ServiceLevel, Sex,
};
use platform::visits::{Visit, VisitKind, Visits};
use rules::identity::check_digit;

const STATIONS: usize = 20;
/// Of ten persons four live with somebody who has a file.
const PERSONS_OF_TEN_HOUSEHOLDS: usize = 14;
const VISITS: usize = 3;
const SURNAMES: [&str; 12] = ["示", "样", "假", "例", "试", "甲", "乙", "丙", "丁", "戊", "己", "庚"];
const GIVEN: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "东", "南", "西", "北", "中", "春", "夏",
    "秋", "冬", "天",
];

fn persons() -> usize {
    set("KAPOK_BENCH_PERSONS", 100_000)
}

/// What a station's records are written in.
#[derive(Default)]
struct Rows {
    households: Vec<Household>,
    persons: Vec<Person>,
    categories: Vec<PersonCategory>,
    levels: Vec<LevelPeriod>,
    visits: Vec<Visit>,
}

/// The persons of a station, with their households and all that a file shows.
fn rows(keys: &Keys, station: usize, persons: usize) -> Rows {
    let mut rows = Rows::default();
    let per_station = persons / STATIONS;
    let first = station * per_station;
    for n in 0..per_station {
        let number = n * 10 / PERSONS_OF_TEN_HOUSEHOLDS;
        if rows.households.last().is_none_or(|last| last.id != id("household", first + number)) {
            household(&mut rows, keys, station, (first + number, number));
        }
        person(&mut rows, keys, station, first + n);
    }
    rows
}

fn household(rows: &mut Rows, keys: &Keys, station: usize, (n, number): (usize, usize)) {
    let (household, opened_on) = (id("household", n), day("2020-01-06") + Days::new(n as u64 % 1500));
    let community_id = Some(id("community", station * COMMUNITIES + n % COMMUNITIES));
    rows.households.push(Household {
        id: household,
        station_id: id("station", station),
        area_id: None,
        community_id,
        worker_id: None,
        file_number: format!("CG-{station:02}-{number:05}"),
        building: format!("东街 {} 号", n % 197),
        door: seal(keys, "households.door", household, "301 房"),
        residence: Residence::Present,
        opened_on,
        closed_on: None,
        platform_id: None,
        housing: None,
        closed_reason: None,
    });
    rows.levels.push(LevelPeriod {
        id: id("level", n),
        station_id: id("station", station),
        area_id: None,
        community_id,
        worker_id: None,
        household_id: household,
        level: [ServiceLevel::One, ServiceLevel::Two, ServiceLevel::Three][n % 3],
        from_on: opened_on,
        to_on: None,
        reason: "独居".into(),
        regrade_due_on: None,
    });
}

/// A number that follows from another and does not look like it.
fn mixed(n: usize) -> usize {
    u32::try_from(n).unwrap().wrapping_mul(2_654_435_761) as usize
}

fn born_on(n: usize) -> NaiveDate {
    day("1930-01-01") + Days::new(mixed(n) as u64 % 20_000)
}

fn id_number(n: usize) -> String {
    let first = format!("440105{}{:03}", born_on(n).format("%Y%m%d"), n % 1000);
    format!("{first}{}", check_digit(&first).unwrap())
}

fn person(rows: &mut Rows, keys: &Keys, station: usize, n: usize) {
    let Some(household) = rows.households.last().cloned() else { return };
    let mixed = mixed(n);
    let (person, head) =
        (id("person", n), rows.persons.last().is_none_or(|p| p.household_id != household.id));
    let (born_on, number) = (born_on(n), id_number(n));
    let phone = format!("138{n:08}");
    let shown = [SURNAMES[mixed % 12], GIVEN[mixed / 12 % 20], GIVEN[mixed / 240 % 20]];
    rows.persons.push(Person {
        id: person,
        station_id: household.station_id,
        area_id: None,
        community_id: household.community_id,
        worker_id: None,
        household_id: household.id,
        name: shown[..2 + mixed / 4800 % 2].concat(),
        sex: Sex::Female,
        born_on,
        id_number: seal(keys, "persons.id_number", person, &number),
        id_number_hash: clients::id_number_hash(keys, &number),
        phone: Some(seal(keys, "persons.phone", person, &phone)),
        phone_tail_hash: Some(clients::phone_tail_hash(keys, id("station", station), &phone)),
        filed_on: household.opened_on,
        closed_on: None,
        relation: Some(if head { "head" } else { "spouse" }.into()),
        platform_id: None,
        care: Some("independent".into()),
        marriage: None,
        subsidies: None,
        closed_reason: None,
    });
    rows.categories.push(PersonCategory {
        id: id("category", n),
        station_id: household.station_id,
        area_id: None,
        community_id: household.community_id,
        worker_id: None,
        person_id: person,
        household_id: household.id,
        category: ["elder_alone", "minimum_living"][n % 2].into(),
        from_on: household.opened_on,
        to_on: None,
    });
    for visit in 0..VISITS {
        rows.visits.push(Visit {
            id: id("visit", n * VISITS + visit),
            station_id: household.station_id,
            area_id: None,
            community_id: household.community_id,
            worker_id: None,
            household_id: household.id,
            person_id: person,
            kind: if visit == 0 { VisitKind::Home } else { VisitKind::Phone },
            visited_on: day("2024-07-01") + Days::new((mixed + visit * 50) as u64 % 180),
            minutes: 30,
            physical: "血压平稳".into(),
            psychological: "情绪稳定".into(),
            social: "邻居常来".into(),
            follow_up: None,
            greeting_only: false,
            started_at: None,
            place: None,
            met: None,
            physical_state: None,
            psychological_state: None,
            social_state: None,
            seen: None,
            explained: None,
            risk: None,
            risk_kinds: None,
            joint_work_id: None,
        });
    }
}

/// Twenty stations and everybody in them.
fn fill(database: &Database) {
    let persons = persons();
    for station in 0..STATIONS {
        let rows = rows(database.keys(), station, persons);
        let at = id("station", station);
        let write = |tx: &mut Tx<'_>| -> DbResult<()> {
            ground::station(tx, station)?;
            let clients = permit::<Enter<Clients>>(&Asker::Console, at)?;
            clients.append(tx, &rows.households)?;
            clients.append(tx, &rows.persons)?;
            clients.append(tx, &rows.categories)?;
            clients.append(tx, &rows.levels)?;
            permit::<Enter<Visits>>(&Asker::Console, at)?.append(tx, &rows.visits)
        };
        database.write(&Actor::Console, write).unwrap();
        let index = |tx: &mut Tx<'_>| clients::index_station(tx, at);
        database.write(&Actor::Console, index).unwrap();
    }
}

fn pages(c: &mut Criterion, database: &Database, on: &str) {
    fill(database);
    let one = signed_in(database, "one", (Role::StationManager, Some(id("station", 7))), None);
    let all = signed_in(database, "all", (Role::StationManager, None), None);
    let community = format!("/clients?community={}", id("community", 7 * COMMUNITIES + 3));
    let file = format!("/clients/{}", id("household", 7 * (persons() / STATIONS) + 42));
    let asked = |text: &str| web::Target::new(&["clients"]).with("q", text).href();
    let mut group = c.benchmark_group(format!("clients/{on}"));
    group.sample_size(10);
    for (name, who, path) in [
        ("list, one station", &one, "/clients"),
        ("list, one station, one community", &one, &community),
        ("list, all stations", &all, "/clients"),
        ("list, all stations, twentieth page", &all, "/clients?page=20"),
        ("list, all stations, one community", &all, &community),
        ("search two characters, one station", &one, &asked("示南")),
        ("search two characters, all stations", &all, &asked("示南")),
        ("search one surname, all stations", &all, &asked("示")),
        ("search pinyin, all stations", &all, &asked("shinan")),
        ("search initials, all stations", &all, &asked("sn")),
        ("search identity number, all stations", &all, &asked(&id_number(4242))),
        ("search street and number, all stations", &all, &asked("东街 42 号")),
        ("search name and community, all stations", &all, &asked("示南 示例3社区")),
        ("search file number, all stations", &all, &asked("CG-07-00042")),
        ("search telephone tail, all stations", &all, &asked("0042")),
        ("search nobody, all stations", &all, &asked("庚辛")),
        ("file", &all, &file),
    ] {
        ground::page(&mut group, name, who, path);
    }
    group.finish();
}

fn both(c: &mut Criterion) {
    ground::on_both(c, pages);
}

criterion_group!(benches, both);
criterion_main!(benches);
