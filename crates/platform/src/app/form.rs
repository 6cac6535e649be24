//! The form of a visit for devices: of a new one what its page asks, of a correction the columns of its sheet. And what an
//! entry says, in words.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Id;
use web::Form;

use super::wire::{Entry, FormSaid};
use crate::clients;
use crate::sheets::{Column, Fill, Holds, Row, Sheet};
use crate::shell::Trouble;
use crate::visits::{self, FormField, FormSection};

/// The only kind of record that is entered from a device.
pub(super) const KIND: &str = "visit";
/// The field that says that a second visit on one day is meant.
pub(super) const AGAIN: &str = "again";
/// What begins the name of a field that says what became of an earlier promise; its id follows.
const PROMISE: &str = "promise_";

/// What a new visit and a correction are asked.
pub(super) fn form(sheet: &'static Sheet) -> FormSaid {
    let columns = asked(sheet).map(|column| field(sheet, column));
    let correct = columns.chain(visits::raised_fields()).collect();
    FormSaid { kind: sheet.kind(), label: sheet.label, sections: visits::sections(), correct }
}

/// The columns that a correction is asked for. What refers to records that a device does not hold is not asked for there.
pub(super) fn asked(sheet: &'static Sheet) -> impl Iterator<Item = &'static Column> {
    let held = |column: &&Column| !matches!(sheet.holds(column), Holds::Refers(kind) if kind != "person");
    sheet.columns.iter().filter(|column| column.is_asked()).filter(held)
}

fn field(sheet: &'static Sheet, column: &'static Column) -> FormField {
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
        _ => Vec::new(),
    };
    let initial = match column.fill {
        Fill::Today => "today".to_owned(),
        Fill::With(value) => value.to_owned(),
        _ if matches!(holds, Holds::Flag) => "no".to_owned(),
        _ => String::new(),
    };
    FormField {
        hint: column.hint,
        options,
        must: sheet.must(column),
        initial,
        most,
        ..FormField::new(column.name, sheet.label_of(column), kind)
    }
}

/// A record's fields as a correction has them.
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

/// A field of a correction that nobody asks for.
pub(super) fn unknown_to_corrections(sheet: &'static Sheet, entry: &Entry) -> Option<String> {
    let asks = visits::raised_fields();
    let known = |name: &str| {
        asked(sheet).any(|column| column.name == name) || asks.iter().any(|field| field.name == name)
    };
    entry.fields.keys().find(|name| !known(name)).cloned()
}

/// What an entry says of a new visit, as the page's form would send it; else the field that nobody asks for.
///
/// Entries that were written down before the form asked as the page does name one person, and a promise without a day.
pub(super) fn said(entry: &Entry) -> Result<Form, String> {
    let mut fields = entry.fields.clone();
    if let Some(person) = fields.remove("person_id") {
        fields.insert("met".to_owned(), person);
        let promised = fields.remove("follow_up").unwrap_or_default();
        fields.entry("follow_1".to_owned()).or_insert(promised);
    }
    let kinds: BTreeMap<&str, &str> = visits::sections()
        .iter()
        .flat_map(|section| &section.fields)
        .map(|field| (field.name, field.kind))
        .collect();
    let mut pairs = vec![("id".to_owned(), entry.record.clone())];
    for (name, value) in fields {
        match kinds.get(name.as_str()) {
            Some(&("people" | "many")) => {
                pairs.extend(value.split(',').map(|one| (name.clone(), one.to_owned())));
            }
            Some(_) => pairs.push((name, value)),
            None if name == AGAIN || promise_of(&name).is_some() => pairs.push((name, value)),
            None => return Err(name),
        }
    }
    Ok(Form::of(pairs))
}

/// The promise that a field is about.
pub(super) fn promise_of(name: &str) -> Option<Id> {
    name.strip_prefix(PROMISE)?.parse().ok()
}

/// What an entry says, for people: each label with its words.
///
/// # Errors
/// What the database says.
pub(super) fn told(
    tx: &mut Tx<'_>,
    sheet: &'static Sheet,
    entry: &Entry,
) -> Result<Vec<(String, String)>, Trouble> {
    let mut all = Vec::new();
    if entry.base.is_some() {
        for column in asked(sheet) {
            let value = entry.fields.get(column.name).map_or("", String::as_str);
            let words = match value.parse::<Id>() {
                Ok(id) => clients::named(tx, "person", id)?.map(|(name, _)| name).unwrap_or_default(),
                Err(_) => words(sheet, column, value),
            };
            all.push((sheet.label_of(column).to_owned(), words));
        }
        return Ok(all);
    }
    for (name, value) in &entry.fields {
        if let Some(id) = promise_of(name) {
            let what = visits::promise(tx, id)?.map(|one| one.what).unwrap_or_default();
            let state =
                value.parse::<visits::FollowState>().map(visits::FollowState::label).unwrap_or_default();
            all.push((format!("约定的事：{what}"), state.to_owned()));
        }
    }
    let form = said(entry).unwrap_or_default();
    for field in visits::sections().into_iter().flat_map(|section: FormSection| section.fields) {
        let values = form.all(field.name);
        if !values.is_empty() {
            all.push((field.label.to_owned(), in_words(tx, &field, &values)?));
        }
    }
    Ok(all)
}

fn in_words(tx: &mut Tx<'_>, field: &FormField, values: &[&str]) -> Result<String, Trouble> {
    let mut said = Vec::new();
    for value in values {
        let option = field.options.iter().find(|(word, _)| word == value).map(|(_, label)| label.clone());
        said.push(match (option, field.kind) {
            (Some(label), _) => label,
            (None, "flag") => if *value == "yes" { "是" } else { "否" }.to_owned(),
            (None, "people") => match value.parse::<Id>() {
                Ok(id) => clients::named(tx, "person", id)?.map(|(name, _)| name).unwrap_or_default(),
                Err(_) => String::new(),
            },
            (None, _) => (*value).to_owned(),
        });
    }
    Ok(said.join("、"))
}
