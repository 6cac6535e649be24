//! Headings that tell a row of a table again: 云岭镇站（第2名，良好） against the columns 名次 and 等级, and 升至第二名.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bands::{GRADES, bare_grade};
use super::quotients::stem;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::chinese;

/// Most characters of a heading.
const SHORT: usize = 30;
const MOST_TABLES: usize = 40;
const MOST_ROWS: usize = 100;

/// What the only table with such columns says of each name.
#[derive(Default)]
struct Rows<'a> {
    ranks: BTreeMap<&'a str, &'a str>,
    grades: BTreeMap<&'a str, &'a str>,
}

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let rows = rows(doc);
    if rows.ranks.is_empty() && rows.grades.is_empty() {
        return;
    }
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let words = doc.body(block);
        if words.chars().nth(SHORT).is_none() {
            heading(&rows, words, block.body, sink);
        }
        moved(&rows, words, block.body, sink);
    }
}

fn rows(doc: &Doc) -> Rows<'_> {
    let mut out = Rows::default();
    let (mut ranked, mut graded) = (0, 0);
    for table in doc.tables.iter().take(MOST_TABLES) {
        let column = |words: &[&str]| table.rows.first()?.iter().position(|h| words.contains(&doc.slice(h)));
        if let Some(k) = column(&["名次", "排名", "位次", "总名次", "综合排名"]) {
            ranked += 1;
            out.ranks = of_column(doc, table, k);
        }
        if let Some(k) = column(&["等级", "等次", "评定等级", "评估等级"]) {
            graded += 1;
            out.grades = of_column(doc, table, k);
            out.grades.retain(|_, g| GRADES.contains(g));
        }
    }
    if ranked > 1 {
        out.ranks.clear();
    }
    if graded > 1 {
        out.grades.clear();
    }
    out
}

/// The words of a column by the first name of each row.
fn of_column<'a>(doc: &'a Doc, table: &Table, column: usize) -> BTreeMap<&'a str, &'a str> {
    let name = |row: &Vec<std::ops::Range<usize>>| {
        let words = row.iter().take(2).map(|c| &doc.text[c.clone()]);
        words.into_iter().find_map(|w| stem(w).filter(|_| !w.starts_with(|c: char| c.is_ascii_digit())))
    };
    let rows = table.rows.iter().skip(1).take(MOST_ROWS);
    rows.filter_map(|r| Some((name(r)?, &doc.text[r.get(column)?.clone()]))).collect()
}

/// The only name of the table that some words hold.
fn named<'a>(rows: &BTreeMap<&'a str, &'a str>, words: &str) -> Option<(&'a str, &'a str)> {
    let mut found = rows.iter().filter(|(n, _)| words.contains(**n));
    let one = found.next()?;
    found.next().is_none().then_some((*one.0, *one.1))
}

/// （第2名，良好） behind a name.
fn heading(rows: &Rows<'_>, words: &str, at: usize, sink: &mut Sink<'_>) {
    let Some((lead, bracket)) = words.split_once('（') else { return };
    let inside = bracket.split('）').next().unwrap_or_default();
    let place = |part: &str| at + (part.as_ptr() as usize - words.as_ptr() as usize);
    for part in inside.split(['，', '、', '；']) {
        if let Some(rank) = place_told(part)
            && let Some((name, right)) = named(&rows.ranks, lead)
        {
            wrong_rank(name, rank, right, place(part)..place(part) + part.len(), sink);
        }
        let grade = part.trim_start_matches("等级").trim_start_matches(['：', '为']);
        if GRADES.contains(&grade)
            && let Some((name, right)) = named(&rows.grades, lead)
        {
            sink.tried();
            if bare_grade(grade) != bare_grade(right) {
                let message = format!("“{name}”的等级表格中为“{right}”，文中为“{grade}”");
                let span = place(grade)..place(grade) + grade.len();
                let said = (grade.to_owned(), right.to_owned());
                sink.add("grade-score", Severity::Error, message, said, &[span]);
            }
        }
    }
}

/// 甲站由第三名升至第二名: what it rose to is its place in the table.
fn moved(rows: &Rows<'_>, words: &str, at: usize, sink: &mut Sink<'_>) {
    if !words.contains('第') {
        return;
    }
    for way in ["升至第", "退至第", "降至第", "跌至第", "升到第", "降到第"] {
        for (i, _) in words.match_indices(way).take(20) {
            let start = words[..i].rfind(['；', '。']).map_or(0, |j| j + '。'.len_utf8());
            let mut clause = &words[start..i];
            if named(&rows.ranks, clause).is_none() {
                continue;
            }
            if let Some(j) = clause.rfind("，由") {
                clause = &clause[..j];
            }
            let rest = &words[i + way.len() - '第'.len_utf8()..];
            let end = rest.find('名').map_or(0, |j| j + '名'.len_utf8());
            let Some(rank) = place_told(&rest[..end]) else { continue };
            if let Some((name, right)) = named(&rows.ranks, clause) {
                let from = at + i + way.len() - '第'.len_utf8();
                wrong_rank(name, rank, right, from..from + end, sink);
            }
        }
    }
}

/// 第2名, 第二名.
fn place_told(words: &str) -> Option<Decimal> {
    let number = words.strip_prefix('第')?.strip_suffix('名')?;
    number.parse().ok().or_else(|| chinese(number))
}

fn wrong_rank(name: &str, rank: Decimal, right: &str, span: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let Ok(place) = right.parse::<Decimal>() else { return };
    sink.tried();
    if place != rank {
        let message = format!("“{name}”的名次表格中为{place}，文中为第{rank}名");
        sink.add("table-rank", Severity::Error, message, (rank.to_string(), place.to_string()), &[span]);
    }
}
