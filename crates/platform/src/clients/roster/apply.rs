//! Applying differences to the files: each kind is a change of the book, and all of it is written at once.
//! Not here: which can be applied (`limits`), a new file (`newcomers`), writing (`write`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use db::Tx;
use kernel::Id;
use rules::codes::{Codes, List};
use rules::roster::{Difference, Field, Kind, Row, State};

use super::super::model::ServiceLevel;
use super::super::personal::{PHONE, phone_tail_hash, seal, seal_numbers};
use super::super::store::{LevelPeriod, RosterEntry};
use super::book::{Book, Table};
use super::limits::Rows;
use crate::access::new_id;
use crate::shell::Trouble;

/// Why a file is closed whose person is no longer on the roster.
const OFF_ROSTER: &str = "category_ended";

/// Applies differences to the book, in their order.
///
/// # Errors
/// A row lacks what a file must have, or the system gives no chance.
pub(super) fn apply(
    tx: &Tx<'_>,
    book: &mut Book,
    codes: &Codes,
    chosen: &[&Difference],
    rows: &Rows<'_>,
) -> Result<(), Trouble> {
    for (by, one) in chosen.iter().enumerate() {
        let row = one.row.as_ref().and_then(|at| rows.get(at)).copied();
        book.apply(tx, codes, one, row, by)?;
    }
    Ok(())
}

impl Book {
    fn apply(
        &mut self,
        tx: &Tx<'_>,
        codes: &Codes,
        one: &Difference,
        row: Option<&Row>,
        by: usize,
    ) -> Result<(), Trouble> {
        let id = |text: &Option<String>| text.as_deref().and_then(|id| id.parse::<Id>().ok());
        let day = one.effective_on;
        if let (Kind::New, Some(row)) = (&one.kind, row) {
            return self.newcomer(tx, one, row, by);
        }
        let (Some(person), Some(household)) = (id(&one.person), id(&one.household)) else { return Ok(()) };
        match &one.kind {
            Kind::Ambiguous { .. } | Kind::New => return Ok(()),
            Kind::Left { state, .. } => self.close(person, household, day, reason(*state), by),
            Kind::Deceased => self.close(person, household, day, reason(Some(State::Deceased)), by),
            Kind::FileClosed => self.reopen(tx, (person, household), row, day, by)?,
            Kind::Moved { to, .. } => self.moved(household, to, by),
            Kind::LevelChanged { to, .. } => self.set_level(tx, household, to, day, by)?,
            Kind::CategoryChanged { added, removed } => {
                self.set_categories(tx, person, (added, removed), day, by)?;
            }
            Kind::Conflict { field, .. } => {
                if let Some(row) = row {
                    self.take_value(tx, (person, household), *field, row, day, codes, by)?;
                }
            }
        }
        self.list(tx, household, day, by)
    }

    /// Closes a person's file; the household's with the last of them, and its level.
    fn close(&mut self, person: Id, household: Id, day: NaiveDate, reason: &str, by: usize) {
        if let Some(one) = self.persons.get_mut(&person) {
            one.closed_on = Some(day.max(one.filed_on));
            one.closed_reason = Some(reason.to_owned());
            self.touch(Table::Persons, person, by);
        }
        let open = |id: &Id| self.persons.get(id).is_some_and(|one| one.closed_on.is_none());
        if self.members(household).iter().any(open) {
            return;
        }
        if let Some(one) = self.households.get_mut(&household).filter(|one| one.closed_on.is_none()) {
            one.closed_on = Some(day.max(one.opened_on));
            one.closed_reason = Some(reason.to_owned());
            self.touch(Table::Households, household, by);
        }
        self.end_levels(household, day, by);
    }

