//! Volunteers: 116 registered in the period and more before it, backbones, teams, 130 services with 582 attendances.

use chrono::NaiveDate;
use db::DbResult;
use kernel::Id;
use platform::volunteers::{Backbone, Volunteer, VolunteerService, VolunteerTeam};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, later, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::seal;
use crate::words::events::{CULTIVATION, SERVICES, TEAMS};
use crate::words::names;

/// Registered in the period, and before it.
const NEW: usize = 116;
const EARLIER: usize = 184;
/// Backbones assessed in the period, and before it.
const NEW_BACKBONES: usize = 14;
const EARLIER_BACKBONES: usize = 9;
/// Services: so many with four volunteers, the others with five.
const SERVICE_COUNT: usize = 130;
const OF_FOUR: usize = 68;

/// Enters volunteers and what they did.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) -> DbResult<()> {
    let mut dice = Dice::new("volunteers");
    let days = workdays(START, END);
    let mut volunteers = Vec::new();
    for n in 0..EARLIER + NEW {
        let registered_on =
            if n < EARLIER { later(day(2020, 3, 2), dice.between(0, 1550)) } else { dice.pick(&days) };
        volunteers.push((volunteer(book, plan, n, registered_on, &mut dice)?, registered_on));
    }
    // Backbones come from those who have been there for a while.
    let (mut old, _) = volunteers.split_at(EARLIER);
    for n in 0..EARLIER_BACKBONES + NEW_BACKBONES {
        let Some(((volunteer, registered_on), rest)) = old.split_first() else { break };
        old = &rest[dice.below(5)..];
        let assessed_on = if n < EARLIER_BACKBONES {
            later(*registered_on, 30).min(day(2024, 5, 30)).max(day(2023, 3, 1)).max(*registered_on)
        } else {
            dice.pick(&days)
        };
        backbone(book, plan, (n, *volunteer), assessed_on, &mut dice);
    }
    let teams = teams(book, plan, &mut dice);
    services(book, plan, &teams, &mut dice);
    Ok(())
}

fn volunteer(
    book: &mut Book,
    plan: &Plan<'_>,
    n: usize,
    registered_on: NaiveDate,
    dice: &mut Dice,
) -> DbResult<Id> {
    let volunteer = id::<Volunteer>(registered_on, n);
    let phone = format!("1900001{:04}", dice.below(10_000));
    let place = dice.below(plan.ground.places.len());
    let row = row!(Volunteer, volunteer, plan.at_place(place, registered_on), {
        name: names::name(names::VOLUNTEERS + n),
        registered_on,
        phone: Some(seal(plan.keys, "volunteers.phone", volunteer, &phone)?),
    });
    book.volunteers.add(registered_on, row);
    Ok(volunteer)
}

fn backbone(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, volunteer): (usize, Id),
    assessed_on: NaiveDate,
    dice: &mut Dice,
) {
    let place = dice.below(plan.ground.places.len());
    let row = row!(Backbone, id::<Backbone>(assessed_on, n), plan.at_place(place, assessed_on), {
        volunteer_id: volunteer,
        assessed_on,
        cultivation_plan: dice.pick(CULTIVATION).to_owned(),
        followed_up_on: None,
    });
    let followed_up_on = later(assessed_on, dice.between(20, 45));
    if followed_up_on <= END {
        let followed = Backbone { followed_up_on: Some(followed_up_on), ..row.clone() };
        book.backbones.correct(followed_up_on.max(START), followed);
    }
    book.backbones.add(assessed_on, row);
}

/// Ten active teams and one that is not, older than the contract, and two founded in the period.
fn teams(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) -> Vec<(Id, usize, NaiveDate)> {
    const FOUNDED: [NaiveDate; 2] = [day(2024, 8, 28), day(2024, 10, 16)];
    let mut founded = FOUNDED.into_iter();
    let mut teams = Vec::new();
    for (n, (name, active, new)) in TEAMS.into_iter().enumerate() {
        let long_ago = later(day(2016, 5, 4), dice.between(0, 2500));
        let founded_on = if new { founded.next().unwrap_or(long_ago) } else { long_ago };
        let team = id::<VolunteerTeam>(founded_on, n);
        // Teams stand in the order of the areas.
        let place = n * plan.ground.places.len() / TEAMS.len();
        let row = row!(VolunteerTeam, team, plan.at_place(place, founded_on), {
            name: name.to_owned(),
            founded_on,
            active,
        });
        book.teams.add(founded_on, row);
        if active {
            teams.push((team, place, founded_on));
        }
    }
    teams
}

fn services(book: &mut Book, plan: &Plan<'_>, teams: &[(Id, usize, NaiveDate)], dice: &mut Dice) {
    let mut sizes: Vec<i32> = (0..SERVICE_COUNT).map(|n| if n < OF_FOUR { 4 } else { 5 }).collect();
    dice.shuffle(&mut sizes);
    for (n, attendances) in sizes.into_iter().enumerate() {
        let (team, place, founded_on) = dice.pick(teams);
        let days = workdays(START.max(founded_on), END);
        let held_on = dice.pick(&days);
        let row = row!(VolunteerService, id::<VolunteerService>(held_on, n), plan.at_place(place, held_on), {
            team_id: Some(team),
            name: dice.pick(SERVICES).to_owned(),
            held_on,
            attendances,
            hours: attendances * dice.count(1, 3),
        });
        book.services.add(held_on, row);
    }
}
