//! Which column is which: headings and their synonyms, the row in which they stand, and rows that are no data.
//!
//! Not here: what a cell says (`read`).

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::book::{Cell, Sheet};
use crate::codes::{Codes, List};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Serial,
    Name,
    /// The head of the household: stands for the name where there is no other.
    Head,
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
    /// Columns with a tick for a category: the category's code, the heading.
    pub ticks: BTreeMap<usize, (String, String)>,
    /// Headings that mean nothing to us.
    pub ignored: Vec<String>,
    pub first: usize,
}

/// The heading stands in one of so many rows from the top.
const HEADING_WITHIN: usize = 30;

/// The heading of a sheet: the row with the most known columns, the name and one more at least. A heading over two
/// rows, whose upper cells reach down, counts as its lower row.
pub(super) fn header(sheet: &Sheet, codes: &Codes) -> Option<Header> {
    let mut best: Option<Header> = None;
    for at in 0..sheet.rows.len().min(HEADING_WITHIN) {
        let Some(found) = heading(sheet, at) else { continue };
        if best.as_ref().is_none_or(|best| found.columns.len() > best.columns.len()) {
            best = Some(found);
        }
    }
    best.map(|header| with_ticks(header, sheet, codes))
}

/// A sum or a remark below the table: it begins as one and has no number of six digits in a column of numbers.
pub(super) fn is_remark(header: &Header, cells: &[Cell]) -> bool {
    let Some(first) = cells.iter().find(|cell| !cell.is_empty()) else { return false };
    let text: String = first.text().chars().filter(|letter| !letter.is_whitespace()).collect();
    let digits = |cell: &Cell| cell.text().chars().filter(char::is_ascii_digit).count();
    let keyed = header.columns.iter().any(|(at, (column, _))| {
        matches!(column, Column::IdNumber | Column::FileNumber)
            && cells.get(*at).is_some_and(|cell| digits(cell) >= 6)
    });
    !keyed && REMARKS.iter().any(|word| text.starts_with(word))
}

/// Whether a cell is a tick, or says that there is none; `None` where it is something else.
pub(super) fn tick(cell: &Cell) -> Option<bool> {
    match cell.text().trim() {
        "是" | "√" | "✓" | "✔" | "☑" | "■" | "●" | "有" | "1" | "Y" | "y" | "V" | "v" => {
            Some(true)
        }
        "" | "否" | "×" | "✗" | "☐" | "□" | "○" | "无" | "0" | "N" | "n" | "-" | "—" | "/" => {
            Some(false)
        }
        _ => None,
    }
}

/// Some lists have a column for each category and ticks below. Read so only where there is no column of categories,
/// at least three headings are categories, and nothing but ticks stands below them.
fn with_ticks(mut header: Header, sheet: &Sheet, codes: &Codes) -> Header {
    let Some(row) = header.first.checked_sub(1).and_then(|at| sheet.rows.get(at)) else { return header };
    let ticks: BTreeMap<usize, (String, String)> = row
        .iter()
        .enumerate()
        .filter(|(at, _)| !header.columns.contains_key(at))
        .filter_map(|(at, cell)| {
            Some((at, (codes.find(List::Categories, &cell.text())?.code.clone(), cell.text())))
        })
        .filter(|(at, _)| {
            let below = sheet
                .rows
                .iter()
                .skip(header.first)
                .filter(|row| !repeats(&header, row) && !is_remark(&header, row));
            below.filter_map(|row| row.get(*at)).all(|cell| tick(cell).is_some())
        })
        .collect();
    let listed = header.columns.values().any(|(column, _)| *column == Column::Coded(List::Categories));
    if !listed && ticks.len() >= 3 {
        header.ignored.retain(|heading| !ticks.values().any(|(_, tick)| tick.trim() == heading));
        header.ticks = ticks;
    }
    header
}

/// Whether a row repeats the heading, as printed pages do.
pub(super) fn repeats(header: &Header, row: &[Cell]) -> bool {
    let same = header.columns.iter().filter(|(at, (column, _))| {
        row.get(**at).is_some_and(|cell| column_of(&cell.text()).is_some_and(|other| other == *column))
    });
    same.count() >= 2
}

/// What a sum or a remark below the table begins with.
const REMARKS: [&str; 13] =
    ["合计", "小计", "总计", "共计", "填表", "制表", "备注", "说明", "注：", "注:", "审核", "复核", "经办"];

/// The heading that this row, with the one above where a cell is blank, would be.
fn heading(sheet: &Sheet, at: usize) -> Option<Header> {
    let row = &sheet.rows[at];
    row.iter().find_map(|cell| column_of(&cell.text()))?;
    let above = at.checked_sub(1).and_then(|above| sheet.rows.get(above));
    let width = row.len().max(above.map_or(0, Vec::len));
    let mut header =
        Header { columns: BTreeMap::new(), ticks: BTreeMap::new(), ignored: Vec::new(), first: at + 1 };
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
    head_for_name(&mut header);
    let names = header.columns.values().any(|(column, _)| *column == Column::Name);
    (names && header.columns.len() >= 2).then_some(header)
}

/// In a list of households the head's name is the name; beside a name it is left aside.
fn head_for_name(header: &mut Header) {
    let at =
        |wanted: Column| header.columns.iter().find(|(_, (column, _))| *column == wanted).map(|(at, _)| *at);
    let (name, head) = (at(Column::Name), at(Column::Head));
    let Some((at, (_, heading))) = head.and_then(|at| header.columns.remove_entry(&at)) else { return };
    if name.is_some() {
        header.ignored.push(heading);
    } else {
        header.columns.insert(at, (Column::Name, heading));
    }
}

/// The column that a heading names; of a heading with two names (社区/村居) the first that is known.
fn column_of(heading: &str) -> Option<Column> {
    let known = |name: &str| {
        let name = plain(name);
        HEADINGS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
    };
    known(heading).or_else(|| heading.split(['/', '／', '、', '或', '\n']).find_map(known))
}

/// A heading without spaces, marks, remarks in brackets and a number at its end.
fn plain(heading: &str) -> String {
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
    plain.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned()
}

/// Headings seen in stations' own tables and in exports; compared as [`plain`] leaves them.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Serial, &["序号", "编号", "号", "no", "行号", "序"]),
    (
        Column::Name,
        &["姓名", "名字", "服务对象姓名", "服务对象", "对象姓名", "人员姓名", "成员姓名", "居民姓名"],
    ),
    (Column::Head, &["户主", "户主姓名"]),
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
