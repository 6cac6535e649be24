//! What goes with a household into another community: its persons, all that is current of them, and the documents of
//! all of it, so that whoever may read the file now may read every part of it, and nobody else.
//! Not here: a household's own correction.

use db::{DbResult, Tx};
use kernel::Id;

use super::file::File;
use super::policy::Clients;
use super::store::Household;
use crate::access::{Asker, Correct, Place, permit};
use crate::documents;

/// Puts what belongs to a household where the household now is. What is over stays where it was.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(super) fn go_along(tx: &mut Tx<'_>, asker: &Asker, household: &Household) -> DbResult<()> {
    let correct = permit::<Correct<Clients>>(asker, household.station_id)?;
    let place = Place::of(household);
    let file = File::load(tx, household.clone())?;
    let mut moved: Vec<(Id, Place)> = vec![(household.id, place)];
    macro_rules! go {
        ($rows:expr, $current:expr) => {
            for row in $rows.iter().filter($current) {
                if (row.area_id, row.community_id) != (place.area, place.community) {
                    let mut there = row.clone();
                    (there.area_id, there.community_id) = (place.area, place.community);
                    correct.correct(tx, &there)?;
                }
                moved.push((row.id, place));
            }
        };
    }
    go!(file.persons, |_| true);
    go!(file.categories, |one| one.to_on.is_none());
    go!(file.levels, |one| one.to_on.is_none());
    go!(file.plans, |_| true);
    go!(file.contacts, |_| true);
    go!(file.needs, |_| true);
    go!(file.risks, |_| true);
    go!(file.consents, |_| true);
    documents::follow(tx, asker, &moved)
}
