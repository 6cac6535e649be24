//! One person, one row: rosters that have a line per category, or the same line twice.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Problem;

use super::facts::{community_key, plain};
use super::{CellProblem, Faulty, Roster, Row, State};
use crate::codes::List;

/// Joins the rows of one person (same identity number, else same platform id). Of values that differ the first
/// counts and a remark says so; rows whose names differ are kept apart, all of them.
pub(super) fn merge(roster: &mut Roster) {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in std::mem::take(&mut roster.rows) {
        let keys = keys(&row);
        let known = keys.iter().find_map(|key| places.get(key)).copied();
        let at = known.unwrap_or(groups.len());
        places.extend(keys.into_iter().map(|key| (key, at)));
        match groups.get_mut(at) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    for group in groups {
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
}

fn keys(row: &Row) -> Vec<String> {
    let id = row.id_number.as_ref().map(|id| format!("id {}", id.as_str()));
    let platform = row.platform_id.as_ref().map(|id| format!("platform {}", plain(id)));
    id.into_iter().chain(platform).collect()
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
