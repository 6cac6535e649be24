//! What hangs on a household or on a person, whatever slice it is of: every kind of record with a field that names one.
//! No kind is named here, so that a new one cannot be forgotten; what is kept of a household beside records is in
//! [`BESIDE`], each with the reason why it stays.

use db::list::{Condition, Sought};
use db::{Base, DbResult, Record as _, Tx, Within};
use kernel::{Id, Problem};

use super::policy::Clients;
use super::store::{Consent, Contact, Household, Need, Person, PersonCategory, RiskAssessment};
use crate::access::{Asker, Part as _, Place};
use crate::documents;
use crate::sheets::{Ops, Row, Sheets};

/// The field by which a record names its household.
pub(super) const HOUSEHOLD: &str = "household_id";
/// The field by which a record names its person.
pub(super) const PERSON: &str = "person_id";

/// Tables that are no records and have a column of that name, and why their rows stay with the file they name.
#[cfg(test)]
pub(super) const BESIDE: &[(&str, &str)] = &[
    ("unmaskings", "who saw the numbers of which file: that is told as it was"),
    ("app_entries", "for which file a telephone made an entry: that is told as it was"),
    ("app_quarantine", "sealed under the file it was made for: two files are not merged while one waits"),
];

/// The kinds of record that have a field.
pub(super) fn kinds(field: &'static str) -> impl Iterator<Item = &'static Ops> {
    let all = crate::SLICES.iter().flat_map(|slice| slice.records);
    all.filter(move |ops| ops.fields.iter().any(|(name, _)| *name == field))
}

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<&'static Ops> {
    crate::SLICES.iter().flat_map(|slice| slice.records).find(|ops| ops.kind == name)
}

/// The records of a kind that name somebody in a field.
///
/// # Errors
/// What the database says.
pub(super) fn rows(tx: &mut Tx<'_>, ops: &Ops, field: &'static str, id: Id) -> DbResult<Vec<Row>> {
    let at = tx.at();
    let ids = sought(tx, ops, field, id).ids(tx, 0, usize::MAX)?;
    (ops.among)(tx, at, &ids)
}

fn sought(tx: &Tx<'_>, ops: &Ops, field: &'static str, id: Id) -> Sought {
    Sought {
        table: ops.table,
        at: tx.at(),
        within: Within { everything: true, ..Within::default() },
        conditions: vec![Condition::Is(field, id.to_string())],
        latest_by: None,
    }
}

/// How many records of each of some kinds name somebody in a field: those of which there are any, by the word for people.
///
/// # Errors
/// What the database says.
pub(super) fn counted<'k>(
    tx: &mut Tx<'_>,
    kinds: impl Iterator<Item = &'k Ops>,
    (field, id): (&'static str, Id),
) -> DbResult<Vec<(&'static str, usize)>> {
    let mut counts = Vec::new();
    for ops in kinds {
        let count = sought(tx, ops, field, id).count(tx)?;
        if count > 0 {
            counts.push((label(ops), count));
        }
    }
    Ok(counts)
}

/// The word for a kind.
fn label(ops: &Ops) -> &'static str {
    let own = match ops.kind {
        Person::KIND => "人",
        PersonCategory::KIND => "对象类别",
        Contact::KIND => "联系人",
        Need::KIND => "需求",
        RiskAssessment::KIND => "风险评估",
        Consent::KIND => "同意书",
        _ => "",
    };
    if !own.is_empty() {
        return own;
    }
    let slices = crate::SLICES.iter();
    let sheet = slices.clone().flat_map(|slice| slice.sheets).find(|sheet| sheet.kind() == ops.kind);
    let kind = slices.flat_map(|slice| slice.kinds).find(|known| known.name == ops.kind);
    sheet.map(|sheet| sheet.label).or(kind.map(|kind| kind.label)).unwrap_or("其他记录")
}

/// Puts a record with a household: it names it, lies where it lies, and takes along what lies with it.
///
/// # Errors
/// It is not allowed, or what the database says.
pub(super) fn put(
    tx: &mut Tx<'_>,
    asker: &Asker,
    sheets: Sheets,
    (ops, row): (&Ops, Row),
    household: &Household,
) -> DbResult<()> {
    let place = Place::of(household);
    let base = Base { area_id: place.area, community_id: place.community, ..row.base };
    let mut there = Row { base, ..row };
    there.values.insert(HOUSEHOLD, household.id.to_string());
    let version = (ops.last)(tx, base.id)?.map_or(0, |(stamp, _)| stamp.version);
    (ops.amend)(tx, asker, &there, version)?;
    documents::follow(tx, asker, &[(base.id, place)])?;
    // What other slices keep of a person follows for itself, or stays where it was done.
    let sheet = sheets.of_kind(ops.kind).filter(|_| ops.part != Clients::NAME);
    sheet.map_or(Ok(()), |sheet| sheets.follow(tx, asker, sheet, &there))
}

/// Refuses to withdraw what others still refer to: they would count, and belong to nobody.
///
/// # Errors
/// `still_used`, naming what refers to it.
pub(super) fn nothing_refers(counts: &[(&str, usize)], id: Id, remedy: &str) -> DbResult<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{what} {count} 条")).collect();
    let what = format!("还有记录属于它：{}", counts.join("、"));
    Err(Problem::new("still_used", what, remedy).at(id.to_string()).into())
}
