//! A file made from a row of the roster: the household it belongs to or a new one, the person, the level, the
//! categories.

use chrono::NaiveDate;
use db::Tx;
use kernel::{Id, Problem};
use rules::codes::List;
use rules::identity::IdNumber;
use rules::roster::{Difference, Row};

use super::super::model::{Residence, ServiceLevel};
use super::super::personal::{DOOR, seal, seal_numbers};
use super::super::store::{Household, LevelPeriod, Person, PersonCategory};
use super::book::{Book, Table};
use crate::access::new_id;
use crate::areas::Community;
use crate::shell::Trouble;

impl Book {
    /// Makes the file of somebody on the roster who has none. What the roster cannot say is in `limits`.
    ///
    /// # Errors
    /// The row lacks what a file must have.
    pub(super) fn newcomer(
        &mut self,
        tx: &Tx<'_>,
        difference: &Difference,
        row: &Row,
        by: usize,
    ) -> Result<(), Trouble> {
        let lacking = || Problem::new("unknown_row", "名册这一行缺身份证号或社区", "请补上后重新导入");
        let number = row.id_number.clone().ok_or_else(lacking)?;
        let community =
            row.community.as_deref().and_then(|name| self.community(name)).cloned().ok_or_else(lacking)?;
        let (household, head) = match self.household_for(difference, row) {
            Some(known) => (known, false),
            None => (self.new_household(tx, row, &community, by)?, true),
        };
        self.new_person(tx, (household, head), row, &number, difference.effective_on, by)?;
        if head && let Some(level) = row.level().and_then(|level| level.parse().ok()) {
            self.new_level(tx, household, level, self.today, by)?;
        }
        self.list(tx, household, difference.effective_on, by)
    }

    /// The open household that a row belongs to, by the number on its file or of the platform.
    fn household_for(&self, difference: &Difference, row: &Row) -> Option<Id> {
        let filed = difference.household.as_deref().and_then(|id| id.parse().ok());
        let numbered = row.file_number.as_ref().and_then(|number| self.numbers.get(number)).copied();
        let listed = row.household_number.as_ref().and_then(|number| self.platform.get(number)).copied();
        let open = |id: &Id| self.households.get(id).is_some_and(|one| one.closed_on.is_none());
        [filed, numbered, listed].into_iter().flatten().find(open)
    }

    fn new_household(
        &mut self,
        tx: &Tx<'_>,
        row: &Row,
        community: &Community,
        by: usize,
    ) -> Result<Id, Trouble> {
        let id = new_id(tx.at())?;
        let (building, door) = address(row.address.as_deref(), &community.name);
        let file_number = self.unused_number(row);
        let household = Household {
            id,
            station_id: self.station,
            area_id: community.area_id,
            community_id: Some(community.id),
            worker_id: None,
            file_number: file_number.clone(),
            building,
            door: seal(tx.keys(), DOOR, id, &door)?,
            residence: row.residence().and_then(|code| code.parse().ok()).unwrap_or(Residence::Present),
            opened_on: self.today,
            closed_on: None,
            platform_id: row.household_number.clone(),
            housing: one(row, List::Housing),
            closed_reason: None,
        };
        self.numbers.insert(file_number, id);
        if let Some(number) = &row.household_number {
            self.platform.insert(number.clone(), id);
        }
        self.households.insert(id, household);
        self.entered.insert(id);
        self.touch(Table::Households, id, by);
        Ok(id)
    }

    /// The roster's file number; without one the household's, or one to be replaced by hand.
    fn unused_number(&self, row: &Row) -> String {
        let given = row.file_number.clone().or_else(|| row.household_number.clone());
        if let Some(number) = given.filter(|number| !self.numbers.contains_key(number)) {
            return number;
        }
        let free = (self.numbers.len() + 1..).map(|number| format!("待编-{number:04}"));
        free.into_iter().find(|number| !self.numbers.contains_key(number)).unwrap_or_default()
    }

