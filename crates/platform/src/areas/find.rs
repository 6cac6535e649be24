//! Finding stations, areas and communities.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::store::{
    Area, Community, ServicePoint, Station, areas as areas_table, communities as communities_table,
    service_points as points_table, stations,
};

/// The station of this id.
///
/// # Errors
/// There is none.
pub fn station(tx: &mut Tx<'_>, id: Id, known_at: Moment) -> DbResult<Station> {
    let found = Station::known(known_at).filter(stations::id.eq(id)).first(tx.conn()).optional()?;
    found.ok_or_else(|| {
        Problem::new("unknown_station", "没有这个社工站", "请核对编号").at(id.to_string()).into()
    })
}

/// The station of this code.
///
/// # Errors
/// There is none; the answer names those there are.
pub fn station_by_code(tx: &mut Tx<'_>, code: &str, known_at: Moment) -> DbResult<Station> {
    let all = all_stations(tx, known_at)?;
    let known: Vec<String> = all.iter().map(|station| station.code.clone()).collect();
    all.into_iter().find(|station| station.code == code).ok_or_else(|| {
        let remedy = if known.is_empty() {
            "数据库里还没有社工站。可先用 kapok demo 造一个示例".to_owned()
        } else {
            format!("可用的代码：{}", known.join("、"))
        };
        Problem::new("unknown_station", format!("没有代码为“{code}”的社工站"), remedy).into()
    })
}

/// Every station, by code.
///
/// # Errors
/// What the database says.
pub fn all_stations(tx: &mut Tx<'_>, known_at: Moment) -> DbResult<Vec<Station>> {
    Ok(Station::known(known_at).order(stations::code).load(tx.conn())?)
}

/// A station's areas, in their order.
///
/// # Errors
/// What the database says.
pub fn areas(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<Area>> {
    let areas = Area::known(known_at).filter(areas_table::station_id.eq(station));
    Ok(areas.order((areas_table::position, areas_table::code)).load(tx.conn())?)
}

/// The areas of several stations in one query, each station's in their order.
///
/// # Errors
/// What the database says.
pub(super) fn areas_of(tx: &mut Tx<'_>, stations: &[Id], known_at: Moment) -> DbResult<Vec<Area>> {
    let areas = Area::known(known_at).filter(areas_table::station_id.eq_any(stations.to_vec()));
    Ok(areas.order((areas_table::position, areas_table::code)).load(tx.conn())?)
}

/// The service points of several stations in one query, each station's in the order they were opened.
///
/// # Errors
/// What the database says.
pub(super) fn service_points_of(
    tx: &mut Tx<'_>,
    stations: &[Id],
    known_at: Moment,
) -> DbResult<Vec<ServicePoint>> {
    let points = ServicePoint::known(known_at).filter(points_table::station_id.eq_any(stations.to_vec()));
    Ok(points.order((points_table::opened_on, points_table::id)).load(tx.conn())?)
}

/// A station's service points, also those given up, in the order they were opened.
///
/// # Errors
/// What the database says.
pub fn service_points(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<ServicePoint>> {
    let points = ServicePoint::known(known_at).filter(points_table::station_id.eq(station));
    Ok(points.order((points_table::opened_on, points_table::id)).load(tx.conn())?)
}

/// A community, where there is one of this id.
///
/// # Errors
/// What the database says.
pub fn community(tx: &mut Tx<'_>, id: Id, known_at: Moment) -> DbResult<Option<Community>> {
    let found = Community::known(known_at).filter(communities_table::id.eq(id));
    Ok(found.first(tx.conn()).optional()?)
}

/// A station's communities, in their order.
///
/// # Errors
/// What the database says.
pub fn communities(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<Community>> {
    let communities = Community::known(known_at).filter(communities_table::station_id.eq(station));
    Ok(communities.order((communities_table::position, communities_table::code)).load(tx.conn())?)
}

/// The communities of several stations in one query, station by station in the order given, each in their order.
///
/// # Errors
/// What the database says.
pub fn communities_of(tx: &mut Tx<'_>, stations: &[Id], known_at: Moment) -> DbResult<Vec<Community>> {
    let communities =
        Community::known(known_at).filter(communities_table::station_id.eq_any(stations.to_vec()));
    let mut all: Vec<Community> =
        communities.order((communities_table::position, communities_table::code)).load(tx.conn())?;
    let place: BTreeMap<Id, usize> = stations.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    all.sort_by_key(|one| place.get(&one.station_id).copied());
    Ok(all)
}
