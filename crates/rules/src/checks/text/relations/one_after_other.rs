//! Paragraphs of one form, one for each site: 1．望津街站。得分93.40分…个案42个、小组14个. 2．百瓦街站。…. Read as a table in words, their numbers add up to what the text
//! tells of all, and the grade behind a score is that of its band.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

/// Fewest and most paragraphs, and most things that each of them tells.
const LEAST: usize = 4;
const MOST: usize = 80;
const THINGS: usize = 24;
/// Most characters of a line that only names the next site.
const HEADING: usize = 24;
/// Words of what a paragraph tells of itself alone.
const OWN: &[&str] = &["均", "每", "率", "占", "平均", "第", "最"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut run: Vec<BTreeMap<(&str, &str), &Claim>> = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let things = things(doc, claims.within(&(block.body..block.span.end)));
        // The heading of the next site.
        if things.is_empty() && doc.slice(&block.span).chars().count() <= HEADING {
            continue;
        }
        let alike = run.last().is_some_and(|last: &BTreeMap<(&str, &str), &Claim>| {
            let shared = things.keys().filter(|k| last.contains_key(*k)).count();
            shared >= 3 && shared * 3 >= last.len() * 2
        });
        if !alike {
            judge(doc, claims, &run, sink);
            run.clear();
        }
        if things.len() >= 3 && run.len() < MOST {
            run.push(things);
        }
    }
    judge(doc, claims, &run, sink);
}

/// What a paragraph counts, by its words and unit; nothing that it tells twice.
fn things<'a>(doc: &'a Doc, here: &'a [Claim]) -> BTreeMap<(&'a str, &'static str), &'a Claim> {
    let mut out = BTreeMap::new();
    let mut twice = Vec::new();
    for c in here.iter().take(THINGS) {
        let name = doc.slice(&c.left);
        let usable = c.exact() && !c.class().is_empty() && (2..=8).contains(&name.chars().count());
        if !usable || c.target || c.other_period || has_any(name, OWN) {
            continue;
        }
        if out.insert((name, c.class()), c).is_some() {
            twice.push((name, c.class()));
        }
    }
    out.retain(|k, _| !twice.contains(k));
    out
}

fn judge(doc: &Doc, claims: &Claims, run: &[BTreeMap<(&str, &'static str), &Claim>], sink: &mut Sink<'_>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    if run.len() < LEAST {
        return;
    }
    let inside = |c: &Claim| {
        let block = |m: &BTreeMap<(&str, &'static str), &Claim>| m.values().next().map(|c| c.block);
        block(first).is_some_and(|b| b <= c.block) && block(last).is_some_and(|b| c.block <= b)
    };
    for (name, class) in first.keys() {
        let list: Vec<&Claim> = run.iter().filter_map(|m| m.get(&(*name, *class)).copied()).collect();
        if list.len() < run.len() {
            continue;
        }
        let sum: Decimal = list.iter().map(|c| c.number.value).sum();
        let outside = || claims.all.iter().filter(|c| c.exact() && c.class() == *class && !inside(c));
        sink.tried();
        if outside().any(|c| c.number.value == sum) {
            continue;
        }
        let named = |c: &&Claim| {
            let words = doc.slice(&(c.left.start..c.right.end));
            let total = c.number.value > list.iter().map(|c| c.number.value).max().unwrap_or_default();
            total
                && !c.other_period
                && !c.target
                && (words.contains(name) || *name == "得分" && words.contains("总分"))
                && !has_any(words, OWN)
        };
        let wholes: Vec<&Claim> = outside().filter(named).collect();
        let slip = |whole: &Claim| {
            let apart = whole.number.value - sum;
            let mended = |c: &&&Claim| {
                let right = c.number.value + apart;
                right > Decimal::ZERO && mistaken(right.normalize(), c.number.value.normalize())
            };
            let mut found = list.iter().filter(mended);
            let one = found.next().copied();
            (one.is_some() || mistaken(whole.number.value.normalize(), sum.normalize()))
                .then(|| one.filter(|_| found.next().is_none()))
        };
        let Some((whole, one)) = wholes.iter().find_map(|w| Some((*w, slip(w)?))) else { continue };
        say(doc, whole, (&list, one, sum), sink);
    }
}

fn say(
    doc: &Doc,
    whole: &Claim,
    (list, one, sum): (&[&Claim], Option<&Claim>, Decimal),
    sink: &mut Sink<'_>,
) {
    let starts: Vec<usize> =
        one.into_iter().chain([whole]).flat_map(|c| [c.wide().start, c.span().start]).collect();
    if sink.said(&starts) {
        return;
    }
    let message = format!("{}处逐一所列合计{}，文中为“{}”", list.len(), show(sum), doc.slice(&whole.wide()));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(list.iter().map(|c| c.wide())).collect();
    sink.add("total", Severity::Warning, message, (show(whole.number.value), show(sum)), &spans);
}
