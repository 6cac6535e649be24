//! A round of visits made together with administrative workers: one record of common work for a worker, a community and
//! a day, however many doors.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

use super::model::JointKind;
use super::policy::JointWorks;
use super::store::{JointWork, joint_works};
use crate::access::{Asker, Correct, Enter, new_id, permit};

/// What is written for a round made together, so that the visits of one round are one record.
const ROUND: &str = "与事务性社工联合入户探访";

/// The common work that a home visit belongs to: that of the same day, community and worker, with one household more, or
/// a new one. `first`: whether the household was not visited that day before.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn visited(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (station, area_id, community_id, worker_id): (Id, Option<Id>, Option<Id>, Option<Id>),
    (done_on, administrative_workers, first): (NaiveDate, i32, bool),
) -> DbResult<Id> {
    tx.hold(&format!("joint_work {station} {done_on}"))?;
    let same = JointWork::known(tx.at())
        .filter(joint_works::station_id.eq(station))
        .filter(joint_works::done_on.eq(done_on))
        .filter(joint_works::kind.eq(JointKind::JointVisit))
        .filter(joint_works::what.eq(ROUND));
    let rounds: Vec<JointWork> = same.load(tx.conn())?;
    let here = |one: &JointWork| one.community_id == community_id && one.worker_id == worker_id;
    if let Some(round) = rounds.into_iter().find(here) {
        let households_visited = round.households_visited + i32::from(first);
        let workers = round.administrative_workers.max(administrative_workers);
        let round = JointWork { households_visited, administrative_workers: workers, ..round };
        permit::<Correct<JointWorks>>(asker, station)?.correct(tx, &round)?;
        return Ok(round.id);
    }
    let round = JointWork {
        id: new_id(tx.at())?,
        station_id: station,
        area_id,
        community_id,
        worker_id,
        done_on,
        kind: JointKind::JointVisit,
        what: ROUND.to_owned(),
        administrative_workers,
        households_visited: 1,
    };
    let id = round.id;
    permit::<Enter<JointWorks>>(asker, station)?.append(tx, &[round])?;
    Ok(id)
}