    fn new_person(
        &mut self,
        tx: &Tx<'_>,
        (household, head): (Id, bool),
        row: &Row,
        number: &IdNumber,
        from_on: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let Some(place) = self.households.get(&household).cloned() else { return Ok(()) };
        let id = new_id(tx.at())?;
        let sealed = seal_numbers(tx.keys(), (id, self.station), number, row.phone.as_ref())?;
        let several =
            |list| row.codes.get(&list).map(|codes| codes.iter().cloned().collect::<Vec<_>>().join(","));
        let relation = one(row, List::Relations).or_else(|| head.then(|| "head".to_owned()));
        let person = Person {
            id,
            station_id: self.station,
            area_id: place.area_id,
            community_id: place.community_id,
            worker_id: place.worker_id,
            household_id: household,
            name: row.name.clone(),
            sex: number.sex(),
            born_on: number.born_on(),
            id_number: sealed.id_number,
            id_number_hash: sealed.id_number_hash,
            phone: sealed.phone,
            phone_tail_hash: sealed.phone_tail_hash,
            filed_on: self.today,
            closed_on: None,
            relation,
            platform_id: row.platform_id.clone(),
            care: one(row, List::SelfCare),
            marriage: one(row, List::Marriage),
            subsidies: several(List::Subsidies).filter(|codes| !codes.is_empty()),
            closed_reason: None,
        };
        self.persons_of.entry(household).or_default().push(id);
        self.persons.insert(id, person);
        self.entered.insert(id);
        self.touch(Table::Persons, id, by);
        for category in row.categories().into_iter().flatten() {
            self.new_category(tx, id, category, from_on, by)?;
        }
        Ok(())
    }

    /// A category of a person from a day on.
    ///
    /// # Errors
    /// The system gives no chance.
    pub(super) fn new_category(
        &mut self,
        tx: &Tx<'_>,
        person: Id,
        category: &str,
        from_on: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let Some(whose) = self.persons.get(&person) else { return Ok(()) };
        let id = new_id(tx.at())?;
        let category = PersonCategory {
            id,
            station_id: self.station,
            area_id: whose.area_id,
            community_id: whose.community_id,
            worker_id: whose.worker_id,
            person_id: person,
            household_id: whose.household_id,
            category: category.to_owned(),
            from_on,
            to_on: None,
        };
        self.categories_of.entry(person).or_default().push(id);
        self.categories.insert(id, category);
        self.entered.insert(id);
        self.touch(Table::Categories, id, by);
        Ok(())
    }

    /// A level of a household from a day on.
    ///
    /// # Errors
    /// The system gives no chance.
    pub(super) fn new_level(
        &mut self,
        tx: &Tx<'_>,
        household: Id,
        level: ServiceLevel,
        from_on: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let Some(whose) = self.households.get(&household) else { return Ok(()) };
        let id = new_id(tx.at())?;
        let period = LevelPeriod {
            id,
            station_id: self.station,
            area_id: whose.area_id,
            community_id: whose.community_id,
            worker_id: whose.worker_id,
            household_id: household,
            level,
            from_on,
            to_on: None,
            reason: "按名册".to_owned(),
            regrade_due_on: None,
        };
        self.levels_of.entry(household).or_default().push(id);
        self.levels.insert(id, period);
        self.entered.insert(id);
        self.touch(Table::Levels, id, by);
        Ok(())
    }
}

/// The one code of a list.
fn one(row: &Row, list: List) -> Option<String> {
    row.codes.get(&list)?.first().cloned()
}

/// Street and building, which stay plain, and the rest, which is sealed. Where the two cannot be told apart all of it
/// is sealed and the community stands for the building.
fn address(written: Option<&str>, community: &str) -> (String, String) {
    let written = written.unwrap_or_default();
    let after = |text: &str, sign: char| text.find(sign).map(|at| at + sign.len_utf8());
    let street = after(written, '号').unwrap_or(0);
    let rest = &written[street..];
    let block = ['栋', '幢', '座'].into_iter().filter_map(|sign| after(rest, sign)).max().unwrap_or(0);
    let (building, door) = written.split_at(street + block);
    if building.is_empty() {
        (community.to_owned(), door.to_owned())
    } else {
        (building.to_owned(), door.to_owned())
    }
}

#[cfg(test)]
mod tests;
