//! Which column is which: headings and their synonyms, and the row in which they stand.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::book::{Cell, Sheet};
use crate::codes::List;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Serial,
    Name,
    IdNumber,
    BornOn,
    Sex,
    PlatformId,
    FileNumber,
    HouseholdNumber,
    Community,
    Address,
    Phone,
    Coded(List),
    ChangedOn,
}

/// Where the table begins: the columns by position, and the first row after the heading (both from 0).
pub(super) struct Header {
    pub columns: BTreeMap<usize, (Column, String)>,
    /// Headings that mean nothing to us.
    pub ignored: Vec<String>,
    pub first: usize,
}

/// The heading stands in one of so many rows from the top.
const HEADING_WITHIN: usize = 30;

/// The heading of a sheet: the row with the most known columns, the name and one more at least. A heading over two
/// rows, whose upper cells reach down, counts as its lower row.
pub(super) fn header(sheet: &Sheet) -> Option<Header> {
    let mut best: Option<Header> = None;
    for at in 0..sheet.rows.len().min(HEADING_WITHIN) {
        let Some(found) = heading(sheet, at) else { continue };
        if best.as_ref().is_none_or(|best| found.columns.len() > best.columns.len()) {
            best = Some(found);
        }
    }
    best
}

/// Whether a row repeats the heading, as printed pages do.
pub(super) fn repeats(header: &Header, row: &[Cell]) -> bool {
    let same = header.columns.iter().filter(|(at, (column, _))| {
        row.get(**at).is_some_and(|cell| column_of(&cell.text()).is_some_and(|other| other == *column))
    });
    same.count() >= 2
}

/// The heading that this row, with the one above where a cell is blank, would be.
fn heading(sheet: &Sheet, at: usize) -> Option<Header> {
    let row = &sheet.rows[at];
    row.iter().find_map(|cell| column_of(&cell.text()))?;
    let above = at.checked_sub(1).and_then(|above| sheet.rows.get(above));
    let width = row.len().max(above.map_or(0, Vec::len));
    let mut header = Header { columns: BTreeMap::new(), ignored: Vec::new(), first: at + 1 };
    for place in 0..width {
        let own = row.get(place).map(Cell::text).unwrap_or_default();
        let upper = above.and_then(|above| above.get(place)).map(Cell::text).unwrap_or_default();
        let text = if own.trim().is_empty() { upper } else { own };
        match column_of(&text) {
            Some(column) if header.columns.values().all(|(known, _)| *known != column) => {
                header.columns.insert(place, (column, text.trim().to_owned()));
            }
            _ if text.trim().is_empty() => {}
            _ => header.ignored.push(text.trim().to_owned()),
        }
    }
    let names = header.columns.values().any(|(column, _)| *column == Column::Name);
    (names && header.columns.len() >= 2).then_some(header)
}

/// The column that a heading names: without spaces, marks, remarks in brackets and a number at its end.
fn column_of(heading: &str) -> Option<Column> {
    let mut depth = 0;
    let mut plain = String::new();
    for letter in heading.nfkc() {
        match letter {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth -= 1,
            _ if depth == 0 && letter.is_alphanumeric() => plain.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    let plain = plain.trim_end_matches(|letter: char| letter.is_ascii_digit());
    HEADINGS.iter().find(|(_, names)| names.contains(&plain)).map(|(column, _)| *column)
}

/// Headings seen in stations' own tables and in exports; compared as [`column_of`] leaves them.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Serial, &["序号", "编号", "号", "no", "行号", "序"]),
    (
        Column::Name,
        &["姓名", "名字", "服务对象姓名", "服务对象", "对象姓名", "人员姓名", "成员姓名", "居民姓名"],
    ),
    (
        Column::IdNumber,
        &[
            "身份证号",
            "身份证号码",
            "身份证",
            "证件号码",
            "证件号",
            "公民身份号码",
            "居民身份证号码",
            "身份号码",
            "有效证件号码",
        ],
    ),
    (Column::BornOn, &["出生日期", "出生年月", "出生年月日", "生日"]),
    (Column::Sex, &["性别"]),
    (
        Column::PlatformId,
        &["平台编号", "平台id", "人员编号", "人员id", "系统编号", "服务对象编号", "对象编号", "对象id"],
    ),
    (Column::FileNumber, &["档案号", "档案编号", "建档编号", "档案号码", "一户一档编号"]),
    (
        Column::HouseholdNumber,
        &["家户编号", "户编号", "家庭编号", "家户号", "家庭档案编号", "户号", "家户id"],
    ),
    (
        Column::Community,
        &[
            "社区",
            "村居",
            "所属社区",
            "所在社区",
            "社区居委",
            "居委会",
            "居委",
            "社区名称",
            "村社区",
            "社区村",
            "所属村居",
            "村居名称",
        ],
    ),
    (
        Column::Address,
        &[
            "地址",
            "居住地址",
            "现居住地址",
            "现住址",
            "住址",
            "家庭住址",
            "家庭地址",
            "常住地址",
            "实际居住地址",
            "现居地址",
            "居住地",
        ],
    ),
    (
        Column::Phone,
        &["联系电话", "手机", "手机号", "手机号码", "电话", "电话号码", "联系方式", "本人电话", "联系号码"],
    ),
    (
        Column::Coded(List::Categories),
        &[
            "对象类别",
            "类别",
            "类型",
            "对象类型",
            "人员类别",
            "人员类型",
            "服务对象类别",
            "服务对象类型",
            "困难类别",
            "困难类型",
            "身份类别",
        ],
    ),
    (
        Column::Coded(List::ServiceLevels),
        &["跟进级别", "服务等级", "服务级别", "跟进等级", "级别", "等级", "分级", "探访级别"],
    ),
    (
        Column::Coded(List::Residence),
        &["人户情况", "居住状态", "居住情况", "人户状态", "人户分离情况", "人户关系", "人户"],
    ),
    (
        Column::Coded(List::RosterStates),
        &["状态", "人员状态", "对象状态", "当前状态", "变动情况", "变更情况", "在册状态"],
    ),
    (Column::Coded(List::SelfCare), &["自理能力", "生活自理能力", "自理情况"]),
    (Column::Coded(List::Housing), &["住房情况", "住房", "住房性质", "房屋性质", "住房类型"]),
    (Column::Coded(List::Marriage), &["婚姻状况", "婚姻", "婚姻情况", "婚否"]),
    (Column::Coded(List::Subsidies), &["补贴", "补贴待遇", "享受补贴", "补贴情况", "享受待遇", "补贴类型"]),
    (Column::Coded(List::Relations), &["与户主关系", "与户主的关系", "户主关系", "家庭关系", "与申请人关系"]),
    (
        Column::ChangedOn,
        &["变更日期", "变动日期", "变更时间", "变动时间", "异动日期", "状态日期", "状态变更日期"],
    ),
];
