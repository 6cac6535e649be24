//! What devices fetch: today's list with what one must know at the doors, and what has changed of visits.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Id, Moment};
use rules::contacts;

use super::form::{KIND, fields};
use super::wire::{DueSaid, HouseholdSaid, PersonSaid, PromiseSaid, TodayPage, VisitSaid, VisitsPage};
use crate::clients::{self, Essentials, Followed, Whose};
use crate::sheets::Sheets;
use crate::shell::{App, Trouble};
use crate::visits::{self, VisitKind};

/// The most households that a device holds: what one person visits, and not a station's files.
pub(super) const MOST_HELD: i64 = 300;
/// How many days of visits a device holds.
const DAYS_HELD: u64 = 120;
/// How far a cursor stays behind, in microseconds: longer than any transaction lasts that wrote earlier and ends later.
const LAG: i64 = 30_000_000;

/// A page of today's list, the most urgent first, after a household of it.
///
/// # Errors
/// What the database says.
pub(super) fn today(
    tx: &mut Tx<'_>,
    app: &App,
    (after, limit): (Option<Id>, i64),
) -> Result<TodayPage, Trouble> {
    let (scope, day) = (app.asker().scope("clients.read"), app.site().today);
    let whose = app.asker().worker().map_or(Whose::All, Whose::Worker);
    let mut all = visits::today::for_worker(tx, &app.site().library, &scope, whose, day)?;
    all.truncate(usize::try_from(MOST_HELD).unwrap_or(usize::MAX));
    if let Some(after) = after {
        let place = all.iter().position(|item| item.file.household.id == after);
        all.drain(..place.map_or(all.len(), |place| place + 1));
    }
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = (all.len() > wanted).then(|| all[wanted - 1].file.household.id.to_string());
    all.truncate(wanted);
    let ids: Vec<Id> = all.iter().map(|item| item.file.household.id).collect();
    let mut last: BTreeMap<(Id, bool), String> = BTreeMap::new();
    for (household, on, kind) in visits::last_contacts(tx, &ids)? {
        last.insert((household, kind == VisitKind::Home), on.to_string());
    }
    let mut promised: BTreeMap<Id, Vec<PromiseSaid>> = BTreeMap::new();
    for one in visits::promised_to_each(tx, &ids)? {
        promised.entry(one.household_id).or_default().push(PromiseSaid {
            id: one.id.to_string(),
            what: one.what,
            due_on: one.due_on.to_string(),
            state: one.state.as_str(),
        });
    }
    let known = clients::essentials(tx, &app.site().library.codes, &ids, day)?;
    let mut known: BTreeMap<Id, _> = known.into_iter().map(|one| (one.household, one)).collect();
    let items = all.iter().filter_map(|item| {
        let one = known.remove(&item.file.household.id)?;
        let lasts = [true, false].map(|home| last.get(&(one.household, home)).cloned());
        let promised = promised.remove(&one.household).unwrap_or_default();
        Some(household(one, lasts, item.due().map(due), promised))
    });
    Ok(TodayPage { day: day.to_string(), items: items.collect(), next })
}

/// Why a household is to be contacted next, and by when.
fn due(due: &contacts::Due) -> DueSaid {
    DueSaid {
        by: if due.by == contacts::By::Home { "home" } else { "phone" },
        on: due.on.to_string(),
        overdue: due.overdue,
        why: due.why.clone(),
    }
}

fn household(
    one: Essentials,
    [last_home, last_phone]: [Option<String>; 2],
    due: Option<DueSaid>,
    promised: Vec<PromiseSaid>,
) -> HouseholdSaid {
    let persons = one.persons.into_iter().map(|person| PersonSaid {
        id: person.person.to_string(),
        name: person.name,
        categories: person.categories,
        phone: person.phone,
        minor: person.minor,
    });
    HouseholdSaid {
        household: one.household.to_string(),
        title: one.title,
        file_number: one.file_number,
        community: one.community,
        address: one.address,
        level: one.level.map(|level| level.as_str().to_owned()),
        persons: persons.collect(),
        last_home,
        last_phone,
        due,
        promised,
    }
}

/// What has changed of visits since a cursor: `moment.id`.
///
/// # Errors
/// What the database says.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    (cursor, limit): ((Moment, Id), i64),
) -> Result<VisitsPage, Trouble> {
    let scope = app.asker().scope("visits.read");
    let asked = Followed { worker: app.asker().worker(), after: None, limit: MOST_HELD };
    let households = clients::followed(tx, &scope, &asked)?;
    let since = app.site().today - chrono::Days::new(DAYS_HELD);
    let rows = visits::changed(tx, &households, since, cursor, limit)?;
    let more = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let behind = Moment::from_micros(tx.at().micros() - LAG);
    let end = match rows.last() {
        Some((stamp, row)) if stamp.from < behind => (stamp.from, row.id),
        Some((stamp, row)) if more => (stamp.from, row.id),
        Some(_) => (behind, Id::NIL),
        None if cursor.0 < behind => cursor,
        None => (behind, Id::NIL),
    };
    let ids: Vec<Id> = rows.iter().map(|(_, row)| row.id).collect();
    let Some(sheet) = sheets.of_kind(KIND) else {
        return Ok(VisitsPage { items: Vec::new(), next: said(end), more });
    };
    let standing = (sheet.ops.standing)(tx, &ids)?;
    let mut by_id: BTreeMap<Id, _> =
        standing.into_iter().map(|(stamp, row)| (row.base.id, (stamp, row))).collect();
    let items = rows.iter().filter_map(|(_, visit)| {
        let (stamp, row) = by_id.remove(&visit.id)?;
        Some(VisitSaid {
            id: visit.id.to_string(),
            version: stamp.version,
            withdrawn: stamp.voided,
            household: visit.household_id.to_string(),
            fields: fields(sheet, &row),
        })
    });
    Ok(VisitsPage { items: items.collect(), next: said(end), more })
}

fn said((at, id): (Moment, Id)) -> String {
    format!("{}.{id}", at.micros())
}

/// A cursor as it was said; the beginning where there is none.
pub(super) fn cursor(text: Option<&str>) -> Option<(Moment, Id)> {
    let Some(text) = text else { return Some((Moment::from_micros(0), Id::NIL)) };
    let (at, id) = text.split_once('.')?;
    Some((Moment::from_micros(at.parse().ok()?), id.parse().ok()?))
}
