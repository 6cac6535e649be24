//! Cells that hold two numbers, what was due and what was done (16/17): the row of sums, the row of rates, and what a text says of one of them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent, show_sum};

const TOTAL: &[&str] = &["合计", "总计", "共计", "小计", "总数", "全站", "全部"];
/// Fewest such cells of a column above its sum.
const LEAST: usize = 3;

static PAIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?P<a>\d[\d,]*(?:\.\d+)?)/(?P<b>\d[\d,]*(?:\.\d+)?)$"));
static MORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<x>\p{Han}{2,6}?)(?:实际)?(?:完成)?比(?:合同)?(?:指标|目标|约定|任务)(?:量|数)?(?P<w>多|少|超出|超)(?:完成|出|了)?(?P<d>\d[\d,]*|[一二两三四五六七八九十])(?:个|场|次|人次|户次|节)",
    )
});

type Two = (Decimal, Decimal);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let slashed =
        |t: &&Table| t.rows.iter().flatten().filter(|c| doc.slice(c).contains('/')).count() >= LEAST;
    let tables: Vec<&Table> = doc.tables.iter().filter(slashed).collect();
    for table in &tables {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        for column in 1..columns.min(14) {
            sums(doc, table, column, sink);
        }
    }
    if !tables.is_empty() {
        each_found_with(doc, claims, (&["比"], &MORE), |here, found| {
            let (Some(x), Some(d)) = (found.name("x"), number(found, "d")) else { return };
            let less = found.name("w").is_some_and(|w| w.as_str() == "少");
            more(here, &tables, (x.as_str(), d, less), here.at(found, "d"), sink);
        });
    }
}

fn pair(words: &str) -> Option<Two> {
    let found = PAIR.as_ref()?.captures(words.trim())?;
    number(&found, "a").zip(number(&found, "b"))
}

/// Says so where the row of sums has another number than the rows above make, or the row of rates another rate.
fn sums(doc: &Doc, table: &Table, column: usize, sink: &mut Sink<'_>) {
    let label = |row: &[Range<usize>]| row.first().map_or("", |c| doc.slice(c)).replace(' ', "");
    let Some(last) = table.rows.iter().position(|r| TOTAL.contains(&label(r).as_str())) else { return };
    let above = table.rows[..last].iter().filter_map(|r| r.get(column)).map(|c| doc.slice(c).trim());
    let numbers: Vec<&str> = above.filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).collect();
    let parts: Vec<Two> = numbers.iter().filter_map(|w| pair(w)).collect();
    let Some(cell) = table.rows[last].get(column) else { return };
    let Some(total) = pair(doc.slice(cell)).filter(|_| parts.len() == numbers.len() && parts.len() >= LEAST)
    else {
        return;
    };
    sink.tried();
    let header = table.rows[0].get(column).map_or("", |c| doc.slice(c));
    let firsts: Vec<Decimal> = parts.iter().map(|p| p.0).collect();
    let seconds: Vec<Decimal> = parts.iter().map(|p| p.1).collect();
    for (list, told) in [(firsts, total.0), (seconds, total.1)] {
        let sum: Decimal = list.iter().sum();
        let slip = mistaken(sum, told) || list.iter().any(|v| mistaken(*v, *v + told - sum));
        if sum != told && slip && !sink.said(&[cell.start]) {
            let message = format!(
                "表格“{header}”一列{}，{}为{}",
                show_sum(&list),
                label(&table.rows[last]),
                show(told)
            );
            let said = (show(told), show(sum));
            sink.add("table-total", Severity::Error, message, said, std::slice::from_ref(cell));
        }
    }
    let rate = table.rows[last + 1..].iter().find(|r| label(r).ends_with('率') || label(r).ends_with("进度"));
    let Some(cell) = rate.and_then(|r| r.get(column)) else { return };
    let words = doc.slice(cell).trim();
    let Some(p) = words.strip_suffix('%').and_then(|w| w.parse::<Decimal>().ok()) else { return };
    if let Some(right) = percent_of(total.1, total.0)
        && !is_share(p, p.scale(), total.1, total.0)
        && !sink.said(&[cell.start])
    {
        let right = show_percent(right);
        let message = format!("表格“{header}”一列{}÷{}={right}，表中为{words}", show(total.1), show(total.0));
        sink.add(
            "table-percent",
            Severity::Error,
            message,
            (words.to_owned(), right),
            std::slice::from_ref(cell),
        );
    }
}

/// 社区活动比合同指标多1场, below the heading of one of the rows.
fn more(
    here: &Sentence<'_>,
    tables: &[&Table],
    (name, told, less): (&str, Decimal, bool),
    at: Range<usize>,
    sink: &mut Sink<'_>,
) {
    let own = here.doc.block_of(at.start);
    let heading = here
        .doc
        .above(own)
        .chain((0..own).rev().take(40))
        .find(|b| here.doc.blocks[*b].kind == Kind::Heading);
    let Some(heading) = heading.map(|b| here.doc.slice(&here.doc.blocks[b].span)) else { return };
    let cells = tables.iter().filter_map(|t| {
        let column = t.rows[0].iter().skip(1).position(|c| {
            let head = here.doc.slice(c).split('（').next().unwrap_or_default();
            !head.is_empty() && name.ends_with(head)
        })? + 1;
        let row = t.rows[1..].iter().find(|r| {
            let label = r.first().map_or("", |c| here.doc.slice(c));
            label.chars().count() >= 2 && heading.contains(label)
        })?;
        pair(here.doc.slice(row.get(column)?))
    });
    let found: Vec<Two> = cells.collect();
    let [(due, done)] = found.as_slice() else { return };
    let right = if less { *due - *done } else { *done - *due };
    if right != told {
        let message =
            format!("表格中为{}/{}，相差{}，文中为{}", show(*due), show(*done), show(right), show(told));
        here.warn(sink, "difference", message, (show(told), show(right)), at);
    }
}
