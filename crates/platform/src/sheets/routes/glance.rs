//! Records as other pages show them: what each is called and says, within what may be seen. Personal values stay sealed.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::super::names::{Names, place};
use super::super::sheet::{Row, Sheet, Sheets};
use super::one::facts;
use crate::access::Asker;

/// A record at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What it says: the word for each field with something in it, and what stands there.
    pub facts: Vec<(&'static str, String)>,
}

/// Records of one kind as known at a moment, in the order of the ids; those that may not be seen are left out.
///
/// # Errors
/// What the database says.
pub fn glances(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (sheets, at): (Sheets, Moment),
    kind: &str,
    ids: &[Id],
) -> DbResult<Vec<Glance>> {
    let Some(sheet) = sheets.of_kind(kind) else { return Ok(Vec::new()) };
    let scope = asker.scope(sheet.ops.read);
    let mut rows = (sheet.ops.among)(tx, at, ids)?;
    rows.retain(|row| scope.covers(place(sheet, row)));
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.base.id));
    let all: Vec<(&Sheet, &Row)> = rows.iter().map(|row| (sheet, row)).collect();
    let names = Names::in_rows(tx, sheets, asker, at, &all)?;
    let glance = |row: &Row| {
        let facts = facts(sheet, sheets, row, &names).into_iter().filter(|fact| !fact.text.is_empty());
        Glance {
            title: names.title(sheet, row),
            href: sheet.href_of(row),
            facts: facts.map(|fact| (fact.label, fact.text)).collect(),
        }
    };
    Ok(rows.iter().map(glance).collect())
}

/// The record of an address `/slice/sheet/id`; none for any other address, or where it may not be seen.
///
/// # Errors
/// What the database says.
pub fn glance(tx: &mut Tx<'_>, asker: &Asker, sheets: Sheets, href: &str) -> DbResult<Option<Glance>> {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let [slice, sheet, id] = parts[..] else { return Ok(None) };
    let (Some(sheet), Ok(id)) = (sheets.at(slice, sheet), id.parse()) else { return Ok(None) };
    let now = tx.at();
    Ok(glances(tx, asker, (sheets, now), sheet.kind(), &[id])?.pop())
}
