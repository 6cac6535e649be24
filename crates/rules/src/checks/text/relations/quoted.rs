//! Names in quotes told again: a list names “重启计划”“向阳手艺”“夜归人”, and what is said of “夜行人” later is of none of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "name-variant";
/// Names looked at.
const MOST: usize = 400;
/// Characters that make another name of one: which of several, and opposites.
const TOLD_APART: &str = "一二三四五六七八九十上下左右东西南北中前后大小甲乙丙丁老少男女新旧内外不未非较很优良高低春夏秋冬年月0123456789";

static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"“(\p{Han}{3,9})”").ok());

/// A name, where it stands, and whether another stands right beside it.
struct Name<'a> {
    text: &'a str,
    span: std::ops::Range<usize>,
    listed: bool,
}

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = QUOTED.as_ref() else { return };
    let mut all: Vec<Name<'_>> = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        if !words.contains('“') {
            continue;
        }
        for found in pattern.captures_iter(words) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            let before = words[..whole.start()].trim_end_matches(['、', '和', '及', '与']);
            let behind = words[whole.end()..].trim_start_matches(['、', '和', '及', '与']);
            let listed = before.ends_with('”') || behind.starts_with('“');
            let span = block.span.start + name.start()..block.span.start + name.end();
            all.push(Name { text: name.as_str(), span, listed });
        }
    }
    all.truncate(MOST);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &all {
        *times.entry(name.text).or_default() += 1;
    }
    // Listed once, and told of once by a name like it.
    let once = |n: &&Name<'_>| times.get(n.text) == Some(&1);
    for alone in all.iter().filter(|n| !n.listed).filter(once) {
        let like =
            |n: &&Name<'_>| n.listed && n.span.start < alone.span.start && one_apart(n.text, alone.text);
        let mut found = all.iter().filter(once).filter(like);
        let (Some(listed), None) = (found.next(), found.next()) else { continue };
        sink.tried();
        if sink.said(&[listed.span.start, alone.span.start]) {
            continue;
        }
        let message = format!("“{}”与“{}”只差一个字", listed.text, alone.text);
        let said = (listed.text.to_owned(), alone.text.to_owned());
        sink.add(RULE, Severity::Warning, message, said, &[listed.span.clone(), alone.span.clone()]);
    }
}

fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let apart: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    a.len() == b.len()
        && matches!(apart.as_slice(), [i] if !TOLD_APART.contains(a[*i]) && !TOLD_APART.contains(b[*i]))
}
