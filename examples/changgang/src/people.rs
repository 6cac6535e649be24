//! Households and the persons in them: files, categories, levels, plans and the roster.
//!
//! 1915 open files with 2118 persons at the end of the period, as the report's areas add up, and some that were
//! closed before it.

use chrono::{Datelike as _, NaiveDate};
use db::{DbResult, Keys};
use kernel::Id;
use platform::clients::{Household, LevelPeriod, Person, Residence, RosterEntry, ServiceLevel, Sex};

use crate::book::{At, Book, id, row};
use crate::calendar::{BROUGHT_IN, END, START, day, later, workdays};
use crate::dice::Dice;
use crate::ground::Ground;
use crate::id_number::IdNumbers;
use crate::seal;
use crate::staff::Team;
use crate::words::clients::{LEVEL_REASONS, STREETS};
use crate::words::names;

/// Persons of each area; the first follows from the total.
const PERSONS: [usize; 4] = [601, 616, 482, 419];
/// Households of the first two levels in 晓港 and in the rest; all others are of the third.
const LEVELS: [(usize, usize); 2] = [(17, 35), (43, 85)];
/// Files that were closed within the period: moved away or died.
const CLOSED: usize = 14;

/// What kind of person, which decides categories, plans and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Elder,
    Adult,
    Child,
}

/// A person of the sample.
pub(crate) struct Somebody {
    pub(crate) id: Id,
    pub(crate) house: usize,
    pub(crate) profile: Profile,
    pub(crate) sex: Sex,
    pub(crate) filed_on: NaiveDate,
}

/// A household of the sample.
pub(crate) struct House {
    pub(crate) id: Id,
    pub(crate) place: usize,
    pub(crate) level: ServiceLevel,
    pub(crate) opened_on: NaiveDate,
    /// Whether its file was closed before the end.
    pub(crate) closed: bool,
    /// Places in [`People::persons`].
    pub(crate) members: Vec<usize>,
}

/// Everybody.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) houses: Vec<House>,
    pub(crate) persons: Vec<Somebody>,
}

impl People {
    /// Persons with an open file in an area, in chance order.
    pub(crate) fn drawn(&self, ground: &Ground, area: usize, dice: &mut Dice) -> Vec<usize> {
        let lives = |person: &usize| {
            let house = &self.houses[self.persons[*person].house];
            !house.closed && ground.places[house.place].area == area
        };
        let mut found: Vec<usize> = (0..self.persons.len()).filter(lives).collect();
        dice.shuffle(&mut found);
        found
    }
}

/// Enters households, persons and what belongs to them.
pub(crate) fn make(book: &mut Book, keys: &Keys, ground: &Ground, team: &Team) -> DbResult<People> {
    let mut people = People::default();
    let mut dice = Dice::new("people");
    let mut numbers = IdNumbers::default();
    let levels = levels(ground, &mut dice);
    for (place, levels) in levels.into_iter().enumerate() {
        for level in levels {
            let house = people.houses.len();
            let opened_on = opening(level, &mut dice);
            let file = Opening { place, level, opened_on, closed_on: None };
            people.houses.push(household(book, keys, (ground, team), house, &file, &mut dice)?);
        }
    }
    for _ in 0..CLOSED {
        let days = workdays(START, END);
        let closed_on = Some(dice.pick(&days[10..]));
        let opened_on = later(day(2019, 1, 7), dice.between(0, 1200));
        let place = dice.below(ground.places.len());
        let file = Opening { place, level: ServiceLevel::Three, opened_on, closed_on };
        let house = people.houses.len();
        people.houses.push(household(book, keys, (ground, team), house, &file, &mut dice)?);
        persons(book, keys, (ground, team), &mut people, (house, closed_on), (&mut dice, &mut numbers))?;
    }
    for house in 0..people.houses.len() - CLOSED {
        persons(book, keys, (ground, team), &mut people, (house, None), (&mut dice, &mut numbers))?;
    }
    for house in second_members(ground, &people, &mut dice) {
        persons(book, keys, (ground, team), &mut people, (house, None), (&mut dice, &mut numbers))?;
    }
    Ok(people)
}

