//! Deliveries for tests.

use db::Database;
use kernel::{Actor, Id};
use rules::scoring::{Paper, Recipient};

use super::store;
use crate::evaluation::Round;

/// Hands a paper to everybody, who sign for it.
pub(crate) fn delivered(database: &Database, round: &Round, paper: Paper, by: Id) {
    let made = database.write(&Actor::Console, |tx| {
        let gone = store::gone(tx, &round.code)?;
        let has = |to: &Recipient| gone.iter().any(|one| one.paper == paper && one.recipient == *to);
        for to in Recipient::ALL.iter().filter(|to| **to != Recipient::Evaluator && !has(to)) {
            store::send(tx, (&round.code, round.station_id), (paper, *to), by)?;
            store::receive(tx, &round.code, (paper, *to), by)?;
        }
        Ok::<_, db::DbError>(())
    });
    made.unwrap();
}

/// How many have a paper.
pub(crate) fn delivered_count(database: &Database, round: &Round, paper: Paper) -> usize {
    let gone = database.read(|tx| store::gone(tx, &round.code)).unwrap();
    gone.iter().filter(|one| one.paper == paper).count()
}

/// Hands the draft to those who get it from the evaluator, who have not signed yet.
pub(crate) fn sent(database: &Database, round: &Round, by: Id) {
    let made = database.write(&Actor::Console, |tx| {
        for to in [Recipient::Station, Recipient::SupervisionCentre, Recipient::DistrictBureau] {
            store::send(tx, (&round.code, round.station_id), (Paper::Draft, to), by)?;
        }
        Ok::<_, db::DbError>(())
    });
    made.unwrap();
}
