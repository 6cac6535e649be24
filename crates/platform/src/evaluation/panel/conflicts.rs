//! What in the data ties an expert to the station of a round.

use std::collections::BTreeSet;

use db::{DbResult, Tx};
use rules::recusal::{self, Conflict, Evaluated};

use super::model::Source;
use super::store::{self, Challenge, Seat};
use crate::access::new_id;
use crate::evaluation::Round;
use crate::evaluation::experts::store as experts;
use crate::{areas, contracts, staff};

/// For how many years a tie that has ended still counts.
pub(super) const YEARS: u32 = 3;

/// Who raises what the data shows.
pub(super) const DATA: &str = "data";

/// Looks for ties and brings forward those that were not brought forward before; how many.
pub(super) fn look(tx: &mut Tx<'_>, round: &Round, seat: &Seat) -> DbResult<usize> {
    let expert = experts::one(tx, seat.expert_id.as_str())?;
    let expert = experts::as_rule_reads(tx, &expert)?;
    let evaluated = evaluated(tx, round)?;
    let known: BTreeSet<String> = store::challenges_of(tx, &round.code)?
        .into_iter()
        .filter(|known| known.seat_id == Some(seat.id) && known.source == Source::Detected)
        .map(|known| known.ground)
        .collect();
    let found = recusal::conflicts(&expert, &evaluated, round.evaluated_on, YEARS);
    let new: Vec<Conflict> = found.into_iter().filter(|one| !known.contains(&one.ground)).collect();
    for Conflict { kind, ground } in &new {
        let challenge = Challenge {
            id: new_id(tx.at())?,
            station_id: seat.station_id,
            round: round.code.clone(),
            seat_id: Some(seat.id),
            source: Source::Detected,
            kind: *kind,
            ground: ground.clone(),
            raised_by: DATA.to_owned(),
            raised_at: tx.at(),
            ruling: None,
            reason: String::new(),
            ruled_by: None,
            ruled_at: None,
        };
        store::add_challenge(tx, &challenge)?;
    }
    Ok(new.len())
}

/// The station of a round as the rule reads it: its operators over all contracts, the street office, the bureau, itself.
fn evaluated(tx: &mut Tx<'_>, round: &Round) -> DbResult<Evaluated> {
    let now = tx.at();
    let station = areas::station(tx, round.station_id, now)?;
    let mut organisations = vec![("本站".to_owned(), station.name)];
    for contract in contracts::contracts_of(tx, Some(vec![round.station_id]), now)? {
        organisations.push(("承办机构".to_owned(), contract.operator));
        organisations.push(("镇街".to_owned(), contract.purchaser));
        organisations.push(("区民政局".to_owned(), contract.supervisor));
    }
    organisations.dedup();
    let supervisors = staff::supervisors_of(tx, round.station_id)?;
    let (phones, addresses) = staff::hashes_of(tx, round.station_id)?;
    Ok(Evaluated { organisations, supervisors, phones, addresses })
}
