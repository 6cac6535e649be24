//! Which step of the way is open to whom. Pure.

use chrono::{Days, NaiveDate};
use kernel::{Id, Moment};
use rules::scoring::{Hop, Paper, Recipient, Scheme};
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::evaluation::Stage;

/// A step that was gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gone {
    pub(super) paper: Paper,
    pub(super) recipient: Recipient,
    pub(super) sent_by: Id,
    pub(super) sent_at: Moment,
    pub(super) received: Option<(Id, Moment)>,
}

/// A step as it is kept with the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::evaluation) struct Kept {
    recipient: String,
    sent_at: String,
    received_at: Option<String>,
}

impl Gone {
    /// As it is kept with the round.
    pub(super) fn kept(&self) -> Kept {
        Kept {
            recipient: self.recipient.as_str().to_owned(),
            sent_at: self.sent_at.minute(),
            received_at: self.received.map(|(_, at)| at.minute()),
        }
    }
}

/// Which side somebody with a role stands on; none for those who stand above the parties.
pub(in crate::evaluation) fn side_of(role: Role) -> Option<Recipient> {
    match role {
        Role::Evaluator => Some(Recipient::Evaluator),
        Role::Worker | Role::AreaLead | Role::StationManager | Role::Operator => Some(Recipient::Station),
        Role::StreetOffice => Some(Recipient::StreetOffice),
        Role::SupervisionCentre => Some(Recipient::SupervisionCentre),
        Role::DistrictBureau => Some(Recipient::DistrictBureau),
        _ => None,
    }
}

/// The paper that a stage hands on.
pub(super) fn paper_of(stage: Stage) -> Option<Paper> {
    match stage {
        Stage::Feedback => Some(Paper::Draft),
        Stage::Issued => Some(Paper::Final),
        _ => None,
    }
}

/// Whether a step may be gone now: whoever hands it on has it, and the other has it not yet.
pub(super) fn opens(hop: Hop, gone: &[Gone]) -> bool {
    let at = |who: Recipient| gone.iter().find(|one| one.paper == hop.of && one.recipient == who);
    let has = hop.from == Recipient::Evaluator || at(hop.from).is_some_and(|one| one.received.is_some());
    has && at(hop.to).is_none()
}

/// The last day on which a draft that was sent is answered, in Shanghai's days.
pub(in crate::evaluation) fn due(scheme: &Scheme, sent_at: Moment) -> NaiveDate {
    let sent = sent_at.day();
    sent.checked_add_days(Days::new(scheme.feedback_days.into())).unwrap_or(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_opens_when_the_one_before_was_signed_for() {
        let gone = |recipient, received| Gone {
            paper: Paper::Draft,
            recipient,
            sent_by: Id::NIL,
            sent_at: Moment::from_micros(0),
            received: if received { Some((Id::NIL, Moment::from_micros(1))) } else { None },
        };
        let hop = |of, from, to| Hop { of, from, to };
        let (station, street) = (Recipient::Station, Recipient::StreetOffice);
        let direct = hop(Paper::Draft, Recipient::Evaluator, station);
        let onward = hop(Paper::Draft, station, street);
        for (hop, gone, expected) in [
            (direct, vec![], true),
            (direct, vec![gone(station, false)], false),
            (onward, vec![], false),
            (onward, vec![gone(station, false)], false),
            (onward, vec![gone(station, true)], true),
            (onward, vec![gone(station, true), gone(street, false)], false),
            (hop(Paper::Final, station, street), vec![gone(station, true)], false),
        ] {
            assert_eq!(opens(hop, &gone), expected, "{hop:?} {gone:?}");
        }
    }
}
