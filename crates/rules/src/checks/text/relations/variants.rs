//! Variants: one place, organisation or person written two ways, one character apart. Sister names (东/西, 一/二) and
//! names listed side by side are different things.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::places::{AreaList, area_lists};
use crate::checks::text::by_char::ByChar;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::items_from;
use crate::checks::text::sound::{alike, one_apart, tells_apart};
use crate::checks::text::words::has_any;

const RULE: &str = "name-variant";
/// Most different communities compared with each other.
const MOST_NAMES: usize = 400;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    communities(doc, claims, sink);
    areas(doc, claims, sink);
    organisations(doc, sink);
    persons(doc, sink);
}

/// Names outside the pure lists, and names in two lists of one area.
fn communities(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let known = &claims.places.communities;
    if known.len() > MOST_NAMES || claims.places.mentions.len() > MOST_NAMES * 100 {
        return;
    }
    let mut spoken: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for m in claims.places.mentions.iter().filter(|m| !m.area) {
        spoken.entry(m.stem.clone()).or_default().push(m.span.clone());
    }
    for c in &claims.all {
        if let Some(place) = c.place.as_ref().filter(|p| !spoken.contains_key(*p)) {
            spoken.entry(place.clone()).or_default().push(c.wide());
        }
    }
    let neighbours = side_by_side(doc, claims);
    for (stem, spans) in spoken.iter().filter(|(s, _)| !known.contains_key(*s)) {
        sink.tried();
        let sure = |k: &String| one_apart(stem, k).is_some_and(|(x, y)| alike(x, y));
        let fits = known.keys().filter(|k| variant(stem, k) && !neighbours.contains(&pair(stem, k)));
        let Some(right) = fits.max_by_key(|k| (sure(k), known[*k])) else { continue };
        let at = spoken.get(right).map(|s| s[0].clone());
        report(stem, right, spans, at, sink);
    }
    let lists = area_lists(doc, claims);
    for (i, list) in lists.iter().enumerate() {
        let same = || lists[..i].iter().filter(|l| l.area == list.area);
        for other in same().take(1).chain(lists[..i].iter().rev().take(8).filter(|l| l.area == list.area)) {
            swapped(list, other, known, sink);
        }
    }
    for (a, b) in
        known.keys().flat_map(|a| known.keys().map(move |b| (a, b))).filter(|(a, b)| a < b).take(40_000)
    {
        let Some((x, y)) = one_apart(a, b) else { continue };
        if alike(x, y) && !tells_apart(x, y) && !neighbours.contains(&pair(a, b)) && a.chars().count() >= 2 {
            let (wrong, right) = if known[a] < known[b] { (a, b) } else { (b, a) };
            let spans = spoken.get(wrong).cloned().unwrap_or_default();
            let at = spoken.get(right).map(|s| s[0].clone());
            report(wrong, right, &spans, at, sink);
        }
    }
}

fn pair(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

/// Names that stand in one list: two communities, whatever they look like.
fn side_by_side(doc: &Doc, claims: &Claims) -> BTreeSet<(String, String)> {
    let mut out = BTreeSet::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            let here: Vec<_> = claims.places.within(&sentence).iter().filter(|m| !m.area).take(40).collect();
            for (i, a) in here.iter().enumerate() {
                for b in &here[..i] {
                    if one_apart(&a.stem, &b.stem).is_some() {
                        out.insert(pair(&a.stem, &b.stem));
                    }
                }
            }
        }
    }
    out
}

fn variant(stem: &str, known: &str) -> bool {
    let length = known.chars().count();
    let generic = |c: char| "街镇区村乡各本该".contains(c);
    one_apart(stem, known).is_some_and(|(x, y)| {
        !tells_apart(x, y) && !generic(x) && !generic(y) && (alike(x, y) || length >= 3)
    })
}

/// Two lists of one area that differ in one name, by one character.
fn swapped(list: &AreaList, other: &AreaList, known: &BTreeMap<String, usize>, sink: &mut Sink<'_>) {
    let only = |a: &AreaList, b: &AreaList| -> Vec<(String, Range<usize>)> {
        a.stems.iter().filter(|s| !b.stems.iter().any(|t| t.0 == s.0)).cloned().collect()
    };
    for (a, at) in only(list, other) {
        for (b, bt) in only(other, list) {
            if one_apart(&a, &b).is_some() {
                let rare = known.get(&a) <= known.get(&b);
                let (wrong, right) = if rare { (&a, &b) } else { (&b, &a) };
                let (first, second) = if rare { (at.clone(), bt.clone()) } else { (bt.clone(), at.clone()) };
                report(wrong, right, &[first], Some(second), sink);
            }
        }
    }
}

