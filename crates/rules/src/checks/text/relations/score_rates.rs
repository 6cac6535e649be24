//! Rates of scores told by the names of what is scored, where full marks and scores stand in other sentences or in a table: 组织管理占15分，…; 组织管理13.5分，…; 从得分率看，服务成效最高，
//! 达到91.5%，可持续性最低，只有79.0%. And full marks of a hundred that the text lists (实行百分制。一级指标4项：…).

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::listing::grids;
use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, show, show_sum};
use crate::checks::text::words::has_any;

/// Fewest items of a list of marks, and characters between a name and its rate.
const LEAST: usize = 3;
const NEAR: usize = 16;

/// A name's full marks, or its scores: what the text tells of it, without repetition.
type Book<'a> = BTreeMap<&'a str, Vec<(Decimal, &'a Claim)>>;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    if !has_any(&doc.text, &["得分率", "百分制", "满分一百", "满分100", "总分100"]) {
        return;
    }
    let (mut full, mut got) = (Book::new(), Book::new());
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            let list = list(doc, claims, &sentence);
            if list.len() < LEAST {
                continue;
            }
            let values: Vec<Decimal> = list.iter().map(|i| i.1.number.value).collect();
            let sum: Decimal = values.iter().sum();
            let whole = list.iter().all(|i| i.1.number.decimals == 0);
            if whole && sum == Decimal::ONE_HUNDRED {
                note(&mut full, &list);
            } else if whole
                && claims.within(&sentence).iter().filter(|c| c.class() == "分").count() == list.len()
                && has_any(doc.slice(&block.span), &["百分制", "满分一百", "满分100", "满分为100"])
            {
                of_hundred(doc, &list, &values, sink);
            } else if list.iter().any(|i| i.1.number.decimals > 0) {
                note(&mut got, &list);
            }
        }
    }
    if full.is_empty() && !grids(doc, claims).is_empty() {
        heads(doc, claims, &mut full);
    }
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        if doc.slice(&block.span).contains("得分率") {
            for rate in claims.within(&block.span).iter().filter(|c| c.number.percent && !c.number.vague) {
                judge(doc, rate, &full, &got, sink);
            }
        }
    }
}

/// A row of names and marks in one sentence: 组织管理占15分，服务供给占30分; 组织管理得16.9分，….
fn list<'a>(doc: &'a Doc, claims: &'a Claims, sentence: &Range<usize>) -> Vec<(&'a str, &'a Claim)> {
    let name = |c: &'a Claim| {
        let left = doc.slice(&c.left);
        let left =
            ["得分", "得", "占", "为", "满分"].iter().find_map(|w| left.strip_suffix(w)).unwrap_or(left);
        let han = left.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let fits = c.class() == "分" && c.exact() && (2..=8).contains(&left.chars().count()) && han;
        (fits && !has_any(left, &["总", "合计", "平均", "以上", "以下", "满分", "优秀", "及格", "不足"]))
            .then_some((left, c))
    };
    claims.within(sentence).iter().filter_map(name).collect()
}

fn note<'a>(book: &mut Book<'a>, list: &[(&'a str, &'a Claim)]) {
    for (name, c) in list {
        let known = book.entry(name).or_default();
        if known.iter().all(|k| k.0 != c.number.value) {
            known.push((c.number.value, c));
        }
    }
}

/// Cells that tell a name with its full marks: 组织管理（20分）.
fn heads<'a>(doc: &'a Doc, claims: &'a Claims, full: &mut Book<'a>) {
    for cell in doc.blocks.iter().filter(|b| b.kind == Kind::Cell) {
        let words = doc.slice(&cell.span);
        if let (Some((name, _)), [c]) = (words.split_once('（'), claims.within(&cell.span))
            && c.class() == "分"
            && c.exact()
            && words.ends_with("分）")
        {
            note(full, &[(name, c)]);
        }
    }
}

fn of_hundred(doc: &Doc, list: &[(&str, &Claim)], values: &[Decimal], sink: &mut Sink<'_>) {
    let sum: Decimal = values.iter().sum();
    let right = |c: &Claim| c.number.value + Decimal::ONE_HUNDRED - sum;
    let off = |i: &&(&str, &Claim)| right(i.1) > Decimal::ZERO && mistaken(right(i.1), i.1.number.value);
    let one_row = list.windows(2).all(|w| {
        let gap = doc.slice(&(w[0].1.number.span.end..w[1].1.left.start.max(w[0].1.number.span.end)));
        matches!(gap, "、" | "，" | "；")
    });
    sink.tried();
    let Some((_, wrong)) = list.iter().find(off).filter(|_| one_row) else { return };
    let starts: Vec<usize> = list.iter().flat_map(|i| [i.1.wide().start, i.1.span().start]).collect();
    if !sink.said(&starts) {
        let message = format!("各部分分值{}，满分为100分", show_sum(values));
        let said = (show(wrong.number.value), show(right(wrong)));
        sink.add("weights", Severity::Warning, message, said, &[wrong.wide()]);
    }
}

fn judge(doc: &Doc, rate: &Claim, full: &Book<'_>, got: &Book<'_>, sink: &mut Sink<'_>) {
    let words = doc.slice(&(rate.segment.start..rate.number.span.start));
    let named = got.keys().filter_map(|name| Some((words.rfind(name)? + name.len(), *name)));
    let Some((end, name)) = named.max() else { return };
    let between = &words[end..];
    let other = between.contains(|c: char| c.is_ascii_digit())
        || has_any(between, &["平均", "整体", "总体", "高于", "低于"]);
    if between.chars().count() > NEAR || other {
        return;
    }
    let (Some([(whole, _)]), Some([(mark, c)])) =
        (full.get(name).map(Vec::as_slice), got.get(name).map(Vec::as_slice))
    else {
        return;
    };
    sink.tried();
    let fits = is_share(rate.number.value, rate.number.decimals, *mark, *whole);
    if mark <= whole && !fits && !sink.said(&[rate.wide().start, rate.span().start]) {
        rate_is_not(doc, sink, rate, &[c], *whole);
    }
}
