//! How often a page asks the database: as often for many records as for few.

use std::sync::Mutex;

use db::testing::sqlite;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::station::{NOW, client, fill, id};

/// The statements of the one station that this test asks about; other tests run beside it.
static ASKED: Mutex<usize> = Mutex::new(0);
const STATION: u32 = 4711;

fn counter() -> Option<Box<dyn Instrumentation>> {
    let station = id(STATION, 0).to_string();
    Some(Box::new(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event
            && query.to_string().contains(&station)
        {
            *ASKED.lock().unwrap() += 1;
        }
    }))
}

#[test]
fn a_page_asks_as_often_for_many_records_as_for_few() {
    set_default_instrumentation(counter).unwrap();
    let asked = |activities: u32, path: &str| {
        let fresh = sqlite(NOW);
        fill(&fresh.database, STATION, "zhan", activities);
        let client = client(&fresh.database);
        *ASKED.lock().unwrap() = 0;
        assert!(client.get(path).status.is_success(), "{path}");
        *ASKED.lock().unwrap()
    };
    for path in ["/indicators", "/figures", "/figures/large_activities", "/reports", "/reports/zhan-mid"] {
        let (few, many) = (asked(3, path), asked(90, path));
        assert!(few > 2, "{path}: {few} statements");
        assert_eq!(few, many, "{path}");
    }
}