fn areas(_doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for m in claims.places.mentions.iter().filter(|m| m.area) {
        seen.entry(&m.stem).or_default().push(m.span.clone());
    }
    for (a, spans) in &seen {
        let right = seen.iter().find(|(b, more)| {
            more.len() > spans.len()
                && one_apart(a, b).is_some_and(|(x, y)| {
                    !tells_apart(x, y) && alike(x, y) || x_is_rare(a, b, spans, more, &claims.places.areas)
                })
        });
        if let Some((b, more)) = right {
            report(a, b, spans, Some(more[0].clone()), sink);
        }
    }
}

/// One mention against many, in a name of at least three characters.
fn x_is_rare(
    a: &str,
    b: &str,
    spans: &[Range<usize>],
    more: &[Range<usize>],
    areas: &BTreeSet<String>,
) -> bool {
    one_apart(a, b).is_some_and(|(x, y)| !tells_apart(x, y))
        && spans.len() == 1
        && more.len() >= 3
        && (a.chars().count() >= 3 || !areas.contains(a))
}

/// Names before the words for stations, offices, bureaus and associations. 街道办 and station of one street share
/// its name, so all of these are set against each other without 街道/街/镇.
fn organisations(doc: &Doc, sink: &mut Sink<'_>) {
    const LOCAL: &[&str] = &[
        "街社会工作服务站",
        "街社工服务站",
        "街社工站",
        "街道",
        "镇社会工作服务站",
        "镇社工服务站",
        "镇社工站",
        "镇人民政府",
        "社会工作服务站",
        "社工服务站",
        "社工站",
    ];
    const OTHER: &[&[&str]] =
        &[&["民政局"], &["服务中心", "发展中心"], &["联合会"], &["协会"], &["促进会"], &["服务社"]];
    for ends in std::iter::once(&LOCAL).chain(OTHER) {
        let found = before_words(doc, ends);
        let mut names: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
        for (name, span) in &found {
            names.entry(name).or_default().push(span.clone());
        }
        if names.len() > 120 {
            continue;
        }
        let support = |n: &str| -> usize {
            names
                .iter()
                .filter(|(m, _)| m.ends_with(n) || n.ends_with(*m) && m.chars().count() >= 2)
                .map(|(_, s)| s.len())
                .sum()
        };
        for (rare, spans) in &names {
            sink.tried();
            let right = names.iter().filter(|(n, _)| aligned(rare, n)).max_by_key(|(n, _)| support(n));
            if let Some((name, more)) = right
                && support(name) > support(rare)
            {
                let last = |s: &str, k: usize| {
                    s.chars().rev().take(k).collect::<Vec<_>>().into_iter().rev().collect::<String>()
                };
                let k = rare.chars().count().min(name.chars().count());
                report(&last(rare, k), &last(name, k), spans, Some(more[0].clone()), sink);
            }
        }
    }
}

