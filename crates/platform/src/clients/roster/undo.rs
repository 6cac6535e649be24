//! Undoing what an import wrote: what it entered is withdrawn, what it corrected goes back to the version before. What
//! somebody changed since, or built upon, is left as it is and told by name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{Record, Tx};
use kernel::Id;

use super::super::file::Later;
use super::super::moving;
use super::super::policy::Clients;
use super::super::search;
use super::super::store::{Household, LevelPeriod, Person, PersonCategory, RosterEntry};
use super::book::Book;
use super::find::{Kept, built_upon};
use super::store::{self, Change, Import};
use crate::access::{Asker, Correct, Owned, Place, Withdraw, permit};
use crate::shell::Trouble;

/// What an import did to one record, from first to last.
struct Trace {
    /// `None` for a record that it entered.
    before: Option<i32>,
    after: i32,
    /// Somebody else wrote between two of its own versions.
    broken: bool,
}

/// What is being undone.
struct Undoing<'u, 'c> {
    tx: &'u mut Tx<'c>,
    asker: &'u Asker,
    station: Id,
    reason: String,
    traces: BTreeMap<Id, (String, Trace)>,
    /// Records that stay as they are.
    left: BTreeSet<Id>,
}

/// Undoes an import. Returns how many records were brought back and how many were left.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(super) fn undo(
    tx: &mut Tx<'_>,
    asker: &Asker,
    later: Later,
    import: &Import,
    today: NaiveDate,
) -> Result<(usize, usize), Trouble> {
    let changes = store::changes(tx, import.id)?;
    let book = Book::load(tx, import.station_id, today)?;
    let traces = traces(&changes);
    let left = kept(tx, later, &book, &traces)?;
    let reason = format!("撤销名册对账：{}", import.file_name);
    let mut undoing = Undoing { tx, asker, station: import.station_id, reason, traces, left };
    undoing.table::<RosterEntry>()?;
    undoing.table::<PersonCategory>()?;
    undoing.table::<LevelPeriod>()?;
    undoing.table::<Person>()?;
    undoing.table::<Household>()?;
    let Undoing { tx, traces, left, .. } = undoing;
    moved_back(tx, asker, &book, &traces)?;
    index(tx, &book, &traces, &left)?;
    let left: Vec<Id> = left.into_iter().collect();
    store::note_undone(tx, import.id, &left)?;
    Ok((traces.len() - left.len(), left.len()))
}

impl Undoing<'_, '_> {
    fn table<R>(&mut self) -> Result<(), Trouble>
    where
        R: Owned<Part = Clients> + Record + Kept,
    {
        let correct = permit::<Correct<Clients>>(self.asker, self.station)?;
        let withdraw = permit::<Withdraw<Clients>>(self.asker, self.station)?;
        let of_kind = self.traces.iter().filter(|(id, (kind, _))| kind == R::KIND && !self.left.contains(id));
        let mut changed = Vec::new();
        for (id, (_, trace)) in of_kind {
            let last = R::last(self.tx.conn(), *id)?;
            let same = last.is_some_and(|(stamp, _)| !stamp.voided && stamp.version == trace.after);
            if !same || trace.broken {
                changed.push(*id);
                continue;
            }
            match trace.before {
                None => withdraw.withdraw::<R>(self.tx, *id, &self.reason)?,
                Some(version) => match R::of_version(self.tx, *id, version)? {
                    Some(row) => correct.correct_from(self.tx, &row, trace.after)?,
                    None => changed.push(*id),
                },
            }
        }
        self.left.extend(changed);
        Ok(())
    }
}

/// Lets what belongs to the households that are back in another community go along.
fn moved_back(
    tx: &mut Tx<'_>,
    asker: &Asker,
    book: &Book,
    traces: &BTreeMap<Id, (String, Trace)>,
) -> Result<(), Trouble> {
    for before in traces.keys().filter_map(|id| book.households.get(id)) {
        let now = Household::last(tx.conn(), before.id)?.filter(|(stamp, _)| !stamp.voided);
        if let Some((_, now)) = now.filter(|(_, now)| Place::of(now) != Place::of(before)) {
            moving::go_along(tx, asker, &now)?;
        }
    }
    Ok(())
}

