//! Finding workers.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{Worker, workers};

/// The workers of a station, those who left too, in the order they came.
///
/// # Errors
/// What the database says.
pub fn workers_of(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<Worker>> {
    let all = Worker::known(known_at).filter(workers::station_id.eq(station));
    Ok(all.order((workers::joined_on, workers::id)).load(tx.conn())?)
}
