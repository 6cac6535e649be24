//! Plain text and Markdown: lines as they stand, with headings and table rows marked. A light reader of lines
//! instead of a Markdown tree, because positions must be those of the file and plain text uses the same marks.

use std::ops::Range;

use super::{Line, LineKind, ReadError, Text};

/// UTF-8 (with or without mark), UTF-16 with mark, or GB 18030.
pub(super) fn read(bytes: &[u8]) -> Result<Text, ReadError> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .ok_or_else(|| ReadError::Damaged("文字编码不是 UTF-8 或 GB 18030".into()))?,
        },
    };
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(lines(&text, None))
}

/// Splits text into lines and marks headings, Markdown tables and tables laid out with tabs or wide gaps.
pub(super) fn lines(text: &str, page: Option<u32>) -> Text {
    let mut lines = unmarked(text, page);
    mark_tables(&mut lines);
    Text { lines }
}

/// Lines whose tables are still to be marked, when all pages are there.
pub(super) fn unmarked(text: &str, page: Option<u32>) -> Vec<Line> {
    text.lines().map(|line| classify(line, page)).collect()
}

fn classify(line: &str, page: Option<u32>) -> Line {
    let trimmed = line.trim();
    let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
    let kind = if trimmed.is_empty() {
        LineKind::Blank
    } else if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with([' ', '\u{3000}']) {
        LineKind::Heading(u8::try_from(hashes).unwrap_or(6))
    } else {
        LineKind::Body
    };
    Line { text: line.to_owned(), page, kind }
}

/// Numbers the tables: a run of at least two lines with the same way of parting at least two cells.
pub(super) fn mark_tables(lines: &mut [Line]) {
    let mut split: Vec<Option<Vec<Range<usize>>>> = lines.iter().map(cells).collect();
    join_set_wide(lines, &mut split);
    spaced_tables(lines, &mut split);
    super::listed::mark(lines, &mut split);
    let mut table = 0;
    let mut start = 0;
    while start < lines.len() {
        let Some(first) = &split[start] else {
            start += 1;
            continue;
        };
        let columns = first.len();
        let piped = lines[start].text.trim_start().starts_with('|');
        let mut end = start + 1;
        while end < lines.len() {
            if !piped && let Some(row) = group_row(lines, &split, end, columns) {
                split[end] = Some(row);
            }
            let row = |c: &Vec<_>| if piped { lines[end].text.contains('|') } else { c.len() == columns };
            if !split[end].as_ref().is_some_and(row) {
                break;
            }
            end += 1;
        }
        if end - start >= 2 {
            for row in start..end {
                let cells = split[row].clone().unwrap_or_default();
                lines[row].kind = LineKind::Row { table, cells };
            }
            table += 1;
        }
        start = end;
    }
    for line in lines.iter_mut().filter(|l| matches!(l.kind, LineKind::Row { .. }) && is_ruler(&l.text)) {
        line.kind = LineKind::Blank;
    }
}

