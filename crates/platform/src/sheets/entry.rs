//! Reading a record from what a form or a row of a workbook says, in the words of people.

use std::collections::BTreeMap;

use db::{Base, DbResult, Sealed, Tx};
use kernel::Id;
use web::form::Wrong;

use super::column::{Column, Fill, Holds};
use super::names::{MOST_MEANT, meant};
use super::sheet::{Placed, Row, Sheet, Sheets, Whose};
use super::values::{COVERED, kept};
use crate::access::{Asker, Ground, Scope};

/// The field with the community, area and worker.
pub const COMMUNITY: &str = "community_id";
/// The field with the area.
pub const AREA: &str = "area_id";
/// The field with the station.
pub const STATION: &str = "station_id";
/// The field with the worker.
pub const WORKER: &str = "worker_id";

/// Reads records of one sheet. What references meant is remembered, so that a long workbook asks once for each.
pub struct Entry<'a> {
    /// Every sheet.
    pub sheets: Sheets,
    /// The sheet.
    pub sheet: &'static Sheet,
    /// Who enters it.
    pub asker: &'a Asker,
    /// Where they may.
    pub scope: &'a Scope,
    /// The stations there are.
    pub ground: Ground,
    known: BTreeMap<(&'static str, String), Result<Id, String>>,
    rows: BTreeMap<Id, Row>,
}

/// A field that may mean several records.
#[derive(Debug, Clone)]
pub struct Several {
    /// The field.
    pub field: &'static str,
    /// Those it may mean.
    pub among: Vec<(String, String)>,
}

/// What was wrong with a record, and which of its references may mean several.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// What was wrong.
    pub wrong: Vec<Wrong>,
    /// What to choose from.
    pub several: Vec<Several>,
}

impl Faults {
    fn note(&mut self, field: &str, what: impl Into<String>) {
        self.wrong.push(Wrong { field: field.to_owned(), what: what.into() });
    }
}

impl<'a> Entry<'a> {
    /// Begins.
    #[must_use]
    pub fn of(
        sheets: Sheets,
        sheet: &'static Sheet,
        asker: &'a Asker,
        scope: &'a Scope,
        ground: Ground,
    ) -> Self {
        Self { sheets, sheet, asker, scope, ground, known: BTreeMap::new(), rows: BTreeMap::new() }
    }

    /// Reads a record. `said` gives what stands in a field; `before` is the record that is corrected.
    ///
    /// # Errors
    /// What the database says. What is wrong with the fields is the inner error.
    pub fn read(
        &mut self,
        tx: &mut Tx<'_>,
        id: Id,
        before: Option<&Row>,
        said: &dyn Fn(&str) -> String,
    ) -> DbResult<Result<Row, Faults>> {
        let mut faults = Faults::default();
        let mut values = BTreeMap::new();
        for column in self.sheet.columns.iter().filter(|column| column.is_asked()) {
            if let Some(value) = self.value(tx, id, column, before, said(column.name), &mut faults)? {
                values.insert(column.name, value);
            }
        }
        for column in self.sheet.columns {
            let value = match column.fill {
                Fill::Always(value) => Some(value.to_owned()),
                Fill::Follows(reference, field) => {
                    let kind = self.kind_of(reference);
                    let row = self.referred(tx, kind, values.get(reference))?;
                    row.and_then(|row| {
                        if field == "id" {
                            Some(row.base.id.to_string())
                        } else {
                            row.values.get(field).cloned()
                        }
                    })
                }
                Fill::Asked | Fill::Today | Fill::With(_) => continue,
            };
            if let Some(value) = value {
                values.insert(column.name, value);
            }
        }
        let base = self.base(tx, id, before, &values, said, &mut faults)?;
        let Some(base) = base.filter(|_| faults.wrong.is_empty()) else { return Ok(Err(faults)) };
        let row = Row { base, values };
        if let Some(check) = self.sheet.check {
            faults.wrong.extend(check(&row));
        }
        Ok(if faults.wrong.is_empty() { Ok(row) } else { Err(faults) })
    }

