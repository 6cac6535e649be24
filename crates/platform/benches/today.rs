//! Today's list of a station with 2,000 households and a year of visits, as whoever is signed in gets it: a worker who
//! answers for a hundred of them, and the manager who sees all. Each page is asked through the router: the login is read,
//! the scope settled, every next contact worked out, the page rendered. Signing in is not measured.
//!
//! Runs on SQLite, and on PostgreSQL where `KAPOK_TEST_POSTGRES` names a cluster: `bin/with-postgres cargo bench -p
//! platform --bench today`. `KAPOK_BENCH_HOUSEHOLDS` sets another number of households.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to measure")]

mod ground;

use chrono::Days;
use criterion::{Criterion, criterion_group, criterion_main};
use db::{Database, DbResult, Keys, Tx};
use ground::{COMMUNITIES, TODAY, day, id, seal, set, signed_in};
use kernel::Actor;
use platform::access::{Asker, Enter, Role, permit};
use platform::clients::{
    self, Clients, Household, LevelPeriod, Person, PersonCategory, Residence, ServiceLevel, Sex,
};
use platform::staff::{self, Staff, Worker};
use platform::visits::{FollowState, FollowUp, Visit, VisitKind, Visits};

const WORKERS: usize = 20;
/// Of a year: a household of any level is visited and called about as often as these.
const HOMES: usize = 8;
const CALLS: usize = 16;

fn households() -> usize {
    set("KAPOK_BENCH_HOUSEHOLDS", 2_000)
}

/// What a household brings along.
#[derive(Default)]
struct Rows {
    households: Vec<Household>,
    persons: Vec<Person>,
    categories: Vec<PersonCategory>,
    levels: Vec<LevelPeriod>,
    visits: Vec<Visit>,
    promises: Vec<FollowUp>,
}

fn household(rows: &mut Rows, keys: &Keys, n: usize) {
    let (household, opened_on) = (id("household", n), day("2020-01-06") + Days::new(n as u64 % 1400));
    let (station_id, area_id) = (id("station", 0), None);
    let (community_id, worker_id) = (Some(id("community", n % COMMUNITIES)), Some(id("worker", n % WORKERS)));
    rows.households.push(Household {
        id: household,
        station_id,
        area_id,
        community_id,
        worker_id,
        file_number: format!("CG-{n:05}"),
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
        station_id,
        area_id,
        community_id,
        worker_id,
        household_id: household,
        level: [ServiceLevel::One, ServiceLevel::Two, ServiceLevel::Three][n % 3],
        from_on: opened_on,
        to_on: None,
        reason: "独居".into(),
        regrade_due_on: None,
    });
    let person = id("person", n);
    rows.persons.push(Person {
        id: person,
        station_id,
        area_id,
        community_id,
        worker_id,
        household_id: household,
        name: format!("示例{n}"),
        sex: Sex::Female,
        born_on: day("1930-01-01") + Days::new((n * 7919 % 9_000) as u64),
        id_number: seal(keys, "persons.id_number", person, "440105193001010000"),
        id_number_hash: format!("hash {n}"),
        phone: Some(seal(keys, "persons.phone", person, "13800000000")),
        phone_tail_hash: None,
        filed_on: opened_on,
        closed_on: None,
        relation: Some("head".into()),
        platform_id: None,
        care: Some("independent".into()),
        marriage: None,
        subsidies: None,
        closed_reason: None,
    });
    rows.categories.push(PersonCategory {
        id: id("category", n),
        station_id,
        area_id,
        community_id,
        worker_id,
        person_id: person,
        household_id: household,
        category: ["elder_alone", "minimum_living"][n % 2].into(),
        from_on: opened_on,
        to_on: None,
    });
    for turn in 0..HOMES + CALLS {
        rows.visits.push(visit(n, turn, rows.households.last().unwrap()));
    }
    if n.is_multiple_of(5) {
        rows.promises.push(promise(n, rows.households.last().unwrap()));
    }
}