/// The levels of the open files of each community, in chance order.
fn levels(ground: &Ground, dice: &mut Dice) -> Vec<Vec<ServiceLevel>> {
    let mut levels: Vec<Vec<ServiceLevel>> = ground.places.iter().map(|_| Vec::new()).collect();
    for (part, (ones, twos)) in LEVELS.into_iter().enumerate() {
        let places: Vec<usize> =
            (0..ground.places.len()).filter(|place| (ground.places[*place].area > 0) == (part > 0)).collect();
        let mut slots: Vec<usize> = places
            .iter()
            .flat_map(|place| std::iter::repeat_n(*place, ground.places[*place].files))
            .collect();
        dice.shuffle(&mut slots);
        for (n, place) in slots.into_iter().enumerate() {
            levels[place].push(match n {
                n if n < ones => ServiceLevel::One,
                n if n < ones + twos => ServiceLevel::Two,
                _ => ServiceLevel::Three,
            });
        }
    }
    for levels in &mut levels {
        dice.shuffle(levels);
    }
    levels
}

/// Most files are older than the contract; of the third level one in twenty-five was made in its first three months.
fn opening(level: ServiceLevel, dice: &mut Dice) -> NaiveDate {
    if level == ServiceLevel::Three && dice.percent(4) {
        dice.pick(&workdays(later(START, 3), day(2024, 9, 13)))
    } else {
        later(day(2019, 1, 7), dice.between(0, 1980))
    }
}

/// A file to be opened.
struct Opening {
    place: usize,
    level: ServiceLevel,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
}

fn household(
    book: &mut Book,
    keys: &Keys,
    (ground, team): (&Ground, &Team),
    n: usize,
    file: &Opening,
    dice: &mut Dice,
) -> DbResult<House> {
    let place = &ground.places[file.place];
    let household = id::<Household>(file.opened_on, n);
    let at = team.at_place(ground, file.place, file.opened_on);
    let file_number = format!("CG-{}-{:04}", place.code, n + 1);
    let door = format!("{} 单元 {}{:02} 房", dice.between(1, 3), dice.between(1, 9), dice.between(1, 8));
    let row = row!(Household, household, at, {
        file_number: file_number.clone(),
        building: format!("{}{} 号", dice.pick(STREETS), dice.between(1, 180)),
        door: seal(keys, "households.door", household, &door)?,
        residence: residence(dice),
        opened_on: file.opened_on,
        closed_on: None,
        platform_id: None,
        housing: None,
        closed_reason: None,
    });
    let at = At { worker: None, ..at };
    let entry = row!(RosterEntry, id::<RosterEntry>(file.opened_on, n), at, {
        household_id: Some(household),
        file_number,
        listed_on: file.opened_on,
        delisted_on: None,
    });
    if let Some(closed_on) = file.closed_on {
        book.households.correct(closed_on, Household { closed_on: Some(closed_on), ..row.clone() });
        book.roster.correct(closed_on, RosterEntry { delisted_on: Some(closed_on), ..entry.clone() });
    }
    book.households.add(file.opened_on, row);
    book.roster.add(file.opened_on, entry);
    level_periods(book, (household, n), at, file, dice);
    Ok(House {
        id: household,
        place: file.place,
        level: file.level,
        opened_on: file.opened_on,
        closed: file.closed_on.is_some(),
        members: Vec::new(),
    })
}

fn residence(dice: &mut Dice) -> Residence {
    match dice.below(100) {
        0..86 => Residence::Present,
        86..94 => Residence::RegisteredAbsent,
        _ => Residence::ResidentOnly,
    }
}

/// The level since the file was opened; one in five of the closely followed was less so before the contract.
fn level_periods(book: &mut Book, (household, n): (Id, usize), at: At, file: &Opening, dice: &mut Dice) {
    let (place, reasons) = match file.level {
        ServiceLevel::One => (0, LEVEL_REASONS[0]),
        ServiceLevel::Two => (1, LEVEL_REASONS[1]),
        _ => (2, LEVEL_REASONS[2]),
    };
    let raised_on = day(2024, 6, 3);
    let raised = place < 2 && file.opened_on < day(2024, 1, 1) && dice.percent(20);
    let from_on = if raised { raised_on } else { file.opened_on };
    let mut period = |n: usize, level, (from_on, to_on): (NaiveDate, Option<NaiveDate>), reason: &str| {
        let period = row!(LevelPeriod, id::<LevelPeriod>(from_on, n), at, {
            household_id: household,
            level,
            from_on,
            to_on: None,
            reason: reason.to_owned(),
            regrade_due_on: Some(later(from_on.max(day(2024, 6, 3)), 365)),
        });
        match to_on {
            Some(to_on) if to_on > BROUGHT_IN => {
                book.levels.correct(to_on, LevelPeriod { to_on: Some(to_on), ..period.clone() });
                book.levels.add(from_on, period);
            }
            _ => book.levels.add(from_on, LevelPeriod { to_on, ..period }),
        }
    };
    period(2 * n, file.level, (from_on, file.closed_on), dice.pick(reasons));
    if raised {
        period(2 * n + 1, ServiceLevel::Three, (file.opened_on, Some(raised_on)), LEVEL_REASONS[2][0]);
    }
}

