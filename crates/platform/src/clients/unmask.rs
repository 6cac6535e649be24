//! Seeing numbers whole: for five minutes, for one household, with a reason that stands in the audit log.
//! Not here: asking whether they are open now (`find`).

use db::{DbResult, Event, Tx};
use kernel::{Id, Moment};

use super::store::{Unmasking, insert_unmasking};
use crate::access::new_id;

/// For how long: five minutes.
const LASTS: i64 = 5 * 60 * 1_000_000;

/// The reasons to choose from; each is completed by words of one's own.
pub(super) const REASONS: &[(&str, &str)] =
    &[("policy", "协助申办政策"), ("emergency", "紧急联系"), ("identity", "核对身份"), ("other", "其他")];

/// Opens the numbers of a household to an account for a while.
///
/// # Errors
/// What the database says.
pub(super) fn open(tx: &mut Tx<'_>, user: Id, (household, station): (Id, Id), reason: &str) -> DbResult<()> {
    let (id, at) = (new_id(tx.at())?, tx.at());
    let unmasking = Unmasking {
        id,
        user_id: user,
        household_id: household,
        reason: reason.to_owned(),
        from_at: at,
        until_at: Moment::from_micros(at.micros() + LASTS),
    };
    insert_unmasking(tx, &unmasking)?;
    let event = Event {
        verb: "clients.unmask",
        kind: "household",
        record_id: Some(household),
        reason: Some(reason.to_owned()),
        detail: None,
    };
    tx.event(station, event)
}
