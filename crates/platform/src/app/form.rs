//! The form of a visit for devices: the columns of its sheet, so that page and app ask the same.

use std::collections::BTreeMap;

use super::wire::{FieldSaid, FormSaid};
use crate::sheets::{Column, Fill, Holds, Row, Sheet};

/// The only kind of record that is entered from a device.
pub(super) const KIND: &str = "visit";

/// What a sheet asks.
pub(super) fn form(sheet: &'static Sheet) -> FormSaid {
    let fields = asked(sheet).map(|column| field(sheet, column)).collect();
    FormSaid { kind: sheet.kind(), label: sheet.label, fields }
}

/// What only the page of a visit asks, since something has to be done or written beside the visit: a high risk is told and
/// reported at once, what was looked at is ticked.
const PAGE_ONLY: [&str; 3] = ["risk", "risk_kinds", "seen"];

/// The columns that are asked for. What refers to records that a device does not hold is not asked for there.
pub(super) fn asked(sheet: &'static Sheet) -> impl Iterator<Item = &'static Column> {
    let held = |column: &&Column| !matches!(sheet.holds(column), Holds::Refers(kind) if kind != "person");
    let here = |column: &&Column| column.is_asked() && !PAGE_ONLY.contains(&column.name);
    sheet.columns.iter().filter(here).filter(held)
}

fn field(sheet: &'static Sheet, column: &'static Column) -> FieldSaid {
    let holds = sheet.holds(column);
    let (kind, most) = match holds {
        Holds::Long => ("long", Some(4_000)),
        Holds::Date => ("date", None),
        Holds::Flag => ("flag", None),
        Holds::Word(_) => ("word", None),
        Holds::Refers("person") => ("person", None),
        Holds::Whole(most) => ("whole", Some(most)),
        Holds::Text(most) => ("text", i64::try_from(most).ok()),
        Holds::Money | Holds::Phone | Holds::Refers(_) | Holds::AsCounted => ("text", None),
    };
    let options = match holds {
        Holds::Word(words) => {
            words().iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned())).collect()
        }
        Holds::Flag => vec![("yes".to_owned(), "是".to_owned()), ("no".to_owned(), "否".to_owned())],
        _ => Vec::new(),
    };
    let initial = match column.fill {
        Fill::Today => "today".to_owned(),
        Fill::With(value) => value.to_owned(),
        _ if matches!(holds, Holds::Flag) => "no".to_owned(),
        _ => String::new(),
    };
    let (name, label, hint) = (column.name, sheet.label_of(column), column.hint);
    FieldSaid { name, label, hint, kind, options, must: sheet.must(column), initial, most }
}

/// A record's fields as a form has them.
pub(super) fn fields(sheet: &'static Sheet, row: &Row) -> BTreeMap<String, String> {
    asked(sheet).map(|column| (column.name.to_owned(), row.text(column.name).to_owned())).collect()
}

/// A value of a column in words; names of persons are not known here.
pub(super) fn words(sheet: &'static Sheet, column: &'static Column, value: &str) -> String {
    let said = match sheet.holds(column) {
        Holds::Word(words) => words().iter().find(|(word, _)| *word == value).map(|(_, label)| *label),
        Holds::Flag => Some(if value == "yes" { "是" } else { "否" }),
        _ => None,
    };
    let text = said.unwrap_or(value);
    if text.is_empty() { "没填" } else { text }.to_owned()
}
