//! Full marks and marks by the name of what is scored, told in a table or in words: 决策、过程两类指标，分值依次为15分、25分; 决策类得13.5分; 项目立项5分得5.0分. They
//! are held against what is taken off (效益类扣3.9分, 失分2.4分), rates in their order, and the marks of what lies below a name.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::grid::Grid;
use super::listing::grids;
use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::items_from;
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_percent, show_sum};

const RULE: &str = "score-parts";
/// Most names kept.
const MOST: usize = 40;
const OFF: &[&str] = &["扣", "失分", "扣分", "丢分", "扣减"];
const TAKEN: &[&str] = &["共扣", "共失分", "合计扣", "共扣分", "合计失分", "共丢分"];

struct Entry {
    name: String,
    full: Option<Decimal>,
    got: Option<Decimal>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut book: Vec<Entry> = Vec::new();
    for grid in grids(doc, claims).iter().take(MOST) {
        of_table(grid, &mut book);
    }
    let paragraphs = || doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph);
    for block in paragraphs().filter(|b| doc.slice(&b.span).contains('分')) {
        for sentence in doc.sentences(block) {
            full_marks(doc, claims, sentence.clone(), &mut book);
            marks(doc, claims.within(&sentence), &mut book);
        }
    }
    for block in paragraphs().filter(|b| doc.slice(&b.span).contains('分')) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            below(doc, here, &book, sink);
            taken_off(doc, here, &book, sink);
            rates(doc, here, &book, sink);
        }
    }
}

fn add(book: &mut Vec<Entry>, name: &str, full: Option<Decimal>, got: Option<Decimal>) {
    let name = name.trim_start_matches("其中").trim_end_matches(['类', '分']);
    if name.chars().count() < 2 {
        return;
    }
    if let Some(entry) = book.iter_mut().find(|e| e.name == name) {
        entry.full = entry.full.or(full);
        entry.got = entry.got.or(got);
    } else if book.len() < MOST {
        book.push(Entry { name: name.to_owned(), full, got });
    }
}

fn of_table(grid: &Grid, book: &mut Vec<Entry>) {
    let header = |k: usize| grid.header(k).split('（').next().unwrap_or_default().to_owned();
    let find = |words: &[&str]| {
        let mut found = (1..grid.columns).filter(|k| words.contains(&header(*k).as_str()));
        found.next().filter(|_| found.next().is_none())
    };
    let (Some(full), Some(got)) =
        (find(&["分值", "满分", "标准分", "权重"]), find(&["得分", "评分", "实得分"]))
    else {
        return;
    };
    if grid.is_percent(full)
        || grid.is_percent(got)
        || grid.rows.iter().any(|r| r.group != r.label && !r.total)
    {
        return;
    }
    for row in grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal) {
        let value = |k: usize| row.cells[k].as_ref().map(|v| v.value);
        add(book, &row.label, value(full), value(got));
    }
}

static FULL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:设|设置|设有|包括|包含|由|分为)?(?P<names>\p{Han}{2,8}(?:、\p{Han}{2,8}){1,7})(?:和\p{Han}{2,8})?(?:[二两三四五六七八]|\d)(?:类|个|项|大类|方面|部分)\p{Han}{0,6}，(?:分值|满分)(?:依次|分别)为").ok()
});

/// 决策、过程、产出、效益四类一级指标，分值依次为15分、25分、35分和25分.
fn full_marks(doc: &Doc, claims: &Claims, sentence: std::ops::Range<usize>, book: &mut Vec<Entry>) {
    for found in FULL.iter().flat_map(|p| p.captures_iter(doc.slice(&sentence))) {
        let (Some(names), Some(whole)) = (found.name("names"), found.get(0)) else { continue };
        let from = sentence.start + names.start();
        let list = items_from(doc, from, sentence.start + names.end());
        let behind = claims.within(&(sentence.start + whole.end()..sentence.end));
        let values: Vec<&Claim> = behind.iter().take(list.items.len()).filter(|c| c.exact()).collect();
        if values.len() == list.items.len() {
            for (item, value) in list.items.iter().zip(values) {
                let name =
                    doc.slice(item).rsplit(['设', '由', '括', '含', '为', '以']).next().unwrap_or_default();
                add(book, name, Some(value.number.value), None);
            }
        }
    }
}

