//! Places and teams counted and then named in ways that `counts` leaves aside: 巴稔镇3个村，为A村、B村、C村; 社区3个…。社区为A社区、B社区; 另设6个点，分别位于A社区、
//! B社区; 6支志愿服务队，分别是A队28人、B队23人; 5个乡镇的22个村，具体为：甲镇（5个）：…. Every item of such a list ends alike.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive as _;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::{bare, items_from};
use crate::checks::text::math::show;

const RULE: &str = "count-names";
const TWICE: &str = "duplicate-name";
/// Most names of one list.
const MOST: usize = 40;
const INTROS: &[&str] = &[
    "，为",
    "，分别位于",
    "，分别设在",
    "，分别设于",
    "，分别是",
    "，分别为",
    "，分别在",
    "，分布在",
    "：",
    "分别为",
    "分别是",
    "为",
];
/// What the names of such lists end with.
const ENDS: &[char] = &['村', '区', '队', '点', '站', '镇', '乡', '街', '道', '里', '组'];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph) {
        let Some(n) = small(c) else { continue };
        behind(doc, c, n, sink);
        noun_again(doc, c, n, sink);
    }
}

fn small(c: &Claim) -> Option<usize> {
    let n = c.number.value.to_usize()?;
    let counted = matches!(c.class(), "个" | "支" | "家" | "所" | "处" | "片");
    (counted && c.exact() && !c.target && !c.number.chinese && (2..=MOST).contains(&n)).then_some(n)
}

/// 3个村，为A村、B村、C村.
fn behind(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    let rest = doc.slice(&(c.number.span.end..c.sentence.end));
    let noun = rest.chars().take_while(|c| c.is_alphanumeric()).take(8).collect::<String>();
    let intros = INTROS.iter().filter(|w| w.starts_with('，')).find(|w| rest[noun.len()..].starts_with(**w));
    let Some(intro) = intros.filter(|_| !noun.is_empty() && !noun.contains(|c: char| c.is_ascii_digit()))
    else {
        return;
    };
    let from = c.number.span.end + noun.len() + intro.len();
    if let Some(names) = names(doc, from..c.sentence.end) {
        judge(doc, c, n, &names, sink);
    }
}

/// 社区3个、行政村10个。社区为…；行政村为…: the noun of a count, again with its names in the paragraph.
fn noun_again(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    let noun = doc.slice(&c.left).trim_start_matches("其中");
    let long = noun.chars().count();
    if !(2..=6).contains(&long) || !noun.ends_with(ENDS) || !doc.slice(&c.right).is_empty() {
        return;
    }
    let from = c.number.span.end;
    let rest = doc.slice(&(from..doc.blocks[c.block].span.end));
    for word in ["为", "有", "分别为", "包括", "分别是"] {
        let said = format!("{noun}{word}");
        let starts = |at: &usize| rest[..*at].ends_with(['。', '；', '，', '个']);
        let Some(at) = rest.match_indices(&said).map(|m| m.0).find(starts) else { continue };
        let list = from + at + said.len();
        let until = doc.blocks[c.block].span.end;
        let end = doc.slice(&(list..until)).find(['。', '；']).map_or(until, |i| list + i);
        if let Some(names) = names(doc, list..end) {
            return judge(doc, c, n, &names, sink);
        }
    }
}

/// The names of a list that ends as such lists do, each perhaps with a count of its own: 银龄互助队28人.
fn names(doc: &Doc, span: Range<usize>) -> Option<Vec<String>> {
    let list = items_from(doc, span.start, span.end);
    if list.open || !(2..=MOST).contains(&list.items.len()) {
        return None;
    }
    let name = |r: &Range<usize>| {
        let words = bare(doc.slice(r)).trim_start_matches(['“', '和', '及']).trim_end_matches('”');
        let (own, count) = words.split_at(words.find(|c: char| c.is_ascii_digit()).unwrap_or(words.len()));
        let plain = own.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && own.ends_with(ENDS);
        let counted = count.is_empty() || count.chars().skip_while(char::is_ascii_digit).count() == 1;
        (plain && counted && (2..=10).contains(&own.chars().count())).then(|| own.to_owned())
    };
    let mut names: Vec<String> = Vec::new();
    for item in &list.items {
        let own = name(item)?;
        // A社区、B社区和C村: the last two are joined.
        match own.split_once('和').filter(|(a, b)| a.ends_with(ENDS) && b.ends_with(ENDS)) {
            Some((a, b)) if item == list.items.last()? => names.extend([a.to_owned(), b.to_owned()]),
            _ => names.push(own),
        }
    }
    let last = |n: &String| n.chars().last();
    let alike = names.iter().all(|n| last(n) == names.first().and_then(last) || n.ends_with(['村', '区']));
    alike.then_some(names)
}

fn judge(doc: &Doc, c: &Claim, n: usize, names: &[String], sink: &mut Sink<'_>) {
    sink.tried();
    let twice = names.iter().enumerate().find(|(i, name)| names[..*i].contains(name)).map(|(_, name)| name);
    if let Some(name) = twice {
        let message = format!("“{}”所列名称中“{name}”出现两次", doc.slice(&c.wide()));
        return sink.add(TWICE, Severity::Warning, message, (name.clone(), String::new()), &[c.wide()]);
    }
    if names.len().abs_diff(n) != 1 || sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let message =
        format!("文中说“{}”，列出的是{}个（{}）", doc.slice(&c.wide()), names.len(), names.join("、"));
    let said = (show(c.number.value), names.len().to_string());
    sink.add(RULE, Severity::Warning, message, said, &[c.wide()]);
}
