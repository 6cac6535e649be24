//! Scoring again after an objection was granted: the item is opened on a new sheet of every expert, and when all have sealed
//! it, the records of the round are corrected, each with its history.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::{Id, Moment, Problem};
use rules::scoring::Scheme;

use super::cells::cells;
use super::seal::{self, Owner, latest};
use super::store;
use crate::access::{Asker, Correct, permit};
use crate::areas;
use crate::evaluation::{Evaluation, ExpertScore, Round, find};

/// Opens an item for every expert once more; their other scores stand as they were sealed.
///
/// # Errors
/// There is no such item, or what the database says.
pub(in crate::evaluation) fn score_again(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    item: &str,
) -> DbResult<()> {
    let known = areas::areas(tx, round.station_id, find::counted_at(tx, round))?;
    let codes: Vec<String> = cells(scheme, &known)
        .into_iter()
        .filter(|cell| cell.item.code == item)
        .map(|cell| cell.code)
        .collect();
    if codes.is_empty() {
        return Err(Problem::new("unknown_item", "指标体系里没有这一项", "请从列表里选").into());
    }
    let sheets = store::sheets_of(tx, &round.code)?;
    for seat in seal::experts(tx, round)? {
        let owner = Owner::Seat(seat.id);
        let Some(last) = latest(&sheets, &owner) else { continue };
        // A sheet that is open for another item takes this one too.
        let (target, copied) = match store::hold(tx, last.id)? {
            false => (seal::open(tx, round, &owner, last.turn + 1)?, true),
            true => (last.clone(), false),
        };
        for mut entry in store::entries_of(tx, &[last.id])? {
            let asked = codes.contains(&entry.cell);
            if copied || asked {
                entry.sheet_id = target.id;
                entry.asked_again = asked || !copied && entry.asked_again;
                store::put(tx, &entry)?;
            }
        }
    }
    Ok(())
}

/// How many experts have not sealed what they score again.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn unsettled(tx: &mut Tx<'_>, round: &Round) -> DbResult<usize> {
    let sheets = store::sheets_of(tx, &round.code)?;
    let experts = seal::experts(tx, round)?;
    let open = experts
        .iter()
        .filter(|seat| latest(&sheets, &Owner::Seat(seat.id)).is_some_and(|sheet| sheet.sealed_at.is_none()));
    Ok(open.count())
}

/// Whether every expert has sealed a sheet since a moment.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn sealed_since(tx: &mut Tx<'_>, round: &Round, since: Moment) -> DbResult<bool> {
    let sheets = store::sheets_of(tx, &round.code)?;
    let experts = seal::experts(tx, round)?;
    let mut last = experts.iter().filter_map(|seat| latest(&sheets, &Owner::Seat(seat.id)));
    Ok(last.all(|sheet| sheet.sealed_at.is_some_and(|at| at > since)))
}

/// Corrects the scores of the round where the latest sealed sheets say otherwise.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(in crate::evaluation) fn resettle(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<()> {
    let sheets = store::sheets_of(tx, &round.code)?;
    let experts = seal::experts(tx, round)?;
    let Ok(sealed) = seal::sealed(&sheets, &experts.iter().collect::<Vec<_>>()) else { return Ok(()) };
    let ids: Vec<Id> = sealed.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = store::entries_of(tx, &ids)?;
    let mut given: BTreeMap<(&str, &str), (i64, chrono::NaiveDate)> = BTreeMap::new();
    for (sheet, code) in &sealed {
        let day = sheet.sealed_at.unwrap_or(tx.at()).day();
        for entry in entries.iter().filter(|entry| entry.sheet_id == sheet.id) {
            given.insert((code.as_str(), entry.cell.as_str()), (entry.score.unwrap_or_default(), day));
        }
    }
    let permit = permit::<Correct<Evaluation>>(asker, round.station_id)?;
    for row in find::expert_scores(tx, round)? {
        let Some((score, sealed_on)) = given.get(&(row.expert.as_str(), row.item.as_str())).copied() else {
            continue;
        };
        if score != row.score {
            permit.correct(tx, &ExpertScore { score, sealed_on, ..row })?;
        }
    }
    // What comes of it must still be a result.
    crate::evaluation::outcome(tx, round, scheme).map(drop)
}
