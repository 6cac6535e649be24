//! What bringing a workbook in would do, row by row; and doing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use web::form::Wrong;

use super::content::{Content, Fault, Found, Told};
use super::layout::{ID, heads, number_of};
use crate::access::new_id;
use crate::access::{Asker, Ground, Scope};
use crate::sheets::{Entry, Names, Row, Sheet, Sheets, differing, place};
use crate::shell::Trouble;

/// How many changes are told.
const TOLD: usize = 100;

/// Who brings in what.
pub(super) struct Bringing<'b> {
    pub(super) sheets: Sheets,
    pub(super) sheet: &'static Sheet,
    pub(super) asker: &'b Asker,
    pub(super) scope: &'b Scope,
    pub(super) ground: Ground,
    pub(super) today: NaiveDate,
}

/// What a row does.
pub(super) enum Step {
    /// Enters a record.
    New(Row),
    /// Changes one, which is in this version.
    Change(Row, i32),
}

/// What a workbook does.
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) found: Found,
}

impl Plan {
    /// Reads every row against what is there now. Nothing is written.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn of(
        tx: &mut Tx<'_>,
        bringing: &Bringing<'_>,
        content: &Content,
        step: &mut dyn FnMut(usize),
    ) -> Result<Self, Trouble> {
        let known = known(tx, bringing, content)?;
        let mut there = there(tx, bringing, content)?;
        let mut entry = Entry::of(
            bringing.sheets,
            bringing.sheet,
            bringing.asker,
            bringing.scope,
            (bringing.ground, bringing.today),
        );
        let mut plan = Self { steps: Vec::new(), found: Found::default() };
        let mut seen = BTreeSet::new();
        let usual: BTreeMap<String, &str> = heads(bringing.sheet)
            .into_iter()
            .filter_map(|head| Some((head.key.clone(), head.usual()?)))
            .collect();
        for (at, (line, cells)) in content.rows.iter().enumerate() {
            step(at);
            let number = content.text(cells, ID);
            let before = number.parse::<Id>().ok().and_then(|id| known.get(&id));
            let id = match number.parse::<Id>() {
                Ok(id) if !seen.insert(id) => {
                    plan.fault(content, *line, ID, "编号在前面的行里已经有了：一条记录一行".to_owned());
                    continue;
                }
                Ok(id) => id,
                Err(_) if number.is_empty() => new_id(tx.at())?,
                Err(_) => {
                    plan.fault(content, *line, ID, "编号不对：新记录请留空".to_owned());
                    continue;
                }
            };
            if let Some(Known { voided: true, .. }) = before {
                plan.fault(content, *line, ID, "这条记录已经作废：不能再改，新记录请把编号留空".to_owned());
                continue;
            }
            if before.is_some_and(|known| !known.mine) {
                plan.fault(content, *line, ID, "没有您可以改的这条记录：新记录请把编号留空".to_owned());
                continue;
            }
            let before = before.map(|known| (&known.row, known.version));
            let said = |field: &str| {
                let number = content.text(cells, &number_of(field));
                if !number.is_empty() {
                    return number.to_owned();
                }
                let usual = usual.get(field).filter(|_| content.column_of(field).is_none());
                usual.map_or_else(|| content.text(cells, field).to_owned(), |usual| (*usual).to_owned())
            };
            match entry.read(tx, id, before.map(|(row, _)| row), &said)? {
                Err(faults) => plan.faults(content, *line, &faults.wrong),
                Ok(row) => plan.step(*line, row, before, &mut there, number.is_empty()),
            }
        }
        plan.tell(tx, bringing, &known)?;
        Ok(plan)
    }

    fn step(
        &mut self,
        line: usize,
        row: Row,
        before: Option<(&Row, i32)>,
        there: &mut BTreeMap<String, usize>,
        unnumbered: bool,
    ) {
        match before {
            Some((before, _)) if *before == row => self.found.same += 1,
            Some((_, version)) => {
                self.found.changed += 1;
                if self.found.changes.len() < TOLD {
                    self.found.changes.push(Told { line, what: row.base.id.to_string() });
                }
                self.steps.push(Step::Change(row, version));
            }
            None => {
                // The same file sent twice enters nothing twice.
                if let Some(left) = there.get_mut(&likeness(&row)).filter(|left| unnumbered && **left > 0) {
                    *left -= 1;
                    self.found.same += 1;
                } else {
                    self.found.new += 1;
                    self.steps.push(Step::New(row));
                }
            }
        }
    }

    fn fault(&mut self, content: &Content, line: usize, field: &str, what: String) {
        let column = content.column_of(field).or_else(|| content.column_of(&number_of(field)));
        self.found.faults.push(Fault { line, column, what });
    }

    fn faults(&mut self, content: &Content, line: usize, wrong: &[Wrong]) {
        for one in wrong {
            self.fault(content, line, &one.field, one.what.clone());
        }
    }

    /// What the first changes are, in words.
    fn tell(
        &mut self,
        tx: &mut Tx<'_>,
        bringing: &Bringing<'_>,
        known: &BTreeMap<Id, Known>,
    ) -> DbResult<()> {
        let mut pairs: BTreeMap<String, (&Row, &Row)> = BTreeMap::new();
        for step in &self.steps {
            if let Step::Change(after, _) = step
                && let Some(before) = known.get(&after.base.id)
            {
                pairs.insert(after.base.id.to_string(), (&before.row, after));
            }
        }
        pairs.retain(|id, _| self.found.changes.iter().any(|told| told.what == *id));
        let rows: Vec<(&Sheet, &Row)> = pairs
            .values()
            .flat_map(|(before, after)| [(bringing.sheet, *before), (bringing.sheet, *after)])
            .collect();
        let at = tx.at();
        let names = Names::in_rows(tx, bringing.sheets, bringing.asker, at, &rows)?;
        for told in &mut self.found.changes {
            if let Some((before, after)) = pairs.get(&told.what) {
                told.what = difference(bringing.sheet, before, after, &names);
            }
        }
        Ok(())
    }

    /// Writes what the plan says. What was written: record, station, and the version before where there was one.
    ///
    /// # Errors
    /// It is not allowed, or what the database says; nothing is written then.
    pub(super) fn write(
        self,
        tx: &mut Tx<'_>,
        bringing: &Bringing<'_>,
    ) -> DbResult<Vec<(Id, Id, Option<i32>)>> {
        let ops = bringing.sheet.ops;
        let mut written = Vec::with_capacity(self.steps.len());
        let mut new: BTreeMap<Id, Vec<Row>> = BTreeMap::new();
        let mut changed = Vec::new();
        for step in self.steps {
            match step {
                Step::New(row) => {
                    written.push((row.base.id, row.base.station_id, None));
                    new.entry(row.base.station_id).or_default().push(row);
                }
                Step::Change(row, version) => {
                    (ops.amend)(tx, bringing.asker, &row, version)?;
                    written.push((row.base.id, row.base.station_id, Some(version)));
                    changed.push(row);
                }
            }
        }
        bringing.sheets.moved(tx, bringing.asker, &changed)?;
        for (station, rows) in new {
            (ops.enter)(tx, bringing.asker, station, &rows)?;
        }
        Ok(written)
    }
}

