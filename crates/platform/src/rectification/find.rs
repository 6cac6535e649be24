//! Finding what became of earlier suggestions.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{RectificationItem, rectifications};

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
