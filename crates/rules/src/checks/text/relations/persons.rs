//! One person written two ways: 主管卢俊贤 and 主管卢俊闲. Names are those with a post before them and those listed among others; two of three characters that differ in one
//! of the same sound or shape are one person, unless they stand in one list.

use std::collections::BTreeMap;

use super::roster::person;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::{alike, one_apart};
use crate::checks::text::words::held;

const RULE: &str = "name-variant";
/// Most names kept.
const MOST: usize = 200;
/// Posts right before a name.
const POSTS: &[&str] = &[
    "站长",
    "主管",
    "督导",
    "组长",
    "组员",
    "成员",
    "专家",
    "主任",
    "会计",
    "助理",
    "负责人",
    "社工",
    "人员",
];

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let mut names: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, block) in doc.blocks.iter().enumerate().filter(|(_, b)| b.kind != Kind::Heading) {
        for (name, at) in of_block(doc.slice(&block.span)) {
            if names.len() < MOST || names.contains_key(&name) {
                names.entry(name).or_default().push((index, block.span.start + at));
            }
        }
    }
    let all: Vec<(&String, &Vec<(usize, usize)>)> = names.iter().collect();
    for (i, (a, at)) in all.iter().enumerate() {
        for (b, other) in all[i + 1..].iter().take_while(|(b, _)| b.chars().next() == a.chars().next()) {
            let apart = one_apart(a, b).filter(|(x, y)| alike(*x, *y));
            let together = at.iter().any(|p| other.iter().any(|q| p.0 == q.0));
            sink.tried();
            if apart.is_none() || together || told_apart(doc, a, b) {
                continue;
            }
            let (wrong, right, from) = if at.len() < other.len() { (a, b, at) } else { (b, a, other) };
            let span = |at: usize, name: &str| at..at + name.len();
            let spans: Vec<_> = from
                .first()
                .map(|p| span(p.1, wrong))
                .into_iter()
                .chain(names.get(*right).and_then(|p| p.first()).map(|p| span(p.1, right)))
                .collect();
            let message = format!("“{wrong}”与“{right}”疑为同一人");
            sink.add(RULE, Severity::Warning, message, ((*wrong).clone(), (*right).clone()), &spans);
        }
    }
}

/// 林秋月与林秋悦均为不同的人: a paragraph that names both in one sentence speaks of two.
pub(super) fn told_apart(doc: &Doc, a: &str, b: &str) -> bool {
    let both = |block: &Block| {
        let words = doc.slice(&block.span);
        words.contains(a)
            && words.contains(b)
            && words.split(['。', '；', '\n']).any(|s| s.contains(a) && s.contains(b))
    };
    doc.blocks.iter().any(both)
}

/// Names with a post before them and those listed among others, each with its places.
pub(super) fn names(doc: &Doc) -> Vec<(String, std::ops::Range<usize>)> {
    let blocks = doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph);
    let all = blocks
        .flat_map(|b| of_block(doc.slice(&b.span)).into_iter().map(|(name, at)| (name, b.span.start + at)));
    // 人员经费支出: no name goes on.
    let ends = |(name, at): &(String, usize)| {
        let next = doc.text[at + name.len()..].chars().next().unwrap_or('\n');
        !('\u{4e00}'..='\u{9fff}').contains(&next)
            || "为与和及自曾担任带领跟负等两三四五六七八九".contains(next)
    };
    all.filter(ends).take(MOST).map(|(name, at)| (name.clone(), at..at + name.len())).collect()
}

/// The names of three characters in a paragraph or cell, with where they begin.
fn of_block(words: &str) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    for post in held(words, POSTS) {
        for (at, _) in words.match_indices(post) {
            let from = at + post.len();
            let from = from
                + words[from..]
                    .chars()
                    .take_while(|c| "：为是".contains(*c))
                    .map(char::len_utf8)
                    .sum::<usize>();
            let name: String = words[from..].chars().take(3).collect();
            if person(&name) == Some((1, false)) && name.chars().count() == 3 {
                out.push((name, from));
            }
        }
    }
    let mut at = 0;
    let mut pieces: Vec<(&str, usize)> = Vec::new();
    for piece in words.split(['、', '，', '。', '；', '：', '（', '）', '和']) {
        pieces.push((piece, at));
        at += piece.len() + words[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
    }
    let named = |p: &(&str, usize)| p.0.chars().count() == 3 && person(p.0) == Some((1, false));
    for (i, piece) in pieces.iter().enumerate().filter(|(_, p)| named(p)) {
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|j| pieces.get(j));
        let led = beside.clone().any(|p| named(p) || person(p.0) == Some((1, true)));
        let post = beside.into_iter().any(|p| POSTS.iter().any(|w| p.0.starts_with(w) || p.0.ends_with(w)));
        if led || post {
            out.push((piece.0.to_owned(), piece.1));
        }
    }
    out.sort();
    out.dedup();
    out
}
