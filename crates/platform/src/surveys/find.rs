//! Finding records of the survey.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

use super::store::{SampledPerson, sampled_persons};

/// What came of calling a person in a round.
///
/// # Errors
/// What the database says.
pub fn sampled(tx: &mut Tx<'_>, round: &str, person: Id) -> DbResult<Option<SampledPerson>> {
    let own = SampledPerson::known(tx.at())
        .filter(sampled_persons::round.eq(round.to_owned()).and(sampled_persons::person_id.eq(person)));
    Ok(own.first(tx.conn()).optional()?)
}
