//! The hotline: 500 calls in and 3000 out, 276 and 1671 of them answered, a ticket for each, of which 159 and 332
//! were not filled in.

use chrono::{Datelike as _, NaiveDate};
use kernel::Id;
use platform::hotline::{Call, Direction, Ticket};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, later, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::hotline::{CAMPAIGN_ACTIONS, CAMPAIGNS, INBOUND, OUTBOUND};

/// Calls in one direction.
struct Line {
    direction: Direction,
    calls: usize,
    answered: usize,
    unfilled: usize,
    /// Percent of calls that belong to a campaign before bad weather.
    campaign: usize,
}

const LINES: [Line; 2] = [
    Line { direction: Direction::Inbound, calls: 500, answered: 276, unfilled: 159, campaign: 0 },
    Line { direction: Direction::Outbound, calls: 3000, answered: 1671, unfilled: 332, campaign: 40 },
];

/// Enters calls and tickets.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("hotline");
    let mut whom = Dice::new("households of the hotline");
    let open = workdays(START, END);
    let every: Vec<NaiveDate> = START.iter_days().take_while(|day| *day <= END).collect();
    let mut n = 0;
    for line in &LINES {
        let answered = drawn(line.calls, line.answered, &mut dice);
        let unfilled = drawn(line.calls, line.unfilled, &mut dice);
        for (answered, unfilled) in answered.into_iter().zip(unfilled) {
            let campaign = dice.percent(line.campaign).then(|| dice.pick(&CAMPAIGNS));
            let called_on = match campaign {
                Some((month, date, _)) => day(2024, month, date),
                None if line.direction == Direction::Inbound && dice.percent(10) => dice.pick(&every),
                None => dice.pick(&open),
            };
            let matter = Matter { campaign: campaign.map(|(_, _, why)| why), answered, unfilled };
            call(book, plan, (n, line.direction, called_on), &matter, (&mut dice, &mut whom));
            n += 1;
        }
    }
}

/// So many of `all` in chance order.
fn drawn(all: usize, chosen: usize, dice: &mut Dice) -> Vec<bool> {
    let mut marks: Vec<bool> = (0..all).map(|n| n < chosen).collect();
    dice.shuffle(&mut marks);
    marks
}

/// With whom a call was: of a community's open files somebody, or a caller without one.
fn with(
    plan: &Plan<'_>,
    (place, day): (usize, NaiveDate),
    direction: Direction,
    dice: &mut Dice,
) -> Option<(Id, Id)> {
    let filed = match direction {
        Direction::Inbound => 60,
        Direction::Outbound => 90,
    };
    let known = dice.percent(filed);
    let there = plan.people.houses.iter().filter(|house| house.place == place && !house.closed);
    let houses: Vec<_> = there.filter(|house| house.opened_on <= day).collect();
    let house = houses.get(dice.below(houses.len()))?;
    let members = house.members.iter().map(|member| &plan.people.persons[*member]);
    let members: Vec<Id> = members.filter(|one| one.filed_on <= day).map(|one| one.id).collect();
    let person = members.get(dice.below(members.len()))?;
    known.then_some((house.id, *person))
}

/// What a call was about and what became of it.
struct Matter {
    campaign: Option<&'static str>,
    answered: bool,
    unfilled: bool,
}

fn call(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, direction, called_on): (usize, Direction, NaiveDate),
    matter: &Matter,
    (dice, whom): (&mut Dice, &mut Dice),
) {
    let place = dice.below(plan.ground.places.len());
    let at = plan.at_place(place, called_on);
    let call = id::<Call>(called_on, n);
    let seconds = match (matter.answered, direction) {
        (false, _) => 0,
        (true, Direction::Inbound) => dice.count(60, 900),
        (true, Direction::Outbound) => dice.count(25, 300),
    };
    let (household_id, person_id) = with(plan, (place, called_on), direction, whom).unzip();
    let row = row!(Call, call, at, {
        direction,
        called_on,
        answered: matter.answered,
        seconds,
        household_id,
        person_id,
    });
    book.calls.add(called_on, row);
    let ticket = row!(Ticket, id::<Ticket>(called_on, n), at, {
        call_id: call,
        direction,
        opened_on: called_on,
        filled_on: None,
        reason: None,
        action: None,
    });
    if matter.unfilled {
        book.tickets.add(called_on, ticket);
        return;
    }
    let (reason, action) = words(direction, matter, dice);
    // One in fifty is filled in later, by a version of its own; the rest on the day of the call.
    let late = dice.percent(2) && called_on.day() < 26;
    let filled_on = if late { later(called_on, dice.between(1, 4)) } else { called_on };
    let filled = Ticket {
        filled_on: Some(filled_on),
        reason: Some(reason.to_owned()),
        action: Some(action.to_owned()),
        ..ticket.clone()
    };
    if late {
        book.tickets.add(called_on, ticket);
        book.tickets.correct(filled_on, filled);
    } else {
        book.tickets.add(called_on, filled);
    }
}

fn words(direction: Direction, matter: &Matter, dice: &mut Dice) -> (&'static str, &'static str) {
    let unanswered = match direction {
        Direction::Inbound => "未接通，已回拨",
        Direction::Outbound => "未接通，改日再拨",
    };
    let (reason, action) = match (matter.campaign, direction) {
        (Some(why), _) => (why, dice.pick(CAMPAIGN_ACTIONS)),
        (None, Direction::Inbound) => dice.pick(INBOUND),
        (None, Direction::Outbound) => dice.pick(OUTBOUND),
    };
    (reason, if matter.answered { action } else { unanswered })
}
