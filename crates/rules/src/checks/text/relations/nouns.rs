//! How many there are of what has a name of its own, told three times and more: 困境儿童37名, 37名困境儿童, 为73名困境儿童建档. All but one agree, and
//! the one is a digit away.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "repeated";
/// Characters of a name that must agree.
const LONG: usize = 4;
/// Most statements of one name.
const MOST: usize = 40;
/// Words that make a count one of some and not of all.
const SOME: &[&str] = &[
    "其中", "新增", "另", "每", "各", "抽", "访", "上年", "去年", "组织", "参加", "培训", "中有", "仅", "仍",
    "还", "剩", "余下", "尚", "未", "拟", "再",
];
/// Words of a sentence about some who were drawn or asked.
const ASKED: &[&str] = &["访谈", "座谈", "抽取", "抽查", "抽样", "问卷", "受访", "回访"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut named: HashMap<(String, &'static str), Vec<&Claim>> = HashMap::new();
    let counts = claims.all.iter().filter(|c| {
        c.exact()
            && c.number.value > Decimal::TEN
            && !c.class().is_empty()
            && !c.target
            && !c.other_period
            && !c.is_mean(doc)
            && c.place.is_none()
            && doc.blocks[c.block].kind == Kind::Paragraph
            && !has_any(doc.slice(&c.left), SOME)
            && !has_any(doc.slice(&c.sentence), ASKED)
    });
    for c in counts {
        if let Some(name) = name_of(doc, c) {
            let list = named.entry((name, c.class())).or_default();
            if list.len() < MOST {
                list.push(c);
            }
        }
    }
    for list in named.values().filter(|l| l.len() >= 3) {
        judge(doc, list, sink);
    }
}

/// The words behind a count, or else those before it: the first or last four characters.
fn name_of(doc: &Doc, c: &Claim) -> Option<String> {
    let han = |w: &str| w.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let right: String = doc.slice(&c.right).chars().take(LONG).collect();
    if !right.is_empty() {
        return (right.chars().count() == LONG && han(&right)).then_some(right);
    }
    // 24小时内响应的来电事项有71件: some of them.
    if doc.slice(&c.left).contains('的') {
        return None;
    }
    let left = doc.slice(&c.left).trim_end_matches(['共', '有', '为', '计', '达', '合', '总', '累']);
    let mut last: Vec<char> = left.chars().rev().take(LONG).collect();
    last.reverse();
    let left: String = last.into_iter().collect();
    (left.chars().count() == LONG && han(&left)).then_some(left)
}

fn judge(doc: &Doc, list: &[&Claim], sink: &mut Sink<'_>) {
    let values: BTreeSet<Decimal> = list.iter().map(|c| c.number.value).collect();
    let [a, b] = values.iter().copied().collect::<Vec<_>>()[..] else { return };
    let times = |v: Decimal| list.iter().filter(|c| c.number.value == v).count();
    let (wrong, right) = if times(a) == 1 { (a, b) } else { (b, a) };
    sink.tried();
    if times(wrong) != 1 || times(right) < 2 || !one_digit_apart(wrong, right) {
        return;
    }
    let (Some(c), Some(other)) =
        (list.iter().find(|c| c.number.value == wrong), list.iter().find(|c| c.number.value == right))
    else {
        return;
    };
    if sink.said(&[c.span().start, c.wide().start]) {
        return;
    }
    let message =
        format!("“{}”，另{}处为{}", doc.slice(&(c.left.start..c.right.end)), times(right), show(right));
    sink.add(RULE, Severity::Warning, message, (show(wrong), show(right)), &[c.wide(), other.wide()]);
}
