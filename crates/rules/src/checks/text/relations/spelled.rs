//! Names that lists and tables give, looked for in all the text with one character that sounds or looks alike: 盘香沟 among the
//! communities and 盘乡沟 in a sentence, whatever stands behind it. Names that need 社区 or 街道 behind them to be seen are
//! read in `variants`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::listing::grids;
use crate::checks::text::by_char::ByChar;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::{alike, tells_apart};
use crate::checks::text::stem::stem_before;

const RULE: &str = "name-variant";
/// Most names looked for, and most words found for them.
const MOST: usize = 400;
/// Characters of the longest name.
const LONGEST: usize = 6;
/// Characters that good writers spell in two ways: 其他 and 其它, 账目 and 帐目, 制定 and 制订.
const WRITTEN_BOTH_WAYS: &[char] = &[
    '他', '它', '账', '帐', '定', '订', '记', '纪', '做', '作', '需', '须', '象', '像', '份', '分', '权',
    '制',
];
/// Words for kinds of places: no part of the name.
const KINDS: &[&str] = &[
    "社区居委会",
    "社工站",
    "街道办事处",
    "街道",
    "社区",
    "工作室",
    "片区",
    "镇",
    "乡",
    "村",
    "站",
    "县",
    "区",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    organisations(doc, sink);
    let known = known(doc, claims);
    if known.is_empty() {
        return;
    }
    let mut gaps: HashMap<u64, Vec<&str>> = HashMap::new();
    for name in known.keys() {
        let chars: Vec<char> = name.chars().collect();
        for i in 0..chars.len() {
            gaps.entry(without(chars.iter().copied(), i)).or_default().push(name);
        }
    }
    let place = |n: usize| ByChar::new(known.keys().filter_map(|k| Some((k.chars().nth(n)?, ()))));
    let (first, second) = (place(0), place(1));
    let chars: Vec<(usize, char)> = doc.text.char_indices().collect();
    let mut found: BTreeMap<(String, &str), Vec<Range<usize>>> = BTreeMap::new();
    for (at, pair) in chars.windows(2).enumerate() {
        // All but one character are the same, so one of the first two is.
        if first.get(pair[0].1).is_empty() && second.get(pair[1].1).is_empty() {
            continue;
        }
        let run = chars[at..].iter().take(LONGEST).take_while(|c| is_han(c.1)).count();
        for length in 2..=run {
            let window = &chars[at..at + length];
            if found.len() > MOST || length == 2 && !alone(&chars, at, length) {
                continue;
            }
            for i in 0..length {
                let Some(names) = gaps.get(&without(window.iter().map(|w| w.1), i)) else { continue };
                let last = i + 1 == length && !of_kind_behind(&chars, at + length);
                for name in names.iter().filter(|n| slip(n, window, i) && !(last && ends_with_kind(n))) {
                    let written: String = window.iter().map(|w| w.1).collect();
                    let span = window[0].0..window[0].0 + written.len();
                    if !known.contains_key(&written) && !ORDINARY.contains(&written.as_str()) {
                        found.entry((written, name)).or_default().push(span);
                    }
                }
            }
        }
    }
    for ((written, name), spans) in &found {
        sink.tried();
        let times = doc.text.matches(name).count();
        let said = spans.iter().any(|s| sink.said(&[s.start]));
        if !said && spans.len() <= times && !inside_known(&known, written) {
            say(written, name, spans, known.get(*name), sink);
        }
    }
}

fn say(written: &str, name: &str, spans: &[Range<usize>], at: Option<&Range<usize>>, sink: &mut Sink<'_>) {
    let message = format!("“{written}”与“{name}”疑为同一名称的两种写法，音同或形近");
    let all: Vec<Range<usize>> = spans.iter().cloned().chain(at.cloned()).collect();
    sink.add(RULE, Severity::Warning, message, (written.to_owned(), name.to_owned()), &all);
}

