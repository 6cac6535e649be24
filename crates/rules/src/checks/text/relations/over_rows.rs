//! Means of what the table right before adds up: 每户次平均697.2元, of 100（户次） and 69720; 户均3.68人（按全村312户）, of the 1148 beside the 312.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show};

const RULE: &str = "average";
/// Blocks before that are looked at for the table's last row.
const BACK: usize = 24;

static MEAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:平均)?每(?P<x>户次|人次|户|人|份|亩|场|次|个)(?:平均)?(?:为|是|发放|补助|支出|约)?(?P<m>\d[\d,]*\.\d+)(?P<u>元|人|人次|户|次|分)",
    )
});
static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<x>户均|人均|站均|村均|场均|校均)(?P<m>\d[\d,]*\.\d+)(?P<u>元|人次|人|户次|户|次|亩|分|小时)（按\p{Han}{0,8}?(?P<n>\d[\d,]*)(?:户|人|个\p{Han}{0,2}|场|所)\p{Han}{0,6}）",
    )
});

static GROUPS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<x>小组|讲座|培训|工作坊|沙龙)(?P<n>\d{1,3})(?:个|场|期)[^。；]{0,50}?，(?:共|合计|累计|共计)(?:计)?(?:开展)?(?P<a>\d[\d,]*)(?P<u>节|人次|小时|次)，平均每(?:个|场|期)?(?P<y>小组|讲座|培训|工作坊|沙龙)(?:为|约)?(?P<m>\d+(?:\.\d+)?)(?P<v>节|人次|小时|次)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["每"], &MEAN), |here, found| mean(here, found, sink));
    each_found_with(doc, claims, (&["平均每"], &GROUPS), |here, found| {
        let same = |a: &str, b: &str| found.name(a).map(|m| m.as_str()) == found.name(b).map(|m| m.as_str());
        let (Some(n), Some(a), Some(m)) = (number(found, "n"), number(found, "a"), number(found, "m")) else {
            return;
        };
        let one_figure =
            m.scale() == 0 && m < Decimal::TEN && !a.checked_div(n).is_some_and(|q| prints_as(q, m, 0));
        if same("x", "y") && same("u", "v") && (slips(a, n, m) || one_figure) {
            said(here, found, (a, n, m), sink);
        }
    });
    each_found_with(doc, claims, (&["均"], &BY), |here, found| by(here, found, sink));
}

fn said(
    here: &Sentence<'_>,
    found: &Captures<'_>,
    (a, n, m): (Decimal, Decimal, Decimal),
    sink: &mut Sink<'_>,
) {
    let Some(right) = a.checked_div(n) else { return };
    let right = right.round_dp(m.scale());
    let message = format!("{}÷{}={}，文中为{}", show(a), show(n), show(right), show(m));
    here.warn(sink, RULE, message, (show(m), show(right)), here.at(found, "m"));
}

/// Whether a mean is printed otherwise than it is, by a slip.
fn slips(a: Decimal, n: Decimal, m: Decimal) -> bool {
    a.checked_div(n).is_some_and(|q| {
        !prints_as(q, m, m.scale())
            && mistaken(
                q.round_dp_with_strategy(m.scale(), rust_decimal::RoundingStrategy::MidpointAwayFromZero),
                m,
            )
    })
}

/// 每户次平均697.2元, right below a table whose last row adds up.
fn mean(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(m), Some(x)) = (number(found, "m"), found.name("x")) else { return };
    let own = here.doc.block_of(here.block.span.start);
    let cell = |b: &usize| here.doc.blocks[*b].kind == Kind::Cell;
    let Some(last) = (0..own).rev().take(3).find(cell) else { return };
    let mut rows = here.doc.tables.iter().flat_map(|t| t.rows.iter().map(move |r| (t, r)));
    let row = rows.rfind(|(_, r)| r.iter().any(|c| c.start == here.doc.blocks[last].span.start));
    let Some((table, row)) = row else { return };
    if !["合计", "小计", "总计", "共计"].contains(&here.doc.slice(&row[0])) || own - last > BACK {
        return;
    }
    let value = |c: usize| row.get(c).and_then(|c| here.claims.within(c).first()).map(|c| c.number.value);
    let header = |c: usize| table.rows[0].get(c).map_or("", |c| here.doc.slice(c));
    let is_count = |c: &usize| {
        let words = row.get(*c).map_or("", |c| here.doc.slice(c));
        words.contains(x.as_str()) || header(*c).starts_with(x.as_str())
    };
    let unit = found.name("u").map_or("", |u| u.as_str());
    let is_sum = |c: &usize| header(*c).contains(unit) || header(*c).contains("金额") && unit == "元";
    let columns = 1..row.len();
    let Some(n) = columns.clone().find(is_count).and_then(value) else { return };
    let sums: Vec<Decimal> = columns.filter(is_sum).filter_map(value).collect();
    if let [a] = sums.as_slice()
        && slips(*a, n, m)
    {
        said(here, found, (*a, n, m), sink);
    }
}

/// 户均3.68人（按全村312户）: of a number that stands beside 312, in a line or in a row.
fn by(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(m), Some(n), Some(u)) = (number(found, "m"), number(found, "n"), found.name("u")) else {
        return;
    };
    let class = crate::checks::text::unit::unit_at(u.as_str()).map_or("", |u| u.class);
    let at = here.at(found, "n");
    let mut beside: Vec<Decimal> = Vec::new();
    for (i, c) in here
        .claims
        .all
        .iter()
        .enumerate()
        .filter(|(_, c)| c.number.value == n && c.number.span.start != at.start)
    {
        let near = here.claims.all[i.saturating_sub(2)..].iter().take(5);
        let cell = here.doc.blocks[c.block].kind == Kind::Cell;
        let own = |o: &&crate::checks::text::claim::Claim| {
            let same =
                if cell { here.doc.blocks[o.block].kind == Kind::Cell } else { o.sentence == c.sentence };
            same && o.exact() && (o.class() == class || cell && o.class().is_empty()) && o.number.value != n
        };
        beside.extend(near.filter(own).map(|o| o.number.value));
    }
    let holds = |a: &Decimal| a.checked_div(n).is_some_and(|q| prints_as(q, m, m.scale()));
    let all = here.claims.all.iter().filter(|c| c.exact() && (c.class() == class || c.class().is_empty()));
    if beside.iter().any(holds) || all.map(|c| c.number.value).any(|a| holds(&a)) && beside.is_empty() {
        return;
    }
    if let Some(a) = beside.iter().find(|a| slips(**a, n, m)) {
        said(here, found, (*a, n, m), sink);
    }
}
