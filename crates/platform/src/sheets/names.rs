//! What records are called, and which record a text means.

use std::collections::{BTreeMap, BTreeSet};

use db::list::{Condition, Sought};
use db::{DbResult, Tx, Within};
use kernel::{Id, Moment};

use super::column::Holds;
use super::sheet::{Row, Sheet, Sheets};
use super::values::{kept, shown};
use crate::access::{Asker, Place, Scope};

/// How deep names are made of names: a session is called after its group, a person after the household.
const DEPTH: usize = 3;
/// How many records a text may mean before one is asked to write more of it.
pub const MOST_MEANT: usize = 8;

/// What stands for a record that whoever asks may not see.
pub const HIDDEN: &str = "（不在您可看的范围内）";

/// What records are called, by id, and the pages of which of them whoever asks may not open: a worker of one area refers
/// to a programme of the whole station.
#[derive(Debug, Clone, Default)]
pub struct Names {
    called: BTreeMap<Id, String>,
    closed: BTreeSet<Id>,
}

impl Names {
    /// What a record is called; nothing for one that is not known.
    #[must_use]
    pub fn of(&self, id: &str) -> &str {
        id.parse().ok().and_then(|id: Id| self.called.get(&id)).map_or("", String::as_str)
    }

    /// Whether the page of a record that has a name opens for whoever asked.
    #[must_use]
    pub fn opens(&self, id: &str) -> bool {
        id.parse().is_ok_and(|id: Id| self.called.contains_key(&id) && !self.closed.contains(&id))
    }

    /// The names of everything that rows refer to, as known at a moment: one query for each kind, however many rows.
    /// What whoever asks may not see has no name: an evaluator reads attendances, and not whose.
    ///
    /// # Errors
    /// What the database says.
    pub fn in_rows(
        tx: &mut Tx<'_>,
        sheets: Sheets,
        asker: &Asker,
        at: Moment,
        rows: &[(&Sheet, &Row)],
    ) -> DbResult<Self> {
        let mut names = Self::default();
        names.gather(tx, (sheets, asker), at, rows, DEPTH)?;
        Ok(names)
    }

    /// The names of records of one kind.
    ///
    /// # Errors
    /// What the database says.
    pub fn of_rows(
        tx: &mut Tx<'_>,
        sheets: Sheets,
        asker: &Asker,
        sheet: &Sheet,
        rows: &[Row],
    ) -> DbResult<Self> {
        let at = tx.at();
        let all: Vec<(&Sheet, &Row)> = rows.iter().map(|row| (sheet, row)).collect();
        let mut names = Self::in_rows(tx, sheets, asker, at, &all)?;
        for row in rows {
            let title = names.title(sheet, row);
            names.called.insert(row.base.id, title);
        }
        Ok(names)
    }

    fn gather(
        &mut self,
        tx: &mut Tx<'_>,
        (sheets, asker): (Sheets, &Asker),
        at: Moment,
        rows: &[(&Sheet, &Row)],
        depth: usize,
    ) -> DbResult<()> {
        for (kind, ids) in self.unknown(rows) {
            let Some(sheet) = sheets.of_kind(kind) else { continue };
            let ids: Vec<Id> = ids.into_iter().collect();
            let mut found = (sheet.ops.among)(tx, at, &ids)?;
            let scope = asker.scope(sheet.ops.read);
            found.retain(|row| {
                let seen = may_mean(sheet, &scope, row);
                if !seen {
                    self.called.insert(row.base.id, HIDDEN.to_owned());
                }
                if !scope.covers(place(sheet, row)) {
                    self.closed.insert(row.base.id);
                }
                seen
            });
            if depth > 1 {
                // Of these only what their names are made of.
                let named: Vec<Row> = found.iter().map(|row| only_titles(sheet, row)).collect();
                let below: Vec<(&Sheet, &Row)> = named.iter().map(|row| (sheet, row)).collect();
                self.gather(tx, (sheets, asker), at, &below, depth - 1)?;
            }
            for row in &found {
                let title = self.title(sheet, row);
                self.called.insert(row.base.id, title);
            }
        }
        Ok(())
    }

