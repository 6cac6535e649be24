//! Supplies and resources, and homes made safer.

use chrono::NaiveDate;
use kernel::Fen;
use platform::aid::{AdaptationKind, AidGiven, AidKind, HomeAdaptation};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::events::{RESOURCES, SUPPLIES};

/// Rounds and attendances of supplies in each area; the report prints the first, the rest is invented.
const SUPPLIED: [(usize, i64); 4] = [(19, 773), (18, 655), (15, 520), (11, 348)];
/// Homes found in need of adaptation in each area: twelve, of which the first was done.
const HOMES: [usize; 4] = [4, 3, 3, 2];

/// Enters aid and adaptations.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("aid");
    let days = workdays(START, END);
    for (area, (rounds, attendances)) in SUPPLIED.into_iter().enumerate() {
        for (turn, count) in dice.parts(attendances, rounds, 45).into_iter().enumerate() {
            let given_on = dice.pick(&days);
            let what = dice.pick(SUPPLIES);
            let n = area * 100 + turn;
            given(book, plan, (n, area, given_on), (AidKind::Supplies, "zhuhang", what, count), &mut dice);
        }
        for turn in 0..4 {
            let given_on = dice.pick(&days);
            let what = dice.pick(RESOURCES);
            let count = dice.between(3, 20);
            let n = 1000 + area * 100 + turn;
            given(
                book,
                plan,
                (n, area, given_on),
                (AidKind::Resource, "gongyi_hehuoren", what, count),
                &mut dice,
            );
        }
    }
    homes(book, plan, &days, &mut dice);
    handrails(book, plan);
}

fn given(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, area, given_on): (usize, usize, NaiveDate),
    (kind, programme, what, count): (AidKind, &str, &str, i64),
    dice: &mut Dice,
) {
    let place = dice.pick(&plan.ground.places_of(area));
    let each = dice.between(30, 120);
    let aid = row!(AidGiven, id::<AidGiven>(given_on, n), plan.at_place(place, given_on), {
        programme: Some(programme.to_owned()),
        given_on,
        kind,
        what: what.to_owned(),
        attendances: i32::try_from(count).unwrap_or(0),
        value: Fen::yuan(if kind == AidKind::Supplies { each * count } else { 0 }),
    });
    book.aids.add(given_on, aid);
}

/// Twelve homes found within the period, one of them done; and one of the contract before.
fn homes(book: &mut Book, plan: &Plan<'_>, days: &[NaiveDate], dice: &mut Dice) {
    const NEEDS: [&str; 4] =
        ["卫生间加装扶手和防滑地面", "更换老化线路", "门槛改斜坡", "加装夜灯与燃气报警器"];
    for (area, homes) in HOMES.into_iter().enumerate() {
        let mut persons = plan.people.drawn(&plan.ground, area, dice);
        persons.retain(|person| plan.person(*person).1.opened_on < day(2024, 1, 1));
        for (turn, person) in persons.into_iter().take(homes).enumerate() {
            let first = area == 0 && turn == 0;
            let found_on = if first { day(2024, 8, 8) } else { dice.pick(days) };
            let done_on = first.then_some(day(2024, 11, 21));
            home(book, plan, (area * 10 + turn, person), (found_on, done_on), dice.pick(&NEEDS));
        }
    }
    let mut persons = plan.people.drawn(&plan.ground, 3, dice);
    persons.retain(|person| plan.person(*person).1.opened_on < day(2024, 1, 1));
    for person in persons.into_iter().take(1) {
        home(book, plan, (99, person), (day(2024, 3, 12), Some(day(2024, 5, 9))), NEEDS[0]);
    }
}

fn home(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, person): (usize, usize),
    (found_on, done_on): (NaiveDate, Option<NaiveDate>),
    need: &str,
) {
    let (_, house) = plan.person(person);
    let row = row!(HomeAdaptation, id::<HomeAdaptation>(found_on, n), plan.at_person(person, found_on), {
        household_id: Some(house.id),
        kind: AdaptationKind::Home,
        found_on,
        done_on: None,
        need: need.to_owned(),
        buildings: 0,
        elders: 1,
    });
    enter(book, row, done_on);
}

/// One building of six floors, for twenty elders.
fn handrails(book: &mut Book, plan: &Plan<'_>) {
    let found_on = day(2024, 7, 16);
    let place = plan.ground.places_of(3)[1];
    let row = row!(HomeAdaptation, id::<HomeAdaptation>(found_on, 100), plan.at_place(place, found_on), {
        household_id: None,
        kind: AdaptationKind::StairHandrail,
        found_on,
        done_on: None,
        need: "六层楼梯加装扶手".into(),
        buildings: 1,
        elders: 20,
    });
    enter(book, row, Some(day(2024, 10, 30)));
}

/// The need is known when it was found, that it was done when it was done.
fn enter(book: &mut Book, row: HomeAdaptation, done_on: Option<NaiveDate>) {
    if let Some(done_on) = done_on {
        book.adaptations.correct(done_on, HomeAdaptation { done_on: Some(done_on), ..row.clone() });
    }
    book.adaptations.add(row.found_on, row);
}
