//! One person, one row: rosters that have a line per category, or the same line twice.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Problem;

use super::facts::{community_key, plain};
use super::{CellProblem, Faulty, Roster, Row, State};
use crate::codes::List;

/// Joins the rows of one person: same identity number, same platform id, or, where a row has neither, same file
/// number and name. Of values that differ the first counts and a remark says so; rows whose names differ are kept
/// apart, all of them. Then says which file numbers two households share.
pub(super) fn merge(roster: &mut Roster) {
    let rows = std::mem::take(&mut roster.rows);
    for (_, group) in groups(rows) {
        let names: BTreeSet<String> = group.iter().map(|row| plain(&row.name)).collect();
        if names.len() > 1 {
            keep_apart(group, roster);
        } else {
            let mut rows = group.into_iter();
            let Some(first) = rows.next() else { continue };
            let row = rows.fold(first, |first, other| joined(first, other, &mut roster.remarks));
            roster.rows.push(row);
        }
    }
    shared_file_numbers(roster);
}

/// The rows of each person in the order of the file, persons by their first row.
fn groups(rows: Vec<Row>) -> BTreeMap<usize, Vec<Row>> {
    let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
    let mut persons: Vec<usize> = (0..rows.len()).collect();
    // Those with a number of their own come first, so that one without finds them wherever it stands.
    for own in [true, false] {
        for (at, row) in rows.iter().enumerate() {
            let (numbers, name) = keys(row);
            if numbers.is_empty() == own {
                continue;
            }
            let looked_up = if own { &numbers } else { &name };
            persons[at] = looked_up.iter().find_map(|key| firsts.get(key)).copied().unwrap_or(at);
            for key in numbers.into_iter().chain(name) {
                firsts.entry(key).or_insert(persons[at]);
            }
        }
    }
    let mut groups: BTreeMap<usize, (usize, Vec<Row>)> = BTreeMap::new();
    for (at, (row, person)) in rows.into_iter().zip(persons).enumerate() {
        groups.entry(person).or_insert_with(|| (at, Vec::new())).1.push(row);
    }
    groups.into_values().collect()
}

/// The numbers that are a person's own, and the file number with the name.
fn keys(row: &Row) -> (Vec<String>, Vec<String>) {
    let id = row.id_number.as_ref().map(|id| format!("id {}", id.as_str()));
    let platform = row.platform_id.as_ref().map(|id| format!("platform {}", plain(id)));
    let name = row.file_number.as_ref().map(|number| format!("file {} {}", plain(number), plain(&row.name)));
    (id.into_iter().chain(platform).collect(), name.into_iter().collect())
}

/// Remarks on persons whose file number stands elsewhere under another household number, or without one in another
/// community.
fn shared_file_numbers(roster: &mut Roster) {
    let mut first: BTreeMap<String, &Row> = BTreeMap::new();
    let mut remarks = Vec::new();
    for row in &roster.rows {
        let Some(number) = &row.file_number else { continue };
        let other = *first.entry(plain(number)).or_insert(row);
        let differ = |a: Option<String>, b: Option<String>| a.zip(b).map(|(a, b)| a != b);
        let household = |row: &Row| row.household_number.as_deref().map(plain);
        let community = |row: &Row| row.community.as_deref().map(community_key);
        let apart = differ(household(row), household(other)).or(differ(community(row), community(other)));
        if apart == Some(true) {
            let what = format!("档案号 {number} 与{}相同，却不是同一户", other.at);
            let problem = Problem::new("file_number_twice", what, "一户一个档案号，请核对哪一户写错了。");
            remarks.push(remark(row, "档案号", number.clone(), problem));
        }
    }
    roster.remarks.extend(remarks);
}