    /// Opens a closed file again, with the level and the categories of the roster.
    fn reopen(
        &mut self,
        tx: &Tx<'_>,
        (person, household): (Id, Id),
        row: Option<&Row>,
        day: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        if let Some(one) = self.persons.get_mut(&person).filter(|one| one.closed_on.is_some()) {
            (one.closed_on, one.closed_reason) = (None, None);
            self.touch(Table::Persons, person, by);
        }
        if let Some(one) = self.households.get_mut(&household).filter(|one| one.closed_on.is_some()) {
            (one.closed_on, one.closed_reason) = (None, None);
            self.touch(Table::Households, household, by);
        }
        let Some(row) = row else { return Ok(()) };
        let level = row
            .level()
            .filter(|level| self.level(household).is_none_or(|held| held.level.as_str() != *level));
        if let Some(level) = level {
            self.set_level(tx, household, level, day, by)?;
        }
        let Some(listed) = row.categories() else { return Ok(()) };
        let held: BTreeSet<String> = self.held(person).map(|one| one.category.clone()).collect();
        let (added, removed) =
            (listed.difference(&held).cloned().collect(), held.difference(listed).cloned().collect());
        self.set_categories(tx, person, (&added, &removed), day, by)
    }

    /// Puts a household with all that is current of it into another community.
    fn moved(&mut self, household: Id, to: &str, by: usize) {
        let Some(place) = self.community(to).map(|one| (one.area_id, Some(one.id))) else { return };
        macro_rules! put {
            ($table:expr, $rows:ident, $ids:expr, $current:expr) => {
                for id in $ids {
                    let one = self.$rows.get_mut(&id).filter(|one| (one.area_id, one.community_id) != place);
                    if let Some(one) = one.filter($current) {
                        (one.area_id, one.community_id) = place;
                        self.touch($table, id, by);
                    }
                }
            };
        }
        let members = self.members(household);
        let categories: Vec<Id> =
            members.iter().filter_map(|id| self.categories_of.get(id)).flatten().copied().collect();
        let levels = self.levels_of.get(&household).cloned().unwrap_or_default();
        put!(Table::Households, households, [household], |_| true);
        put!(Table::Persons, persons, members, |_| true);
        put!(Table::Levels, levels, levels, |one| one.to_on.is_none());
        put!(Table::Categories, categories, categories, |one| one.to_on.is_none());
        put!(Table::Entries, entries, self.entries_of(household), |one| one.delisted_on.is_none());
    }

    fn set_level(
        &mut self,
        tx: &Tx<'_>,
        household: Id,
        code: &str,
        day: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let Ok(level) = code.parse::<ServiceLevel>() else { return Ok(()) };
        self.end_levels(household, day, by);
        self.new_level(tx, household, level, day, by)
    }

    /// Ends every level that would hold on the day or after it.
    fn end_levels(&mut self, household: Id, day: NaiveDate, by: usize) {
        for id in self.levels_of.get(&household).cloned().unwrap_or_default() {
            let later = |one: &&mut LevelPeriod| one.to_on.is_none_or(|to| day < to && one.from_on < to);
            if let Some(one) = self.levels.get_mut(&id).filter(later) {
                one.to_on = Some(day.max(one.from_on));
                self.touch(Table::Levels, id, by);
            }
        }
    }

    fn set_categories(
        &mut self,
        tx: &Tx<'_>,
        person: Id,
        (added, removed): (&BTreeSet<String>, &BTreeSet<String>),
        day: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let ended: Vec<Id> =
            self.held(person).filter(|one| removed.contains(&one.category)).map(|one| one.id).collect();
        for id in ended {
            if let Some(one) = self.categories.get_mut(&id) {
                one.to_on = Some(day.max(one.from_on));
                self.touch(Table::Categories, id, by);
            }
        }
        added.iter().try_for_each(|category| self.new_category(tx, person, category, day, by))
    }

