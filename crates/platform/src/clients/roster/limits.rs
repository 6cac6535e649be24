//! Which differences cannot be applied, and why: said on the page before anybody tries, and held to when they do.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbResult, Tx};
use rules::roster::{Difference, Field, Kind, Row, RowRef, State, community_key};

use super::super::personal::id_number_hash;
use super::book::Book;
use super::find;

/// The rows of a roster by their place.
pub(super) type Rows<'r> = BTreeMap<RowRef, &'r Row>;

/// Why differences cannot be applied, by key; those that can are not in it.
///
/// # Errors
/// What the database says.
pub(super) fn obstacles(
    tx: &mut Tx<'_>,
    book: &Book,
    found: &[Difference],
    rows: &Rows<'_>,
) -> DbResult<BTreeMap<String, String>> {
    let elsewhere = elsewhere(tx, book, found, rows)?;
    let apart = apart(rows);
    let why = |one: &Difference| {
        let row = one.row.as_ref().and_then(|at| rows.get(at)).copied();
        match (&one.kind, row) {
            (Kind::Ambiguous { .. }, _) => Some("先定下是哪一份：改好档案或名册后重新导入".to_owned()),
            (Kind::New, Some(row)) => newcomer(book, row, &elsewhere),
            (Kind::Moved { to, .. }, _) if book.community(to).is_none() => Some(no_community(to)),
            (Kind::Moved { .. }, Some(row)) => {
                let household = row.household_number.as_ref();
                household
                    .filter(|number| apart.contains(*number))
                    .map(|_| "名册上这一户的人分在不同社区：先在名册里改好；确实分了户的，在档案的成员处用“移到另一户”".to_owned())
            }
            (Kind::Conflict { field: Field::FileNumber, .. }, Some(row)) => taken(book, row),
            _ => None,
        }
    };
    Ok(found.iter().filter_map(|one| Some((one.key.clone(), why(one)?))).collect())
}

/// Differences of which only one of several can be applied: one field of one household with several values.
pub(super) fn rivals(found: &[Difference]) -> BTreeSet<String> {
    let mut subjects: BTreeMap<(&str, &str), Vec<(&str, String)>> = BTreeMap::new();
    for one in found {
        let (field, value) = match &one.kind {
            Kind::Conflict {
                field: field @ (Field::ServiceLevel | Field::FileNumber | Field::Residence),
                roster,
                ..
            } => (field.as_str(), roster.clone()),
            Kind::Moved { to, .. } => ("community", community_key(to)),
            _ => continue,
        };
        if let Some(household) = one.household.as_deref() {
            subjects.entry((household, field)).or_default().push((&one.key, value));
        }
    }
    // Members who all move to one community are no rivals.
    let several = subjects.into_values().filter(|all| all.iter().any(|(_, value)| *value != all[0].1));
    several.flatten().map(|(key, _)| key.to_owned()).collect()
}

fn newcomer(book: &Book, row: &Row, elsewhere: &BTreeSet<RowRef>) -> Option<String> {
    if row.id_number.is_none() {
        return Some("名册上没有身份证号：补上后重新导入，或手工建档".to_owned());
    }
    match row.community.as_deref() {
        None => return Some("名册上没有社区：补上后重新导入，或手工建档".to_owned()),
        Some(name) if book.community(name).is_none() => return Some(no_community(name)),
        Some(_) => {}
    }
    if elsewhere.contains(&row.at) {
        return Some("这个身份证号在别的社工站已有档案：等那边销档后再建".to_owned());
    }
    let number = row.file_number.as_ref()?;
    let holder = book.numbers.get(number).and_then(|id| book.households.get(id))?;
    let closed = holder.closed_on?;
    Some(format!("档案号 {number} 是 {closed} 已销的档案：给这一户另定一个档案号"))
}

fn taken(book: &Book, row: &Row) -> Option<String> {
    let number = row.file_number.as_ref()?;
    book.numbers.get(number).map(|_| format!("档案号 {number} 已经用在另一户：先核对哪一户写错了"))
}

fn no_community(name: &str) -> String {
    format!("本站没有“{name}”这个社区：核对写法，或先登记这个社区")
}

/// The numbers of households that the roster puts in several communities.
fn apart(rows: &Rows<'_>) -> BTreeSet<String> {
    let mut places: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.values().filter(|row| row.state == State::Active) {
        if let (Some(number), Some(community)) = (&row.household_number, &row.community) {
            places.entry(number).or_default().insert(community_key(community));
        }
    }
    places.into_iter().filter(|(_, all)| all.len() > 1).map(|(number, _)| number.clone()).collect()
}

/// The rows without a file here whose identity number has an open file at another station.
fn elsewhere(
    tx: &mut Tx<'_>,
    book: &Book,
    found: &[Difference],
    rows: &Rows<'_>,
) -> DbResult<BTreeSet<RowRef>> {
    let mut hashes: BTreeMap<String, RowRef> = BTreeMap::new();
    for at in found.iter().filter(|one| one.kind == Kind::New).filter_map(|one| one.row.as_ref()) {
        if let Some(number) = rows.get(at).and_then(|row| row.id_number.as_ref()) {
            hashes.insert(id_number_hash(tx.keys(), number.as_str()), at.clone());
        }
    }
    let all: Vec<String> = hashes.keys().cloned().collect();
    let same = find::elsewhere(tx, book.station, &all)?;
    Ok(same.iter().filter_map(|person| hashes.get(&person.id_number_hash)).cloned().collect())
}