/// 决策类得13.5分，过程类得21.7分: at least three in a row; and 项目立项5分得5.0分.
fn marks(doc: &Doc, here: &[Claim], book: &mut Vec<Entry>) {
    let own = gets(doc, here);
    if own.len() >= 3 {
        for (name, c) in own {
            add(book, name, None, Some(c.number.value));
        }
    }
}

/// The names of a sentence that 得 leads to a mark of.
fn gets<'a>(doc: &'a Doc, here: &'a [Claim]) -> Vec<(&'a str, &'a Claim)> {
    let name = |c: &'a Claim| {
        let left = doc.slice(&c.left);
        let name = left.strip_suffix('得').or_else(|| left.strip_suffix("得分"))?;
        let name = name.trim_start_matches("其中");
        (c.class() == "分" && c.exact() && (2..=8).contains(&name.chars().count())).then_some((name, c))
    };
    here.iter().filter_map(name).collect()
}

fn entry<'a>(book: &'a [Entry], words: &str) -> Option<&'a Entry> {
    let words = words.trim_end_matches(['类', '分']);
    book.iter().find(|e| e.name == words).or_else(|| {
        let mut inside = book.iter().filter(|e| words.contains(e.name.as_str()));
        inside.next().filter(|_| inside.next().is_none())
    })
}

/// 项目立项5分得5.0分，绩效目标5分得4.0分 below a heading or behind words that name what they are of.
fn below(doc: &Doc, here: &[Claim], book: &[Entry], sink: &mut Sink<'_>) {
    let pair = |w: &'_ [Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        let led = matches!(gap, "得" | "，得" | "得分" | "，得分" | "，实得");
        led && w.iter().all(|c| c.class() == "分" && c.exact()) && doc.slice(&w[0].left).chars().count() >= 2
    };
    let pairs: Vec<(&Claim, &Claim)> = here.windows(2).filter(|w| pair(w)).map(|w| (&w[0], &w[1])).collect();
    let Some((first, _)) = pairs.first().filter(|_| pairs.len() >= 2) else { return };
    let all: Decimal = pairs.iter().map(|p| p.0.number.value).sum();
    if all == Decimal::ONE_HUNDRED && pairs.len() >= 3 {
        return of_whole(doc, here, &pairs, sink);
    }
    let lead = doc.slice(&(first.sentence.start..first.left.start));
    let heading = doc.above(first.block).next().map_or("", |b| doc.slice(&doc.blocks[b].span));
    let named = if lead.is_empty() { heading } else { lead };
    let Some(Entry { full: Some(full), got: Some(got), name }) = entry(book, named) else { return };
    let of = |f: fn(&(&Claim, &Claim)) -> Decimal| pairs.iter().map(f).collect::<Vec<Decimal>>();
    let (fulls, marks) = (of(|p| p.0.number.value), of(|p| p.1.number.value));
    let (all, made) = (fulls.iter().sum::<Decimal>(), marks.iter().sum::<Decimal>());
    sink.tried();
    let slip = |values: &[Decimal], whole: Decimal| {
        let apart = whole - values.iter().sum::<Decimal>();
        values.iter().any(|v| *v + apart > Decimal::ZERO && one_digit_apart(*v + apart, *v))
            || one_digit_apart(whole, whole - apart)
    };
    let (values, whole) = if all == *full && made != *got && slip(&marks, *got) {
        (marks, *got)
    } else if made == *got && all != *full && slip(&fulls, *full) {
        (fulls, *full)
    } else {
        return;
    };
    let message = format!("{}，“{name}”为{}", show_sum(&values), show(whole));
    let spans: Vec<_> = pairs.iter().map(|p| p.0.wide().start..p.1.number.span.end).collect();
    let sum = show(values.iter().sum());
    sink.add(RULE, Severity::Warning, message, (sum, show(whole)), &spans);
}

