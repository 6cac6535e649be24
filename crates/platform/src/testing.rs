//! Small stations for tests.

use db::{Database, Sealed};
use kernel::{Actor, Id};

use crate::access::{Asker, Enter, permit};
use crate::areas::{Areas, Station};

/// Enters a station with nothing in it.
pub(crate) fn station(database: &Database, id: Id, code: &str) {
    let write = |tx: &mut db::Tx<'_>| {
        let station = Station {
            id,
            station_id: id,
            area_id: None,
            community_id: None,
            worker_id: None,
            code: code.to_owned(),
            name: format!("示例社工站 {code}"),
            district: "示例区".into(),
            street: "示例街".into(),
            address: "示例路一号".into(),
            operated_since: "2012-05-01".parse().unwrap(),
            pseudonym_key: Sealed::new(tx.keys(), "stations.pseudonym_key", &id, "a key of the test")
                .unwrap(),
        };
        permit::<Enter<Areas>>(&Asker::Console, id)?.append(tx, &[station])
    };
    database.write(&Actor::Console, write).unwrap();
}
