//! What was promised at the last visits of the year and what became of it, and stays in hospital: what today's list of
//! the sample is made of beside contacts.

use chrono::NaiveDate;
use platform::visits::{FollowState, FollowUp, HospitalStay, Visit};

use crate::book::{At, Book, id};
use crate::calendar::{END, later};
use crate::dice::Dice;

/// Visits of so many days before the end still have open promises.
const RECENT: i64 = 24;
/// One in so many visits of those days led to a stay in hospital that was told there.
const STAYS: usize = 90;

/// Enters them, from the visits that are entered.
pub(crate) fn make(book: &mut Book) {
    let mut dice = Dice::new("promises");
    let recent: Vec<Visit> =
        book.visits.added().filter(|one| (END - one.visited_on).num_days() < RECENT).cloned().collect();
    for (n, visit) in recent.iter().enumerate() {
        if let Some(what) = visit.follow_up.clone().filter(|what| !what.is_empty()) {
            promise(book, (n, visit), what, &mut dice);
        }
        if n % STAYS == 0 {
            stay(book, (n, visit), &mut dice);
        }
    }
}

fn at(visit: &Visit) -> At {
    At {
        station: visit.station_id,
        area: visit.area_id,
        community: visit.community_id,
        worker: visit.worker_id,
    }
}

/// Due a week or two later; most of what fell due is done.
fn promise(book: &mut Book, (n, visit): (usize, &Visit), what: String, dice: &mut Dice) {
    let (on, due_on) = (visit.visited_on, later(visit.visited_on, dice.between(7, 14)));
    let follow_up = crate::book::row!(FollowUp, id::<FollowUp>(on, n), at(visit), {
        household_id: visit.household_id,
        person_id: visit.person_id,
        visit_id: Some(visit.id),
        what,
        due_on,
        state: FollowState::Open,
        settled_on: None,
        outcome: None,
    });
    if due_on <= END && dice.percent(93) {
        let done = FollowUp { state: FollowState::Done, settled_on: Some(due_on), ..follow_up.clone() };
        book.follow_ups.correct(due_on, done);
    }
    book.follow_ups.add(on, follow_up);
}

fn stay(book: &mut Book, (n, visit): (usize, &Visit), dice: &mut Dice) {
    let admitted_on: NaiveDate = later(visit.visited_on, 1).min(END);
    let stay = crate::book::row!(HospitalStay, id::<HospitalStay>(admitted_on, n), at(visit), {
        household_id: visit.household_id,
        person_id: visit.person_id,
        hospital: "示例区第一医院".to_owned(),
        cause: "体检发现问题，住院观察".to_owned(),
        admitted_on,
        discharged_on: None,
    });
    let discharged_on = later(admitted_on, dice.between(3, 9));
    if discharged_on <= END {
        book.stays
            .correct(discharged_on, HospitalStay { discharged_on: Some(discharged_on), ..stay.clone() });
    }
    book.stays.add(admitted_on, stay);
}