    /// The roster's value of a field.
    #[expect(
        clippy::too_many_arguments,
        reason = "whose, which field, from which row, since when, by which difference"
    )]
    fn take_value(
        &mut self,
        tx: &Tx<'_>,
        (person, household): (Id, Id),
        field: Field,
        row: &Row,
        day: NaiveDate,
        codes: &Codes,
        by: usize,
    ) -> Result<(), Trouble> {
        match field {
            Field::Name | Field::IdNumber | Field::PlatformId | Field::Phone => {
                self.take_personal(tx, person, field, row)?;
                self.touch(Table::Persons, person, by);
            }
            Field::FileNumber | Field::Residence => {
                let Some(one) = self.households.get_mut(&household) else { return Ok(()) };
                match (&row.file_number, row.residence().and_then(|code| code.parse().ok())) {
                    (Some(number), _) if field == Field::FileNumber => {
                        self.numbers.insert(number.clone(), household);
                        one.file_number.clone_from(number);
                    }
                    (_, Some(residence)) if field == Field::Residence => one.residence = residence,
                    _ => return Ok(()),
                }
                self.touch(Table::Households, household, by);
            }
            Field::ServiceLevel => {
                let level = row.level().filter(|level| codes.get(List::ServiceLevels, level).is_some());
                if let Some(level) = level {
                    self.set_level(tx, household, level, day, by)?;
                }
            }
        }
        Ok(())
    }

    fn take_personal(&mut self, tx: &Tx<'_>, person: Id, field: Field, row: &Row) -> Result<(), Trouble> {
        let station = self.station;
        let Some(one) = self.persons.get_mut(&person) else { return Ok(()) };
        match field {
            Field::Name => one.name.clone_from(&row.name),
            Field::PlatformId => one.platform_id.clone_from(&row.platform_id),
            Field::IdNumber => {
                let Some(number) = &row.id_number else { return Ok(()) };
                let sealed = seal_numbers(tx.keys(), (person, station), number, None)?;
                (one.id_number, one.id_number_hash) = (sealed.id_number, sealed.id_number_hash);
                (one.born_on, one.sex) = (number.born_on(), number.sex());
            }
            _ => {
                let Some(phone) = row.phone.as_ref().map(rules::identity::Phone::key) else { return Ok(()) };
                one.phone = Some(seal(tx.keys(), PHONE, person, &phone)?);
                one.phone_tail_hash = Some(phone_tail_hash(tx.keys(), station, &phone));
            }
        }
        Ok(())
    }

    /// Keeps the list of files due in step with the household: listed while somebody of it has an open file.
    ///
    /// # Errors
    /// The system gives no chance.
    pub(super) fn list(
        &mut self,
        tx: &Tx<'_>,
        household: Id,
        day: NaiveDate,
        by: usize,
    ) -> Result<(), Trouble> {
        let Some(file) = self.households.get(&household).cloned() else { return Ok(()) };
        let standing: Vec<Id> = self
            .entries_of(household)
            .into_iter()
            .filter(|id| self.entries.get(id).is_some_and(|one| one.delisted_on.is_none()))
            .collect();
        for id in &standing {
            let Some(one) = self.entries.get_mut(id) else { continue };
            let delisted_on = file.closed_on.map(|closed| closed.max(one.listed_on));
            let now = RosterEntry {
                household_id: Some(household),
                file_number: file.file_number.clone(),
                delisted_on,
                ..one.clone()
            };
            if now != *one {
                *one = now;
                self.touch(Table::Entries, *id, by);
            }
        }
        if standing.is_empty() && file.closed_on.is_none() {
            let id = new_id(tx.at())?;
            let entry = RosterEntry {
                id,
                station_id: self.station,
                area_id: file.area_id,
                community_id: file.community_id,
                worker_id: file.worker_id,
                household_id: Some(household),
                file_number: file.file_number,
                listed_on: day,
                delisted_on: None,
            };
            self.add_entry(entry);
            self.entered.insert(id);
            self.touch(Table::Entries, id, by);
        }
        Ok(())
    }
}

/// Why a file is closed, as a code.
fn reason(state: Option<State>) -> &'static str {
    match state {
        Some(State::Deceased) => "deceased",
        Some(State::MovedOut) => "moved_out",
        Some(State::Removed | State::Active) | None => OFF_ROSTER,
    }
}
