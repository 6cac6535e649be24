//! Finding what became of earlier suggestions.

use std::collections::BTreeSet;

use db::{DbResult, Record as _, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::model::RectificationStatus;
use super::store::{RectificationItem, rectifications};
use crate::evaluation;

/// The items of an earlier round, by code.
///
/// # Errors
/// What the database says.
pub fn items_of(
    tx: &mut Tx<'_>,
    station: Id,
    round: &str,
    known_at: Moment,
) -> DbResult<Vec<RectificationItem>> {
    let items = RectificationItem::known(known_at)
        .filter(rectifications::station_id.eq(station))
        .filter(rectifications::round.eq(round.to_owned()));
    Ok(items.order(rectifications::code).load(tx.conn())?)
}

/// What an item is called and where its page is; nothing where the kind is another's or there is none.
///
/// # Errors
/// What the database says.
pub fn named(tx: &mut Tx<'_>, kind: &str, id: Id) -> DbResult<Option<(String, String)>> {
    if kind != RectificationItem::KIND {
        return Ok(None);
    }
    let item = RectificationItem::last(tx.conn(), id)?;
    Ok(item.map(|(_, item)| {
        let concern: String = item.concern.chars().take(40).collect();
        (format!("整改事项 {concern}"), format!("/rectification/{id}"))
    }))
}

/// The items of earlier rounds that came back as this one, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn earlier(tx: &mut Tx<'_>, item: &RectificationItem) -> DbResult<Vec<RectificationItem>> {
    let now = tx.at();
    let returning = evaluation::returning(tx, Some(vec![item.station_id]))?;
    let rounds = evaluation::rounds_of(tx, item.station_id, now)?;
    let (mut chain, mut last) = (Vec::new(), item.clone());
    // Rounds lead back one by one; a chain is never longer than they are many.
    for _ in 0..rounds.len() {
        let came = returning.iter().find(|(round, code, _)| *round == last.round && *code == last.code);
        let before =
            rounds.iter().find(|round| round.code == last.round).and_then(|round| round.previous.clone());
        let Some(((_, _, code), round)) = came.zip(before) else { break };
        let found = items_of(tx, item.station_id, &round, now)?.into_iter().find(|one| one.code == *code);
        let Some(found) = found else { break };
        chain.push(found.clone());
        last = found;
    }
    Ok(chain)
}

/// The items of some stations, or of all without any given; by round and code.
///
/// # Errors
/// What the database says.
pub(super) fn all_items(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<Vec<RectificationItem>> {
    let mut items = RectificationItem::known(tx.at());
    if let Some(stations) = stations {
        items = items.filter(rectifications::station_id.eq_any(stations));
    }
    Ok(items.order((rectifications::round.desc(), rectifications::code)).load(tx.conn())?)
}

/// Which items of some stations, or of all without any given, are not done.
///
/// # Errors
/// What the database says.
pub(super) fn open_items(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<BTreeSet<Id>> {
    let mut items =
        RectificationItem::known(tx.at()).filter(rectifications::status.ne(RectificationStatus::Done));
    if let Some(stations) = stations {
        items = items.filter(rectifications::station_id.eq_any(stations));
    }
    let items: Vec<RectificationItem> = items.load(tx.conn())?;
    Ok(items.into_iter().map(|item| item.id).collect())
}

/// The rounds of some stations, or of all without any given, that have items.
///
/// # Errors
/// What the database says.
pub(super) fn rounds_begun(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<BTreeSet<String>> {
    let now = tx.at();
    let mut rounds = rectifications::table
        .filter(rectifications::known_from.le(now))
        .filter(rectifications::known_until.gt(now))
        .filter(rectifications::voided.eq(false))
        .select(rectifications::round)
        .distinct()
        .into_boxed();
    if let Some(stations) = stations {
        rounds = rounds.filter(rectifications::station_id.eq_any(stations));
    }
    Ok(rounds.load(tx.conn())?.into_iter().collect())
}
