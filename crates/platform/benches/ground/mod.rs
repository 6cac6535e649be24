//! What the benchmarks of pages stand on: ids, sealed values, a station with its communities, somebody signed in, both
//! databases.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::NaiveDate;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use db::{Database, DbResult, Keys, Sealed, Tx, testing};
use kernel::{Actor, Clock, Id};
use platform::access::{self, Asker, Enter, NewGrant, Reach, Role, permit};
use platform::areas::{Areas, Community, Station};
use platform::library::Library;
use platform::shell::Site;
use web::testing::Client;

/// The day on which pages are asked for.
pub const TODAY: &str = "2024-12-31";
/// How many communities a station has.
pub const COMMUNITIES: usize = 15;
const PASSWORD: &str = "a sentence for the benchmark";

/// A number for a kind of record.
pub fn id(kind: &str, n: usize) -> Id {
    Id::derived(0, &[kind.as_bytes(), &n.to_be_bytes()])
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A number out of the environment.
pub fn set(variable: &str, usually: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usually)
}

pub fn seal(keys: &Keys, column: &str, row: Id, text: &str) -> Sealed<String> {
    Sealed::new(keys, column, &row, text).unwrap()
}

/// A station with its communities.
pub fn station(tx: &mut Tx<'_>, n: usize) -> DbResult<()> {
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
        latitude_e6: Some(23_090_000),
        longitude_e6: Some(113_270_000),
    };
    areas.append(tx, &(0..COMMUNITIES).map(community).collect::<Vec<_>>())
}

/// Somebody signed in with a role in one station, or in all.
pub fn signed_in(
    database: &Database,
    name: &str,
    (role, station): (Role, Option<Id>),
    worker: Option<Id>,
) -> Client {
    let kept = access::kept_password(PASSWORD).unwrap();
    let write = |tx: &mut Tx<'_>| -> DbResult<()> {
        let user = access::sample_user(tx, name, "示例甲", worker, None, &kept)?;
        let grant = NewGrant {
            role,
            reach: if station.is_some() { Reach::Station } else { Reach::City },
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
        today: day(TODAY),
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

/// Measures a page, which must be there.
pub fn page(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, who: &Client, path: &str) {
    let first = who.get(path);
    assert_eq!(first.status, StatusCode::OK, "{name}: {}", first.body);
    group.bench_function(name, |bench| bench.iter(|| who.get(path)));
}

/// Runs on SQLite, and on PostgreSQL where `KAPOK_TEST_POSTGRES` names a cluster.
pub fn on_both(c: &mut Criterion, pages: impl Fn(&mut Criterion, &Database, &str)) {
    let fresh = testing::sqlite(Clock::System);
    pages(c, &fresh.database, "sqlite");
    if std::env::var_os("KAPOK_TEST_POSTGRES").is_some() {
        let fresh = testing::postgres(Clock::System);
        pages(c, &fresh.database, "postgres");
    }
}