    fn value(
        &mut self,
        tx: &mut Tx<'_>,
        id: Id,
        column: &'static Column,
        before: Option<&Row>,
        text: String,
        faults: &mut Faults,
    ) -> DbResult<Option<String>> {
        let (holds, label) = (self.sheet.holds(column), self.sheet.label_of(column));
        // What is sealed is taken out as a word, which changes nothing when it comes back.
        let text = if matches!(holds, Holds::Phone) && text == COVERED { String::new() } else { text };
        let value = match kept(holds, &text) {
            Ok(value) => value,
            Err(what) => {
                faults.note(column.name, format!("{label}{what}"));
                return Ok(None);
            }
        };
        let Some(value) = value else {
            // What is sealed is not shown, so that leaving it empty leaves it as it is.
            if let (Holds::Phone, Some(before)) = (holds, before) {
                return Ok(before.values.get(column.name).cloned());
            }
            if self.sheet.must(column) {
                faults.note(column.name, format!("填{label}"));
            }
            return Ok(matches!(holds, Holds::Flag).then(|| "no".to_owned()));
        };
        match holds {
            Holds::Refers(kind) => {
                let id = self.meant(tx, kind, column.name, label, &value, faults)?;
                Ok(id.map(|id| id.to_string()))
            }
            Holds::Phone => {
                let place = format!("{}.{}", self.sheet.ops.table, column.name);
                let sealed = Sealed::new(tx.keys(), &place, &id, &value);
                let sealed = sealed
                    .map_err(|error| kernel::Problem::new("sealed", error.to_string(), "请核对密钥文件"))?;
                Ok(kernel::Plain::plain(&sealed))
            }
            _ => Ok(Some(value)),
        }
    }

