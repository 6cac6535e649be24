//! Tables with a row for each month: the months follow each other, and what the text calls the highest month is (志愿服务时长11月最高).

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::grid::Grid;
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const EXTREME: &str = "table-extreme";
const ROWS: &str = "duplicate-name";
/// Most tables looked at.
const MOST: usize = 40;

static MONTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:20\d\d年)?(\d{1,2})月(?:份)?$").ok());
static HIGHEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d])(\d{1,2})月(?:份)?(?:的?[\p{Han}]{0,6})?最(高|多|低|少)").ok());

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    whole_year(doc, claims, sink);
    let monthly: Vec<&Grid> = grids(doc, claims).iter().take(MOST).filter(|g| months(g).len() >= 4).collect();
    for grid in &monthly {
        in_order(grid, sink);
    }
    let Some(pattern) = HIGHEST.as_ref().filter(|_| !monthly.is_empty()) else { return };
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        for found in pattern.captures_iter(words).take(20) {
            let (Some(at), Ok(month)) = (found.get(1), found[1].parse::<u32>()) else { continue };
            let high = matches!(&found[2], "高" | "多");
            let span = block.span.start + at.start()..block.span.start + at.end() + "月".len();
            extreme(doc, (month, high), &span, &monthly, sink);
        }
    }
}

/// 2024年全年，计12个月.
fn whole_year(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told = claims.all.iter().filter(|c| c.class() == "月" && c.exact());
    for c in told.filter(|c| ["计", "共", "共计", "合计"].contains(&doc.slice(&c.left))) {
        let before = doc.slice(&(c.sentence.start..c.left.start));
        if !before.ends_with("全年，") && !before.ends_with("全年（") {
            continue;
        }
        sink.tried();
        if c.number.value != Decimal::from(12) {
            let said = (show(c.number.value), "12".into());
            let message = format!("全年12个月，文中为“{}”", doc.slice(&c.wide()));
            sink.add("duration", Severity::Error, message, said, &[c.wide()]);
        }
    }
}

/// The rows of months: which month, and which row.
fn months(grid: &Grid) -> Vec<(u32, usize)> {
    let month = |label: &str| MONTH.as_ref()?.captures(label)?[1].parse::<u32>().ok();
    grid.rows.iter().enumerate().filter_map(|(i, r)| Some((month(&r.group)?, i))).collect()
}

/// All months but one follow the one before: the one is a slip.
fn in_order(grid: &Grid, sink: &mut Sink<'_>) {
    let list = months(grid);
    let follows = |a: u32, b: u32| a % 12 + 1 == b;
    sink.tried();
    let ordered = |at: Option<usize>| {
        let month = |i: usize| if Some(i) == at { None } else { Some(list[i].0) };
        let step = |i: usize| match (month(i), month(i + 1)) {
            (Some(a), Some(b)) => follows(a, b),
            _ => {
                i == 0
                    || month(i).is_some()
                    || month(i - 1).is_none_or(|a| follows(a % 12 + 1, list[i + 1].0))
            }
        };
        (0..list.len() - 1).all(step)
    };
    if ordered(None) {
        return;
    }
    let wrong: Vec<usize> = (0..list.len()).filter(|i| ordered(Some(*i))).collect();
    let [at] = wrong.as_slice() else { return };
    // A series may begin or end late; at its ends only a month that is there twice or not at all is a slip.
    let twice = list.iter().filter(|m| m.0 == list[*at].0).count() > 1 || list[*at].0 > 12;
    if (*at == 0 || at + 1 == list.len()) && !twice {
        return;
    }
    let Some(cell) = grid.rows[list[*at].1].cells.iter().flatten().last() else { return };
    let said = grid.rows[list[*at].1].group.clone();
    let message = format!("表格各行按月排列，“{said}”与前后不相接");
    sink.add(ROWS, Severity::Warning, message, (said, "逐月排列".into()), std::slice::from_ref(&cell.span));
}

fn extreme(
    doc: &Doc,
    (month, high): (u32, bool),
    span: &std::ops::Range<usize>,
    grids: &[&Grid],
    sink: &mut Sink<'_>,
) {
    let block = &doc.blocks[doc.block_of(span.start)];
    let Some(sentence) = doc.sentences(block).into_iter().find(|s| s.contains(&span.start)) else { return };
    let words = doc.slice(&sentence);
    let mut judged = false;
    for grid in grids {
        let rows = months(grid);
        for column in 1..grid.columns {
            let header = grid.header(column).split('（').next().unwrap_or_default();
            let values: Vec<(u32, Decimal)> = rows
                .iter()
                .filter_map(|(m, r)| Some((*m, grid.rows[*r].cells[column].as_ref()?.value)))
                .collect();
            let ends = values.iter().map(|v| v.1);
            let Some(end) = (if high { ends.max() } else { ends.min() }) else { continue };
            if values.iter().any(|v| v.0 == month && v.1 == end) {
                return sink.tried();
            }
            judged |= header.chars().count() >= 2 && words.contains(header);
        }
    }
    if !judged {
        return;
    }
    sink.tried();
    let said = doc.slice(span).to_owned();
    let word = if high { "最高" } else { "最低" };
    let message = format!("“{said}{word}”：表格中不是这个月");
    sink.add(EXTREME, Severity::Error, message, (said, String::new()), std::slice::from_ref(span));
}