fn before_words(doc: &Doc, ends: &[&str]) -> Vec<(String, Range<usize>)> {
    let firsts: Vec<u8> = ends.iter().filter_map(|e| e.as_bytes().get(2).copied()).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < doc.text.len() {
        let rest = &doc.text[at..];
        if !rest.as_bytes().get(2).is_some_and(|b| firsts.contains(b)) {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let Some(end) = ends.iter().filter(|e| rest.starts_with(**e)).max_by_key(|e| e.len()) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let name = run_before(&doc.text[..at]);
        if name.chars().count() >= 2 {
            out.push((name.to_owned(), at - name.len()..at + end.len()));
        }
        at += end.len();
    }
    out
}

/// Up to eight Chinese characters before a position.
fn run_before(before: &str) -> &str {
    let mut start = before.len();
    for (n, (i, c)) in before.char_indices().rev().enumerate() {
        let stop = n >= 8
            || !('\u{4e00}'..='\u{9fff}').contains(&c)
            || "对在由的和及与向为经给于是从到至将把被让请各".contains(c);
        if stop {
            break;
        }
        start = i;
    }
    &before[start..]
}

/// Whether two names, set against each other from the right, differ in one character that is a slip.
fn aligned(a: &str, b: &str) -> bool {
    let reversed = |s: &str| s.chars().rev().collect::<Vec<_>>();
    let (a, b) = (reversed(a), reversed(b));
    let length = a.len().min(b.len());
    let mut differ = (0..length).filter(|&i| a[i] != b[i]);
    let (Some(i), None) = (differ.next(), differ.next()) else { return false };
    if i + 1 == length && a.len() != b.len() && !alike(a[i], b[i]) || tells_apart(a[i], b[i]) {
        return false;
    }
    let generic = |c: char| "街镇区市县乡道路".contains(c);
    let same = (0..length).filter(|&j| j != i && !generic(a[j])).count();
    alike(a[i], b[i]) && same >= 1 || same >= 3 && !generic(a[i]) && !generic(b[i])
}

/// Persons: names in a list of experts or staff, and names behind a post; another spelling of the same sound.
fn persons(doc: &Doc, sink: &mut Sink<'_>) {
    let mut known: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            collect_names(doc, &sentence, &mut known);
        }
    }
    if known.is_empty() || known.len() > 300 {
        return;
    }
    let mut by_gap: HashMap<(Vec<char>, usize), Vec<&String>> = HashMap::new();
    for name in known.keys() {
        let chars: Vec<char> = name.chars().collect();
        for i in 0..chars.len() {
            let mut key = chars.clone();
            key[i] = '*';
            by_gap.entry((key, i)).or_default().push(name);
        }
    }
    let first = ByChar::new(known.keys().filter_map(|n| Some((n.chars().next()?, ()))));
    let second = ByChar::new(known.keys().filter_map(|n| Some((n.chars().nth(1)?, ()))));
    let chars: Vec<(usize, char)> = doc.text.char_indices().collect();
    for length in [3, 4] {
        for window in chars.windows(length) {
            if first.get(window[0].1).is_empty() && second.get(window[1].1).is_empty() {
                continue;
            }
            let word: Vec<char> = window.iter().map(|w| w.1).collect();
            if !word.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
                continue;
            }
            let text: String = word.iter().collect();
            if known.contains_key(&text) {
                continue;
            }
            for i in 0..length {
                let mut key = word.clone();
                key[i] = '*';
                for name in by_gap.get(&(key, i)).into_iter().flatten() {
                    let other = name.chars().nth(i).unwrap_or(' ');
                    if alike(word[i], other) && !tells_apart(word[i], other) {
                        let span = window[0].0..window[0].0 + text.len();
                        report(&text, name, &[span], known.get(*name).cloned(), sink);
                    }
                }
            }
        }
    }
}

/// What stands before the names of persons.
const BEFORE_NAMES: &[&str] = &[
    "成员：",
    "成员为",
    "名单：",
    "专家：",
    "专家为",
    "专家分别为",
    "专家分别是",
    "组成员有",
    "分别是",
    "分别为",
    "社工：",
    "人员：",
    "站长：",
    "负责人：",
    "组长：",
    "督导：",
    "站长为",
    "站长",
    "负责人为",
    "组长为",
    "组长",
    "督导为",
    "负责人",
];

fn collect_names(doc: &Doc, sentence: &Range<usize>, known: &mut BTreeMap<String, Range<usize>>) {
    let text = doc.slice(sentence);
    if !has_any(text, BEFORE_NAMES) {
        return;
    }
    for word in BEFORE_NAMES {
        for (i, _) in text.match_indices(word) {
            let list = items_from(doc, sentence.start + i + word.len(), sentence.end);
            let person = |s: &str| {
                (3..=4).contains(&s.chars().count())
                    && s.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            };
            let persons = has_any(
                &text[..i + word.len()],
                &["专家", "成员", "社工", "人员", "站长", "负责人", "组长", "督导", "名单"],
            );
            let all = list.items.iter().all(|r| person(crate::checks::text::lists::bare(doc.slice(r))));
            let post = matches!(*word, "站长" | "负责人" | "组长");
            if persons
                && all
                && !list.items.is_empty()
                && (!post || list.items.len() == 1 && surname(doc.slice(&list.items[0])))
            {
                for r in list.items {
                    let name = crate::checks::text::lists::bare(doc.slice(&r)).to_owned();
                    let span = r.start..r.start + name.len();
                    known.entry(name).or_insert(span);
                }
            }
        }
    }
}

fn surname(name: &str) -> bool {
    const COMMON: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤示样假";
    name.chars().next().is_some_and(|c| COMMON.contains(c))
}

fn report(wrong: &str, right: &str, spans: &[Range<usize>], at: Option<Range<usize>>, sink: &mut Sink<'_>) {
    let (x, y) = one_apart(wrong, right).unwrap_or((' ', ' '));
    let why = if x == ' ' {
        ""
    } else if alike(x, y) {
        "，音同或形近"
    } else {
        "，仅差一字"
    };
    let message = format!("“{wrong}”与“{right}”疑为同一名称的两种写法{why}");
    let mut all = spans.to_vec();
    all.extend(at);
    if !all.is_empty() {
        sink.add(RULE, Severity::Warning, message, (wrong.to_owned(), right.to_owned()), &all);
    }
}
