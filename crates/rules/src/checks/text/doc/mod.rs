//! The document: one normalised text with the position of every character, cut into blocks (headings, paragraphs,
//! table cells) that know their parent. It understands marks and layout, not numbers.

mod mark;
mod normal;

use std::collections::HashMap;
use std::ops::Range;

use mark::{Mark, mark_of};

use super::read::{Line, LineKind, Text};
use crate::checks::text::words::has_any;

/// Most characters in one block; a longer line is cut. No paragraph of a report is near it, and it bounds all work
/// that looks at a block or a sentence as a whole.
const MOST_CHARS: usize = 4_000;

/// Normalised text, positions and structure.
#[derive(Default)]
pub(super) struct Doc {
    /// Everything, one block per line; indexes of all other parts are bytes of this.
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) tables: Vec<Table>,
    at: Vec<At>,
}

/// Start of one character.
struct At {
    byte: usize,
    line: u32,
    column: u32,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    Cell,
}

/// A heading, a paragraph or a table cell.
#[derive(Debug)]
pub(super) struct Block {
    /// Bytes in the text, without the line end.
    pub(super) span: Range<usize>,
    /// Where the words begin, behind a list mark.
    pub(super) body: usize,
    pub(super) kind: Kind,
    /// The block under whose heading or list mark this one stands.
    pub(super) parent: Option<usize>,
    /// Its sentences.
    sentences: Vec<Range<usize>>,
}

/// A table as rows of cell spans.
#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Range<usize>>>,
}

impl Table {
    /// Rows become columns.
    fn turn(&mut self) {
        let columns = self.rows.first().map_or(0, Vec::len);
        self.rows = (0..columns).map(|c| self.rows.iter().map(|r| r[c].clone()).collect()).collect();
    }
}

/// Whether a table has its names in the first row and one thing counted in each row below: 工作室|甲|乙, 得分|91.2|86.4.
fn lies(text: &str, table: &Table) -> bool {
    const MEASURES: &[&str] = &[
        "得分",
        "分数",
        "评分",
        "等级",
        "等次",
        "星级",
        "级别",
        "名次",
        "排名",
        "人数",
        "数量",
        "满意度",
        "满意率",
    ];
    let [names, below @ ..] = table.rows.as_slice() else { return false };
    let words = |cell: &Range<usize>| text.get(cell.clone()).unwrap_or_default();
    let number = |cell: &Range<usize>| words(cell).starts_with(|c: char| c.is_ascii_digit());
    let named = names.iter().all(|c| !words(c).is_empty() && !number(c));
    let measured = |row: &Vec<Range<usize>>| {
        row.len() == names.len()
            && row.first().is_some_and(|c| MEASURES.iter().any(|m| words(c).ends_with(m)))
    };
    let measures = names.iter().skip(1).any(|c| has_any(words(c), MEASURES));
    (1..=4).contains(&below.len()) && names.len() >= 4 && named && !measures && below.iter().all(measured)
}

impl Doc {
    pub(super) fn new(text: &Text) -> Self {
        let mut builder = Builder::default();
        for (number, line) in (1..).zip(&text.lines) {
            builder.line(number, line);
        }
        builder.finish()
    }

    /// Line and column (from 1) of a byte of the text.
    pub(super) fn position(&self, byte: usize) -> (u32, u32) {
        let index = self.at.partition_point(|a| a.byte <= byte).saturating_sub(1);
        self.at.get(index).map_or((1, 1), |a| (a.line, a.column))
    }

    /// The block that holds a byte.
    pub(super) fn block_of(&self, byte: usize) -> usize {
        self.blocks.partition_point(|b| b.span.start <= byte).saturating_sub(1)
    }

    pub(super) fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The last `bytes` bytes of a span at most.
    pub(super) fn tail(&self, span: Range<usize>, bytes: usize) -> &str {
        let from = span.end.saturating_sub(bytes).max(span.start);
        let from = (from..=span.end).find(|i| self.text.is_char_boundary(*i)).unwrap_or(span.end);
        self.slice(&(from..span.end))
    }

    /// The words of a block, without its list mark.
    pub(super) fn body(&self, block: &Block) -> &str {
        self.text.get(block.body..block.span.end).unwrap_or_default()
    }

