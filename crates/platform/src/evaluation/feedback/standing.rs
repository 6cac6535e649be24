//! How the parties stand to the draft: who answers it for whom, who has not yet, and by which day.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Moment;
use rules::scoring::{Party, Recipient, Scheme, Silence};

use super::{ANSWER, store};
use crate::access::{Asker, Place, Role, Scope};
use crate::evaluation::{Round, delivery};

/// The station, as a party to the draft.
const STATION: &str = "station";

/// A party that has not answered the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::evaluation) struct Unanswered {
    pub(super) code: String,
    pub(in crate::evaluation) name: String,
    side: Recipient,
    /// When the draft was sent to it, and whether it signed; nothing where nobody has handed it on yet.
    pub(super) sent: Option<(Moment, bool)>,
    /// The last day on which it answers.
    pub(in crate::evaluation) due: Option<NaiveDate>,
    /// Whether the report waits for it all the same when that day is past.
    waits: bool,
}

impl Unanswered {
    /// The last day, where it is past.
    pub(in crate::evaluation) fn late(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.due.filter(|day| *day < today)
    }

    /// The last day, where it is past and the report no longer waits: its silence is told.
    pub(in crate::evaluation) fn silent(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.late(today).filter(|_| !self.waits)
    }
}

/// Who answers the draft: code, name, and on which side.
pub(super) fn sides(scheme: &Scheme) -> Vec<(String, String, Recipient)> {
    let station = (STATION.to_owned(), "社工站".to_owned(), Recipient::Station);
    let party = |party: &Party| Some((party.code.clone(), party.name.clone(), Recipient::of(party.by)?));
    std::iter::once(station).chain(scheme.others().filter_map(party)).collect()
}

/// Whether somebody answers for a side.
pub(super) fn speaks(asker: &Asker, side: Recipient, round: &Round) -> bool {
    let place = Place::station(round.station_id);
    let of_side =
        |(role, scope): &(Role, Scope)| delivery::side_of(*role) == Some(side) && scope.covers(place);
    asker.scope(ANSWER).covers(place) && asker.user().is_some_and(|user| user.grants.iter().any(of_side))
}

/// The parties that have not answered the draft, in the order of the scheme.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn unanswered(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<Unanswered>> {
    let given = store::answers_of(tx, &round.code)?;
    let sent = delivery::draft_sent(tx, round)?;
    let open = sides(scheme).into_iter().filter(|(code, ..)| !given.iter().any(|one| one.party == *code));
    let of = |(code, name, side): (String, String, Recipient)| {
        let sent = sent.get(&side).copied();
        let due = sent.map(|(at, _)| delivery::due(scheme, at));
        Unanswered { code, name, side, sent, due, waits: scheme.silence == Silence::Wait }
    };
    Ok(open.map(of).collect())
}

/// The parties for which somebody still has to answer a draft that they signed for, each with the last day.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn owed(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<(String, NaiveDate)>> {
    let mut all = unanswered(tx, round, scheme)?;
    all.retain(|one| one.sent.is_some_and(|(_, signed)| signed) && speaks(asker, one.side, round));
    Ok(all.into_iter().filter_map(|one| Some((one.name, one.due?))).collect())
}
