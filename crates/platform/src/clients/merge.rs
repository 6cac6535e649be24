//! Making one file of two: the persons and all that belongs to the other file move to this one, and the other file is
//! withdrawn with the reason. Both numbers stay in the history.

use db::{DbResult, Record as _, Tx};
use kernel::Id;

use super::file::File;
use super::moving;
use super::policy::{Clients, Merge};
use super::search;
use super::store::Household;
use crate::access::{Asker, Correct, Withdraw, permit};
use crate::documents;

/// What would move: persons, and everything else.
pub(super) fn moves(other: &File) -> Vec<(&'static str, usize)> {
    vec![
        ("人", other.persons.len()),
        ("对象类别", other.categories.len()),
        ("联系人", other.contacts.len()),
        ("需求", other.needs.len()),
        ("风险评估", other.risks.len()),
        ("同意书", other.consents.len()),
    ]
}

/// Moves all of `other` into `into` and withdraws the empty file.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(super) fn merge(
    tx: &mut Tx<'_>,
    asker: &Asker,
    into: &Household,
    other: &File,
    reason: &str,
) -> DbResult<()> {
    let station = into.station_id;
    let _allowed = permit::<Merge>(asker, station)?;
    let correct = permit::<Correct<Clients>>(asker, station)?;
    macro_rules! move_all {
        ($($rows:expr),+) => {
            $(for row in $rows {
                let mut moved = row.clone();
                moved.household_id = into.id;
                moved.area_id = into.area_id;
                moved.community_id = into.community_id;
                correct.correct(tx, &moved)?;
            })+
        };
    }
    move_all!(
        &other.persons,
        &other.categories,
        &other.contacts,
        &other.needs,
        &other.risks,
        &other.consents
    );
    documents::reattach(tx, asker, other.household.id, into)?;
    // The plans of the persons, and the documents of all that moved.
    moving::go_along(tx, asker, into)?;
    let withdraw = permit::<Withdraw<Clients>>(asker, station)?;
    for level in &other.levels {
        documents::reattach(tx, asker, level.id, into)?;
        withdraw.withdraw::<super::store::LevelPeriod>(tx, level.id, reason)?;
    }
    let id: Id = other.household.id();
    withdraw.withdraw::<Household>(tx, id, reason)?;
    search::index_household(tx, into)
}
