//! Which step of the way is open to whom, and by which day. Pure.

use std::collections::BTreeMap;

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
    /// Who handed it on, by name; archives of before have none.
    #[serde(default)]
    sent_by: String,
    received_at: Option<String>,
    /// Who signed for it, by name.
    #[serde(default)]
    received_by: Option<String>,
}

impl Gone {
    /// As it is kept with the round.
    pub(super) fn kept(&self, names: &BTreeMap<Id, String>) -> Kept {
        let name = |who: Id| names.get(&who).cloned().unwrap_or_default();
        Kept {
            recipient: self.recipient.as_str().to_owned(),
            sent_at: self.sent_at.minute(),
            sent_by: name(self.sent_by),
            received_at: self.received.map(|(_, at)| at.minute()),
            received_by: self.received.map(|(by, _)| name(by)),
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
    days_after(sent_at, scheme.feedback_days)
}

/// The last day on which a step is done: signing for what was sent, or handing on what was signed for. None where the scheme
/// has none, or the step is done or not open.
pub(super) fn step_due(hop: Hop, scheme: &Scheme, gone: &[Gone]) -> Option<NaiveDate> {
    let at = |who: Recipient| gone.iter().find(|one| one.paper == hop.of && one.recipient == who);
    let since = match at(hop.to) {
        Some(one) if one.received.is_some() => return None,
        Some(one) => one.sent_at,
        None => at(hop.from)?.received?.1,
    };
    Some(days_after(since, scheme.receipt_days?))
}

/// A step that is past its day, in words: whose it is, and which.
pub(super) fn late(hop: Hop, scheme: &Scheme, gone: &[Gone], today: NaiveDate) -> Option<String> {
    let day = step_due(hop, scheme, gone).filter(|day| *day < today)?;
    let (of, to) = (hop.of.label(), hop.to.label());
    let sent = gone.iter().any(|one| one.paper == hop.of && one.recipient == hop.to);
    let what = if sent {
        format!("{to}还没有签收{of}")
    } else {
        format!("{}还没有把{of}转交{to}", hop.from.label())
    };
    Some(format!("{what}，已过 {day}"))
}

fn days_after(at: Moment, days: u32) -> NaiveDate {
    let day = at.day();
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
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

    #[test]
    fn a_step_is_late_after_its_day_and_has_none_where_the_scheme_has_none() {
        let (station, street) = (Recipient::Station, Recipient::StreetOffice);
        let library = crate::library::Library::load(None).unwrap();
        let at = |day: u32| Moment::end_of(NaiveDate::from_ymd_opt(2025, 3, day).unwrap());
        let gone = |recipient, sent, received: Option<u32>| Gone {
            paper: Paper::Draft,
            recipient,
            sent_by: Id::NIL,
            sent_at: at(sent),
            received: received.map(|day| (Id::NIL, at(day))),
        };
        let direct = Hop { of: Paper::Draft, from: Recipient::Evaluator, to: station };
        let onward = Hop { of: Paper::Draft, from: station, to: street };
        let check = |hop, gone: &[Gone], days, today, expected: Option<&str>| {
            let scheme = Scheme { receipt_days: days, ..library.scheme.clone() };
            let found = late(hop, &scheme, gone, NaiveDate::from_ymd_opt(2025, 3, today).unwrap());
            assert_eq!(found.as_deref(), expected, "{hop:?} {gone:?} {today}");
        };
        let unsigned = [gone(station, 1, None)];
        check(direct, &[], Some(3), 9, None);
        check(direct, &unsigned, Some(3), 4, None);
        check(direct, &unsigned, Some(3), 5, Some("社工站还没有签收初稿，已过 2025-03-04"));
        check(direct, &unsigned, None, 30, None);
        check(onward, &unsigned, Some(3), 30, None);
        let signed = [gone(station, 1, Some(4))];
        check(direct, &signed, Some(3), 30, None);
        check(onward, &signed, Some(3), 7, None);
        let late = "社工站还没有把初稿转交街道办事处（镇人民政府），已过 2025-03-07";
        check(onward, &signed, Some(3), 8, Some(late));
        let sent = [gone(station, 1, Some(4)), gone(street, 8, None)];
        check(onward, &sent, Some(3), 11, None);
        check(onward, &sent, Some(3), 12, Some("街道办事处（镇人民政府）还没有签收初稿，已过 2025-03-11"));
    }
}
