//! Ranges that follow each other: 40岁以下、40至59岁、60岁及以上; 3年以下、3至5年、5年以上. Each begins where the one before it ends, or one
//! behind.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::said::{not_the_sum, one_digit_off};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "total";
/// Claims looked back for the whole.
const BACK: usize = 24;

static RANGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<a>\d{1,3})(?:周?岁|年)?(?:至|-|—|到|~)(?P<b>\d{1,3})(?:周?岁|年)",
        r"|(?P<u>\d{1,3})(?:周?岁|年)(?:（不?含）)?(?:及)?以下|不满(?P<w>\d{1,3})(?:周?岁|年)",
        r"|(?P<o>\d{1,3})(?:周?岁|年)(?:（不?含）)?(?:及)?以上",
    ))
    .ok()
});

/// From and to, where they are said, and the place.
type Bound = (Option<u32>, Option<u32>, Range<usize>);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = RANGES.as_ref() else { return };
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let words = doc.slice(&sentence);
            if !words.contains(['下', '上', '满']) || !words.contains(['岁', '年']) {
                continue;
            }
            let mut list: Vec<Bound> = pattern
                .captures_iter(words)
                .take(12)
                .filter_map(|c| {
                    let whole = c.get(0)?;
                    let number = |n: &str| c.name(n).and_then(|m| m.as_str().parse::<u32>().ok());
                    let span = sentence.start + whole.start()..sentence.start + whole.end();
                    Some((number("a").or(number("o")), number("b").or(number("u")).or(number("w")), span))
                })
                .collect();
            if list.first().is_some_and(|b| b.1.is_none()) {
                list.reverse();
            }
            // 60岁及以上138人，18—44岁137人，45—59岁118人，18岁以下82人: by how many they are.
            list.sort_by_key(|b| b.0.unwrap_or(0));
            if is_series(&list) {
                joined(doc, &list, sink);
                whole(doc, claims, &list, sink);
            }
        }
    }
}

/// 6岁以下83名，6至12岁391名，13岁以上260名: nobody is without an age, so the counts make a number told before or often.
fn whole(doc: &Doc, claims: &Claims, list: &[Bound], sink: &mut Sink<'_>) {
    let count = |b: &Bound| {
        let c = claims.all.get(claims.all.partition_point(|c| c.number.span.start < b.2.end))?;
        let gap = doc.slice(&(b.2.end..c.number.span.start));
        let beside = gap.chars().count() <= 4 && !gap.contains(['，', '、', '；']);
        (beside && c.exact() && c.number.unit.is_some() && !matches!(c.class(), "岁" | "年")).then_some(c)
    };
    let Some(parts) = list.iter().map(count).collect::<Option<Vec<&Claim>>>() else { return };
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    sink.tried();
    if parts.iter().any(|p| p.class() != parts[0].class()) || claims.values.binary_search(&sum).is_ok() {
        return;
    }
    let first = parts.iter().map(|p| p.number.span.start).min().unwrap_or_default();
    let at = claims.all.partition_point(|c| c.number.span.start < first);
    let near = claims.all[at.saturating_sub(BACK)..at].iter().rev();
    let kin = |c: &&Claim| c.exact() && c.class() == parts[0].class() && !c.target && !c.other_period;
    let Some(told) =
        near.filter(kin).find(|c| c.number.value >= Decimal::TEN && one_digit_off(c.number.value, &parts))
    else {
        return;
    };
    not_the_sum(doc, sink, (RULE, Severity::Warning), told, &parts);
}

/// From open below to open above, with at least one range between.
fn is_series(list: &[Bound]) -> bool {
    let [(None, Some(_), _), middle @ .., (Some(_), None, _)] = list else { return false };
    !middle.is_empty() && middle.iter().all(|b| b.0.is_some() && b.1.is_some())
}

fn joined(doc: &Doc, list: &[Bound], sink: &mut Sink<'_>) {
    sink.tried();
    for pair in list.windows(2) {
        let (Some(end), Some(start)) = (pair[0].1, pair[1].0) else { continue };
        let turned = matches!(pair[1], (Some(a), Some(b), _) if b <= a);
        if !turned && (start == end || start == end + 1) {
            continue;
        }
        let (first, second) = (doc.slice(&pair[0].2), doc.slice(&pair[1].2));
        let message = format!("“{first}”与“{second}”没有首尾相接");
        let said = (second.to_owned(), "相邻两段首尾相接".to_owned());
        sink.add(RULE, Severity::Warning, message, said, &[pair[1].2.clone(), pair[0].2.clone()]);
        return;
    }
}
