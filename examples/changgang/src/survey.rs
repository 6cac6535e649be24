//! The satisfaction survey: 100 drawn, 96 answered, 1345 of 1440 points.
//!
//! Answers are stored apart from whom they came from: without person, place or worker, in chance order, and all of
//! them known at one moment.

use platform::surveys::{ContactOutcome, SampledPerson, SurveyAnswer};

use crate::ROUND;
use crate::book::{Book, id, row};
use crate::calendar::{END, day, later};
use crate::dice::Dice;
use crate::plan::Plan;

const SAMPLE: usize = 100;
const ANSWERED: usize = 96;
/// How many gave five of five points: problem solved, abilities, support network; the others gave four.
const FIVES: [usize; 3] = [64, 64, 65];
/// How many wish for more care.
const MORE_CARE: usize = 2;

/// Enters the survey.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("survey");
    sample(book, plan, &mut dice);
    answers(book, plan, &mut dice);
}

fn sample(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let mut frame: Vec<usize> =
        (0..plan.ground.areas.len()).flat_map(|area| plan.people.drawn(&plan.ground, area, dice)).collect();
    dice.shuffle(&mut frame);
    let mut outcomes: Vec<ContactOutcome> = (0..SAMPLE)
        .map(|n| if n < ANSWERED { ContactOutcome::Answered } else { ContactOutcome::Unreached })
        .collect();
    dice.shuffle(&mut outcomes);
    for (n, (person, outcome)) in frame.into_iter().zip(outcomes).enumerate() {
        let called_on = later(day(2025, 3, 26), dice.between(0, 2));
        let attempts = if outcome == ContactOutcome::Unreached { 3 } else { dice.count(1, 2) };
        // The evaluator calls, no worker of the station.
        let at = crate::book::At { worker: None, ..plan.at_person(person, END) };
        let sampled = row!(SampledPerson, id::<SampledPerson>(called_on, n), at, {
            person_id: plan.person(person).0.id,
            round: ROUND.to_owned(),
            called_on,
            attempts,
            outcome,
        });
        book.sampled.add(called_on, sampled);
    }
}

fn answers(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let [solved, abilities, network] = FIVES.map(|fives| points(fives, dice));
    let mut more_care: Vec<bool> = (0..ANSWERED).map(|n| n < MORE_CARE).collect();
    dice.shuffle(&mut more_care);
    let closed_on = day(2025, 3, 28);
    for n in 0..ANSWERED {
        let answered_on = later(day(2025, 3, 26), dice.between(0, 2));
        let answer = row!(SurveyAnswer, id::<SurveyAnswer>(closed_on, n), plan.ground.at_station(), {
            round: ROUND.to_owned(),
            answered_on,
            problem_solved: solved[n],
            abilities: abilities[n],
            support_network: network[n],
            points: solved[n] + abilities[n] + network[n],
            points_possible: 15,
            wants_more_care: more_care[n],
        });
        book.answers.add(closed_on, answer);
    }
}

fn points(fives: usize, dice: &mut Dice) -> Vec<i32> {
    let mut points: Vec<i32> = (0..ANSWERED).map(|n| if n < fives { 5 } else { 4 }).collect();
    dice.shuffle(&mut points);
    points
}