    /// The record that a text means.
    fn meant(
        &mut self,
        tx: &mut Tx<'_>,
        kind: &'static str,
        field: &'static str,
        label: &str,
        text: &str,
        faults: &mut Faults,
    ) -> DbResult<Option<Id>> {
        let key = (kind, text.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(match known {
                Ok(id) => Some(*id),
                Err(what) => {
                    faults.note(field, format!("{label}{what}"));
                    None
                }
            });
        }
        let Some(sheet) = self.sheets.of_kind(kind) else { return Ok(None) };
        let found = meant(tx, self.sheets, sheet, self.scope, text)?;
        let result = match found.as_slice() {
            [(id, _)] => Ok(*id),
            [] => Err(format!("“{text}”没有找到：请核对写法，或先登记{}", sheet.label)),
            several if several.len() > MOST_MEANT => Err(format!("“{text}”有很多个：请写得更全")),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
                let among = several.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
                faults.several.push(Several { field, among });
                Err(format!("“{text}”有 {} 个，选一个：{}", several.len(), names.join("、")))
            }
        };
        if let Err(what) = &result {
            faults.note(field, format!("{label}{what}"));
        }
        let id = result.as_ref().ok().copied();
        self.known.insert(key, result);
        Ok(id)
    }

    fn kind_of(&self, reference: &str) -> &'static str {
        match self.sheet.column(reference).map(|column| self.sheet.holds(column)) {
            Some(Holds::Refers(kind)) => kind,
            _ => "",
        }
    }

    /// The record that a column refers to.
    fn referred(&mut self, tx: &mut Tx<'_>, kind: &str, id: Option<&String>) -> DbResult<Option<Row>> {
        let Some(id) = id.and_then(|id| id.parse::<Id>().ok()) else { return Ok(None) };
        if let Some(row) = self.rows.get(&id) {
            return Ok(Some(row.clone()));
        }
        let Some(sheet) = self.sheets.of_kind(kind) else { return Ok(None) };
        let at = tx.at();
        let row = (sheet.ops.among)(tx, at, &[id])?.pop();
        if let Some(row) = &row {
            self.rows.insert(id, row.clone());
        }
        Ok(row)
    }

    /// Where the record belongs and whose it is.
    fn base(
        &mut self,
        tx: &mut Tx<'_>,
        id: Id,
        before: Option<&Row>,
        values: &BTreeMap<&'static str, String>,
        said: &dyn Fn(&str) -> String,
        faults: &mut Faults,
    ) -> DbResult<Option<Base>> {
        let Some(mut base) = self.place(tx, id, before, values, said, faults)? else { return Ok(None) };
        if let Some(before) = before.filter(|before| before.base.station_id != base.station_id) {
            let field = if matches!(self.sheet.placed, Placed::Community) { COMMUNITY } else { STATION };
            faults.note(field, "不能改到别的社工站：请在那里重新登记，这里作废");
            base.station_id = before.base.station_id;
        }
        let text = said(WORKER);
        base.worker_id = match self.sheet.whose {
            Whose::Nobody => before.and_then(|before| before.base.worker_id),
            Whose::Its => Some(id),
            Whose::DoneBy | Whose::About if !text.is_empty() => {
                self.meant(tx, "worker", WORKER, "社工", &text, faults)?
            }
            Whose::DoneBy => before.map_or_else(|| self.asker.worker(), |_| None),
            Whose::About => {
                faults.note(WORKER, "选社工");
                None
            }
        };
        Ok(Some(base))
    }

    fn place(
        &mut self,
        tx: &mut Tx<'_>,
        id: Id,
        before: Option<&Row>,
        values: &BTreeMap<&'static str, String>,
        said: &dyn Fn(&str) -> String,
        faults: &mut Faults,
    ) -> DbResult<Option<Base>> {
        let none = Base { id, station_id: Id::NIL, area_id: None, community_id: None, worker_id: None };
        match self.sheet.placed {
            Placed::With(reference) => {
                let kind = self.kind_of(reference);
                let row = self.referred(tx, kind, values.get(reference))?;
                Ok(row.map(|row| Base { id, worker_id: None, ..row.base }))
            }
            Placed::Community => {
                let text = said(COMMUNITY);
                if text.is_empty() {
                    faults.note(COMMUNITY, "选社区");
                    return Ok(None);
                }
                let Some(community) = self.meant(tx, "community", COMMUNITY, "社区", &text, faults)? else {
                    return Ok(None);
                };
                let row = self.referred(tx, "community", Some(&community.to_string()))?;
                Ok(row.map(|row| Base {
                    community_id: Some(community),
                    area_id: row.base.area_id,
                    station_id: row.base.station_id,
                    ..none
                }))
            }
            Placed::Area | Placed::Station => {
                let area = said(AREA);
                if matches!(self.sheet.placed, Placed::Area) && !area.is_empty() {
                    let Some(area) = self.meant(tx, "area", AREA, "片区", &area, faults)? else {
                        return Ok(None);
                    };
                    let row = self.referred(tx, "area", Some(&area.to_string()))?;
                    return Ok(row.map(|row| Base {
                        area_id: Some(area),
                        station_id: row.base.station_id,
                        ..none
                    }));
                }
                let station = self.station(tx, before, &said(STATION))?;
                if station.is_none() {
                    faults.note(STATION, "选社工站");
                }
                Ok(station.map(|station_id| Base { station_id, ..none }))
            }
        }
    }

    /// The station: the one that is said, else the record's own, else the only one there is.
    fn station(&mut self, tx: &mut Tx<'_>, before: Option<&Row>, text: &str) -> DbResult<Option<Id>> {
        if let Some(before) = before {
            return Ok(Some(before.base.station_id));
        }
        let stations = (self.ground.stations)(tx)?;
        let mut within = stations.into_iter().filter(|station| self.scope.reaches(station.id));
        if text.is_empty() {
            let first = within.next();
            return Ok(first.filter(|_| within.next().is_none()).map(|station| station.id));
        }
        Ok(within
            .find(|station| station.id.as_str() == text || station.name == text || station.code == text)
            .map(|station| station.id))
    }
}
