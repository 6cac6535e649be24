//! Home and phone visits, spread over the period by the intervals of the service levels.
//!
//! 949 home visits and 8642 calls, of which 晓港 271 and 2873: the whole-number solution of the published figures.

use chrono::NaiveDate;
use platform::clients::ServiceLevel;
use platform::visits::{Visit, VisitKind};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, later, workday_near};
use crate::dice::Dice;
use crate::notes::Note;
use crate::people::House;
use crate::plan::Plan;

/// Visits of one household over the period, and how many days should lie between them.
#[derive(Clone, Copy)]
struct Rhythm {
    count: usize,
    interval: i64,
}

/// Levels one and two: home visits, calls.
const FIRST: [Rhythm; 2] = [Rhythm { count: 6, interval: 30 }, Rhythm { count: 13, interval: 14 }];
const SECOND: [Rhythm; 2] = [Rhythm { count: 3, interval: 60 }, Rhythm { count: 6, interval: 30 }];
/// Days between calls and between home visits at level three.
const THIRD_CALLS: i64 = 60;
const THIRD_HOMES: i64 = 365;

/// Level three: how many households have one home visit, and how many of them one call more than the others.
struct Third {
    at_home: usize,
    more_calls: usize,
    calls: usize,
}
/// 晓港, then the rest.
const THIRD: [Third; 2] =
    [Third { at_home: 64, more_calls: 430, calls: 4 }, Third { at_home: 165, more_calls: 1004, calls: 3 }];

/// Enters the visits.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("visits");
    let mut notes = Dice::new("visit notes");
    let mut n = 0;
    for part in 0..2 {
        let mut third = thirds(plan, part);
        for (house, [homes, calls]) in rhythms(plan, part, &mut third, &mut dice) {
            let house = &plan.people.houses[house];
            let at_home = days(house, homes, &[], &mut dice);
            let by_phone = days(house, calls, &at_home, &mut dice);
            for (kind, days) in [(VisitKind::Home, at_home), (VisitKind::Phone, by_phone)] {
                for day in days {
                    book.visits.add(day, visit(plan, house, (n, kind, day), &mut notes));
                    n += 1;
                }
            }
        }
    }
}

/// The households of a part, 晓港 or the rest, that are open at the end.
fn houses(plan: &Plan<'_>, part: usize) -> Vec<usize> {
    let within = |house: &House| !house.closed && (plan.ground.places[house.place].area > 0) == (part > 0);
    (0..plan.people.houses.len()).filter(|house| within(&plan.people.houses[*house])).collect()
}

/// Those of the third level in two chance orders: who is visited at home, who is called once more.
fn thirds(plan: &Plan<'_>, part: usize) -> [Vec<usize>; 2] {
    let third: Vec<usize> = houses(plan, part)
        .into_iter()
        .filter(|house| plan.people.houses[*house].level == ServiceLevel::Three)
        .collect();
    [("homes", THIRD[part].at_home), ("calls", THIRD[part].more_calls)].map(|(label, count)| {
        let mut order = third.clone();
        Dice::new(&format!("visits of level three, {label}, {part}")).shuffle(&mut order);
        order.truncate(count);
        order.sort_unstable();
        order
    })
}

fn rhythms(
    plan: &Plan<'_>,
    part: usize,
    third: &mut [Vec<usize>; 2],
    dice: &mut Dice,
) -> Vec<(usize, [Rhythm; 2])> {
    let [at_home, more_calls] = third;
    let mut rhythms: Vec<(usize, [Rhythm; 2])> = houses(plan, part)
        .into_iter()
        .map(|house| {
            let rhythm = match plan.people.houses[house].level {
                ServiceLevel::One => FIRST,
                ServiceLevel::Two => SECOND,
                _ => {
                    let homes = usize::from(at_home.binary_search(&house).is_ok());
                    let more = usize::from(more_calls.binary_search(&house).is_ok());
                    let calls = THIRD[part].calls + more;
                    [
                        Rhythm { count: homes, interval: THIRD_HOMES },
                        Rhythm { count: calls, interval: THIRD_CALLS },
                    ]
                }
            };
            (house, rhythm)
        })
        .collect();
    dice.shuffle(&mut rhythms);
    rhythms
}

/// The days of a household's visits of one kind: as far apart as the level says where the time is long enough,
/// begun anywhere in what is left over, moved to workdays except for one in fifty.
fn days(house: &House, rhythm: Rhythm, taken: &[NaiveDate], dice: &mut Dice) -> Vec<NaiveDate> {
    let Ok(count) = i64::try_from(rhythm.count) else { return Vec::new() };
    if count == 0 {
        return Vec::new();
    }
    let floor = START.max(house.opened_on);
    let span = (END - floor).num_days();
    let interval = rhythm.interval.min(span / count);
    let begin = later(floor, dice.between(0, span - interval * (count - 1)));
    let mut days = Vec::new();
    for turn in 0..count {
        let day = later(begin, turn * interval);
        let day = if dice.percent(2) { day } else { workday_near(day, floor) };
        // A household is not called on the day of a visit.
        let free = |day: &NaiveDate| !taken.contains(day) && !days.contains(day);
        let after = (0..10).map(|more| later(day, more)).find(|day| free(day) && *day <= END);
        days.push(after.unwrap_or(day));
    }
    days
}

fn visit(
    plan: &Plan<'_>,
    house: &House,
    (n, kind, day): (usize, VisitKind, NaiveDate),
    dice: &mut Dice,
) -> Visit {
    let person = &plan.people.persons[dice.pick(&house.members)];
    // 晓港 is where the evaluators found most greetings.
    let greetings = if plan.ground.places[house.place].area == 0 { 19 } else { 11 };
    let greeting_only = dice.percent(greetings);
    let note = if greeting_only { Note::greeting(dice) } else { Note::of(person.profile, kind, dice) };
    let minutes = match (kind, greeting_only) {
        (VisitKind::Home, false) => dice.count(25, 70),
        (VisitKind::Home, true) => dice.count(8, 18),
        (VisitKind::Phone, false) => dice.count(4, 20),
        (VisitKind::Phone, true) => dice.count(1, 3),
    };
    row!(Visit, id::<Visit>(day, n), plan.at_place(house.place, day), {
        household_id: house.id,
        person_id: person.id,
        kind,
        visited_on: day,
        minutes,
        physical: note.physical,
        psychological: note.psychological,
        social: note.social,
        follow_up: note.follow_up,
        greeting_only,
        started_at: None,
        place: None,
        met: None,
        physical_state: None,
        psychological_state: None,
        social_state: None,
        seen: None,
        explained: None,
        risk: None,
        risk_kinds: None,
        joint_work_id: None,
    })
}
