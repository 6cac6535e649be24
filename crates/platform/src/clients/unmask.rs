//! Seeing numbers whole: for five minutes, for one household, with a reason that stands in the audit log.

use db::{DbResult, Event, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::unmaskings;
use crate::access::new_id;

/// For how long: five minutes.
const LASTS: i64 = 5 * 60 * 1_000_000;

/// The reasons to choose from; each is completed by words of one's own.
pub(super) const REASONS: &[(&str, &str)] =
    &[("policy", "协助申办政策"), ("emergency", "紧急联系"), ("identity", "核对身份"), ("other", "其他")];

/// Somebody who saw numbers whole.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Unmasking {
    pub(super) user_id: Id,
    pub(super) reason: String,
    pub(super) from_at: Moment,
}

/// Opens the numbers of a household to an account for a while.
///
/// # Errors
/// What the database says.
pub(super) fn open(tx: &mut Tx<'_>, user: Id, (household, station): (Id, Id), reason: &str) -> DbResult<()> {
    let (id, at) = (new_id(tx.at())?, tx.at());
    let row = (
        unmaskings::id.eq(id),
        unmaskings::user_id.eq(user),
        unmaskings::household_id.eq(household),
        unmaskings::reason.eq(reason),
        unmaskings::from_at.eq(at),
        unmaskings::until_at.eq(Moment::from_micros(at.micros() + LASTS)),
    );
    diesel::insert_into(unmaskings::table).values(row).execute(tx.conn())?;
    let event = Event {
        verb: "clients.unmask",
        kind: "household",
        record_id: Some(household),
        reason: Some(reason.to_owned()),
        detail: None,
    };
    tx.event(station, event)
}

/// Until when an account sees the numbers of a household whole; nothing when it does not.
///
/// # Errors
/// What the database says.
pub(super) fn until(tx: &mut Tx<'_>, user: Id, household: Id) -> DbResult<Option<Moment>> {
    let at = tx.at();
    let open = unmaskings::table
        .filter(unmaskings::user_id.eq(user))
        .filter(unmaskings::household_id.eq(household))
        .filter(unmaskings::until_at.gt(at));
    Ok(open.select(unmaskings::until_at).order(unmaskings::until_at.desc()).first(tx.conn()).optional()?)
}

/// Who saw the numbers of a household whole, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn history(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<Unmasking>> {
    let all = unmaskings::table.filter(unmaskings::household_id.eq(household));
    let all = all.select((unmaskings::user_id, unmaskings::reason, unmaskings::from_at));
    Ok(all.order(unmaskings::from_at.desc()).limit(20).load(tx.conn())?)
}
