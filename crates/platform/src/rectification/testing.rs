//! Items for tests.

use db::Database;
use kernel::{Actor, Id};

use super::{Rectification, RectificationItem, RectificationStatus};
use crate::access::{Asker, Enter, new_id, permit};

/// An item of a station.
pub(crate) fn item(database: &Database, station: Id) -> Id {
    item_saying(database, station, "文书不齐")
}

/// An item of a station with these words.
pub(crate) fn item_saying(database: &Database, station: Id, concern: &str) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let item = RectificationItem {
            id: new_id(tx.at())?,
            station_id: station,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: "earlier".into(),
            code: "c1".into(),
            section: "service_quality".into(),
            area_code: None,
            concern: concern.into(),
            action: String::new(),
            status: RectificationStatus::Open,
            proof: String::new(),
        };
        permit::<Enter<Rectification>>(&Asker::Console, station)?.append(tx, std::slice::from_ref(&item))?;
        Ok::<_, db::DbError>(item.id)
    });
    made.unwrap()
}