    /// The blocks above one, nearest first.
    pub(super) fn above(&self, block: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.blocks.get(block).and_then(|b| b.parent), |b| self.blocks[*b].parent)
    }

    /// Pieces of a block between any of the given signs.
    pub(super) fn pieces(&self, span: Range<usize>, signs: &[char]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut from = span.start;
        for (i, c) in self.slice(&span).char_indices() {
            if signs.contains(&c) {
                out.push(from..span.start + i);
                from = span.start + i + c.len_utf8();
            }
        }
        out.push(from..span.end);
        out.retain(|r| r.start < r.end);
        out
    }

    /// Sentences of a block: between 。！？.
    pub(super) fn sentences(&self, block: &Block) -> Vec<Range<usize>> {
        block.sentences.clone()
    }
}

/// Collects lines into blocks.
#[derive(Default)]
struct Builder {
    doc: Doc,
    /// Open paragraph: its end may still grow.
    open: bool,
    blank_before: bool,
    /// The last line opened an item of a list.
    in_item: bool,
    /// Length in characters of the last line, and what it ended with.
    last: (usize, Option<char>),
    stack: Vec<(Mark, usize)>,
    /// The number of the next mark 3. of the open list; 0 outside one.
    next: u32,
    table: Option<usize>,
    tables: HashMap<usize, usize>,
}

/// A line that a dot or dash of a list opens.
fn is_item(line: &str) -> bool {
    const DOTS: &[&str] = &["- ", "* ", "+ ", "•", "·", "●", "◆", "■", "▪", "◇", "□", "➢", "✓"];
    let line = line.trim_start_matches([' ', '\u{3000}', '\t', '>']);
    DOTS.iter().any(|d| line.starts_with(d))
}

impl Builder {
    fn line(&mut self, number: u32, line: &Line) {
        match &line.kind {
            LineKind::Blank => self.blank_before = true,
            LineKind::Row { table, cells } => self.row(number, &line.text, *table, cells),
            kind => {
                let chars = normal::normalise(&line.text, matches!(kind, LineKind::Heading(_)));
                let words: String = chars.iter().map(|c| c.0).collect();
                let level = if let LineKind::Heading(level) = kind { Some(*level) } else { None };
                if words.is_empty() || level.is_none() && is_page_number(&words) {
                    return;
                }
                let mark = mark_of(&words, level, self.next);
                self.next = mark.as_ref().map_or(self.next, |(m, _)| m.number(&words).map_or(0, |n| n + 1));
                let item = is_item(&line.text);
                let apart = item || self.in_item && self.blank_before;
                if apart || !self.continues(&words, mark.as_ref(), level) {
                    self.start(mark, if level.is_some() { Kind::Heading } else { Kind::Paragraph });
                }
                for (i, piece) in chars.chunks(MOST_CHARS).enumerate() {
                    if i > 0 {
                        self.start(None, Kind::Paragraph);
                    }
                    self.push(number, piece);
                }
                self.in_item = item;
                self.last = (line.text.chars().count(), words.chars().next_back());
                self.open = true;
                self.table = None;
                self.blank_before = false;
            }
        }
    }

    /// Whether a line goes on in the paragraph before it, which a page or a line end broke.
    fn continues(&self, words: &str, mark: Option<&(Mark, usize)>, level: Option<u8>) -> bool {
        let Some(last) = self.doc.blocks.last() else { return false };
        let (length, Some(end)) = self.last else { return false };
        let comma = matches!(end, '，' | '、' | '（' | '和' | '及' | '与');
        let unfinished = end.is_alphanumeric() || comma || matches!(end, '%' | '）' | '”' | '》');
        let label = words.char_indices().take(9).any(|(_, c)| c == '：');
        let full = if self.blank_before { 25 } else { 18 };
        let room = self.doc.text.len() - last.span.start < MOST_CHARS * 3;
        self.open
            && room
            && level.is_none()
            && last.kind == Kind::Paragraph
            && mark.is_none()
            && unfinished
            && !label
            && (length >= full || comma)
    }