fn keep_apart(group: Vec<Row>, roster: &mut Roster) {
    let places: Vec<String> = group.iter().map(|row| row.at.to_string()).collect();
    for row in group {
        let others: Vec<&str> =
            places.iter().filter(|place| **place != row.at.to_string()).map(String::as_str).collect();
        let what = format!("与{}的身份证号或平台编号相同，姓名却不同", others.join("、"));
        let problem = Problem::new("same_number_other_name", what, "请核对是哪一行填错了。");
        let problem = remark(&row, "姓名", row.name.clone(), problem);
        roster.faulty.push(Faulty { row, problems: vec![problem] });
    }
}

/// The first row with what the other adds.
fn joined(mut first: Row, mut other: Row, remarks: &mut Vec<CellProblem>) -> Row {
    let mut differing = Vec::new();
    keep(&mut first.id_number, other.id_number.take(), "身份证号", &mut differing);
    keep(&mut first.platform_id, other.platform_id.take(), "平台编号", &mut differing);
    keep(&mut first.file_number, other.file_number.take(), "档案号", &mut differing);
    keep(&mut first.household_number, other.household_number.take(), "家户编号", &mut differing);
    keep(&mut first.phone, other.phone.take(), "联系电话", &mut differing);
    let same_community = match (&first.community, &other.community) {
        (Some(a), Some(b)) => community_key(a) == community_key(b),
        _ => false,
    };
    let community = if same_community { None } else { other.community.take() };
    keep(&mut first.community, community, "社区", &mut differing);
    first.address = first.address.or_else(|| other.address.take());
    first.born_on = first.born_on.or(other.born_on);
    first.sex = first.sex.or(other.sex);
    codes(&mut first, &mut other, &mut differing);
    let what = match differing.as_slice() {
        [] => format!("与{}是同一人，已合为一行", first.at),
        fields => format!("与{}是同一人，但{}不同，以先出现的为准", first.at, fields.join("、")),
    };
    let code = if differing.is_empty() { "same_person" } else { "same_person_differs" };
    let remedy = if differing.is_empty() {
        "类别合并计算，人只算一次，无须处理。"
    } else {
        "请核对哪一行正确。"
    };
    remarks.push(remark(&other, "姓名", other.name.clone(), Problem::new(code, what, remedy)));
    first.also_at.push(other.at);
    first
}

/// Codes and state. A line that takes the person off the roster takes its categories with it; who is on the roster
/// by any line is on it, and who has died by any line has died.
fn codes(first: &mut Row, other: &mut Row, differing: &mut Vec<&'static str>) {
    let rank = |state: State| match state {
        State::Deceased => 0,
        State::Active => 1,
        State::MovedOut => 2,
        State::Removed => 3,
    };
    let categories_of = |row: &Row| row.categories().cloned().unwrap_or_default();
    let leading = if rank(other.state) < rank(first.state) { other.state } else { first.state };
    let mut categories = BTreeSet::new();
    for row in [&*first, &*other] {
        if leading != State::Active || row.state == State::Active {
            categories.extend(categories_of(row));
        }
    }
    if other.state != first.state && other.state == leading {
        first.changed_on = other.changed_on;
    } else if other.state == first.state {
        first.changed_on = first.changed_on.max(other.changed_on);
    }
    first.state = leading;
    for (list, codes) in std::mem::take(&mut other.codes) {
        let several = matches!(list, List::Categories | List::Subsidies);
        let own = first.codes.entry(list).or_insert_with(|| codes.clone());
        if several {
            own.extend(codes);
        } else if *own != codes {
            differing.push(list.label());
        }
    }
    if !categories.is_empty() {
        first.codes.insert(List::Categories, categories);
    }
}

fn keep<T: PartialEq>(
    own: &mut Option<T>,
    other: Option<T>,
    field: &'static str,
    differing: &mut Vec<&'static str>,
) {
    match (&own, other) {
        (None, other) => *own = other,
        (Some(own), Some(other)) if *own != other => differing.push(field),
        _ => {}
    }
}

/// A remark on a row as a whole.
fn remark(row: &Row, heading: &str, found: String, problem: Problem) -> CellProblem {
    CellProblem { at: row.at.clone(), column: String::new(), heading: heading.to_owned(), found, problem }
}