/// 专业评估得88.40分，由五部分构成：服务管理满分20分，得18.10分…: full marks of a hundred, and the score before them.
fn of_whole(doc: &Doc, here: &[Claim], pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let before = here.iter().take_while(|c| c.number.span.start < pairs[0].0.number.span.start);
    let scored =
        |c: &&Claim| c.class() == "分" && c.exact() && doc.slice(&c.left).ends_with(['得', '分', '为']);
    let Some(whole) = before.filter(scored).last() else { return };
    let marks: Vec<Decimal> = pairs.iter().map(|p| p.1.number.value).collect();
    let apart = whole.number.value - marks.iter().sum::<Decimal>();
    let off = |v: &Decimal| *v + apart > Decimal::ZERO && one_digit_apart(*v + apart, *v);
    sink.tried();
    if apart.is_zero()
        || !(marks.iter().any(off) || one_digit_apart(whole.number.value, whole.number.value - apart))
    {
        return;
    }
    let message = format!("{}，文中为“{}”", show_sum(&marks), doc.slice(&whole.wide()));
    let said = (show(whole.number.value), show(whole.number.value - apart));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(pairs.iter().map(|p| p.1.wide())).collect();
    sink.add(RULE, Severity::Warning, message, said, &spans);
}

/// 效益类扣3.9分; 服务成效最低，为84.0%，失分2.4分; 全部指标共扣11.1分.
fn taken_off(doc: &Doc, here: &[Claim], book: &[Entry], sink: &mut Sink<'_>) {
    for c in here.iter().filter(|c| c.class() == "分" && c.exact()) {
        let left = doc.slice(&c.left);
        let Some(name) = OFF.iter().find_map(|w| left.strip_suffix(w)) else { continue };
        let all = TAKEN.iter().any(|w| left.ends_with(w));
        let right = if all { of_all(book) } else { of_one(doc, c, name, book) };
        let Some(right) = right else { continue };
        sink.tried();
        let value = c.number.value;
        if right != value && one_digit_apart(right, value) {
            let message = format!("满分减得分为{}，文中为“{}”", show(right), doc.slice(&c.wide()));
            sink.add(RULE, Severity::Warning, message, (show(value), show(right)), &[c.wide()]);
        }
    }
}

fn of_all(book: &[Entry]) -> Option<Decimal> {
    let known: Vec<(Decimal, Decimal)> = book.iter().filter_map(|e| Some((e.full?, e.got?))).collect();
    let full: Decimal = known.iter().map(|k| k.0).sum();
    let got: Decimal = known.iter().map(|k| k.1).sum();
    (full == Decimal::ONE_HUNDRED).then(|| full - got)
}

fn of_one(doc: &Doc, c: &Claim, name: &str, book: &[Entry]) -> Option<Decimal> {
    let lost = |e: &Entry| Some(e.full? - e.got?);
    let name = name.trim_start_matches("其中");
    if name.chars().count() >= 2 {
        // 社会效益扣1.3分 is part of what 效益 lost.
        return entry(book, name).filter(|e| name.starts_with(e.name.as_str())).and_then(lost);
    }
    // 服务成效最低，为84.0%，失分2.4分: the name right before in the part of the sentence.
    let words = doc.slice(&(c.segment.start..c.left.start.max(c.segment.start)));
    let named = book.iter().filter_map(|e| Some((words.rfind(e.name.as_str())?, e)));
    let mut named: Vec<(usize, &Entry)> = named.collect();
    named.sort_by_key(|n| n.0);
    match named.as_slice() {
        [one] => lost(one.1),
        _ => None,
    }
}

/// 决策类得13.5分…效益类得21.1分，得分率依次为90.0%、86.8%….
fn rates(doc: &Doc, here: &[Claim], book: &[Entry], sink: &mut Sink<'_>) {
    let own = gets(doc, here);
    let Some((_, last)) = own.last().filter(|_| own.len() >= 3) else { return };
    let rates: Vec<&Claim> =
        here.iter().filter(|c| c.number.percent && c.number.span.start > last.number.span.end).collect();
    let led = rates.first().is_some_and(|r| {
        ["得分率依次为", "得分率分别为", "得分率依次是"].iter().any(|w| doc.slice(&r.left).ends_with(w))
    });
    if !led || rates.len() != own.len() {
        return;
    }
    for ((name, got), rate) in own.iter().zip(rates) {
        let Some(full) = entry(book, name).and_then(|e| e.full) else { continue };
        let (p, decimals) = (rate.number.value, rate.number.decimals);
        sink.tried();
        if is_share(p, decimals, got.number.value, full) {
            continue;
        }
        let near = percent_of(got.number.value, full).map(show_percent).unwrap_or_default();
        if near != show_percent(p) {
            rate_is_not(doc, sink, rate, &[got], full);
        }
    }
}
