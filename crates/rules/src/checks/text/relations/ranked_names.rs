//! Names in the order of a table's column: 按总分由高到低，依次为甲站、乙站、丙站.

use std::sync::LazyLock;

use regex::Regex;

use super::grid::{Grid, Row};
use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::{bare, items_from};
use crate::checks::text::math::show;

const RULE: &str = "table-rank";
/// Most tables looked at.
const MOST: usize = 30;

static ORDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[由从](?P<a>[高多大低少小])到[低少小高多大](?:排序|排列)?，?(?:依次|分别)(?:为|是)：?").ok()
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let words = doc.slice(&sentence);
            let Some(found) = ORDER.as_ref().and_then(|p| p.captures(words)) else { continue };
            let Some(whole) = found.get(0) else { continue };
            let list = items_from(doc, sentence.start + whole.end(), sentence.end);
            let names: Vec<&str> = list.items.iter().map(|r| bare(doc.slice(r))).collect();
            let falls = "高多大".contains(&found["a"]);
            if names.len() < 3 {
                continue;
            }
            for grid in grids(doc, claims).iter().take(MOST) {
                if judge(doc, grid, (&words[..whole.start()], &names, falls), &list.items, sink) {
                    break;
                }
            }
        }
    }
}

/// Whether the table holds all the names and the column that the words before them speak of.
fn judge(
    doc: &Doc,
    grid: &Grid,
    (lead, names, falls): (&str, &[&str], bool),
    items: &[std::ops::Range<usize>],
    sink: &mut Sink<'_>,
) -> bool {
    let row = |name: &&str| grid.rows.iter().find(|r| !r.total && !r.mean && r.label == **name);
    let Some(rows) = names.iter().map(row).collect::<Option<Vec<&Row>>>() else { return false };
    let header = |k: &usize| grid.header(*k).split('（').next().unwrap_or_default().to_owned();
    let spoken = |k: &usize| header(k).chars().count() >= 2 && lead.contains(&header(k));
    let Some(column) = (1..grid.columns).rfind(spoken) else { return false };
    let values: Option<Vec<_>> = rows.iter().map(|r| r.cells[column].as_ref().map(|v| v.value)).collect();
    let Some(values) = values else { return false };
    sink.tried();
    let wrong = values.windows(2).position(|w| if falls { w[0] < w[1] } else { w[0] > w[1] });
    if let Some(i) = wrong {
        let message = format!(
            "“{}”（{}）与“{}”（{}）的先后与表格“{}”一列不符",
            names[i],
            show(values[i]),
            names[i + 1],
            show(values[i + 1]),
            grid.header(column)
        );
        let said = (doc.slice(&items[i]).to_owned(), names[i + 1].to_owned());
        sink.add(RULE, Severity::Error, message, said, &[items[i].clone(), items[i + 1].clone()]);
    }
    true
}
