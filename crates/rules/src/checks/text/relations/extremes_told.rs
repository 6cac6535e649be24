//! What is called lowest or highest with its value, where the name has another value: 维权服务占比最低，为10.5%.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

static LEAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[，。；：、其中])(?P<x>\p{Han}{2,9}?)(?:得分率|占比|户数|数量|探访|走访|得分|人次|满意率|服务)?(?:最高|最低|最多|最少)(?:，为|，有|，达|为|（)(?P<v>\d+(?:\.\d+)?)(?P<u>%|户次|人次|户|人|个|场|次|分|名)",
    )
});

static MOST_IS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:最高|最低|最多|最少|最大|最小)的?\p{Han}{0,3}?(?:是|为)(?P<x>\p{Han}{2,9}?)(?:，为|，有|，达|（)(?P<v>\d+(?:\.\d+)?)(?P<u>%|户次|人次|户|人|个|场|次|分|名)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        extremes(&here, sink);
    }
}

fn extremes(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    for found in here.found(&LEAST).chain(here.found(&MOST_IS)) {
        let (Some(v), Some(x), Some(u)) = (number(&found, "v"), found.name("x"), found.name("u")) else {
            continue;
        };
        let name = x.as_str().trim_start_matches("其中");
        let at = here.at(&found, "v");
        let told = told_of(here, name, u.as_str(), &at);
        let near = |t: &&Decimal| t.scale() == v.scale() && mistaken(**t, v);
        if told.contains(&v) || name.chars().count() < 2 {
            continue;
        }
        if let Some(right) = told.iter().find(near) {
            let message = format!("“{name}”在别处为{}，此处为{}", show(*right), show(v));
            here.warn(sink, "table-extreme", message, (show(v), show(*right)), at);
        }
    }
}

/// What the text or a table says of a name in a unit.
fn told_of(here: &Sentence<'_>, name: &str, unit: &str, but: &Range<usize>) -> Vec<Decimal> {
    let mut out = Vec::new();
    for table in &here.doc.tables {
        let named = |r: &&Vec<Range<usize>>| r.iter().take(2).any(|c| here.doc.slice(c).trim() == name);
        for row in table.rows.iter().filter(named) {
            for (column, cell) in row.iter().enumerate() {
                let fits =
                    |c: &&Claim| (unit == "%") == c.number.percent || c.class().is_empty() && unit != "%";
                let Some(value) = here.claims.within(cell).first().filter(fits).map(|c| c.number.value)
                else {
                    continue;
                };
                let all = table.rows.iter().skip(1).filter(|r| {
                    r.len() == row.len() && !r.iter().take(2).any(|c| here.doc.slice(c).contains('计'))
                });
                let all: Vec<Decimal> = all
                    .filter_map(|r| here.claims.within(r.get(column)?).first().map(|c| c.number.value))
                    .collect();
                if all.iter().max() == Some(&value) || all.iter().min() == Some(&value) {
                    out.push(value);
                }
            }
        }
    }
    let own = here.claims.within(&here.block.span).iter().filter(|c| {
        let word = if c.number.percent { "%" } else { c.number.unit.map_or("", |u| u.word) };
        word == unit && c.number.span.start != but.start && here.doc.slice(&c.left).contains(name)
    });
    let own = own.filter(|c| !has_any(here.doc.slice(&c.left), &["最", "比", "较"]));
    out.extend(own.map(|c| c.number.value));
    out
}
