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
