//! How often a page asks the database: as often for many records as for few.

use std::sync::Mutex;

use db::testing::{Fresh, sqlite};
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::station::{NOW, client, fill};

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