    /// The ids that rows hold and that have no name yet, by kind.
    fn unknown(&self, rows: &[(&Sheet, &Row)]) -> BTreeMap<&'static str, BTreeSet<Id>> {
        let mut wanted: BTreeMap<&'static str, BTreeSet<Id>> = BTreeMap::new();
        for (sheet, row) in rows {
            let mut want = |kind: &'static str, id: Option<Id>| {
                if let Some(id) = id.filter(|id| !self.called.contains_key(id)) {
                    wanted.entry(kind).or_default().insert(id);
                }
            };
            for column in sheet.columns {
                if let Holds::Refers(kind) = sheet.holds(column) {
                    want(kind, row.text(column.name).parse().ok());
                }
            }
            want("area", row.base.area_id);
            want("community", row.base.community_id);
            want("worker", row.base.worker_id.filter(|id| *id != row.base.id));
        }
        wanted
    }

    /// What a record is called, from what stands in its naming columns.
    #[must_use]
    pub fn title(&self, sheet: &Sheet, row: &Row) -> String {
        let part = |name: &&'static str| {
            let holds = sheet.column(name).map_or(Holds::Long, |column| sheet.holds(column));
            match holds {
                Holds::Refers(_) => self.of(row.text(name)).to_owned(),
                holds => shown(holds, row.text(name)),
            }
        };
        let parts: Vec<String> = sheet.titled.iter().map(part).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { sheet.label.to_owned() } else { parts.join(" ") }
    }
}

fn only_titles(sheet: &Sheet, row: &Row) -> Row {
    let mut values = row.values.clone();
    values.retain(|name, _| sheet.titled.contains(name));
    let base = db::Base { area_id: None, community_id: None, worker_id: None, ..row.base };
    Row { base, values }
}

/// The records of a sheet that a text may mean, within what may be seen: by id, or by what they are called.
///
/// # Errors
/// What the database says.
pub fn meant(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    sheet: &Sheet,
    scope: &Scope,
    text: &str,
) -> DbResult<Vec<(Id, String)>> {
    let at = tx.at();
    let ids = match text.parse::<Id>() {
        Ok(id) => vec![id],
        Err(_) => called(tx, sheet, scope, text)?,
    };
    let mut rows = (sheet.ops.among)(tx, at, &ids)?;
    rows.retain(|row| may_mean(sheet, scope, row));
    let names = Names::of_rows(tx, sheets, asker, sheet, &rows)?;
    let named = |row: &Row| (row.base.id, names.of(row.base.id.as_str()).to_owned());
    // “C-1” is that case, though “C-10” has it in its number too.
    let is_it = |row: &&Row| {
        let line = |name: &&'static str| is_line(sheet, name) && row.text(name) == text;
        names.of(row.base.id.as_str()) == text || sheet.titled.iter().any(line)
    };
    let exact: Vec<&Row> = rows.iter().filter(is_it).collect();
    Ok(match exact.as_slice() {
        [one] => vec![named(one)],
        _ => rows.iter().map(named).collect(),
    })
}

/// The first few records of a sheet that are called something like a text, in the order of how well they fit, and whether
/// there are more.
///
/// # Errors
/// What the database says.
pub fn like(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    sheet: &Sheet,
    text: &str,
) -> DbResult<(Vec<(Id, String)>, bool)> {
    let scope = asker.scope(sheet.ops.read);
    let mut ids = called(tx, sheet, &scope, text)?;
    let more = ids.len() > MOST_MEANT;
    ids.truncate(MOST_MEANT);
    let mut found: BTreeMap<Id, String> =
        among(tx, sheets, asker, (sheet, &scope), &ids)?.into_iter().collect();
    Ok((ids.iter().filter_map(|id| found.remove_entry(id)).collect(), more))
}

