//! Documents go where their record goes: to another community, or into the record that it was made one with.

use db::{DbResult, Record as _, Tx};
use kernel::Id;

use super::find;
use super::policy::Documents;
use super::store::Document;
use crate::access::{Asker, Correct, Owned, Place, permit};

/// Lets the documents of records belong where the records now do, in the same station.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn follow(tx: &mut Tx<'_>, asker: &Asker, subjects: &[Id], to: Place) -> DbResult<()> {
    each(tx, asker, subjects, to, |row| row)
}

/// Attaches the documents of one record to another.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn reattach<R: Owned>(tx: &mut Tx<'_>, asker: &Asker, from: Id, to: &R) -> DbResult<()> {
    let (kind, id) = (R::KIND, to.id());
    each(tx, asker, &[from], Place::of(to), |row| Document {
        subject_kind: kind.to_owned(),
        subject_id: id,
        ..row
    })
}

fn each(
    tx: &mut Tx<'_>,
    asker: &Asker,
    subjects: &[Id],
    to: Place,
    change: impl Fn(Document) -> Document,
) -> DbResult<()> {
    for row in find::attached(tx, subjects)? {
        let moved = change(Document { area_id: to.area, community_id: to.community, ..row.clone() });
        if moved != row {
            permit::<Correct<Documents>>(asker, row.station_id())?.correct(tx, &moved)?;
        }
    }
    Ok(())
}