/// A number for some characters with one left out.
fn without(chars: impl Iterator<Item = char>, i: usize) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ i as u64;
    chars.enumerate().filter(|(j, _)| *j != i).fold(start, |hash, (j, c)| {
        (hash ^ (u64::from(u32::from(c)) + ((j as u64) << 32))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether a window is the name but for one character that sounds or looks alike.
fn slip(name: &str, window: &[(usize, char)], i: usize) -> bool {
    name.chars().count() == window.len()
        && name.chars().zip(window).enumerate().all(|(j, (a, (_, b)))| {
            if i == j { a != *b && alike(*b, a) && !tells_apart(*b, a) } else { a == *b }
        })
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Words that stand before numbers in any report.
const ORDINARY: &[&str] = &[
    "下降", "上升", "提高", "增长", "减少", "上涨", "超过", "不足", "合计", "共计", "双方", "三方", "四方",
    "各方", "对方", "新招", "新增", "新聘",
];

/// Two characters are a name only between signs, numbers or words for a kind of place.
fn alone(chars: &[(usize, char)], at: usize, length: usize) -> bool {
    let before = at.checked_sub(1).map_or('\n', |i| chars[i].1);
    let after: String = chars[at + length..].iter().take(3).map(|c| c.1).collect();
    let opens = !is_han(before) || matches!(before, '对' | '和' | '与' | '及' | '在' | '为' | '是');
    let closes = after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '、' | '等' | '\n'));
    opens && (closes || KINDS.iter().any(|k| after.starts_with(k)))
}

/// 三河镇 and 三河曾是…: without its last sign a name of a town is still its name.
fn ends_with_kind(name: &str) -> bool {
    KINDS.iter().any(|k| k.chars().count() == 1 && name.ends_with(k))
}

/// A word for a kind of place begins there.
fn of_kind_behind(chars: &[(usize, char)], at: usize) -> bool {
    let after: String = chars[at.min(chars.len())..].iter().take(3).map(|c| c.1).collect();
    KINDS.iter().any(|k| after.starts_with(k))
}

/// A part of a longer name that is right.
fn inside_known(known: &BTreeMap<String, Range<usize>>, written: &str) -> bool {
    known.keys().any(|k| k.len() > written.len() && k.contains(written))
}

/// Names of places in lists, in the first cells of tables and before 街道, 镇 and the like, and where each stands.
fn known(doc: &Doc, claims: &Claims) -> BTreeMap<String, Range<usize>> {
    let mut out: BTreeMap<String, Range<usize>> = BTreeMap::new();
    let places = &claims.places;
    let mut listed = places.mentions.iter().filter(|m| m.listed || places.communities.contains_key(&m.stem));
    let mut add = |name: &str, span: Range<usize>| {
        let generic = name.starts_with(['各', '个', '本', '该', '全', '两', '几', '某', '每']);
        let fits = (2..=6).contains(&name.chars().count()) && name.chars().all(is_han) && !generic;
        if fits && out.len() < MOST {
            out.entry(name.to_owned()).or_insert(span);
        }
    };
    for m in listed.by_ref() {
        add(&m.stem, m.span.clone());
    }
    for grid in grids(doc, claims).iter().take(40) {
        for row in grid.rows.iter().filter(|r| !r.total && !r.mean) {
            let Some(kind) = KINDS.iter().find(|k| row.label.ends_with(**k)) else {
                let label = row.label.split('（').next().unwrap_or_default();
                if (4..=6).contains(&label.chars().count()) && !label.contains(WRITTEN_BOTH_WAYS) {
                    add(label, row.cells.iter().flatten().next().map_or(0..0, |v| v.span.clone()));
                }
                continue;
            };
            let name = &row.label[..row.label.len() - kind.len()];
            let at = row.cells.iter().flatten().next().map_or(0..0, |v| v.span.clone());
            add(name, at);
        }
    }
    for (name, span) in people(doc) {
        add(&name, span);
    }
    for kind in ["街道", "镇"] {
        let mut seen: BTreeMap<String, (usize, Range<usize>)> = BTreeMap::new();
        for (at, _) in doc.text.match_indices(kind).take(MOST * 4) {
            let from =
                doc.blocks.get(doc.block_of(at)).filter(|b| b.kind != Kind::Cell).map(|b| b.span.start);
            let Some(name) = from.and_then(|f| doc.text.get(f..at)).and_then(stem_before) else { continue };
            let listed =
                doc.text[at + kind.len()..].starts_with('、') || doc.text[..at - name.len()].ends_with('、');
            seen.entry(name).or_insert((0, at..at + kind.len())).0 += if listed { 2 } else { 1 };
        }
        for (name, (_, span)) in seen.into_iter().filter(|(_, s)| s.0 >= 2) {
            add(&name, span);
        }
    }
    out
}

/// People by the columns of tables called 姓名, and by brackets behind one of them: 项目主管1名（周雅琴）.
fn people(doc: &Doc) -> Vec<(String, Range<usize>)> {
    let name = |words: &str| (3..=4).contains(&words.chars().count()) && words.chars().all(is_han);
    let mut out: Vec<(String, Range<usize>)> = Vec::new();
    for table in doc.tables.iter().take(40) {
        let Some((header, rows)) = table.rows.split_first() else { continue };
        let Some(column) = header.iter().position(|c| doc.slice(c) == "姓名") else { continue };
        let cells = rows.iter().filter_map(|r| r.get(column));
        out.extend(cells.filter(|c| name(doc.slice(c))).map(|c| (doc.slice(c).to_owned(), c.clone())));
    }
    for (at, lead) in doc.text.match_indices("1名（").take(MOST) {
        let from = at + lead.len();
        let Some(words) = doc.text[from..].split('）').next().filter(|w| name(w)) else { continue };
        if !doc.text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            out.push((words.to_owned(), from..from + words.len()));
        }
    }
    out
}

/// Words that end the name of an organisation.
const ENDS: &[&str] = &[
    "服务中心",
    "发展中心",
    "评估中心",
    "事务所",
    "评估院",
    "研究院",
    "促进会",
    "基金会",
    "联合会",
    "服务社",
    "协会",
];

/// 拾光社会工作服务中心 and 拾广社会工作服务中心: long names that end alike and differ in one character that sounds or looks alike. Which is
/// right only the author knows where each stands once.
fn organisations(doc: &Doc, sink: &mut Sink<'_>) {
    let mut names: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for end in ENDS {
        for (at, _) in doc.text.match_indices(end).take(MOST) {
            let before = &doc.text[..at];
            let from = before
                .char_indices()
                .rev()
                .take(10)
                .take_while(|(_, c)| is_han(*c))
                .last()
                .map_or(at, |(i, _)| i);
            let span = from..at + end.len();
            names.entry(doc.text[span.clone()].to_owned()).or_default().push(span);
        }
    }
    let list: Vec<(Vec<char>, &Vec<Range<usize>>)> =
        names.iter().take(120).map(|(n, s)| (n.chars().rev().collect(), s)).collect();
    for (i, (a, first)) in list.iter().enumerate() {
        for (b, second) in &list[i + 1..] {
            let length = a.len().min(b.len());
            let mut differ = (0..length).filter(|k| a[*k] != b[*k]);
            let (Some(k), None) = (differ.next(), differ.next()) else { continue };
            sink.tried();
            // 单位奎城区…中心 and 为奎城区…中心: the first character belongs to the word before.
            let led = |c: char| "位为是由和与及在向对".contains(c);
            // 本报告由衡正…中心 and 评估由衡正…中心: what stands before such a word is none of the name.
            let words = a[..k].iter().any(|c| "由是".contains(*c));
            let cut = words || k + 1 == length && (led(a[k]) || led(b[k]));
            if length < 7
                || cut
                || !alike(a[k], b[k])
                || tells_apart(a[k], b[k])
                || first.len() != second.len()
            {
                continue;
            }
            let word = |w: &[char]| w[..length].iter().rev().collect::<String>();
            let later = first[0].start > second[0].start;
            let (wrong, right) = if later { ((a, first), second) } else { ((b, second), first) };
            let name = if later { word(b) } else { word(a) };
            say(&word(wrong.0), &name, wrong.1, right.first(), sink);
        }
    }
}
