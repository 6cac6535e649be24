//! Documents go where their record goes: to another community, or into the record that it was made one with.

use db::{DbResult, Record as _, Tx};
use kernel::Id;

use super::policy::Documents;
use super::store::Document;
use super::{find, history};
use crate::access::{Asker, Correct, Owned, Place, permit};

/// Lets the documents of records belong where each of the records now does, in the same station.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn follow(tx: &mut Tx<'_>, asker: &Asker, moved: &[(Id, Place)]) -> DbResult<()> {
    let to: std::collections::BTreeMap<Id, Place> = moved.iter().copied().collect();
    let subjects: Vec<Id> = to.keys().copied().collect();
    for row in find::attached(tx, &subjects)? {
        if let Some(place) = to.get(&row.subject_id) {
            let moved = Document { area_id: place.area, community_id: place.community, ..row.clone() };
            correct(tx, asker, &row, &moved)?;
        }
    }
    Ok(())
}

/// Attaches the documents of one record to another.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn reattach<R: Owned>(tx: &mut Tx<'_>, asker: &Asker, from: Id, to: &R) -> DbResult<()> {
    for row in find::attached(tx, &[from])? {
        let place = Place::of(to);
        let moved = Document {
            subject_kind: R::KIND.to_owned(),
            subject_id: to.id(),
            area_id: place.area,
            community_id: place.community,
            ..row.clone()
        };
        correct(tx, asker, &row, &moved)?;
        history::note::<Correct<Documents>>(tx, &moved, None)?;
    }
    Ok(())
}

fn correct(tx: &mut Tx<'_>, asker: &Asker, row: &Document, moved: &Document) -> DbResult<()> {
    if moved == row {
        return Ok(());
    }
    permit::<Correct<Documents>>(asker, row.station_id())?.correct(tx, moved)
}

/// Which of these records something is attached to.
///
/// # Errors
/// What the database says.
pub fn attached_to(tx: &mut Tx<'_>, subjects: &[Id]) -> DbResult<std::collections::BTreeSet<Id>> {
    Ok(find::attached(tx, subjects)?.into_iter().map(|row| row.subject_id).collect())
}
