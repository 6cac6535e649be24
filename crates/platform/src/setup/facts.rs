//! What a station has, asked of the slices that keep it: as many queries however large the station is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;

use super::steps::{Contract, Facts, Place, Worker};
use crate::areas::Station;
use crate::staff::{Certificate, Role};
use crate::{access, areas, clients, contracts, indicators, staff};

/// What a station has on a day.
///
/// # Errors
/// What the database says.
pub fn facts(tx: &mut Tx<'_>, station: &Station, day: NaiveDate) -> DbResult<Facts> {
    let now = tx.at();
    let place = |one: areas::Community| Place {
        id: one.id.to_string(),
        coded: one.region_code.as_ref().is_some_and(|code| is_official(code)),
        in_area: one.area_id.is_some(),
        name: one.name,
    };
    Ok(Facts {
        station: Some((station.code.clone(), station.name.clone())),
        areas: areas::areas(tx, station.id, now)?.len(),
        communities: areas::communities(tx, station.id, now)?.into_iter().map(place).collect(),
        contract: contract(tx, station.id, day)?,
        workers: workers(tx, station.id, day)?,
        files: clients::count_open(tx, station.id)?,
        listed: clients::count_listed(tx, station.id)?,
    })
}

/// The official code of a community has twelve digits.
fn is_official(code: &str) -> bool {
    code.len() == 12 && code.bytes().all(|sign| sign.is_ascii_digit())
}

/// The contract that a day belongs to; else the next one, else the last one, which is over.
fn contract(tx: &mut Tx<'_>, station: Id, day: NaiveDate) -> DbResult<Option<Contract>> {
    let now = tx.at();
    let all = contracts::contracts_of(tx, Some(vec![station]), now)?;
    let current = all.iter().find(|one| one.starts_on <= day && day <= one.ends_on);
    let next = all.iter().rev().find(|one| day < one.starts_on);
    let Some(found) = current.or(next).or(all.first()) else { return Ok(None) };
    Ok(Some(Contract {
        id: found.id.to_string(),
        code: found.code.clone(),
        over: (found.ends_on < day).then_some(found.ends_on),
        categories: contracts::count_categories(tx, found.id)?,
        targets: indicators::count(tx, found.id)?,
        agreed_workers: found.agreed_workers,
        agreed_certified: found.agreed_certified,
    }))
}

fn workers(tx: &mut Tx<'_>, station: Id, day: NaiveDate) -> DbResult<Vec<Worker>> {
    let now = tx.at();
    let mut all = staff::workers_of(tx, station, now)?;
    all.retain(|worker| worker.left_on.is_none_or(|left| day < left));
    let ids: Vec<Id> = all.iter().map(|worker| worker.id).collect();
    let certificates = staff::certificates_of(tx, station)?;
    let recorded: BTreeSet<Id> = certificates.iter().filter_map(|one| one.worker_id).collect();
    let holds = |one: &&staff::WorkerCertificate| {
        one.level != Certificate::None && one.expires_on.is_none_or(|until| day <= until)
    };
    let certified: BTreeSet<Id> = certificates.iter().filter(holds).filter_map(|one| one.worker_id).collect();
    let current = |post: &staff::Post| post.to_on.is_none_or(|to| day < to);
    let posts: BTreeSet<Id> = staff::posts_of(tx, station)?
        .iter()
        .filter(|post| current(post))
        .filter_map(|post| post.worker_id)
        .collect();
    let accounts: BTreeMap<Id, (String, bool)> = access::accounts_of(tx, &ids, day)?
        .into_iter()
        .map(|one| (one.worker, (one.user.to_string(), one.has_role)))
        .collect();
    let of = |worker: staff::Worker| Worker {
        id: worker.id.to_string(),
        name: worker.name,
        manager: worker.role == Role::Manager,
        recorded: recorded.contains(&worker.id),
        certified: certified.contains(&worker.id),
        post: posts.contains(&worker.id),
        account: accounts.get(&worker.id).cloned(),
    };
    Ok(all.into_iter().map(of).collect())
}
