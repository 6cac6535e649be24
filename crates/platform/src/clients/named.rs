//! What the records of this slice are called on the pages of others, and where they are shown.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::Id;

use super::{file, find};

/// What households are called: two queries at most, however many there are.
///
/// # Errors
/// What the database says.
pub fn titles(tx: &mut Tx<'_>, households: &[Id]) -> DbResult<BTreeMap<Id, String>> {
    let members = find::persons_of(tx, households)?;
    let title = |id: &Id| members.get(id).map_or_else(|| file::title(&[]), |all| file::title(all));
    Ok(households.iter().map(|id| (*id, title(id))).collect())
}

/// The name of a record and the address of the file it stands on; nothing for what is of another slice.
///
/// # Errors
/// What the database says.
pub fn named(tx: &mut Tx<'_>, kind: &str, id: Id) -> DbResult<Option<(String, String)>> {
    let Some((household, what)) = find::household_of(tx, kind, id)? else { return Ok(None) };
    let members = find::persons_of(tx, &[household])?.remove(&household).unwrap_or_default();
    let label = match members.iter().find(|person| person.id == id) {
        Some(person) => person.name.clone(),
        None if id == household => file::title(&members),
        None => format!("{}的{what}", file::title(&members)),
    };
    Ok(Some((label, format!("/clients/{household}"))))
}