/// What was done to each record.
fn traces(changes: &[Change]) -> BTreeMap<Id, (String, Trace)> {
    let mut traces: BTreeMap<Id, (String, Trace)> = BTreeMap::new();
    for change in changes {
        let fresh = Trace { before: change.version_before, after: change.version_after, broken: false };
        match traces.get_mut(&change.record_id) {
            None => {
                traces.insert(change.record_id, (change.kind.clone(), fresh));
            }
            Some((_, known)) if change.version_after != known.after => {
                known.broken |= change.version_before != Some(known.after);
                known.after = change.version_after;
            }
            Some(_) => {}
        }
    }
    traces
}

/// The records that must stay: what was entered and has been built upon or changed since, with all that was entered
/// for the same household; and levels where somebody has set another since.
fn kept(
    tx: &mut Tx<'_>,
    later: Later,
    book: &Book,
    traces: &BTreeMap<Id, (String, Trace)>,
) -> Result<BTreeSet<Id>, Trouble> {
    let ours = |id: &Id| traces.contains_key(id);
    let entered = |id: &Id| traces.get(id).is_some_and(|(_, trace)| trace.before.is_none());
    let new_households: Vec<Id> = book.households.keys().filter(|id| entered(id)).copied().collect();
    let new_persons: Vec<Id> = book.persons.keys().filter(|id| entered(id)).copied().collect();
    let (mut used, mut used_persons) = built_upon(tx, &new_households, &new_persons)?;
    for id in &new_households {
        let members = book.members(*id);
        let foreign = members.iter().any(|member| !ours(member))
            || book.levels_of.get(id).is_some_and(|all| all.iter().any(|level| !ours(level)));
        if foreign || !(later.timeline)(tx, *id, &members, tx.at())?.is_empty() {
            used.insert(*id);
        }
    }
    for id in &new_persons {
        // Visits of a household name it, not the person: asked for with the person in its place, nothing else is found.
        let foreign = book.categories_of.get(id).is_some_and(|all| all.iter().any(|one| !ours(one)));
        if foreign
            || changed::<Person>(tx, *id, traces)?
            || !(later.timeline)(tx, *id, &[*id], tx.at())?.is_empty()
        {
            used_persons.insert(*id);
        }
    }
    for id in &new_households {
        if changed::<Household>(tx, *id, traces)? {
            used.insert(*id);
        }
    }
    let household_of = |id: &Id| book.persons.get(id).map(|person| person.household_id);
    used.extend(used_persons.iter().filter_map(household_of).filter(entered));
    let mut left: BTreeSet<Id> = used_persons;
    let stays = |household: &Id| used.contains(household);
    left.extend(used.iter());
    left.extend(book.persons.values().filter(|one| stays(&one.household_id)).map(|one| one.id));
    let persons = left.clone();
    left.extend(book.levels.values().filter(|one| stays(&one.household_id)).map(|one| one.id));
    left.extend(
        book.categories
            .values()
            .filter(|one| stays(&one.household_id) || persons.contains(&one.person_id))
            .map(|one| one.id),
    );
    left.extend(
        book.entries.values().filter(|one| one.household_id.as_ref().is_some_and(stays)).map(|one| one.id),
    );
    for levels in book.levels_of.values() {
        let newer = |id: &Id| !ours(id) && book.levels.get(id).is_some_and(|one| one.to_on.is_none());
        if levels.iter().any(newer) {
            left.extend(levels.iter());
        }
    }
    left.retain(|id| ours(id));
    Ok(left)
}

fn changed<R: Record>(
    tx: &mut Tx<'_>,
    id: Id,
    traces: &BTreeMap<Id, (String, Trace)>,
) -> Result<bool, Trouble> {
    let last = R::last(tx.conn(), id)?.map(|(stamp, _)| stamp.version);
    Ok(traces.get(&id).is_some_and(|(_, trace)| last != Some(trace.after)))
}

/// Makes the persons of every household that was touched findable as they now are, and those withdrawn no longer.
fn index(
    tx: &mut Tx<'_>,
    book: &Book,
    traces: &BTreeMap<Id, (String, Trace)>,
    left: &BTreeSet<Id>,
) -> Result<(), Trouble> {
    let mut households: BTreeSet<Id> = BTreeSet::new();
    for (id, (kind, trace)) in traces.iter().filter(|(id, _)| !left.contains(id)) {
        match (kind.as_str(), trace.before) {
            (Person::KIND, None) => search::forget(tx, *id)?,
            (Person::KIND, Some(_)) => households.extend(book.persons.get(id).map(|one| one.household_id)),
            (Household::KIND, Some(_)) => drop(households.insert(*id)),
            _ => {}
        }
    }
    let households: Vec<Id> = households.into_iter().collect();
    Ok(search::index_households(tx, book.station, &households)?)
}
