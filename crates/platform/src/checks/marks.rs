//! Which lines of a text are shown and what is marked in them. Pure: text and findings in, lines out.
//!
//! A finding names a column of the line as written and words as normalised for reading; here the two are brought
//! together again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rules::checks::text::{Finding, LineKind, Location, Text};

/// About how many bytes of text a page may have. Beyond that only lines with findings and their neighbours.
const PAGE: usize = 150_000;
/// What the markup of a line and of a mark adds, in bytes.
const MARKUP: usize = 60;
/// Characters that stay of each end of unmarked words in a text shown in part, and the fewest that are shortened.
const ENDS: usize = 80;
const SHORTENED: usize = 240;

/// Bytes of a line, and the numbers of the findings that they are marked for.
type Mark = (Range<usize>, Vec<usize>);

/// The text as the page shows it.
pub(super) struct Shown {
    pub(super) lines: Vec<ShownLine>,
    /// Whether lines are missing.
    pub(super) cut: bool,
}

/// A line of it.
pub(super) struct ShownLine {
    /// From 1, as findings count.
    pub(super) number: usize,
    /// Whether lines with words were left out before it.
    pub(super) gap: bool,
    pub(super) heading: bool,
    pub(super) pieces: Vec<Piece>,
}

/// Words of a line that are marked for the same findings, or for none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Numbers of findings, from 1; empty for words that are not marked.
    pub(super) findings: Vec<usize>,
}

impl Shown {
    /// The lines that a page shows, `places` being the places of the findings that it lists.
    pub(super) fn of(text: &Text, findings: &[(&Finding, &[Location])]) -> Self {
        let words = |index: &usize| !text.lines[*index].text.trim().is_empty();
        let all: BTreeSet<usize> = (0..text.lines.len()).filter(words).collect();
        let cost: usize = all.iter().map(|&index| text.lines[index].text.len() + MARKUP).sum();
        let cut = cost > PAGE;
        let kept = if cut { near(text, findings) } else { all.clone() };
        let marks = marks(text, findings);
        let mut lines = Vec::with_capacity(kept.len());
        let mut next = 0;
        for index in kept {
            let spans = marks.get(&index).map_or(&[][..], Vec::as_slice);
            lines.push(ShownLine {
                number: index + 1,
                gap: all.range(next..index).next().is_some(),
                heading: matches!(text.lines[index].kind, LineKind::Heading(_)),
                pieces: pieces(&text.lines[index].text, spans, cut),
            });
            next = index + 1;
        }
        Self { lines, cut }
    }
}

/// Lines with findings and the line before and after each, in the order of the findings until the page is full.
fn near(text: &Text, findings: &[(&Finding, &[Location])]) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    let mut cost = 0;
    for place in findings.iter().flat_map(|(_, places)| *places) {
        let Some(index) = index(text, place) else { continue };
        for near in index.saturating_sub(1)..=(index + 1).min(text.lines.len() - 1) {
            let line = &text.lines[near].text;
            if cost > PAGE || line.trim().is_empty() || !kept.insert(near) {
                continue;
            }
            cost += line.len().min(6 * ENDS) + MARKUP;
        }
        cost += place.excerpt.len() + MARKUP;
    }
    kept
}

/// What is marked in each line: spans that touch are one mark for all their findings.
fn marks(text: &Text, findings: &[(&Finding, &[Location])]) -> BTreeMap<usize, Vec<Mark>> {
    let mut all: BTreeMap<usize, Vec<(Range<usize>, usize)>> = BTreeMap::new();
    for (number, (_, places)) in (1..).zip(findings) {
        for place in *places {
            let Some(index) = index(text, place) else { continue };
            let span = span(&text.lines[index].text, place.column, &place.excerpt);
            all.entry(index).or_default().push((span, number));
        }
    }
    all.into_iter().map(|(index, spans)| (index, united(spans))).collect()
}

fn united(mut spans: Vec<(Range<usize>, usize)>) -> Vec<Mark> {
    spans.sort_by_key(|(span, number)| (span.start, span.end, *number));
    let mut out: Vec<Mark> = Vec::new();
    for (span, number) in spans.into_iter().filter(|(span, _)| !span.is_empty()) {
        match out.last_mut() {
            Some((last, numbers)) if span.start < last.end => {
                last.end = last.end.max(span.end);
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            _ => out.push((span, vec![number])),
        }
    }
    out
}

fn index(text: &Text, place: &Location) -> Option<usize> {
    usize::try_from(place.line).ok()?.checked_sub(1).filter(|index| *index < text.lines.len())
}

/// The bytes of a line that hold these normalised words from this column on. Signs and spaces that only one of the
/// two has are passed over; where the words go on in the next line, the end of the line is the end.
pub(super) fn span(line: &str, column: u32, excerpt: &str) -> Range<usize> {
    let skipped = usize::try_from(column).unwrap_or(1).saturating_sub(1);
    let body = line.trim_start_matches('\u{feff}');
    let offset = line.len() - body.len();
    let mut wanted = excerpt.chars().peekable();
    let (mut start, mut end) = (None, line.len());
    for (at, c) in body.char_indices().skip(skipped) {
        let plain = plain(c);
        // Signs that reading evened out or put in are not compared.
        while wanted.peek().is_some_and(|w| !w.is_alphanumeric() && *w != plain && plain.is_alphanumeric()) {
            wanted.next();
        }
        let Some(&next) = wanted.peek() else { break };
        let passed =
            c.is_whitespace() && !next.is_whitespace() || !plain.is_alphanumeric() && next.is_alphanumeric();
        if passed {
            continue;
        }
        wanted.next();
        start.get_or_insert(offset + at);
        end = offset + at + c.len_utf8();
    }
    start.map_or(line.len()..line.len(), |start| start..end)
}

/// A full-width sign, digit or letter as its narrow form.
fn plain(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    }
}

fn pieces(line: &str, spans: &[Mark], cut: bool) -> Vec<Piece> {
    let mut out = Vec::with_capacity(spans.len() * 2 + 1);
    let mut push = |text: &str, findings: &[usize]| {
        if !text.is_empty() {
            let text = if cut { shortened(text) } else { text.to_owned() };
            out.push(Piece { text, findings: findings.to_vec() });
        }
    };
    let mut done = 0;
    for (span, findings) in spans {
        push(line.get(done..span.start).unwrap_or_default(), &[]);
        push(line.get(span.clone()).unwrap_or_default(), findings);
        done = span.end;
    }
    push(line.get(done..).unwrap_or_default(), &[]);
    out
}

/// Long words without their middle.
pub(super) fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= SHORTENED {
        return text.to_owned();
    }
    let first: String = text.chars().take(ENDS).collect();
    let last: String = text.chars().skip(count - ENDS).collect();
    format!("{first}……{last}")
}
