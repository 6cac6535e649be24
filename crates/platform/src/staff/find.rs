//! Finding workers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{
    Post, Supervision, Worker, WorkerCertificate, certificates, posts, supervisions, workers,
};

/// The workers of a station, those who left too, in the order they came.
///
/// # Errors
/// What the database says.
pub fn workers_of(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<Worker>> {
    let all = Worker::known(known_at).filter(workers::station_id.eq(station));
    Ok(all.order((workers::joined_on, workers::id)).load(tx.conn())?)
}

/// The workers of several stations in one query, station by station in the order given, those who left too, in the order they
/// came.
///
/// # Errors
/// What the database says.
pub fn workers_in(tx: &mut Tx<'_>, stations: &[Id], known_at: Moment) -> DbResult<Vec<Worker>> {
    let all = Worker::known(known_at).filter(workers::station_id.eq_any(stations.to_vec()));
    let mut all: Vec<Worker> = all.order((workers::joined_on, workers::id)).load(tx.conn())?;
    all.sort_by_key(|worker| stations.iter().position(|station| *station == worker.station_id));
    Ok(all)
}

/// Who works in some stations, or in all without any given, and has not left by a day; by name, each with the station.
///
/// # Errors
/// What the database says.
pub fn not_left(
    tx: &mut Tx<'_>,
    stations: Option<Vec<Id>>,
    day: NaiveDate,
) -> DbResult<Vec<(Id, Id, String)>> {
    let mut here = Worker::known(tx.at())
        .filter(workers::left_on.is_null().or(workers::left_on.gt(day).assume_not_null()));
    if let Some(stations) = stations {
        here = here.filter(workers::station_id.eq_any(stations));
    }
    let here: Vec<Worker> = here.order((workers::name, workers::id)).load(tx.conn())?;
    Ok(here.into_iter().map(|worker| (worker.station_id, worker.id, worker.name)).collect())
}

/// The certificates of a station's workers, in the order they were obtained.
///
/// # Errors
/// What the database says.
pub fn certificates_of(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<WorkerCertificate>> {
    let all = WorkerCertificate::known(tx.at()).filter(certificates::station_id.eq(station));
    Ok(all.order((certificates::obtained_on, certificates::id)).load(tx.conn())?)
}

/// The posts of a station's workers, in the order they began.
///
/// # Errors
/// What the database says.
pub fn posts_of(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<Post>> {
    let all = Post::known(tx.at()).filter(posts::station_id.eq(station));
    Ok(all.order((posts::from_on, posts::id)).load(tx.conn())?)
}

/// Who gave the workers of a station professional supervision, each with the last day.
///
/// # Errors
/// What the database says.
pub fn supervisors_of(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<(String, NaiveDate)>> {
    let all = Supervision::known(tx.at()).filter(supervisions::station_id.eq(station));
    let all: Vec<Supervision> = all.load(tx.conn())?;
    let mut last: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for one in all {
        let day = last.entry(one.supervisor_of_practice).or_insert(one.held_on);
        *day = one.held_on.max(*day);
    }
    Ok(last.into_iter().collect())
}
