//! A number told twice of which one digit differs: a total row or the row of a name in a table against the words that tell of
//! it (资金支出96.61万元，执行率96.6%), and a long number against another of its unit and name. Which numbers lie one digit
//! apart is looked up by their digits, so that the work grows with the text.

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, bracket_class, is_target, unit_class};
use super::listing::grids;
use super::quotients::stem;
use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "repeated";
/// Most tables looked at.
const MOST: usize = 60;
/// Most numbers kept under one pattern of digits.
const MOST_LIKE: usize = 24;
/// Digits a number must have to be known again by them and its unit.
const LONG: usize = 5;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let told: Vec<&Claim> = claims.all.iter().filter(|c| usable(doc, c)).collect();
    let mut times: HashMap<Decimal, usize> = HashMap::new();
    for c in &claims.all {
        *times.entry(printed(c)).or_default() += 1;
    }
    let cells = Cells::read(grids(doc, claims));
    let long = Long::read(doc, &told);
    for c in told {
        if times.get(&printed(c)).copied().unwrap_or(0) > 1 {
            continue;
        }
        if let Some(cell) = cells.like(doc, c).filter(|_| !sink.said(&[c.span().start, c.wide().start])) {
            sink.tried();
            let message =
                format!("表格中为{}，文中为“{}”，只差一个数字", show(cell.value), doc.slice(&c.wide()));
            let said = (show(printed(c)), show(cell.value));
            sink.add(RULE, Severity::Warning, message, said, &[c.wide(), cell.span.clone()]);
        } else if let Some(other) =
            long.like(doc, c).filter(|_| !sink.said(&[c.span().start, c.wide().start]))
        {
            sink.tried();
            let message = format!("“{}”与“{}”只差一个数字", doc.slice(&c.wide()), doc.slice(&other.wide()));
            let said = (show(c.number.value), show(other.number.value));
            sink.add(RULE, Severity::Warning, message, said, &[c.wide(), other.wide()]);
        }
    }
}

/// A count, an amount or a rate of this period, in running text.
fn usable(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    // 每站个案15个、小组6个、入户走访500户次: what each was asked for.
    let lead = doc.tail(c.segment.start..c.number.span.start, 240);
    if has_any(lead, &["每站", "每个站", "各站", "每点"]) {
        return false;
    }
    let other = ["上年", "去年", "上期", "同比", "较", "比", "计划", "由", "从"];
    doc.blocks[c.block].kind == Kind::Paragraph
        && !c.number.vague
        && !c.number.chinese
        && !c.target
        && !c.other_period
        && !is_change(left)
        && !has_any(left, &other)
        && digits(printed(c), c.number.decimals).len() >= 3
        && !is_of_place(doc, c)
}

/// 福浦街道：入户走访327次; 入户探访次数为青湾镇797次、红岭镇172次: of one place, which a total row is not.
fn is_of_place(doc: &Doc, c: &Claim) -> bool {
    const LONGEST: usize = 8;
    let block = &doc.blocks[c.block];
    let head: String =
        doc.slice(&(block.body..c.number.span.start.max(block.body))).chars().take(LONGEST + 1).collect();
    let head = head.split_once('：').map_or("", |(head, _)| head);
    let place = |w: &str| ["街道", "镇", "乡"].iter().any(|k| w.ends_with(k));
    place(doc.slice(&c.left)) || place(head)
}

/// The number as written, without 万.
pub(super) fn printed(c: &Claim) -> Decimal {
    let one = Decimal::new(1, c.number.decimals);
    let factor = c.number.scale.checked_div(one).filter(|f| !f.is_zero()).unwrap_or(Decimal::ONE);
    c.number.value.checked_div(factor).unwrap_or(c.number.value).normalize()
}

fn digits(value: Decimal, decimals: u32) -> String {
    format!("{value:.*}", decimals as usize).replace('.', "")
}

/// The digits with each left out in turn.
fn patterns(value: Decimal, decimals: u32) -> Vec<(u32, String)> {
    let digits = digits(value, decimals);
    let without = |i: usize| digits.chars().enumerate().map(|(j, d)| if i == j { '*' } else { d }).collect();
    (0..digits.len().min(12)).map(|i| (decimals, without(i))).collect()
}

/// Two characters in a row that two wordings share.
pub(super) fn overlap(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let word = |w: &[char]| w.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    a.windows(2).any(|x| word(x) && b.windows(2).any(|y| x == y))
}

/// How many decimals, and the digits with one left out.
type Digits = (u32, String);
/// Table, row and column.
type Place = (usize, usize, usize);

/// The cells of the tables by their digits.
struct Cells<'a> {
    grids: &'a [Grid],
    by_digits: HashMap<Digits, Vec<Place>>,
}

impl<'a> Cells<'a> {
    fn read(grids: &'a [Grid]) -> Self {
        let grids = &grids[..grids.len().min(MOST)];
        let mut by_digits: HashMap<_, Vec<_>> = HashMap::new();
        for (g, grid) in grids.iter().enumerate() {
            for (r, row) in grid.rows.iter().enumerate() {
                let cells = row.cells.iter().enumerate().filter_map(|(c, v)| Some((c, v.as_ref()?)));
                for (c, v) in cells {
                    for key in patterns(v.value, v.decimals) {
                        let list = by_digits.entry(key).or_default();
                        if list.len() < MOST_LIKE {
                            list.push((g, r, c));
                        }
                    }
                }
            }
        }
        Self { grids, by_digits }
    }

