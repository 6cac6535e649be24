//! The indicators that need an eye: close to time or behind it.

use chrono::NaiveDate;
use db::{DbError, DbResult, Tx};
use kernel::Id;
use rules::counting::Catalogue;
use rules::pace::Status;

use super::board::{Indicator, board};

/// The indicators of a station that are behind or close to time on a day, those behind first; none where there is no
/// contract by then or a rule of it cannot be read, which the board itself says.
///
/// # Errors
/// What the database says.
pub fn behind(
    tx: &mut Tx<'_>,
    catalogue: &Catalogue,
    station: Id,
    day: NaiveDate,
) -> DbResult<Vec<Indicator>> {
    let now = tx.at();
    let board = match board(tx, catalogue, station, day, now) {
        Err(DbError::Problem(_)) => return Ok(Vec::new()),
        other => other?,
    };
    let (late, close): (Vec<_>, Vec<_>) = board
        .indicators
        .into_iter()
        .filter(|one| matches!(one.pace.status, Status::Behind | Status::Tight))
        .partition(|one| one.pace.status == Status::Behind);
    Ok(late.into_iter().chain(close).collect())
}
