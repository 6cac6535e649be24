//! Groups: nine with 56 sessions and ten attendances at each, and one of the contract before.

use chrono::NaiveDate;
use platform::groups::{Group, GroupAttendance, GroupSession, GroupStage};

use crate::book::{Book, id, row};
use crate::calendar::{day, later, workday_near};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::casework::{GROUP_NOTES, GROUPS};

/// Area, first session and number of sessions of each group: seven times six and twice seven.
const COURSES: [(usize, NaiveDate, usize); 9] = [
    (0, day(2024, 7, 3), 6),
    (0, day(2024, 9, 11), 7),
    (1, day(2024, 7, 9), 6),
    (1, day(2024, 8, 20), 6),
    (1, day(2024, 10, 15), 7),
    (2, day(2024, 8, 1), 6),
    (2, day(2024, 10, 24), 6),
    (3, day(2024, 7, 19), 6),
    (3, day(2024, 11, 8), 6),
];
/// Before the contract: not counted in it.
const EARLIER: (usize, NaiveDate, usize) = (0, day(2024, 4, 10), 6);
/// Members of a group, of whom so many are at each session.
const MEMBERS: usize = 13;
const ATTEND: usize = 10;

/// Enters the groups.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("groups");
    for (n, course) in COURSES.into_iter().enumerate() {
        group(book, plan, (n, GROUPS[n]), course, &mut dice);
    }
    group(book, plan, (COURSES.len(), GROUPS[0]), EARLIER, &mut dice);
}

fn group(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, (name, aim, programme)): (usize, (&str, &str, &str)),
    (area, started_on, sessions): (usize, NaiveDate, usize),
    dice: &mut Dice,
) {
    let place = dice.pick(&plan.ground.places_of(area));
    let at = plan.at_place(place, started_on);
    let group = id::<Group>(started_on, n);
    let row = row!(Group, group, at, {
        programme_id: plan.ground.programme(programme),
        name: name.to_owned(),
        started_on,
        aim: aim.to_owned(),
    });
    book.groups.add(started_on, row);
    let mut members = plan.people.drawn(&plan.ground, area, dice);
    members.retain(|person| plan.person(*person).1.opened_on <= started_on);
    members.truncate(MEMBERS);
    for turn in 0..sessions {
        let planned = later(started_on, 7 * i64::try_from(turn).unwrap_or(0));
        let held_on = workday_near(planned, planned);
        let at = plan.at_place(place, held_on);
        let (stage, note) = stage(turn, sessions, dice);
        let session = id::<GroupSession>(held_on, n * 10 + turn);
        let row = row!(GroupSession, session, at, {
            group_id: group,
            held_on,
            number: crate::ground::position(turn),
            stage,
            note: note.to_owned(),
        });
        book.group_sessions.add(held_on, row);
        dice.shuffle(&mut members);
        for (seat, person) in members.iter().take(ATTEND).enumerate() {
            let attendance = id::<GroupAttendance>(held_on, (n * 10 + turn) * 100 + seat);
            let attendance = row!(GroupAttendance, attendance, at, {
                session_id: session,
                person_id: plan.person(*person).0.id,
                held_on,
            });
            book.group_attendances.add(held_on, attendance);
        }
    }
}

fn stage(turn: usize, sessions: usize, dice: &mut Dice) -> (GroupStage, &'static str) {
    let (stage, notes) = match turn {
        0 => (GroupStage::Forming, GROUP_NOTES[0]),
        1 => (GroupStage::Transition, GROUP_NOTES[1]),
        turn if turn + 1 == sessions => (GroupStage::Ending, GROUP_NOTES[3]),
        _ => (GroupStage::Mature, GROUP_NOTES[2]),
    };
    (stage, dice.pick(notes))
}
