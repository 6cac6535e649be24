//! One value for each name, worked out from two columns of the tables: 每名社工对应村居，甲站1.8个，乙站2.0个…, 社工人均 in a table whose
//! 社工 stand in another, 任务完成落后0.80分，专业服务落后0.40分 of two rows. Where all names but one show which two, the one is wrong.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::grid::{Grid, Value};
use super::listing::grids;
use super::told_again::printed;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};

const RULE: &str = "average";
/// Most tables, lines of values and lists looked at.
const MOST_TABLES: usize = 30;
const MOST_LINES: usize = 40;
const MOST_LISTS: usize = 60;
/// Words for kinds of places: no part of the name that the text uses for short.
const KINDS: &[&str] = &[
    "街道社工站",
    "镇社工站",
    "乡社工站",
    "社工服务站",
    "社工站",
    "社工点",
    "服务站",
    "街道站",
    "镇站",
    "乡站",
    "街站",
    "社区",
    "街道",
    "片区",
    "站",
    "点",
    "镇",
    "乡",
    "村",
    "队",
    "街",
];

/// The name of a row without what it is.
pub(super) fn stem(label: &str) -> Option<&str> {
    let label = label.split('（').next().unwrap_or_default();
    let short = KINDS.iter().find_map(|k| label.strip_suffix(k)).filter(|s| s.chars().count() >= 2);
    Some(short.unwrap_or(label)).filter(|s| s.chars().count() >= 2)
}

/// Values by name: a column by its rows' names, or a row by its headers.
struct Line<'a> {
    table: usize,
    column: bool,
    name: &'a str,
    values: BTreeMap<&'a str, Decimal>,
}

/// What is said of each name.
struct Told<'a> {
    items: Vec<(&'a str, Decimal, u32, std::ops::Range<usize>)>,
    /// Said to be how far two things lie apart.
    apart: bool,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let tables = grids(doc, claims);
    let tables = &tables[..tables.len().min(MOST_TABLES)];
    let lines = lines(tables);
    if lines.len() < 2 {
        return;
    }
    let mut told = columns(tables);
    told.extend(sentences(doc, claims, &lines));
    for list in told.iter().take(MOST_LISTS) {
        judge(list, &lines, sink);
    }
}

fn lines(tables: &[Grid]) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    for (table, grid) in tables.iter().enumerate() {
        let rows = || grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
        let plain = |k: &usize| !grid.is_percent(*k) && !grid.header(*k).is_empty();
        for k in (1..grid.columns).filter(plain) {
            let cell = |r: &'_ super::grid::Row| r.cells[k].as_ref().map(Value::signed);
            let values: BTreeMap<&str, Decimal> =
                rows().filter_map(|r| Some((stem(&r.label)?, cell(r)?))).collect();
            out.push(Line { table, column: true, name: grid.header(k), values });
        }
        for row in rows() {
            let cells = (1..grid.columns).filter(plain).filter_map(|k| {
                let name = grid.header(k).split('（').next().unwrap_or_default();
                Some((name, row.cells[k].as_ref()?.signed()))
            });
            out.push(Line { table, column: false, name: &row.label, values: cells.collect() });
        }
    }
    out.retain(|l| l.values.len() >= 3);
    out.truncate(MOST_LINES);
    out
}

/// Columns of means: what they are means of may stand in another table.
fn columns(tables: &[Grid]) -> Vec<Told<'_>> {
    let mut out = Vec::new();
    for grid in tables {
        let mean = |k: &usize| grid.header(*k).contains(['均', '每']) && !grid.is_percent(*k);
        for k in (1..grid.columns).filter(mean) {
            let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
            let items = rows.filter_map(|r| {
                let v = r.cells[k].as_ref().filter(|v| v.decimals > 0)?;
                Some((stem(&r.label)?, v.value, v.decimals, v.span.clone()))
            });
            out.push(Told { items: items.collect(), apart: false });
        }
    }
    out
}

/// Values with decimals behind names that the tables give, sentence by sentence.
fn sentences<'a>(doc: &Doc, claims: &Claims, lines: &[Line<'a>]) -> Vec<Told<'a>> {
    let mut names: Vec<&str> = lines.iter().flat_map(|l| l.values.keys().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(200);
    let mut out = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let usable = |c: &&Claim| !c.number.vague && !c.number.percent && c.number.decimals > 0;
            let here: Vec<&Claim> = claims.within(&sentence).iter().filter(usable).take(40).collect();
            if here.len() < 3 {
                continue;
            }
            let mut by_class: BTreeMap<&str, Told<'a>> = BTreeMap::new();
            for c in here {
                let left = doc.slice(&c.left);
                let Some(name) = names.iter().filter(|n| left.contains(**n)).max_by_key(|n| n.len()) else {
                    continue;
                };
                let told = by_class.entry(c.class()).or_insert(Told { items: Vec::new(), apart: false });
                if told.items.iter().all(|i| i.0 != *name) {
                    told.items.push((name, printed(c), c.number.decimals, c.wide()));
                    told.apart |= super::repeats::is_change(left);
                }
            }
            out.extend(by_class.into_values());
        }
    }
    out
}

/// The two lines that give all values but at most one; nothing is said where several could be meant.
fn judge(told: &Told<'_>, lines: &[Line<'_>], sink: &mut Sink<'_>) {
    let n = told.items.len();
    if n < 3 {
        return;
    }
    sink.tried();
    let mut found: Option<(usize, &Line<'_>, &Line<'_>, Decimal)> = None;
    for a in lines {
        for b in lines.iter().filter(|b| !std::ptr::eq(a, *b) && a.column == b.column) {
            if told.apart && (a.table != b.table || a.name >= b.name) || !told.apart && !a.column {
                continue;
            }
            let Some(odd) = misfit(told, a, b) else { continue };
            let Some((at, right)) = odd else { return };
            if found.as_ref().is_some_and(|f| f.0 != at || f.3 != right) {
                return;
            }
            found = Some((at, a, b, right));
        }
    }
    // Three that fit show which two lines; of two it takes two decimals each.
    let telling = n >= 4 || told.items.iter().all(|i| i.2 >= 2);
    let Some((at, a, b, right)) = found.filter(|_| telling) else { return };
    let (name, value, decimals, span) = &told.items[at];
    let right = right.round_dp(*decimals);
    if !one_digit_apart(right, *value) || sink.said(&[span.start]) {
        return;
    }
    let sign = if told.apart { "与" } else { "÷" };
    let (x, y) = (show(a.values[name]), show(b.values[name]));
    let how = if told.apart { "相差" } else { "=" };
    let message = format!(
        "“{name}”：{x}{sign}{y}{how}{}（“{}”{sign}“{}”），文中为{}",
        show(right),
        a.name,
        b.name,
        show(*value)
    );
    sink.add(RULE, Severity::Warning, message, (show(*value), show(right)), std::slice::from_ref(span));
}

/// `None` where two or more values do not come from the lines; else the one that does not, and what it must be.
fn misfit(told: &Told<'_>, a: &Line<'_>, b: &Line<'_>) -> Option<Option<(usize, Decimal)>> {
    let mut odd = None;
    for (i, (name, value, decimals, _)) in told.items.iter().enumerate() {
        let (x, y) = (*a.values.get(name)?, *b.values.get(name)?);
        let right = if told.apart { (x - y).abs() } else { x.checked_div(y)? };
        if !prints_as(right, *value, *decimals) {
            if odd.is_some() {
                return None;
            }
            odd = Some((i, right));
        }
    }
    Some(odd)
}