/// The visits of a household lie over the year in even steps, those of two households on different days.
fn visit(n: usize, turn: usize, of: &Household) -> Visit {
    let on = day("2024-01-01") + Days::new(((turn * 365 / (HOMES + CALLS)) + n % 14) as u64);
    Visit {
        id: id("visit", n * (HOMES + CALLS) + turn),
        station_id: of.station_id,
        area_id: None,
        community_id: of.community_id,
        worker_id: of.worker_id,
        household_id: of.id,
        person_id: id("person", n),
        kind: if turn.is_multiple_of(3) { VisitKind::Home } else { VisitKind::Phone },
        visited_on: on.min(day(TODAY)),
        minutes: 30,
        physical: "血压 152/88，按时服药".into(),
        psychological: "愿意聊天".into(),
        social: "邻居帮忙买菜".into(),
        follow_up: None,
        greeting_only: false,
        started_at: Some("14:05".into()),
        place: None,
        met: None,
        physical_state: None,
        psychological_state: None,
        social_state: None,
        seen: Some("用药、睡眠".into()),
        explained: None,
        risk: None,
        risk_kinds: None,
        joint_work_id: None,
    }
}

fn promise(n: usize, of: &Household) -> FollowUp {
    FollowUp {
        id: id("promise", n),
        station_id: of.station_id,
        area_id: None,
        community_id: of.community_id,
        worker_id: of.worker_id,
        household_id: of.id,
        person_id: id("person", n),
        visit_id: None,
        what: "联系社区医生看降压药".into(),
        due_on: day("2024-12-20") + Days::new(n as u64 % 30),
        state: FollowState::Open,
        settled_on: None,
        outcome: None,
    }
}

fn staffed(tx: &mut Tx<'_>) -> DbResult<()> {
    let station = id("station", 0);
    ground::station(tx, 0)?;
    let worker = |n: usize| Worker {
        id: id("worker", n),
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        name: format!("样本{n}"),
        role: staff::Role::Worker,
        in_field_since: day("2020-01-01"),
        joined_on: day("2021-01-01"),
        left_on: None,
        party_member: false,
    };
    permit::<Enter<Staff>>(&Asker::Console, station)?
        .append(tx, &(0..WORKERS).map(worker).collect::<Vec<_>>())
}

fn fill(database: &Database) {
    let station = id("station", 0);
    database.write(&Actor::Console, staffed).unwrap();
    for first in (0..households()).step_by(200) {
        let mut rows = Rows::default();
        for n in first..(first + 200).min(households()) {
            household(&mut rows, database.keys(), n);
        }
        let write = |tx: &mut Tx<'_>| -> DbResult<()> {
            let clients = permit::<Enter<Clients>>(&Asker::Console, station)?;
            clients.append(tx, &rows.households)?;
            clients.append(tx, &rows.persons)?;
            clients.append(tx, &rows.categories)?;
            clients.append(tx, &rows.levels)?;
            let visits = permit::<Enter<Visits>>(&Asker::Console, station)?;
            visits.append(tx, &rows.visits)?;
            visits.append(tx, &rows.promises)
        };
        database.write(&Actor::Console, write).unwrap();
    }
    let index = |tx: &mut Tx<'_>| clients::index_station(tx, station);
    database.write(&Actor::Console, index).unwrap();
}

fn pages(c: &mut Criterion, database: &Database, on: &str) {
    fill(database);
    let here = Some(id("station", 0));
    let worker = signed_in(database, "worker", (Role::Worker, here), Some(id("worker", 7)));
    let manager = signed_in(database, "manager", (Role::StationManager, here), None);
    let file = format!("/visits/record/{}", id("household", 7));
    let mut group = c.benchmark_group(format!("today/{on}"));
    group.sample_size(10);
    for (name, who, path) in [
        ("list of a worker", &worker, "/today"),
        ("list of a worker, by route", &worker, "/today?order=route"),
        ("list of the whole station", &manager, "/today"),
        ("what is due in the station", &manager, "/visits/due"),
        ("where the manager arrives", &manager, "/"),
        ("the form of a visit", &worker, &file),
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
