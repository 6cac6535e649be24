//! Finding the targets of contracts, as they hold on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{AnyBackend, DbResult, Stamp, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{IndicatorTarget, indicator_targets};

/// A target with all that it was before, the first version first.
pub(super) struct Kept {
    pub(super) now: IndicatorTarget,
    pub(super) versions: Vec<(Stamp, IndicatorTarget)>,
}

/// The targets of a contract in their order, each as it holds on a day: where it was amended from a later day, as it
/// was before.
///
/// # Errors
/// What the database says.
pub fn targets(
    tx: &mut Tx<'_>,
    contract: Id,
    day: NaiveDate,
    known_at: Moment,
) -> DbResult<Vec<IndicatorTarget>> {
    let now = current(tx, contract, known_at)?;
    let later: Vec<Id> = now.iter().filter(|one| !holds(one, day)).map(|one| one.id).collect();
    if later.is_empty() {
        return Ok(now);
    }
    let mut before = versions(tx, &later, known_at)?;
    let on_day = |one: IndicatorTarget| {
        let earlier = before.remove(&one.id).unwrap_or_default();
        earlier.into_iter().rev().map(|(_, row)| row).find(|row| holds(row, day)).unwrap_or(one)
    };
    let mut targets: Vec<IndicatorTarget> = now.into_iter().map(on_day).collect();
    targets.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
    Ok(targets)
}

fn holds(target: &IndicatorTarget, day: NaiveDate) -> bool {
    target.amended_on.is_none_or(|from| from <= day)
}

/// How many targets a contract has.
///
/// # Errors
/// What the database says.
pub fn count(tx: &mut Tx<'_>, contract: Id) -> DbResult<usize> {
    let now = tx.at();
    Ok(current(tx, contract, now)?.len())
}

/// The targets of a contract with what they were, in their order.
///
/// # Errors
/// What the database says.
pub(super) fn with_versions(tx: &mut Tx<'_>, contract: Id) -> DbResult<Vec<Kept>> {
    let known_at = tx.at();
    let now = current(tx, contract, known_at)?;
    let ids: Vec<Id> = now.iter().map(|one| one.id).collect();
    let mut all = versions(tx, &ids, known_at)?;
    Ok(now.into_iter().map(|now| Kept { versions: all.remove(&now.id).unwrap_or_default(), now }).collect())
}

fn current(tx: &mut Tx<'_>, contract: Id, known_at: Moment) -> DbResult<Vec<IndicatorTarget>> {
    let targets = IndicatorTarget::known(known_at).filter(indicator_targets::contract_id.eq(contract));
    Ok(targets.order((indicator_targets::position, indicator_targets::code)).load(tx.conn())?)
}

/// Every version of some targets that was known at a moment, in one query.
fn versions(
    tx: &mut Tx<'_>,
    ids: &[Id],
    known_at: Moment,
) -> DbResult<BTreeMap<Id, Vec<(Stamp, IndicatorTarget)>>> {
    let rows: Vec<(i32, Moment, bool, IndicatorTarget)> = indicator_targets::table
        .filter(indicator_targets::id.eq_any(ids.to_vec()))
        .filter(indicator_targets::known_from.le(known_at))
        .filter(indicator_targets::voided.eq(false))
        .order((indicator_targets::id, indicator_targets::version))
        .select((
            indicator_targets::version,
            indicator_targets::known_from,
            indicator_targets::voided,
            <IndicatorTarget as SelectableHelper<AnyBackend>>::as_select(),
        ))
        .load(tx.conn())?;
    let mut all: BTreeMap<Id, Vec<(Stamp, IndicatorTarget)>> = BTreeMap::new();
    for (version, from, voided, row) in rows {
        all.entry(row.id).or_default().push((Stamp { version, from, voided }, row));
    }
    Ok(all)
}
