//! How often a page asks the database: as often for many records as for few.

use std::sync::Mutex;

use db::testing::{Fresh, sqlite};
use diesel::RunQueryDsl as _;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use web::testing::Client;

use super::station::{NOW, client, fill, id, site};
use crate::access::testing::{everywhere, signed_in};
use crate::access::{self, NewGrant, Reach, Role};

/// The database that is watched, and how many statements it was sent; other tests run beside it on others.
static WATCHED: Mutex<(String, usize)> = Mutex::new((String::new(), 0));
/// One test at a time watches.
static TURN: Mutex<()> = Mutex::new(());

fn counter() -> Option<Box<dyn Instrumentation>> {
    let mut place = String::new();
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut place),
        InstrumentationEvent::StartQuery { .. } => {
            let mut watched = WATCHED.lock().unwrap();
            if watched.0 == place {
                watched.1 += 1;
            }
        }
        _ => {}
    }))
}

/// How many statements a piece of work sends to a database that was made by `made`.
pub(crate) fn statements(made: impl FnOnce() -> Fresh, work: impl FnOnce(&Fresh, &dyn Fn())) -> usize {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    set_default_instrumentation(counter).unwrap();
    let fresh = made();
    let db::Place::File(path) = &fresh.place else { panic!("a file is watched") };
    let path = path.display().to_string();
    work(&fresh, &|| *WATCHED.lock().unwrap() = (path.clone(), 0));
    WATCHED.lock().unwrap().1
}

/// How many statements each of several pieces of work sends to one database: `work` is given what counts one of them.
pub(crate) fn each_counted<T>(
    made: impl FnOnce() -> Fresh,
    work: impl FnOnce(&Fresh, &dyn Fn(&mut dyn FnMut()) -> usize) -> T,
) -> T {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    set_default_instrumentation(counter).unwrap();
    let fresh = made();
    let db::Place::File(path) = &fresh.place else { panic!("a file is watched") };
    let path = path.display().to_string();
    work(&fresh, &|one| {
        *WATCHED.lock().unwrap() = (path.clone(), 0);
        one();
        WATCHED.lock().unwrap().1
    })
}

#[test]
fn a_page_asks_as_often_for_many_records_as_for_few() {
    let asked = |activities: u32, path: &str| {
        statements(
            || sqlite(NOW),
            |fresh, begin| {
                fill(&fresh.database, 4711, "zhan", activities);
                let client = client(&fresh.database);
                begin();
                assert!(client.get(path).status.is_success(), "{path}");
            },
        )
    };
    for path in ["/indicators", "/figures", "/figures/large_activities", "/reports", "/reports/zhan-mid"] {
        let (few, many) = (asked(3, path), asked(90, path));
        assert!(few > 2, "{path}: {few} statements");
        assert_eq!(few, many, "{path}");
    }
}

/// What whoever sees every station asks for: as often for many stations, accounts, roles, imports and lines as for few.
#[test]
fn a_page_over_all_stations_asks_as_often_for_many_as_for_few() {
    let asked = |stations: u32, role: Role, path: &str| {
        statements(
            || sqlite(NOW),
            |fresh, begin| {
                for number in 1..=stations {
                    let code = format!("zhan{number}");
                    fill(&fresh.database, number, &code, 1);
                    somebody(&fresh.database, number);
                    imported(&fresh.database, number);
                }
                let cookie = signed_in(&fresh.database, "asker", &[everywhere(role)]);
                let client = Client::new(crate::router(site(&fresh.database))).with_cookie(cookie);
                begin();
                assert!(client.get(path).status.is_success(), "{path}");
            },
        )
    };
    for (role, path) in [
        (Role::City, "/areas"),
        (Role::SystemAdmin, "/areas"),
        (Role::SystemAdmin, "/access"),
        (Role::StationManager, "/clients/new"),
        (Role::StationManager, "/clients/roster?station=zhan1"),
        (Role::StationManager, "/clients?q=示例"),
        (Role::AuditAdmin, "/audit"),
    ] {
        let (few, many) = (asked(2, role, path), asked(9, role, path));
        assert!(few > 2, "{path}: {few} statements");
        assert_eq!(few, many, "{path} as {role:?}");
    }
}

/// An account with a role for a district and one for a street, of which a list asks where they hold.
fn somebody(database: &db::Database, number: u32) {
    let made: db::DbResult<()> = database.write(&kernel::Actor::Console, |tx| {
        let user = access::add_user(tx, &format!("p-{number}"), "样本丙", None)?;
        for reach in [Reach::District, Reach::Street] {
            let street = (reach == Reach::Street).then(|| "示例街".to_owned());
            let grant =
                NewGrant { reach, district: Some("示例区".into()), street, ..everywhere(Role::City) };
            access::grant(tx, user, &grant)?;
        }
        Ok(())
    });
    made.unwrap();
}

/// Another import of a roster of the first station.
fn imported(database: &db::Database, number: u32) {
    let sql = format!(
        "INSERT INTO roster_imports SELECT '{}', '{}', 'a.csv', 'hash', 0, 'console', x'00', 1, 0, 'undone'",
        id(number, 900),
        id(1, 0)
    );
    let done: db::DbResult<()> = database
        .write(&kernel::Actor::Console, |tx| Ok(diesel::sql_query(sql).execute(tx.conn()).map(drop)?));
    done.unwrap();
}