/// Households that have one more person, as often as the area's persons exceed its households.
fn second_members(ground: &Ground, people: &People, dice: &mut Dice) -> Vec<usize> {
    let mut chosen = Vec::new();
    for (area, persons) in PERSONS.into_iter().enumerate() {
        let mut houses: Vec<usize> = (0..people.houses.len())
            .filter(|house| !people.houses[*house].closed)
            .filter(|house| ground.places[people.houses[*house].place].area == area)
            .collect();
        let more = persons - houses.len();
        dice.shuffle(&mut houses);
        chosen.extend(houses.into_iter().take(more));
    }
    chosen
}

fn persons(
    book: &mut Book,
    keys: &Keys,
    (ground, team): (&Ground, &Team),
    people: &mut People,
    (house, closed_on): (usize, Option<NaiveDate>),
    (dice, numbers): (&mut Dice, &mut IdNumbers),
) -> DbResult<()> {
    let n = people.persons.len();
    let filed_on = people.houses[house].opened_on;
    let profile = match dice.below(100) {
        0..68 => Profile::Elder,
        68..93 => Profile::Adult,
        _ => Profile::Child,
    };
    let sex = if dice.percent(56) { Sex::Female } else { Sex::Male };
    let born_on = birth(profile, filed_on, dice);
    let person = id::<Person>(filed_on, n);
    let at = team.at_place(ground, people.houses[house].place, filed_on);
    let number = numbers.next(born_on, sex, dice);
    let phone = format!("1900000{:04}", dice.below(10_000));
    let has_phone = dice.percent(93);
    let tail = format!("persons.phone_tail:{}", ground.station);
    let row = row!(Person, person, at, {
        household_id: people.houses[house].id,
        name: names::name(n),
        sex,
        born_on,
        id_number: seal(keys, "persons.id_number", person, &number)?,
        id_number_hash: keys.lookup("persons.id_number", &number),
        phone: if has_phone { Some(seal(keys, "persons.phone", person, &phone)?) } else { None },
        phone_tail_hash: has_phone.then(|| keys.lookup(&tail, &phone[7..])),
        filed_on,
        closed_on: None,
        relation: Some(if people.houses[house].members.is_empty() { "head" } else { "spouse" }.to_owned()),
        platform_id: None,
        care: None,
        marriage: None,
        subsidies: None,
        closed_reason: None,
    });
    if let Some(closed_on) = closed_on {
        book.persons.correct(closed_on, Person { closed_on: Some(closed_on), ..row.clone() });
    }
    book.persons.add(filed_on, row);
    let somebody = Somebody { id: person, house, profile, sex, filed_on };
    crate::plans::categories(book, at, (n, &somebody), (people.houses[house].id, closed_on), dice);
    crate::plans::plan(book, at, (n, &somebody, team.at_station(ground).worker), dice);
    people.houses[house].members.push(n);
    people.persons.push(somebody);
    Ok(())
}

/// Elders are 60 or more on the day they are filed, adults 20 to 58, children 2 to 13.
fn birth(profile: Profile, filed_on: NaiveDate, dice: &mut Dice) -> NaiveDate {
    let age = match profile {
        Profile::Elder => dice.between(60, 78) + dice.between(0, 14),
        Profile::Adult => dice.between(24, 57),
        Profile::Child => dice.between(2, 11),
    };
    let year = filed_on.year() - i32::try_from(age).unwrap_or(0);
    // The birthday of that year, or the last day of February for the 29th; then up to a year earlier.
    let birthday = filed_on.with_year(year).unwrap_or_else(|| later(filed_on, -365 * age - age / 4 - 1));
    later(birthday, -dice.between(0, 360))
}
