//! Sheets for tests.

use db::Database;
use kernel::{Actor, Id};

use super::cells::{hundredths, typed};
use super::seal::{self, Owner};
use super::store::{self, Entry};
use crate::evaluation::find;
use crate::evaluation::panel::live_seat;

/// What an expert has typed into one cell.
pub(crate) fn drafted(database: &Database, code: &str, user: Id, score: &str, note: &str) {
    let made = database.write(&Actor::Console, |tx| {
        let now = tx.at();
        let round = find::round(tx, code, now)?;
        let seat = live_seat(tx, code, user)?.unwrap();
        let sheet = seal::sheet(tx, &round, &Owner::Seat(seat.id))?;
        let entry = Entry {
            sheet_id: sheet.id,
            cell: "pm_staffing".into(),
            score: hundredths(typed(score, 5.into(), 2).unwrap()),
            measured: None,
            reason: String::new(),
            note: note.into(),
            asked_again: false,
            changed_at: now,
        };
        store::put(tx, &entry)
    });
    made.unwrap();
}

/// Seals the sheet of an expert as it stands.
pub(crate) fn sealed(database: &Database, code: &str, user: Id) {
    let made = database.write(&Actor::Console, |tx| {
        let now = tx.at();
        let round = find::round(tx, code, now)?;
        let seat = live_seat(tx, code, user)?.unwrap();
        let sheet = seal::sheet(tx, &round, &Owner::Seat(seat.id))?;
        seal::seal(tx, &sheet, user).map(drop)
    });
    made.unwrap();
}
