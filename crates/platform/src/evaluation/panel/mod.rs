//! The panel of a round: who is invited, what speaks against them, who is cleared, who had to leave.
//!
//! A seat is the only way into a round for an expert: clearing it gives the right to the station, and whoever has a seat
//! that is not cleared, or had to leave one, is kept from the station altogether (`kept_from`).
//! Not here: what ties somebody to a station (`rules::recusal`) and the scores (scoring).

mod conflicts;
mod model;
mod own;
mod pages;
mod routes;
mod seat;
mod store;
#[cfg(test)]
pub(in crate::evaluation) mod testing;
#[cfg(test)]
mod tests;

use model::Ruling;
pub(super) use routes::routes;
pub(super) use seat::close;
pub(super) use store::{Seat, challenges_of, live_seat, loads, seats_of};

use std::collections::BTreeSet;

use db::{DbResult, Tx};
use kernel::Id;
use rules::scoring::Scheme;

use super::{Evaluation, Round, Stage, find};
use crate::access::{Asker, Part as _, Place};

/// The verb for bringing forward what speaks against somebody, or against how a panel works.
pub(super) const CHALLENGE: &str = "evaluation.challenge";

/// How many invitations wait for an account's undertaking or declaration.
///
/// # Errors
/// What the database says.
pub(super) fn invited(tx: &mut Tx<'_>, user: Id) -> DbResult<usize> {
    let own = store::seats_of_user(tx, user)?;
    Ok(own.iter().filter(|seat| seat.ended_at.is_none() && seat.declared_at.is_none()).count())
}

/// Whether somebody sees the experts of a round by name: not the station's people, where the scheme says so.
pub(super) fn are_named(asker: &Asker, round: &Round, scheme: Option<&Scheme>, seat: bool) -> bool {
    let place = Place::station(round.station_id);
    let beside = [Evaluation::CORRECT, "evaluation.party"];
    seat || scheme.is_some_and(|scheme| scheme.experts_named)
        || beside.iter().any(|verb| asker.scope(verb).covers(place))
}

/// The stations of which an account must see nothing: it has a seat there, in a round that is not over, that is not
/// cleared or that has ended.
///
/// # Errors
/// What the database says.
pub fn kept_from(tx: &mut Tx<'_>, user: Id) -> DbResult<BTreeSet<Id>> {
    let closed: Vec<Seat> =
        store::seats_of_user(tx, user)?.into_iter().filter(|seat| !seat.is_live()).collect();
    if closed.is_empty() {
        return Ok(BTreeSet::new());
    }
    let codes: Vec<String> = closed.iter().map(|seat| seat.round.clone()).collect();
    let over: BTreeSet<String> = find::rounds_among(tx, codes)?
        .into_iter()
        .filter(|round| round.stage == Stage::Issued)
        .map(|round| round.code)
        .collect();
    Ok(closed.into_iter().filter(|seat| !over.contains(&seat.round)).map(|seat| seat.station_id).collect())
}