/// The records that what somebody types calls.
fn called(tx: &mut Tx<'_>, sheet: &Sheet, scope: &Scope, text: &str) -> DbResult<Vec<Id>> {
    if let Some(find) = sheet.find {
        return find(tx, scope, text);
    }
    let conditions = text.split_whitespace().flat_map(|word| named_by(sheet, word)).collect();
    let (table, within) = (sheet.ops.table, within(sheet, scope));
    let sought = Sought { table, at: tx.at(), within, conditions, latest_by: sheet.dated };
    sought.ids(tx, 0, MOST_MEANT + 1)
}

/// What a word asks of the naming columns: a day, a word of a list, or part of a text.
fn named_by(sheet: &Sheet, word: &str) -> Vec<Condition> {
    for name in sheet.titled {
        let Some(column) = sheet.column(name) else { continue };
        match (sheet.holds(column), kept(sheet.holds(column), word)) {
            (Holds::Date, Ok(Some(day))) => {
                if let Ok(day) = day.parse() {
                    return vec![Condition::From(name, day), Condition::Until(name, day)];
                }
            }
            (Holds::Word(_), Ok(Some(word))) => return vec![Condition::Is(name, word)],
            _ => {}
        }
    }
    let lines = sheet.titled.iter().copied().filter(|name| is_line(sheet, name)).collect();
    vec![Condition::Contains(lines, word.to_owned())]
}

fn is_line(sheet: &Sheet, name: &str) -> bool {
    sheet.column(name).is_some_and(|column| matches!(sheet.holds(column), Holds::Text(_) | Holds::Long))
}

/// What a station as a whole has, such as its programmes and workers, whoever works in a part of it may refer to;
/// communities and areas only where they may work.
pub(super) fn may_mean(sheet: &Sheet, scope: &Scope, row: &Row) -> bool {
    let from_below = sheet.few && !is_place(sheet) && scope.reaches(row.base.station_id);
    from_below || scope.covers(place(sheet, row))
}

fn is_place(sheet: &Sheet) -> bool {
    matches!(sheet.kind(), "area" | "community")
}

/// Where a record belongs; an area and a community belong to themselves.
#[must_use]
pub fn place(sheet: &Sheet, row: &Row) -> Place {
    let (base, itself) = (row.base, |kind| (sheet.kind() == kind).then_some(row.base.id));
    Place {
        station: base.station_id,
        area: base.area_id.or_else(|| itself("area")),
        community: base.community_id.or_else(|| itself("community")),
    }
}

/// What has to be looked through: of what is few, all of a station.
fn within(sheet: &Sheet, scope: &Scope) -> Within {
    match scope.stations() {
        Some(stations) if sheet.few => Within { stations, ..Within::default() },
        _ => scope.within(),
    }
}

/// The records of a sheet to pick from in some stations, the latest first, each with what it is called.
///
/// # Errors
/// What the database says.
pub fn offered(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    sheet: &Sheet,
    scope: &Scope,
) -> DbResult<Vec<(String, String)>> {
    let at = tx.at();
    let within = within(sheet, scope);
    let sought =
        Sought { table: sheet.ops.table, at, within, conditions: Vec::new(), latest_by: sheet.dated };
    let ids = sought.ids(tx, 0, MOST_OFFERED)?;
    let offered = among(tx, sheets, asker, (sheet, scope), &ids)?;
    Ok(offered.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// Of these records those that may be referred to, with what each is called, by name.
///
/// # Errors
/// What the database says.
pub fn among(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    (sheet, scope): (&Sheet, &Scope),
    ids: &[Id],
) -> DbResult<Vec<(Id, String)>> {
    let at = tx.at();
    let mut rows = (sheet.ops.among)(tx, at, ids)?;
    rows.retain(|row| may_mean(sheet, scope, row));
    let names = Names::of_rows(tx, sheets, asker, sheet, &rows)?;
    let mut named: Vec<(Id, String)> =
        rows.iter().map(|row| (row.base.id, names.of(row.base.id.as_str()).to_owned())).collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(named)
}

/// The longest list that one picks from.
const MOST_OFFERED: usize = 400;
