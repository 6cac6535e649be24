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
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show};
use crate::checks::text::words::held;

const RULE: &str = "average";
/// Most tables, lines of values and lists looked at.
const MOST_TABLES: usize = 30;
const MOST_LINES: usize = 100;
const MOST_LISTS: usize = 60;
const MOST_NAMES: usize = 200;
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

/// The name of the row that adds up the others.
const TOTAL: &str = "合计";

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
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Over,
    /// So many percent of the other.
    Percent,
    /// How far two things lie apart.
    Apart,
}

impl How {
    fn of(self, x: Decimal, y: Decimal) -> Option<Decimal> {
        match self {
            Self::Over => x.checked_div(y),
            Self::Percent => percent_of(x, y),
            Self::Apart => Some((x - y).abs()),
        }
    }
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let tables = grids(doc, claims);
    let tables = &tables[..tables.len().min(MOST_TABLES)];
    let mut lines = lines(tables);
    if lines.is_empty() {
        return;
    }
    let mut names: Vec<&str> = lines.iter().flat_map(|l| l.values.keys().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    let mut told = columns(tables);
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 3 {
                sentences(doc, here, &names, &mut told, &mut lines);
            }
        }
    }
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
            let total = grid.rows.iter().rfind(|r| r.total).and_then(cell);
            let values = values.into_iter().chain(total.map(|t| (TOTAL, t))).collect();
            out.push(Line { table, column: true, name: grid.header(k), values });
        }
        let means = (1..grid.columns).filter(plain).filter_map(|k| {
            let cells: Vec<Decimal> = rows().filter_map(|r| Some(r.cells[k].as_ref()?.signed())).collect();
            let sum: Decimal = cells.iter().sum();
            Some((header_name(grid, k), sum.checked_div(Decimal::from(cells.len()))?))
        });
        out.push(Line { table, column: false, name: "平均", values: means.collect() });
        for row in rows() {
            let cells = (1..grid.columns)
                .filter(plain)
                .filter_map(|k| Some((header_name(grid, k), row.cells[k].as_ref()?.signed())));
            out.push(Line { table, column: false, name: &row.label, values: cells.collect() });
        }
    }
    out.retain(|l| l.values.len() >= 3);
    out.truncate(MOST_LINES);
    out
}

fn header_name(grid: &Grid, column: usize) -> &str {
    grid.header(column).split('（').next().unwrap_or_default()
}

/// Columns of means: what they are means of may stand in another table.
fn columns(tables: &[Grid]) -> Vec<Told<'_>> {
    let mut out = Vec::new();
    for grid in tables {
        let mean = |k: &usize| grid.header(*k).contains(['均', '每']) && !grid.is_percent(*k);
        for k in (1..grid.columns).filter(mean) {
            let rows = grid.rows.iter().filter(|r| !r.mean && !r.subtotal);
            let items = rows.filter_map(|r| {
                let v = r.cells[k].as_ref().filter(|v| v.decimals > 0)?;
                let name = if r.total { TOTAL } else { stem(&r.label)? };
                Some((name, v.value, v.decimals, v.span.clone()))
            });
            out.push(Told { items: items.collect(), how: How::Over });
        }
    }
    out
}

/// A number and the names it is of.
type Named<'c, 'a> = (&'c Claim, Vec<&'a str>);

/// The values of a sentence behind names that the tables give: told where they have decimals, else a line of their own.
fn sentences<'a>(
    doc: &'a Doc,
    here: &[Claim],
    names: &[&'a str],
    told: &mut Vec<Told<'a>>,
    lines: &mut Vec<Line<'a>>,
) {
    let mut by_class: BTreeMap<(&str, bool), Vec<Named<'_, 'a>>> = BTreeMap::new();
    let mut from = here[0].sentence.start;
    for c in here.iter().take(40) {
        let words = doc.slice(&(from..c.number.span.start));
        // 南、西两个点各3人: every name before it.
        let each = doc.slice(&c.left).ends_with('各');
        let named: Vec<&str> = if each {
            let far = by_class.get(&(c.class(), false)).and_then(|l| l.last()).map(|l| l.0.number.span.end);
            let words = doc.slice(&(far.unwrap_or(c.sentence.start)..c.number.span.start));
            held(words, names).collect()
        } else {
            held(words, names).max_by_key(|n| (words.rfind(*n), n.len())).into_iter().collect()
        };
        if !c.number.vague && !named.is_empty() {
            by_class.entry((c.class(), c.number.decimals > 0)).or_default().push((c, named));
        }
        from = c.number.span.end;
    }
    for ((class, exact), list) in by_class {
        let mut seen: BTreeMap<&str, &Claim> = BTreeMap::new();
        for (c, names) in &list {
            for name in names {
                seen.entry(name).or_insert(c);
            }
        }
        if seen.len() < 3 {
            continue;
        }
        if exact {
            let apart = list.iter().any(|(c, _)| super::repeats::is_change(doc.slice(&c.left)));
            let how = match class {
                "%" => How::Percent,
                _ if apart => How::Apart,
                _ => How::Over,
            };
            let item = |(n, c): (&&'a str, &&Claim)| (*n, printed(c), c.number.decimals, c.wide());
            told.push(Told { items: seen.iter().map(item).collect(), how });
        } else if class != "%" && lines.len() < MOST_LINES {
            let values: BTreeMap<&str, Decimal> = seen.iter().map(|(n, c)| (*n, printed(c))).collect();
            let name = list.first().map_or("", |(c, _)| doc.slice(&c.wide()));
            for column in [true, false] {
                lines.push(Line { table: usize::MAX, column, name, values: values.clone() });
            }
        }
    }
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
            let fits = match told.how {
                How::Apart => a.table == b.table && a.name < b.name,
                How::Over => a.column,
                How::Percent => true,
            };
            if !fits {
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
    let Some((at, a, b, right)) = found else { return };
    let (name, value, decimals, span) = &told.items[at];
    let right = right.round_dp(*decimals);
    if !one_digit_apart(right, *value) || sink.said(&[span.start]) {
        return;
    }
    let (sign, how, unit) = match told.how {
        How::Over => ("÷", "=", ""),
        How::Percent => ("÷", "=", "%"),
        How::Apart => ("与", "相差", ""),
    };
    let (x, y) = (show(a.values[name].round_dp(4)), show(b.values[name].round_dp(4)));
    let message = format!(
        "“{name}”：{x}{sign}{y}{how}{}{unit}（“{}”{sign}“{}”），文中为{}{unit}",
        show(right),
        a.name,
        b.name,
        show(*value)
    );
    sink.add(RULE, Severity::Warning, message, (show(*value), show(right)), std::slice::from_ref(span));
}

/// `None` where two or more values do not come from the lines, or too few names stand in both; else the value that does
/// not, and what it must be.
fn misfit(told: &Told<'_>, a: &Line<'_>, b: &Line<'_>) -> Option<Option<(usize, Decimal)>> {
    let (mut odd, mut known, mut fine) = (None, 0, true);
    for (i, (name, value, decimals, _)) in told.items.iter().enumerate() {
        let (Some(x), Some(y)) = (a.values.get(name), b.values.get(name)) else { continue };
        let right = told.how.of(*x, *y)?;
        known += 1;
        fine &= *decimals >= 2;
        if !prints_as(right, *value, *decimals) {
            if odd.is_some() {
                return None;
            }
            odd = Some((i, right));
        }
    }
    // Three that fit show which two lines; of two it takes two decimals each.
    (known >= 4 || known == 3 && (fine || odd.is_none())).then_some(odd)
}