/// 类　　别 and 合　　计: two signs set wide are one word, where the line beside them has that many cells.
fn join_set_wide(lines: &[Line], split: &mut [Option<Vec<Range<usize>>>]) {
    let joined: Vec<Option<Vec<Range<usize>>>> =
        lines.iter().zip(&*split).map(|(l, cells)| set_wide(&l.text, cells.as_deref()?)).collect();
    let lengths: Vec<Option<usize>> = split.iter().map(|c| c.as_ref().map(Vec::len)).collect();
    for (i, cells) in joined.iter().enumerate() {
        let Some(cells) = cells else { continue };
        let beside = || [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter(|j| *j < lines.len());
        let as_it_stands = beside().any(|j| lengths[j].is_some() && lengths[j] == lengths[i]);
        let fits = |j: usize| {
            lengths[j] == Some(cells.len()) || joined[j].as_ref().is_some_and(|c| c.len() == cells.len())
        };
        if !as_it_stands && beside().any(fits) {
            split[i] = Some(cells.clone());
        }
    }
}

/// The cells with each pair of single signs made one; `None` where there is none.
fn set_wide(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let single = |cell: &Range<usize>| {
        let mut signs = text[cell.clone()].trim().chars();
        signs.next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && signs.next().is_none()
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let pair = single(&cells[at]) && cells.get(at + 1).is_some_and(single);
        out.push(cells[at].start..cells[at + usize::from(pair)].end);
        at += 1 + usize::from(pair);
    }
    (out.len() < cells.len() && !text.contains('|')).then_some(out)
}

/// Runs of lines with the same number (three or more) of words parted by single spaces, where at least half of the
/// lines hold two numbers: a table whose columns the extractor or the author pushed together.
fn spaced_tables(lines: &[Line], split: &mut [Option<Vec<Range<usize>>>]) {
    let mut words: Vec<Option<Vec<Range<usize>>>> =
        lines
            .iter()
            .zip(&*split)
            .map(|(line, wide)| {
                if wide.is_none() && matches!(line.kind, LineKind::Body) { spaced(&line.text) } else { None }
            })
            .collect();
    let mut start = 0;
    while start < lines.len() {
        let Some(first) = &words[start] else {
            start += 1;
            continue;
        };
        let columns = first.len();
        let same = |w: &Option<Vec<Range<usize>>>| w.as_ref().is_some_and(|w| w.len() == columns);
        let mut end = start + 1;
        while end < lines.len() {
            if let Some(row) = group_row(lines, &words, end, columns) {
                words[end] = Some(row);
            }
            if !same(&words[end]) {
                break;
            }
            end += 1;
        }
        let digits = |line: usize| {
            words[line].as_ref().is_some_and(|w| {
                w.iter()
                    .filter(|r| lines[line].text[(*r).clone()].starts_with(|c: char| c.is_ascii_digit()))
                    .count()
                    >= 2
            })
        };
        if end - start >= 3 && (start..end).filter(|l| digits(*l)).count() * 2 >= end - start {
            split[start..end].clone_from_slice(&words[start..end]);
        }
        start = end;
    }
}

/// One word alone between two rows, the second of which holds numbers: the name of the group of rows below it.
fn group_row(
    lines: &[Line],
    split: &[Option<Vec<Range<usize>>>],
    at: usize,
    columns: usize,
) -> Option<Vec<Range<usize>>> {
    let line = lines.get(at).filter(|l| matches!(l.kind, LineKind::Body) && split[at].is_none())?;
    let word = line.text.trim();
    let next = split.get(at + 1)?.as_ref().filter(|c| c.len() == columns)?;
    let text = &lines[at + 1].text;
    let numbers = next.iter().any(|r| text[r.clone()].trim().starts_with(|c: char| c.is_ascii_digit()));
    if !numbers || !(2..=10).contains(&word.chars().count()) || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let start = line.text.find(word)?;
    let end = start + word.len();
    let empty = (1..columns).map(|_| end..end);
    Some(std::iter::once(start..end).chain(empty).collect())
}

fn spaced(text: &str) -> Option<Vec<Range<usize>>> {
    if text.contains(['，', '。', '；', '：', '、']) {
        return None;
    }
    let out: Vec<Range<usize>> =
        pieces(text, |rest| rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len())
            .into_iter()
            .filter(|r| !r.is_empty())
            .collect();
    (out.len() >= 3 && out.iter().all(|r| text[r.clone()].chars().count() <= 24)).then_some(out)
}

fn is_ruler(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+' | '\t'))
}

/// Cells of a line: between pipes, or at least three parted by tabs or two spaces.
fn cells(line: &Line) -> Option<Vec<Range<usize>>> {
    let text = &line.text;
    if text.trim_start().starts_with('|') && text.matches('|').count() >= 2 {
        let mut out = pieces(text, |rest| if rest.starts_with('|') { 1 } else { 0 });
        out.remove(0);
        if out.last().is_some_and(|r| text[r.clone()].trim().is_empty()) {
            out.pop();
        }
        return Some(out);
    }
    if !matches!(line.kind, LineKind::Body) {
        return None;
    }
    let out = pieces(text, |rest| {
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
        if rest.starts_with('\t') && text.matches('\t').count() >= 3 && !text.contains("  ") {
            return 1;
        }
        let wide = rest.starts_with('\t') || rest[..blank].chars().count() >= 2;
        if wide { blank } else { 0 }
    });
    let inner = out.iter().skip(1).take(out.len().saturating_sub(2));
    if text.contains('\t') && inner.clone().any(|r| text[r.clone()].is_empty()) {
        let short = out.iter().all(|r| text[r.clone()].chars().count() <= 40);
        let filled = out.iter().filter(|r| !text[(*r).clone()].trim().is_empty()).count();
        return (filled >= 3 && short).then_some(out);
    }
    let filled: Vec<_> = out.into_iter().filter(|r| !text[r.clone()].trim().is_empty()).collect();
    let short = filled.iter().all(|r| text[r.clone()].chars().count() <= 40);
    (filled.len() >= 3 && short).then_some(filled)
}

/// Byte ranges between separators; `separator` gives the byte length of a separator at the start of its argument.
fn pieces(text: &str, separator: impl Fn(&str) -> usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let length = separator(&text[at..]);
        if length > 0 {
            out.push(from..at);
            at += length;
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push(from..text.len());
    out
}
