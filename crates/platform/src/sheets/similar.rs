//! Whether a new record looks like one that is there: the same in the columns that its sheet names, at the same place.
//! Not a refusal: whoever enters it sees those that are there, and saves all the same.

use std::sync::{Arc, Mutex, PoisonError};

use db::list::Condition;
use db::{DbResult, Tx};
use web::form::Wrong;
use web::{Form, Link};

use super::column::Holds;
use super::entry::{COMMUNITY, WORKER};
use super::names::Names;
use super::routes::{load, sought};
use super::sheet::{Placed, Row, Sheet, Sheets};
use crate::access::Asker;
use crate::shell::{Field, FormPage};

/// The field that says which similar ones were seen.
const SEEN: &str = "anyway";
/// How many are shown.
const SHOWN: usize = 3;

/// Those like a record, the latest first, with what each is called. A record that leaves one of the columns empty is like none.
///
/// # Errors
/// What the database says.
fn like(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    sheet: &'static Sheet,
    row: &Row,
) -> DbResult<Vec<Link>> {
    let Some(conditions) = conditions(sheet, row) else { return Ok(Vec::new()) };
    let scope = asker.scope(sheet.ops.read);
    let sought = sought(tx, sheet, &scope, conditions);
    let rows = load(tx, sheet, &sought, 0, SHOWN)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = Names::of_rows(tx, sheets, asker, sheet, &rows)?;
    Ok(rows.iter().map(|row| Link::new(sheet.href_of(row), names.of(row.base.id.as_str()))).collect())
}

fn conditions(sheet: &Sheet, row: &Row) -> Option<Vec<Condition>> {
    let mut conditions = vec![Condition::Is("station_id", row.base.station_id.to_string())];
    if sheet.like.is_empty() {
        return None;
    }
    for name in sheet.like.iter().copied() {
        if name == WORKER {
            conditions.push(Condition::Is(WORKER, row.base.worker_id?.to_string()));
            continue;
        }
        let text = Some(row.text(name)).filter(|text| !text.is_empty())?;
        if matches!(sheet.holds_of(name), Holds::Date) {
            let day = text.parse().ok()?;
            conditions.extend([Condition::From(name, day), Condition::Until(name, day)]);
        } else {
            conditions.push(Condition::Is(name, text.to_owned()));
        }
    }
    if let (Placed::Community, Some(community)) = (sheet.placed, row.base.community_id) {
        conditions.push(Condition::Is(COMMUNITY, community.to_string()));
    }
    Some(conditions)
}

/// Those that a form is like, told from the work on the database to the page that shows them.
#[derive(Clone, Default)]
pub(super) struct Similar(Arc<Mutex<Vec<Link>>>);

impl Similar {
    /// Refuses a record that looks like others, unless whoever sends it has seen those.
    ///
    /// # Errors
    /// What the database says; the inner error says that there are some.
    pub(super) fn hold(
        &self,
        tx: &mut Tx<'_>,
        (sheets, sheet): (Sheets, &'static Sheet),
        asker: &Asker,
        row: &Row,
        form: &Form,
    ) -> DbResult<Result<(), Vec<Wrong>>> {
        let found = like(tx, sheets, asker, sheet, row)?;
        let seen = form.text(SEEN);
        if found.iter().all(|link| seen.split(',').any(|href| href == link.href)) {
            return Ok(Ok(()));
        }
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(Err(Vec::new()))
    }

    /// The form with those that were found, and the word that saves it all the same.
    pub(super) fn shown(&self, mut page: FormPage, form: &Form) -> (FormPage, Form) {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if found.is_empty() {
            return (page, form.clone());
        }
        let seen: Vec<&str> = found.iter().map(|link| link.href.as_str()).collect();
        let form = form.clone().with(SEEN, &seen.join(","));
        if let Some(group) = page.groups.first_mut() {
            group.fields.push(Field::hidden(SEEN, ""));
        }
        page.similar = found;
        page.submit = "仍然保存";
        (page, form)
    }
}
