//! Finding what was given and adapted.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::store::{HomeAdaptation, home_adaptations};

/// The adaptations of a household's home.
///
/// # Errors
/// What the database says.
pub(super) fn adaptations_of(tx: &mut Tx<'_>, household: Id, at: Moment) -> DbResult<Vec<HomeAdaptation>> {
    let theirs = home_adaptations::household_id.eq(household);
    Ok(HomeAdaptation::known(at).filter(theirs.assume_not_null()).load(tx.conn())?)
}
