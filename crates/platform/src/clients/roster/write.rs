//! Writing what applying differences has changed: through the permits, each record once, with the audit lines, what
//! to undo, and the search index.
//! Not here: what was changed (`apply`).

use std::collections::BTreeSet;

use db::{Record, Tx};
use kernel::Id;
use rules::roster::{Difference, Kind};

use super::super::moving;
use super::super::policy::Clients;
use super::super::search;
use super::super::store::{Household, Person};
use super::book::{Book, Table};
use super::store::{self, Change, Import};
use crate::access::{Asker, Correct, Enter, Owned, new_id, permit};
use crate::shell::Trouble;

/// A record as it was written: kind, id, the version before where there was one, the version after.
type Written = (&'static str, Id, Option<i32>, i32);

/// Writes everything that was touched. Returns how many records were written.
///
/// # Errors
/// It is not allowed, somebody changed a record meanwhile, or what the database says.
pub(super) fn write(
    tx: &mut Tx<'_>,
    asker: &Asker,
    book: &Book,
    import: &Import,
    chosen: &[&Difference],
) -> Result<usize, Trouble> {
    let mut written = Vec::new();
    let mut pages = Pages { tx, asker, book, written: &mut written };
    pages.table(Table::Households, |book, id| book.households.get(&id).cloned())?;
    pages.table(Table::Persons, |book, id| book.persons.get(&id).cloned())?;
    pages.table(Table::Levels, |book, id| book.levels.get(&id).cloned())?;
    pages.table(Table::Categories, |book, id| book.categories.get(&id).cloned())?;
    pages.table(Table::Entries, |book, id| book.entries.get(&id).cloned())?;
    let moved = chosen.iter().filter(|one| matches!(one.kind, Kind::Moved { .. }));
    let moved: BTreeSet<Id> = moved.filter_map(|one| one.household.as_deref()?.parse().ok()).collect();
    for household in moved.iter().filter_map(|id| book.households.get(id)) {
        moving::go_along(tx, asker, household)?;
    }
    note(tx, import, chosen, &written)?;
    index(tx, book)?;
    Ok(written.len())
}

struct Pages<'w, 'c> {
    tx: &'w mut Tx<'c>,
    asker: &'w Asker,
    book: &'w Book,
    /// Each with the differences that touched it.
    written: &'w mut Vec<(Written, BTreeSet<usize>)>,
}

impl Pages<'_, '_> {
    /// Writes the touched records of one kind: the new ones together, the others one by one.
    fn table<R>(&mut self, table: Table, row: impl Fn(&Book, Id) -> Option<R>) -> Result<(), Trouble>
    where
        R: Owned<Part = Clients> + Record,
    {
        let station = self.book.station;
        let touched = self.book.touched.iter().filter(|((known, _), _)| *known == table);
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for ((_, id), by) in touched {
            let Some(row) = row(self.book, *id) else { continue };
            if self.book.entered.contains(id) {
                self.written.push(((R::KIND, *id, None, 1), by.clone()));
                new.push(row);
            } else {
                changed.push((row, by.clone()));
            }
        }
        if !new.is_empty() {
            permit::<Enter<Clients>>(self.asker, station)?.append(self.tx, &new)?;
        }
        if changed.is_empty() {
            return Ok(());
        }
        let correct = permit::<Correct<Clients>>(self.asker, station)?;
        for (row, by) in changed {
            let before = R::last(self.tx.conn(), row.id())?.map_or(0, |(stamp, _)| stamp.version);
            correct.correct_from(self.tx, &row, before)?;
            self.written.push(((R::KIND, row.id(), Some(before), before + 1), by));
        }
        Ok(())
    }
}

/// Keeps what was written for each difference, its sentence once.
fn note(
    tx: &mut Tx<'_>,
    import: &Import,
    chosen: &[&Difference],
    written: &[(Written, BTreeSet<usize>)],
) -> Result<(), Trouble> {
    let mut told = BTreeSet::new();
    let mut changes = Vec::new();
    for ((kind, record, before, after), by) in written {
        for difference in by.iter().filter_map(|at| chosen.get(*at)) {
            let id = new_id(tx.at())?;
            let first = told.insert(difference.key.as_str());
            let sentence = first.then(|| store::sealed_sentence(tx, id, &difference.sentence)).transpose()?;
            changes.push(Change {
                id,
                import_id: import.id,
                made_at: tx.at(),
                difference: difference.key.clone(),
                sentence,
                kind: (*kind).to_owned(),
                record_id: *record,
                version_before: *before,
                version_after: *after,
                undone: None,
            });
        }
    }
    Ok(store::insert_changes(tx, &changes)?)
}

/// Makes the persons of every touched household findable as they now are.
fn index(tx: &mut Tx<'_>, book: &Book) -> Result<(), Trouble> {
    let of_person = |id: &Id| book.persons.get(id).map(|person| person.household_id);
    let households: BTreeSet<Id> = book
        .touched
        .keys()
        .filter_map(|(table, id)| match table {
            Table::Households => Some(*id),
            Table::Persons => of_person(id),
            Table::Levels | Table::Categories | Table::Entries => None,
        })
        .collect();
    let households: Vec<&Household> = households.iter().filter_map(|id| book.households.get(id)).collect();
    let persons: Vec<(&Person, &Household)> = households
        .iter()
        .flat_map(|one| book.members(one.id).into_iter().map(move |id| (id, *one)))
        .filter_map(|(id, one)| Some((book.persons.get(&id)?, one)))
        .collect();
    Ok(search::index_these(tx, book.station, &persons)?)
}
