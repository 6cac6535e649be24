//! Values told in the order of names: 走访、个案、小组、活动四类的完成率依次为102.5%、107.7%、105.3%和100.8%, 三片分别为398户、276户和187户.
//! Where a table has a row for each name and holds all values but one, the one is wrong.

use super::grid::{Grid, Value};
use super::listing::grids;
use super::told_again::printed;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "repeated";
/// Most tables and most lists: each list reads the tables.
const MOST: usize = 40;
const LEADS: &[&str] = &["依次为", "分别为", "依次是", "分别是", "依次达到", "分别达到"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut left = MOST;
    for (i, first) in claims.all.iter().enumerate() {
        let leads = LEADS.iter().any(|w| doc.slice(&first.left).ends_with(w));
        if !leads || left == 0 || doc.blocks[first.block].kind == Kind::Cell {
            continue;
        }
        let values = run_of(doc, &claims.all[i..]);
        let names = names_before(doc, first, values.len());
        if values.len() >= 3 && names.len() == values.len() {
            left -= 1;
            against_tables(doc, (&names, values), grids(doc, claims), sink);
        }
    }
}

/// Values of one kind parted by 、 or 和.
fn run_of<'a>(doc: &Doc, all: &'a [Claim]) -> &'a [Claim] {
    let joined = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        w[0].class() == w[1].class() && matches!(gap, "、" | "和" | "及" | "与" | "、和" | "，")
    };
    let more = all.windows(2).take_while(|w| joined(w)).count();
    &all[..(more + 1).min(all.len())]
}

/// The last `n` names parted by 、 before the words that lead to the values.
fn names_before(doc: &Doc, first: &Claim, n: usize) -> Vec<String> {
    let words = doc.slice(&(first.sentence.start..first.number.span.start));
    let clause = words.rsplit(['，', '；', '：']).find(|c| c.contains('、')).unwrap_or_default();
    let mut names: Vec<String> = clause.split(['、']).map(str::to_owned).collect();
    let last = names.pop().unwrap_or_default();
    names.extend(last.split(['和', '及', '与']).map(str::to_owned));
    // 社会救助4个、长者服务3个: a list of values, and not of names.
    if names.iter().any(|name| name.contains(|c: char| c.is_ascii_digit())) {
        return Vec::new();
    }
    let skip = names.len().saturating_sub(n);
    names.split_off(skip)
}

fn against_tables(doc: &Doc, (names, values): (&[String], &[Claim]), tables: &[Grid], sink: &mut Sink<'_>) {
    for grid in tables.iter().take(MOST) {
        let cells: Vec<Vec<&Value>> = names.iter().map(|n| of_name(grid, n)).collect();
        if cells.iter().any(Vec::is_empty) {
            continue;
        }
        let holds = |(c, v): &(&Claim, &Vec<&Value>)| {
            v.iter().any(|v| v.percent == c.number.percent && v.value == printed(c))
        };
        let pairs: Vec<(&Claim, &Vec<&Value>)> = values.iter().zip(&cells).collect();
        let right = pairs.iter().filter(|p| holds(p)).count();
        sink.tried();
        if right + 1 != pairs.len() || right < 2 {
            continue;
        }
        // The column in which the others stand.
        let column = pairs.iter().find(|p| holds(p)).and_then(|(c, v)| {
            let at = v.iter().find(|v| v.percent == c.number.percent && v.value == printed(c))?;
            column_of(grid, at)
        });
        let Some((wrong, cells)) = pairs.iter().find(|p| !holds(p)) else { continue };
        let mut own =
            cells.iter().filter(|v| column_of(grid, v) == column && v.percent == wrong.number.percent);
        let Some(cell) = own.next_back() else { continue };
        let message = format!("“{}”与表格不同：表格中为{}", doc.slice(&wrong.wide()), show(cell.value));
        let said = (show(printed(wrong)), show(cell.value));
        sink.add(RULE, Severity::Error, message, said, &[wrong.span(), cell.span.clone()]);
        return;
    }
}

fn column_of(grid: &Grid, value: &Value) -> Option<usize> {
    grid.rows
        .iter()
        .find_map(|r| r.cells.iter().position(|v| v.as_ref().is_some_and(|v| v.span == value.span)))
}

/// The cells of a row of that name, and of the rows behind it that have no name of their own.
fn of_name<'a>(grid: &'a Grid, name: &str) -> Vec<&'a Value> {
    let named = |label: &str| {
        let label = label.split('（').next().unwrap_or_default();
        label.chars().count() >= 2
            && (name.contains(label) || name.chars().count() >= 2 && label.starts_with(name))
    };
    let of_group = |r: &super::grid::Row| named(&r.group) || named(&r.label);
    grid.rows.iter().filter(|r| !r.total && of_group(r)).flat_map(|r| r.cells.iter().flatten()).collect()
}
