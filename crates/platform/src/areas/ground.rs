//! What access needs to know of stations: this part has it, and access stands above it.

use std::collections::BTreeSet;

use db::{DbResult, Tx};
use kernel::Id;

use super::find::{all_stations, areas, communities};
use crate::access::{Ground, Reach, StationPlace};

/// Given to the site when it is put together, with the workers, whom a slice below has.
pub const GROUND: Ground =
    Ground { stations, places, workers: |_, _| Ok(Vec::new()), kept_from: |_, _| Ok(BTreeSet::new()) };

fn stations(tx: &mut Tx<'_>) -> DbResult<Vec<StationPlace>> {
    let now = tx.at();
    let of = |station: super::Station| StationPlace {
        id: station.id,
        code: station.code,
        name: station.name,
        district: station.district,
        street: station.street,
    };
    Ok(all_stations(tx, now)?.into_iter().map(of).collect())
}

fn places(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<(Reach, Id, String)>> {
    let now = tx.at();
    let mut places = Vec::new();
    for area in areas(tx, station, now)? {
        places.push((Reach::Area, area.id, area.name));
    }
    for community in communities(tx, station, now)? {
        places.push((Reach::Community, community.id, format!("{}社区", community.name)));
    }
    Ok(places)
}
