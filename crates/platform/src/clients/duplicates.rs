//! Whether a person already has a file: by identity number, and by name, birthday and community.

use db::{DbResult, Tx};
use kernel::Id;
use rules::identity::IdNumber;

use super::find;
use super::personal::id_number_hash;
use super::store::Person;
use crate::access::{Place, Scope};

/// What was found.
pub(super) enum Duplicate {
    /// Somebody with the same identity number whose file may be seen.
    Same(Person),
    /// Somebody with the same identity number whose file may not be seen.
    Elsewhere,
    /// Somebody of the same name, birthday and community.
    Namesake(Person),
}

/// Looks for others like this one; `but` is the person being corrected.
///
/// # Errors
/// What the database says.
pub(super) fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (name, number): (&str, &IdNumber),
    community: Option<Id>,
    but: Option<Id>,
) -> DbResult<Option<Duplicate>> {
    let hash = id_number_hash(tx.keys(), number.as_str());
    let same = find::by_id_number(tx, &hash)?;
    if let Some(person) = same.into_iter().find(|person| Some(person.id) != but && person.closed_on.is_none())
    {
        let seen = scope.covers(Place::of(&person));
        return Ok(Some(if seen { Duplicate::Same(person) } else { Duplicate::Elsewhere }));
    }
    let like = find::namesakes(tx, name, number.born_on(), community)?;
    let like = like.into_iter().find(|person| Some(person.id) != but && scope.covers(Place::of(person)));
    Ok(like.map(Duplicate::Namesake))
}
