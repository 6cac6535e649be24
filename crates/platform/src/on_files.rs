//! What the slices below tell of a household on its file, put together for [`clients`](crate::clients).

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::{Id, Moment};

use crate::clients::{Happening, Later};
use crate::{aid, app, casework, groups, hotline, staff, visits};

/// Given to the site when it is put together.
pub const ON_FILES: Later = Later { timeline, workers, open, waiting: app::waiting_for };

/// Everything that happened with a household and its persons, in no order.
fn timeline(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let mut all = visits::on_file(tx, household, persons, at)?;
    all.extend(casework::on_file(tx, household, persons, at)?);
    all.extend(groups::on_file(tx, household, persons, at)?);
    all.extend(hotline::on_file(tx, household, persons, at)?);
    all.extend(aid::on_file(tx, household, persons, at)?);
    Ok(all)
}

/// What was promised, raised or begun for a person and is not settled.
fn open(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<(&'static str, Id)>> {
    let mut all = visits::open_of(tx, person)?;
    all.extend(casework::open_of(tx, person)?);
    Ok(all)
}

/// Who is at work at some stations on a day.
fn workers(tx: &mut Tx<'_>, stations: &[Id], at: Moment, day: NaiveDate) -> DbResult<Vec<(Id, String)>> {
    let all = staff::workers_in(tx, stations, at)?;
    let here = all
        .into_iter()
        .filter(|worker| worker.joined_on <= day && worker.left_on.is_none_or(|left| day < left));
    Ok(here.map(|worker| (worker.id, worker.name)).collect())
}
