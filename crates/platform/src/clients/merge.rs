//! Making one file of two: the persons and all that hangs on the other file move to this one, and the other file is
//! withdrawn with the reason. Both numbers stay in the history.

use chrono::NaiveDate;
use db::{DbResult, Record as _, Tx};
use diesel::prelude::*;
use kernel::Id;

use super::file::File;
use super::hanging::{self, HOUSEHOLD};
use super::policy::{Clients, Merge};
use super::store::{Household, LevelPeriod, RosterEntry, roster_entries};
use super::{moving, search};
use crate::access::{Asker, Correct, Withdraw, permit};
use crate::documents::{self, Document};
use crate::sheets::{Ops, Sheets};

/// What becomes of the other file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Moves {
    /// What moves, by the word for people.
    pub(super) moved: Vec<(&'static str, usize)>,
    /// Levels that end with it, since this file has its own.
    pub(super) levels: usize,
    /// Entries of the roster that are taken off it, since this file has its own.
    pub(super) delisted: usize,
}

/// The kinds that move as they are: all that name a household, but for levels and entries of the roster.
fn simply() -> impl Iterator<Item = &'static Ops> {
    hanging::kinds(HOUSEHOLD).filter(|ops| ![LevelPeriod::KIND, RosterEntry::KIND].contains(&ops.kind))
}

/// What would move, and what would end.
///
/// # Errors
/// What the database says.
pub(super) fn moves(tx: &mut Tx<'_>, into: &Household, other: &File) -> DbResult<Moves> {
    let id = other.household.id;
    let mut moves = Moves { moved: hanging::counted(tx, simply(), (HOUSEHOLD, id))?, ..Moves::default() };
    let mut add = |what, count| {
        if count > 0 {
            moves.moved.push((what, count))
        }
    };
    add("一人一案", other.plans.len());
    let subject = hanging::kind(Document::KIND).into_iter();
    let attached = hanging::counted(tx, subject, ("subject_id", id))?;
    add("文件", attached.iter().map(|(_, count)| count).sum());
    let (entries, own) = (entries(tx, &other.household)?, entries(tx, into)?);
    let listed = |all: &[RosterEntry]| all.iter().filter(|one| one.delisted_on.is_none()).count();
    add("应建档名册", entries.len());
    let has_levels = !super::find::levels_of(tx, &[into.id])?.is_empty();
    if has_levels {
        moves.levels = other.levels.len();
    } else if !other.levels.is_empty() {
        moves.moved.push(("服务等级", other.levels.len()));
    }
    moves.delisted = listed(&entries).saturating_sub(usize::from(listed(&own) == 0));
    Ok(moves)
}

/// Moves all of `other` into `into` and withdraws the empty file.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(super) fn merge(
    tx: &mut Tx<'_>,
    asker: &Asker,
    sheets: Sheets,
    (into, other): (&Household, &File),
    (reason, today): (&str, NaiveDate),
) -> DbResult<()> {
    let station = into.station_id;
    let _allowed = permit::<Merge>(asker, station)?;
    let id: Id = other.household.id();
    // Both are read before anything moves.
    let has_levels = !super::find::levels_of(tx, &[into.id])?.is_empty();
    let (listed, own) = (entries(tx, &other.household)?, entries(tx, into)?);
    for ops in simply() {
        for row in hanging::rows(tx, ops, HOUSEHOLD, id)? {
            hanging::put(tx, asker, sheets, (ops, row), into)?;
        }
    }
    relist(tx, asker, into, listed, (own.iter().any(|one| one.delisted_on.is_none()), today))?;
    documents::reattach(tx, asker, id, into)?;
    levels(tx, asker, into, other, (has_levels, reason))?;
    // The plans of the persons, and the documents of all that moved.
    moving::go_along(tx, asker, into)?;
    permit::<Withdraw<Clients>>(asker, station)?.withdraw::<Household>(tx, id, reason)?;
    search::index_household(tx, into)
}

/// A household has one course of levels: this file's own where it has any, else the other's.
fn levels(
    tx: &mut Tx<'_>,
    asker: &Asker,
    into: &Household,
    other: &File,
    (has_levels, reason): (bool, &str),
) -> DbResult<()> {
    for level in &other.levels {
        if has_levels {
            documents::reattach(tx, asker, level.id, into)?;
            permit::<Withdraw<Clients>>(asker, into.station_id)?
                .withdraw::<LevelPeriod>(tx, level.id, reason)?;
        } else {
            let moved = LevelPeriod {
                household_id: into.id,
                area_id: into.area_id,
                community_id: into.community_id,
                ..level.clone()
            };
            permit::<Correct<Clients>>(asker, into.station_id)?.correct(tx, &moved)?;
        }
    }
    Ok(())
}

/// The entries of the roster that are a household's: by its file, and by its number where no file was known yet.
fn entries(tx: &mut Tx<'_>, household: &Household) -> DbResult<Vec<RosterEntry>> {
    let theirs =
        roster_entries::household_id.eq(household.id).assume_not_null().or(roster_entries::household_id
            .is_null()
            .and(roster_entries::file_number.eq(household.file_number.clone())));
    let all = RosterEntry::known(tx.at()).filter(roster_entries::station_id.eq(household.station_id));
    Ok(all.filter(theirs).order((roster_entries::listed_on, roster_entries::id)).load(tx.conn())?)
}

/// Puts entries of the roster with a household, which is due one file: of several that hold, one goes on holding.
fn relist(
    tx: &mut Tx<'_>,
    asker: &Asker,
    into: &Household,
    entries: Vec<RosterEntry>,
    (mut listed, today): (bool, NaiveDate),
) -> DbResult<()> {
    let correct = permit::<Correct<Clients>>(asker, into.station_id)?;
    for entry in entries {
        let mut there = RosterEntry {
            household_id: Some(into.id),
            area_id: into.area_id,
            community_id: into.community_id,
            ..entry.clone()
        };
        if entry.delisted_on.is_none() && listed {
            there.delisted_on = Some(today.max(entry.listed_on));
        } else if entry.delisted_on.is_none() {
            there.file_number.clone_from(&into.file_number);
            listed = true;
        }
        correct.correct(tx, &there)?;
    }
    Ok(())
}
