//! What every theme of the sample draws on: the ground, the team, the people and the keys.

use chrono::NaiveDate;
use db::Keys;

use crate::book::At;
use crate::facts::Facts;
use crate::ground::Ground;
use crate::people::{House, People, Somebody};
use crate::staff::Team;

/// The stage that is set before work is recorded.
pub(crate) struct Plan<'k> {
    pub(crate) keys: &'k Keys,
    /// The text of the counting rules.
    pub(crate) rules: &'k str,
    pub(crate) facts: Facts,
    pub(crate) ground: Ground,
    pub(crate) team: Team,
    pub(crate) people: People,
}

impl Plan<'_> {
    /// A community on a day, with the worker on duty there.
    pub(crate) fn at_place(&self, place: usize, day: NaiveDate) -> At {
        self.team.at_place(&self.ground, place, day)
    }

    /// An area, with the worker who leads it.
    pub(crate) fn at_area(&self, area: usize) -> At {
        self.team.at_area(&self.ground, area)
    }

    /// The station, with its manager.
    pub(crate) fn at_station(&self) -> At {
        self.team.at_station(&self.ground)
    }

    /// A person and the household.
    pub(crate) fn person(&self, person: usize) -> (&Somebody, &House) {
        let somebody = &self.people.persons[person];
        (somebody, &self.people.houses[somebody.house])
    }

    /// Where a person is met on a day.
    pub(crate) fn at_person(&self, person: usize, day: NaiveDate) -> At {
        self.at_place(self.person(person).1.place, day)
    }
}