/// A record that the file names by its number.
struct Known {
    row: Row,
    version: i32,
    voided: bool,
    /// Whether it may be changed by whoever brings the file in.
    mine: bool,
}

fn known(tx: &mut Tx<'_>, bringing: &Bringing<'_>, content: &Content) -> DbResult<BTreeMap<Id, Known>> {
    let ids: BTreeSet<Id> =
        content.rows.iter().filter_map(|(_, cells)| content.text(cells, ID).parse().ok()).collect();
    let (sheet, scope) = (bringing.sheet, bringing.asker.scope(bringing.sheet.ops.correct));
    let ids: Vec<Id> = ids.into_iter().collect();
    let found = (sheet.ops.standing)(tx, &ids)?;
    let of = |(stamp, row): (db::Stamp, Row)| {
        let mine = scope.covers(place(sheet, &row));
        (row.base.id, Known { version: stamp.version, voided: stamp.voided, mine, row })
    };
    Ok(found.into_iter().map(of).collect())
}

/// What is there already, by what it says: how many records say the same. Only where rows come without numbers.
fn there(tx: &mut Tx<'_>, bringing: &Bringing<'_>, content: &Content) -> DbResult<BTreeMap<String, usize>> {
    let mut there = BTreeMap::new();
    if content.rows.iter().all(|(_, cells)| !content.text(cells, ID).is_empty()) {
        return Ok(there);
    }
    for row in crate::sheets::all_rows(tx, bringing.sheet, bringing.scope)? {
        *there.entry(likeness(&row)).or_insert(0) += 1;
    }
    Ok(there)
}

/// What a record says, apart from its number; what is sealed is never alike.
fn likeness(row: &Row) -> String {
    let base = row.base;
    format!(
        "{:?}{:?}{:?}{:?}{:?}",
        base.station_id, base.area_id, base.community_id, base.worker_id, row.values
    )
}

fn difference(sheet: &'static Sheet, before: &Row, after: &Row, names: &Names) -> String {
    let fields = differing(sheet, before, after, names).into_iter();
    let parts = fields.map(|(label, was, is)| format!("{label}：{} → {}", shown(&was), shown(&is)));
    parts.collect::<Vec<_>>().join("；")
}

fn shown(text: &str) -> String {
    if text.is_empty() { "（空）".to_owned() } else { text.chars().take(40).collect() }
}
