//! Sealed sheets as they are kept with a round that is over, and their digests worked out again from what was kept.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::seal::digest;
use super::store::{self, Entry};
use crate::evaluation::archive::{EntryKept, SheetKept};
use crate::evaluation::panel::Seat;

/// The digest of lines that are kept elsewhere.
pub(in crate::evaluation) fn digest_of(kept: &[EntryKept]) -> String {
    let entry = |one: &EntryKept| Entry {
        sheet_id: Id::NIL,
        cell: one.cell.clone(),
        score: one.score,
        measured: one.measured,
        reason: one.reason.clone(),
        note: one.note.clone(),
        asked_again: false,
        changed_at: Moment::from_micros(0),
    };
    digest(&kept.iter().map(entry).collect::<Vec<_>>())
}

/// The sealed sheets of a round with what stands on them, by whose they are and by turn.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn kept(tx: &mut Tx<'_>, round: &str, seats: &[Seat]) -> DbResult<Vec<SheetKept>> {
    let mut all = Vec::new();
    for sheet in store::sheets_of(tx, round)? {
        let (Some(at), Some(digest)) = (sheet.sealed_at, sheet.digest.clone()) else { continue };
        let seat = seats.iter().find(|seat| Some(seat.id) == sheet.seat_id).map(|seat| seat.code.clone());
        let entry = |one: Entry| EntryKept {
            cell: one.cell,
            score: one.score,
            measured: one.measured,
            reason: one.reason,
            note: one.note,
        };
        let entries = store::entries_of(tx, &[sheet.id])?.into_iter().map(entry).collect();
        let whose = seat.or(sheet.party).unwrap_or_default();
        all.push(SheetKept { whose, turn: sheet.turn, sealed_at: at.minute(), digest, entries });
    }
    all.sort_by(|one, other| (&one.whose, one.turn).cmp(&(&other.whose, other.turn)));
    Ok(all)
}
