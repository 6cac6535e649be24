//! Cases: 69 intakes with 371 sessions, and 56 closures, some of them of cases carried over.

use chrono::NaiveDate;
use platform::casework::{Case, CaseClosure, CaseSession, Outcome};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, later, workday_near, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::casework::{CLOSURE_NOTES, OTHER_CASES, POLICY_CASES, SESSION_NOTES};
use crate::words::fill;

/// New cases of each area, of which so many help with a policy one to one.
const INTAKES: [usize; 4] = [20, 19, 16, 14];
const ONE_TO_ONE: usize = 45;
/// So many of the new cases have six sessions, the others five.
const SIX_SESSIONS: usize = 26;
/// Carried over from the contract before: open at its end, and so many of them closed in this one.
const CARRIED_OVER: usize = 19;
const CARRIED_CLOSED: usize = 16;
/// Closures in the period.
const CLOSURES: usize = 56;

/// A case as far as the rest needs it.
struct Opened {
    row: Case,
    person: usize,
    sessions: usize,
}

/// Enters the cases.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("casework");
    let cases = opened(plan, &mut dice);
    let (carried, new): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.row.opened_on < START);
    for (n, case) in carried.iter().enumerate() {
        sessions(book, plan, case, later(START, -4), &mut dice);
        if n < CARRIED_CLOSED {
            let closed_on = workday_near(later(START, dice.between(5, 50)), later(START, 3));
            closure(book, plan, case, closed_on, &mut dice);
        }
    }
    let mut ended: Vec<(NaiveDate, &Opened)> =
        new.iter().map(|case| (sessions(book, plan, case, END, &mut dice), case)).collect();
    ended.sort_by_key(|(last, case)| (*last, case.row.id));
    for (last, case) in ended.into_iter().take(CLOSURES - CARRIED_CLOSED) {
        let closed_on = workday_near(later(last, dice.between(3, 12)), last);
        closure(book, plan, case, closed_on, &mut dice);
    }
    for case in carried.into_iter().chain(new) {
        book.cases.add(case.row.opened_on, case.row);
    }
}

/// New cases and those carried over, each of another person, more often of the closely followed.
fn opened(plan: &Plan<'_>, dice: &mut Dice) -> Vec<Opened> {
    let mut kinds: Vec<(bool, usize)> = (0..INTAKES.iter().sum())
        .map(|n| (n < ONE_TO_ONE, if (n * 7) % 69 < SIX_SESSIONS { 6 } else { 5 }))
        .collect();
    dice.shuffle(&mut kinds);
    let days = workdays(later(START, 3), day(2024, 11, 8));
    let mut cases = Vec::new();
    for (area, intakes) in INTAKES.into_iter().enumerate() {
        let mut persons = plan.people.drawn(&plan.ground, area, dice);
        persons.retain(|person| plan.person(*person).1.opened_on < day(2024, 3, 1));
        persons.sort_by_key(|person| plan.person(*person).1.level);
        // Half from those at the front, the closely followed, half from anywhere.
        let mut chosen: Vec<usize> = persons.iter().copied().take(intakes / 2).collect();
        let carried = CARRIED_OVER.div_ceil(4).min(CARRIED_OVER - area * CARRIED_OVER.div_ceil(4));
        chosen.extend(persons.iter().rev().take(intakes - intakes / 2 + carried));
        for (turn, person) in chosen.into_iter().enumerate() {
            let carried = turn >= intakes;
            let (one_to_one, sessions) =
                if carried { (turn % 2 == 0, 4) } else { kinds.pop().unwrap_or((false, 5)) };
            let opened_on =
                if carried { later(day(2024, 2, 26), dice.between(0, 60)) } else { dice.pick(&days) };
            let row = case(plan, cases.len(), (person, opened_on, one_to_one), dice);
            cases.push(Opened { row, person, sessions });
        }
    }
    cases
}

fn case(
    plan: &Plan<'_>,
    n: usize,
    (person, opened_on, one_to_one): (usize, NaiveDate, bool),
    dice: &mut Dice,
) -> Case {
    let (problem, course) = dice.pick(if one_to_one { POLICY_CASES } else { OTHER_CASES });
    let (somebody, house) = plan.person(person);
    let opened_on = workday_near(opened_on, later(opened_on, -3));
    row!(Case, id::<Case>(opened_on, n), plan.at_person(person, opened_on), {
        person_id: somebody.id,
        household_id: house.id,
        number: format!("GA-{}-{:03}", opened_on.format("%Y%m"), n + 1),
        opened_on,
        one_to_one,
        problem: problem.to_owned(),
        plan: course.to_owned(),
    })
}

/// The sessions of a case, a week or so apart; gives the day of the last.
fn sessions(
    book: &mut Book,
    plan: &Plan<'_>,
    case: &Opened,
    latest: NaiveDate,
    dice: &mut Dice,
) -> NaiveDate {
    let count = i64::try_from(case.sessions).unwrap_or(1);
    let opened_on = case.row.opened_on;
    let step = ((latest - opened_on).num_days() / count).clamp(2, 11);
    let mut held_on = opened_on;
    for turn in 0..case.sessions {
        let planned = later(opened_on, i64::try_from(turn).unwrap_or(0) * step);
        held_on = workday_near(planned, later(planned, -1).max(opened_on)).min(latest);
        let stage = match turn {
            0 => 0,
            1 => 1,
            turn if turn + 1 == case.sessions => 3,
            _ => 2,
        };
        let session = id::<CaseSession>(held_on, format!("{} {turn}", case.row.id));
        let session = row!(CaseSession, session, plan.at_person(case.person, held_on), {
            case_id: case.row.id,
            held_on,
            minutes: dice.count(40, 75),
            note: dice.pick(SESSION_NOTES[stage]).to_owned(),
        });
        book.case_sessions.add(held_on, session);
    }
    held_on
}

fn closure(book: &mut Book, plan: &Plan<'_>, case: &Opened, closed_on: NaiveDate, dice: &mut Dice) {
    let closed_on = closed_on.min(END);
    let outcome = match dice.below(10) {
        0..7 => Outcome::Reached,
        7..9 => Outcome::Partly,
        _ => Outcome::Ended,
    };
    let before = dice.between(3, 5);
    let after = before + dice.between(2, 4);
    let closure = id::<CaseClosure>(closed_on, case.row.id);
    let closure = row!(CaseClosure, closure, plan.at_person(case.person, closed_on), {
        case_id: case.row.id,
        closed_on,
        outcome,
        note: fill(dice.pick(CLOSURE_NOTES), &[&before.to_string(), &after.to_string()]),
    });
    book.closures.add(closed_on, closure);
}
