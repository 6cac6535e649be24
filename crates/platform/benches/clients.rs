//! The pages of household files at 100,000 persons in twenty stations, as whoever is signed in gets them: the list of
//! one station and of all, narrowed, searched, and a file. Each is asked through the router: the login is read, the
//! scope settled, the page rendered. Signing in is not measured.
//!
//! Runs on SQLite, and on PostgreSQL where `KAPOK_TEST_POSTGRES` names a cluster: `bin/with-postgres cargo bench -p
//! platform`. `KAPOK_BENCH_PERSONS` sets another number of persons.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to measure")]

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use db::{Database, DbResult, Keys, Sealed, Tx, testing};
use kernel::{Actor, Clock, Id};
use platform::access::{self, Asker, Enter, NewGrant, Reach, Role, permit};
use platform::areas::{Areas, Community, Station};
use platform::clients::{
    self, Clients, Household, LevelPeriod, Person, PersonCategory, Residence, ServiceLevel, Sex,
};
use platform::library::Library;
use platform::shell::Site;
use platform::visits::{Visit, VisitKind, Visits};
use web::testing::Client;

const STATIONS: usize = 20;
const COMMUNITIES: usize = 15;
/// Of ten persons four live with somebody who has a file.
const PERSONS_OF_TEN_HOUSEHOLDS: usize = 14;
const VISITS: usize = 3;
const SURNAMES: [&str; 12] = ["示", "样", "假", "例", "试", "甲", "乙", "丙", "丁", "戊", "己", "庚"];
const GIVEN: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "东", "南", "西", "北", "中", "春", "夏",
    "秋", "冬", "天",
];
const PASSWORD: &str = "a sentence for the benchmark";

/// A number for a kind of record.
fn id(kind: &str, n: usize) -> Id {
    Id::derived(0, &[kind.as_bytes(), &n.to_be_bytes()])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn persons() -> usize {
    std::env::var("KAPOK_BENCH_PERSONS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

fn seal(keys: &Keys, column: &str, row: Id, text: &str) -> Sealed<String> {
    Sealed::new(keys, column, &row, text).unwrap()
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

fn person(rows: &mut Rows, keys: &Keys, station: usize, n: usize) {
    let Some(household) = rows.households.last().cloned() else { return };
    let mixed = u32::try_from(n).unwrap().wrapping_mul(2_654_435_761) as usize;
    let (person, head) =
        (id("person", n), rows.persons.last().is_none_or(|p| p.household_id != household.id));
    let born_on = day("1930-01-01") + Days::new(mixed as u64 % 20_000);
    let number = format!("440105{}{:04}", born_on.format("%Y%m%d"), n % 10_000);
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
            ground(tx, station)?;
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

fn ground(tx: &mut Tx<'_>, n: usize) -> DbResult<()> {
    let station = id("station", n);
    let areas = permit::<Enter<Areas>>(&Asker::Console, station)?;
    let pseudonym_key = seal(tx.keys(), "stations.pseudonym_key", station, "a key of the benchmark");
    areas.append(
        tx,
        &[Station {
            id: station,
            station_id: station,
            area_id: None,
            community_id: None,
            worker_id: None,
            code: format!("s{n:02}"),
            name: format!("示例街社工服务站 {n}"),
            district: "示例区".into(),
            street: format!("示例街 {n}"),
            address: "示例路一号".into(),
            operated_since: day("2012-05-01"),
            pseudonym_key,
        }],
    )?;
    let community = |one: usize| Community {
        id: id("community", n * COMMUNITIES + one),
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: format!("c{one}"),
        name: format!("示例{one}社区"),
        position: i32::try_from(one).unwrap(),
        region_code: None,
        latitude_e6: None,
        longitude_e6: None,
    };
    areas.append(tx, &(0..COMMUNITIES).map(community).collect::<Vec<_>>())
}

/// Somebody signed in who sees one station, or all.
fn signed_in(database: &Database, name: &str, station: Option<Id>) -> Client {
    let kept = access::kept_password(PASSWORD).unwrap();
    let write = |tx: &mut Tx<'_>| -> DbResult<()> {
        let user = access::sample_user(tx, name, "示例甲", None, None, &kept)?;
        let reach = if station.is_some() { Reach::Station } else { Reach::City };
        let grant = NewGrant {
            role: Role::StationManager,
            reach,
            district: None,
            street: None,
            station,
            place: station,
            from_on: day("2020-01-01"),
            to_on: None,
        };
        access::grant(tx, user, &grant)?;
        Ok(())
    };
    database.write(&Actor::Console, write).unwrap();
    let client = Client::new(platform::router(Site {
        database: database.clone(),
        library: Arc::new(Library::load(None).unwrap()),
        today: day("2024-12-31"),
        sample_notice: None,
        address: None,
        report_dir: None,
        only_local: true,
        secure: false,
    }));
    let entered = client.post("/sign-in", &[("name", name), ("password", PASSWORD)]);
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    client.keep(&entered);
    client
}

fn pages(c: &mut Criterion, database: &Database, on: &str) {
    fill(database);
    let one = signed_in(database, "one", Some(id("station", 7)));
    let all = signed_in(database, "all", None);
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
        ("search file number, all stations", &all, &asked("CG-07-00042")),
        ("search telephone tail, all stations", &all, &asked("0042")),
        ("search nobody, all stations", &all, &asked("庚辛")),
        ("file", &all, &file),
    ] {
        let first = who.get(path);
        assert_eq!(first.status, StatusCode::OK, "{name}: {}", first.body);
        group.bench_function(name, |bench| bench.iter(|| who.get(path)));
    }
    group.finish();
}

fn both(c: &mut Criterion) {
    let fresh = testing::sqlite(Clock::System);
    pages(c, &fresh.database, "sqlite");
    if std::env::var_os("KAPOK_TEST_POSTGRES").is_some() {
        let fresh = testing::postgres(Clock::System);
        pages(c, &fresh.database, "postgres");
    }
}

criterion_group!(benches, both);
criterion_main!(benches);
