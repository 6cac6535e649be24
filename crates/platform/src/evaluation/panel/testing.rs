//! Seats for tests.

use db::Database;
use kernel::{Actor, Id};
use rules::recusal::TieKind;

use super::model::Source;
use super::{seat, store};
use crate::access::Asker;
use crate::evaluation::experts::store as experts;
use crate::evaluation::{PanelRole, Round};

/// Invites an expert.
pub(crate) fn invited(database: &Database, round: &Round, expert: Id, role: PanelRole, by: Id) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let expert = experts::one(tx, expert.as_str())?;
        let known = store::seats_of(tx, &round.code)?.into_iter().find(|seat| seat.expert_id == expert.id);
        match known {
            Some(seat) => Ok(seat.id),
            None => Ok::<_, db::DbError>(seat::invite(tx, round, &expert, role, None, by)?.id),
        }
    });
    made.unwrap()
}

/// Brings something forward against a seat, as the station would; its id.
pub(crate) fn challenged(database: &Database, round: &Round, seat: Id) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let whose = (round.station_id, round.code.as_str(), Some(seat));
        seat::challenge(tx, whose, Source::Requested, TieKind::Other, "示例理由", "station".into())?;
        Ok::<_, db::DbError>(store::challenges_of(tx, &round.code)?.remove(0).id)
    });
    made.unwrap()
}

/// Takes a seat through undertaking and declaration.
pub(crate) fn promised(database: &Database, round: &Round, seat: Id) {
    let made = database.write(&Actor::Console, |tx| {
        let own = store::seat(tx, &round.code, seat.as_str())?;
        seat::undertake(tx, own)?;
        let own = store::seat(tx, &round.code, seat.as_str())?;
        seat::declare(tx, own, &[])
    });
    made.unwrap();
}

/// The same and clears it.
pub(crate) fn cleared(database: &Database, round: &Round, seat: Id, by: Id) {
    promised(database, round, seat);
    let made = database.write(&Actor::Console, |tx| {
        let own = store::seat(tx, &round.code, seat.as_str())?;
        let expert = experts::one(tx, own.expert_id.as_str())?;
        seat::clear(tx, &Asker::Console, (round, own), &expert, by)
    });
    made.unwrap();
}

/// Ends a seat as one that the data speaks against.
pub(crate) fn ended(database: &Database, round: &Round, seat: Id) {
    let made = database.write(&Actor::Console, |tx| {
        let own = store::seat(tx, &round.code, seat.as_str())?;
        seat::end(tx, &Asker::Console, own, super::model::Ending::Detected)
    });
    made.unwrap();
}
