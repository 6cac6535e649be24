//! Records of any sheet, made up for tests: what a form of the sheet sends, and the record that comes of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::Tx;
use kernel::Id;

use super::column::Holds;
use super::entry::{AREA, COMMUNITY, Entry, STATION, WORKER};
use super::sheet::{Placed, Row, Sheet, Whose};
use crate::access::{Asker, Scope, new_id};

/// Every day of what is made up: the last of a half of a month, and past.
pub(crate) const DAY: &str = "2024-11-30";

/// Where records are made up, and what stands in their texts.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) station: Id,
    pub(crate) area: Id,
    pub(crate) community: Id,
    pub(crate) worker: Id,
    /// Somebody with a file, and the household.
    pub(crate) person: Id,
    pub(crate) household: Id,
    pub(crate) text: &'static str,
}

pub(crate) fn today() -> NaiveDate {
    "2024-12-31".parse().unwrap()
}

impl Made {
    /// What a form of a sheet sends; what it refers to is entered before.
    pub(crate) fn fields(&self, tx: &mut Tx<'_>, sheet: &'static Sheet) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        for column in sheet.columns.iter().filter(|column| column.is_asked()) {
            let value = match sheet.holds(column) {
                Holds::Text(_) | Holds::Long | Holds::AsCounted => self.text.to_owned(),
                Holds::Whole(_) | Holds::Money => "1".to_owned(),
                Holds::Date => DAY.to_owned(),
                Holds::Flag => "yes".to_owned(),
                Holds::Phone => "13800004321".to_owned(),
                Holds::Word(words) => {
                    let held = words().iter().any(|(word, _)| *word == "held");
                    if held { "held".to_owned() } else { words()[0].0.to_owned() }
                }
                Holds::Refers("person") => self.person.to_string(),
                Holds::Refers("household") => self.household.to_string(),
                Holds::Refers(kind) => {
                    let of = crate::SHEETS.of_kind(kind).unwrap();
                    self.entered(tx, of).base.id.to_string()
                }
            };
            fields.push((column.name, value));
        }
        match sheet.placed {
            Placed::Community => fields.push((COMMUNITY, self.community.to_string())),
            Placed::Area => fields.push((AREA, self.area.to_string())),
            Placed::Station | Placed::With(_) => {}
        }
        if matches!(sheet.placed, Placed::Area | Placed::Station) {
            fields.push((STATION, self.station.to_string()));
        }
        if matches!(sheet.whose, Whose::DoneBy | Whose::About) {
            fields.push((WORKER, self.worker.to_string()));
        }
        fields
    }

    /// A record of a sheet, entered as a form would enter it.
    pub(crate) fn entered(&self, tx: &mut Tx<'_>, sheet: &'static Sheet) -> Row {
        let fields = self.fields(tx, sheet);
        entered_with(tx, sheet, &fields)
    }
}

/// A record of a sheet with these fields.
pub(crate) fn entered_with(tx: &mut Tx<'_>, sheet: &'static Sheet, fields: &[(&'static str, String)]) -> Row {
    let fields: BTreeMap<&str, String> = fields.iter().cloned().collect();
    let (scope, id) = (Scope::everything(), new_id(tx.at()).unwrap());
    let mut entry = Entry::of(crate::SHEETS, sheet, &Asker::Console, &scope, (crate::areas::GROUND, today()));
    let said = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let row = entry.read(tx, id, None, &said).unwrap();
    let row = row.unwrap_or_else(|faults| panic!("{}: {:?}", sheet.kind(), faults.wrong));
    (sheet.ops.enter)(tx, &Asker::Console, row.base.station_id, std::slice::from_ref(&row)).unwrap();
    row
}
