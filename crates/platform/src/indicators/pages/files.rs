//! The table of files: due and made, persons and visits, by area and community, from the same records as the totals.

use std::collections::BTreeMap;

use rules::counting::{By, Group, Row, Rule, value};
use rust_decimal::Decimal;
use web::number::grouped;

use super::Given;
use crate::figures::Stand;

/// The records of one column; without them the rules do not have the figure.
pub struct Files {
    /// The figure's code.
    pub code: &'static str,
    /// The rule and what it counts.
    pub counted: Option<(Rule, Vec<Row>)>,
}

/// An area with its communities.
pub struct FileGroup {
    pub(super) area: FileRow,
    pub(super) communities: Vec<FileRow>,
}

/// One row: due, made, share, persons, home visits, phone visits.
pub struct FileRow {
    pub(super) name: String,
    pub(super) due: Number,
    pub(super) made: Number,
    pub(super) coverage: String,
    pub(super) others: Vec<(&'static str, Number)>,
}

/// A number and the address of its records; `None` where it is not counted.
pub type Number = Option<(String, String)>;

/// The rows of all areas, and their sum.
pub(super) fn all(stand: &Stand, given: &Given) -> (Vec<FileGroup>, FileRow) {
    let basis = &stand.at.basis;
    let counted = |by: By| -> Vec<Option<BTreeMap<String, Decimal>>> {
        let column = |files: &Files| {
            let (rule, rows) = files.counted.as_ref()?;
            let groups = Group::all(rule, basis, rows, by);
            Some(groups.into_iter().map(|group| (group.key.unwrap_or_default(), group.value)).collect())
        };
        given.files.iter().map(column).collect()
    };
    let (areas, communities) = (counted(By::Area), counted(By::Community));
    let at = |columns: &[Option<BTreeMap<String, Decimal>>], key: &str| -> Vec<Option<Decimal>> {
        let value = |column: &Option<BTreeMap<String, Decimal>>| {
            column.as_ref().map(|parts| parts.get(key).copied().unwrap_or_default())
        };
        columns.iter().map(value).collect()
    };
    let row = |name: String, kind: &str, code: &str, columns: &[Option<BTreeMap<String, Decimal>>]| {
        row(stand, given, name, (!code.is_empty()).then(|| format!("{kind}:{code}")), &at(columns, code))
    };
    let mut groups: Vec<FileGroup> = Vec::new();
    for area in &given.areas {
        let own = given.communities.iter().filter(|community| community.area_id == Some(area.id));
        groups.push(FileGroup {
            area: row(area.name.clone(), "area", &area.code, &areas),
            communities: own
                .map(|community| row(community.name.clone(), "community", &community.code, &communities))
                .collect(),
        });
    }
    if at(&areas, "").iter().flatten().any(|value| !value.is_zero()) {
        groups.push(FileGroup {
            area: row("未分片区".to_owned(), "area", "", &areas), communities: vec![]
        });
    }
    let total = |files: &Files| files.counted.as_ref().map(|(rule, rows)| value(rule, basis, rows));
    let totals: Vec<Option<Decimal>> = given.files.iter().map(total).collect();
    (groups, self::row(stand, given, "全站合计".to_owned(), None, &totals))
}

/// Said when files and the households of persons on file are not the same number.
pub(super) fn note(given: &Given) -> Option<String> {
    let files = given.files.iter().find(|files| files.code == "registry.files")?.counted.as_ref()?;
    let (files, households) = (Decimal::from(files.1.len()), given.households?);
    if files == households {
        return None;
    }
    Some(format!(
        "实建档 {} 户，档案中有服务对象的家庭 {} 户，差 {} 户，请核对。",
        grouped(files),
        grouped(households),
        grouped((files - households).abs())
    ))
}

fn row(
    stand: &Stand,
    given: &Given,
    name: String,
    scope: Option<String>,
    values: &[Option<Decimal>],
) -> FileRow {
    let number = |place: usize| -> Number {
        let value = values.get(place).copied().flatten()?;
        let target = stand.figure(given.files[place].code).with_some("scope", scope.as_deref());
        Some((grouped(value), target.href()))
    };
    let share = match (values.first().copied().flatten(), values.get(1).copied().flatten()) {
        (Some(due), Some(made)) => kernel::percent(made, due),
        _ => None,
    };
    FileRow {
        due: number(0),
        made: number(1),
        coverage: share.map_or_else(|| "未列".to_owned(), |share| format!("{}%", kernel::trimmed(share))),
        others: [(2, "人数"), (3, "入户"), (4, "电访")].map(|(at, label)| (label, number(at))).into(),
        name,
    }
}
