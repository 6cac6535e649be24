//! The year before: 走访由8117户次增至9410户次 against 上年度的8117户次 told elsewhere, and 得分较上年度提高6.16分 against a table with
//! a column for each year. They speak only if one digit would make them agree.

use rust_decimal::Decimal;

use super::difference::{RULE, comparable, way};
use super::grid::{Grid, Value};
use super::listing::grids;
use super::told_again::printed;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const THEN: &[&str] = &["上年", "上一年", "去年", "上期", "上一周期", "上一服务年"];
/// Most tables looked at.
const MOST: usize = 40;
/// Most changes looked up: each reads the numbers of the text or the rows of the tables.
const MOST_CHANGES: usize = 200;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told: Vec<&Claim> = claims.all.iter().filter(|c| usable(doc, c)).collect();
    let then: Vec<&Claim> = told.iter().copied().filter(|c| of_then(doc, c)).take(200).collect();
    let pairs = year_pairs(grids(doc, claims));
    let led = |c: &Claim| doc.slice(&c.left).ends_with(['由', '从']) || way(doc.slice(&c.left)).is_some();
    for c in told.into_iter().filter(|c| led(c)).take(MOST_CHANGES) {
        if doc.slice(&c.left).ends_with(['由', '从']) {
            from_then(doc, claims, c, &then, sink);
        } else if !pairs.is_empty() {
            changed(doc, claims, c, &pairs, sink);
        }
    }
}

fn usable(doc: &Doc, c: &Claim) -> bool {
    doc.blocks[c.block].kind != Kind::Cell && !c.number.vague && !c.class().is_empty() && !c.number.chinese
}

/// 上年度的8117户次, 上年度综合得分86.73分.
fn of_then(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    has_any(left, THEN) && way(left).is_none()
}

/// 走访由8117户次: the only number of the year before that lies one digit away and whose paragraph speaks of 走访.
fn from_then(doc: &Doc, claims: &Claims, c: &Claim, then: &[&Claim], sink: &mut Sink<'_>) {
    let name = doc.slice(&c.left).trim_end_matches(['由', '从']);
    let elsewhere =
        |o: &&&Claim| o.sentence != c.sentence && comparable(c, o) && o.number.percent == c.number.percent;
    let same = then.iter().any(|o| o.number.value == c.number.value && o.class() == c.class());
    if name.chars().count() < 2 || same || c.number.value < Decimal::TEN {
        return;
    }
    let noun: String = name.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let speaks = |o: &&&Claim| doc.slice(&doc.blocks[o.block].span).contains(&noun);
    let mut near = then
        .iter()
        .filter(elsewhere)
        .filter(speaks)
        .filter(|o| o.number.decimals == c.number.decimals && one_digit_apart(printed(o), printed(c)));
    sink.tried();
    let (Some(other), None) = (near.next(), near.next()) else { return };
    if claims.all.iter().filter(|o| o.number.value == c.number.value).count() > 1 {
        return;
    }
    let message = format!("“{}”与“{}”只差一个数字", doc.slice(&c.wide()), doc.slice(&other.wide()));
    let said = (show(printed(c)), show(printed(other)));
    sink.add("repeated", Severity::Warning, message, said, &[c.wide(), other.wide()]);
}

/// A table with a column of this year and one of the year before, and the two values of each row.
struct Years<'a> {
    rows: Vec<(&'a str, bool, &'a Value, &'a Value)>,
}

fn year_pairs(grids: &[Grid]) -> Vec<Years<'_>> {
    let mut out = Vec::new();
    for grid in grids.iter().take(MOST) {
        let header = |k: usize| grid.header(k);
        let earlier = |k: &usize| has_any(header(*k), THEN);
        let now = |k: &usize| has_any(header(*k), &["本年", "本期", "今年", "本周期"]);
        let only = |mut found: Vec<usize>| if found.len() == 1 { found.pop() } else { None };
        let columns = || 1..grid.columns;
        let pair =
            (only(columns().filter(|k| now(k)).collect()), only(columns().filter(|k| earlier(k)).collect()));
        let (Some(a), Some(b)) = pair else { continue };
        let rows = grid.rows.iter().filter_map(|r| {
            Some((r.label.as_str(), r.total || r.mean, r.cells[a].as_ref()?, r.cells[b].as_ref()?))
        });
        out.push(Years { rows: rows.collect() });
    }
    out
}

/// 较上年度提高6.16分 where no value of the year before stands in the sentence.
fn changed(doc: &Doc, claims: &Claims, c: &Claim, pairs: &[Years<'_>], sink: &mut Sink<'_>) {
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let compared = has_any(words, THEN) || words.contains("唯一");
    let values = claims.within(&(c.segment.start..c.number.span.start));
    let stated = values.iter().any(|o| of_then(doc, o) && comparable(c, o));
    if !compared || stated || c.class() == "点" || c.number.percent {
        return;
    }
    let apart = |(_, _, a, b): &(&str, bool, &Value, &Value)| (a.signed() - b.signed()).abs();
    let rows = || pairs.iter().flat_map(|p| &p.rows);
    let told = printed(c);
    sink.tried();
    if rows().any(|r| apart(r) == told) {
        return;
    }
    let heading = doc.above(c.block).next().map_or("", |b| doc.slice(&doc.blocks[b].span));
    let clause = words.rsplit('；').next().unwrap_or_default();
    let named = |label: &str, words: &str| super::quotients::stem(label).is_some_and(|s| words.contains(s));
    let here = |r: &&(&str, bool, &Value, &Value)| {
        if rows().any(|o| !o.1 && named(o.0, clause)) {
            named(r.0, clause)
        } else {
            named(r.0, heading) || r.1
        }
    };
    let fits = |r: &&(&str, bool, &Value, &Value)| {
        r.2.decimals == c.number.decimals && told >= Decimal::new(1, 1) && one_digit_apart(apart(r), told)
    };
    let mut near = rows().filter(here).filter(fits);
    let (Some(row), None) = (near.next(), near.next()) else { return };
    let right = apart(row);
    let message = format!(
        "表格“{}”一行{}与{}相差{}，文中为“{}”",
        row.0,
        show(row.2.value),
        show(row.3.value),
        show(right),
        doc.slice(&c.wide())
    );
    let spans = [c.wide(), row.2.span.clone(), row.3.span.clone()];
    sink.add(RULE, Severity::Warning, message, (show(told), show(right)), &spans);
}