    /// The only cell of the claim's name and unit that lies one digit away from it.
    fn like(&self, doc: &Doc, claim: &Claim) -> Option<&'a Value> {
        let value = printed(claim);
        let mut found: Option<&Value> = None;
        let keys = patterns(value, claim.number.decimals);
        for (g, r, c) in keys.iter().filter_map(|k| self.by_digits.get(k)).flatten() {
            let grid = &self.grids[*g];
            let row = &grid.rows[*r];
            let Some(cell) = row.cells[*c].as_ref() else { continue };
            if !speaks_of(doc, claim, grid, (row, *c, cell)) {
                continue;
            }
            if found.is_some_and(|f| f.value != cell.value) {
                return None;
            }
            found = Some(cell);
        }
        found.filter(|f| f.value != value)
    }
}

/// Whether the words of a claim name the row of a cell, or none where it is the row of totals, and its column.
fn speaks_of(doc: &Doc, claim: &Claim, grid: &Grid, (row, column, cell): (&Row, usize, &Value)) -> bool {
    let header = bare(grid.header(column));
    let percent = cell.percent || grid.is_percent(column);
    if percent != claim.number.percent || is_target(header) && !row.total {
        return false;
    }
    let class =
        [cell.class, bracket_class(grid.header(column)), unit_class(&row.unit), bracket_class(&row.label)];
    let class = class.into_iter().find(|c| !c.is_empty());
    let money = class.is_none() && claim.class() == "元";
    if !percent && class != Some(claim.class()) && !money {
        return false;
    }
    // 站均 of the text and a total of the table are different things.
    if claim.is_mean(doc) != grid.header(column).contains(['均', '每']) && claim.is_mean(doc) {
        return false;
    }
    let words = scope(doc, claim, grid);
    let own = doc.slice(&(claim.left.start..claim.right.end));
    let named = |r: &Row| names(words, r);
    if row.total {
        let other = grid.rows.iter().any(|r| !r.total && named(r));
        return !other && overlap(own, header);
    }
    let label = bare(&row.label);
    let closest =
        grid.rows.iter().filter(|r| named(r)).max_by_key(|r| stem(&r.label).and_then(|s| words.rfind(s)));
    !row.mean
        && named(row)
        && closest.is_some_and(|r| bare(&r.label) == label)
        && (overlap(own, header)
            || own.contains(label) && (!percent && class.is_some() || percent && rated(doc, claim, header)))
}

/// 满意率最高的是甲站…，乙站81.5%: the rate that the sentence or its heading speaks of is that of the column.
fn rated(doc: &Doc, claim: &Claim, header: &str) -> bool {
    let heading = doc.above(claim.block).next().map_or("", |b| doc.slice(&doc.blocks[b].span));
    let words = doc.slice(&(claim.sentence.start..claim.right.end));
    overlap(words, header) || overlap(heading, header) && !words.contains('率')
}

fn names(words: &str, row: &Row) -> bool {
    stem(&row.label).is_some_and(|s| words.contains(s))
}

/// The words in which a row may be named: those before the number, or the heading above where they name none.
fn scope<'a>(doc: &'a Doc, claim: &Claim, grid: &Grid) -> &'a str {
    let words = doc.slice(&(claim.segment.start..claim.number.span.start));
    let heading = doc.above(claim.block).next().map(|b| &doc.blocks[b]).filter(|b| b.kind == Kind::Heading);
    match heading {
        Some(b) if !grid.rows.iter().any(|r| names(words, r)) => doc.slice(&b.span),
        _ => words,
    }
}

fn bare(words: &str) -> &str {
    words.split('（').next().unwrap_or_default()
}

/// Long numbers of running text by their digits.
struct Long<'a>(HashMap<Digits, Vec<&'a Claim>>);

impl<'a> Long<'a> {
    fn read(doc: &Doc, told: &[&'a Claim]) -> Self {
        let mut out: HashMap<_, Vec<&Claim>> = HashMap::new();
        for c in told.iter().filter(|c| is_long(c) && !c.is_mean(doc)) {
            for key in patterns(printed(c), c.number.decimals) {
                let list = out.entry(key).or_default();
                if list.len() < MOST_LIKE {
                    list.push(*c);
                }
            }
        }
        Self(out)
    }

    fn like(&self, doc: &Doc, claim: &Claim) -> Option<&'a Claim> {
        if !is_long(claim) || claim.is_mean(doc) {
            return None;
        }
        let words = |c: &Claim| -> Range<usize> { c.left.start..c.right.end };
        let near = |c: &&&Claim| {
            c.class() == claim.class()
                && c.number.percent == claim.number.percent
                && c.number.value != claim.number.value
                // 助餐…，完成率102.75%；助浴…，完成率104.75%: no sentence tells one rate twice.
                && !(claim.number.percent && c.sentence == claim.sentence)
                && overlap(doc.slice(&words(c)), doc.slice(&words(claim)))
        };
        let keys = patterns(printed(claim), claim.number.decimals);
        keys.iter().filter_map(|k| self.0.get(k)).flatten().find(near).copied()
    }
}

fn is_long(c: &Claim) -> bool {
    let n = digits(printed(c), c.number.decimals);
    !c.class().is_empty() && n.trim_end_matches('0').len() >= LONG.min(n.len()) && n.len() >= LONG
}