    fn start(&mut self, mark: Option<(Mark, usize)>, kind: Kind) {
        self.end_block();
        let start = self.doc.text.len();
        let index = self.doc.blocks.len();
        let (mark, skip) = mark.map_or((None, 0), |(m, s)| (Some(m), s));
        if let Some(mark) = mark {
            if let Some(same) = self.stack.iter().position(|(m, _)| m.same_rank(&mark)) {
                self.stack.truncate(same);
            } else {
                while self.stack.last().is_some_and(|(m, _)| m.deeper_than(&mark)) {
                    self.stack.pop();
                }
            }
            let parent = self.stack.last().map(|(_, b)| *b);
            self.stack.push((mark, index));
            self.doc.blocks.push(Block {
                span: start..start,
                body: start + skip,
                kind,
                parent,
                sentences: Vec::new(),
            });
        } else {
            let parent = self.stack.last().map(|(_, b)| *b);
            self.doc.blocks.push(Block {
                span: start..start,
                body: start,
                kind,
                parent,
                sentences: Vec::new(),
            });
        }
    }

    fn end_block(&mut self) {
        let end = self.doc.text.len();
        if let Some(block) = self.doc.blocks.last_mut()
            && block.span.end <= block.span.start
        {
            block.span.end = end;
            block.body = block.body.min(end);
            self.doc.text.push('\n');
        }
        self.open = false;
    }

    fn push(&mut self, line: u32, chars: &[(char, u32)]) {
        for (c, column) in chars {
            self.doc.at.push(At { byte: self.doc.text.len(), line, column: *column });
            self.doc.text.push(*c);
        }
    }

    fn row(&mut self, number: u32, text: &str, table: usize, cells: &[Range<usize>]) {
        self.end_block();
        let index = *self.tables.entry(table).or_insert_with(|| {
            self.doc.tables.push(Table { rows: Vec::new() });
            self.doc.tables.len() - 1
        });
        let parent = self.stack.last().map(|(_, b)| *b);
        if self.doc.tables[index].rows.is_empty()
            && let Some(heads) = self.heads(text, cells)
        {
            self.doc.tables[index].rows.push(heads);
        }
        let mut row = Vec::new();
        for cell in cells {
            let before = u32::try_from(text[..cell.start].chars().count()).unwrap_or(0);
            let mut chars = normal::normalise(&text[cell.clone()], false);
            chars.truncate(MOST_CHARS);
            chars.iter_mut().for_each(|c| c.1 += before);
            let start = self.doc.text.len();
            self.doc.blocks.push(Block {
                span: start..start,
                body: start,
                kind: Kind::Cell,
                parent,
                sentences: Vec::new(),
            });
            self.push(number, &chars);
            let end = self.doc.text.len();
            if let Some(block) = self.doc.blocks.last_mut() {
                block.span.end = end;
            }
            self.doc.at.push(At { byte: end, line: number, column: before + 1 });
            self.doc.text.push('\n');
            row.push(start..end);
        }
        self.doc.tables[index].rows.push(row);
        self.table = Some(index);
        self.blank_before = false;
    }

    /// The heads of a table whose first row has figures: from the bracket that ends the paragraph before, 四方评分（权重，得分，加权）：.
    fn heads(&self, text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
        let figure =
            |c: &Range<usize>| text[c.clone()].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let (name, figures) = cells.split_first()?;
        if text.contains('|') || figure(name) || figures.is_empty() || !figures.iter().all(figure) {
            return None;
        }
        let before = self.doc.blocks.last().filter(|b| b.kind != Kind::Cell)?;
        let base = before.span.start;
        let heads = super::read::heads(self.doc.slice(&before.span), figures.len())?;
        let heads = heads.into_iter().map(|h| base + h.start..base + h.end);
        Some(std::iter::once(before.span.end..before.span.end).chain(heads).collect())
    }

    fn finish(mut self) -> Doc {
        self.end_block();
        for table in &mut self.doc.tables {
            if lies(&self.doc.text, table) {
                table.turn();
            }
        }
        for i in 0..self.doc.blocks.len() {
            let span = self.doc.blocks[i].body..self.doc.blocks[i].span.end;
            self.doc.blocks[i].sentences = self.doc.pieces(span, &['。', '！', '？']);
        }
        self.doc
    }
}

fn is_page_number(words: &str) -> bool {
    let digits = words.trim_matches(|c: char| matches!(c, '-' | '第' | '页' | '共' | '/' | '，' | ' '));
    !digits.is_empty()
        && digits.len() <= 8
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '页' | '共' | '/' | '第'))
        && (words.contains('页') || digits.len() <= 3)
}
