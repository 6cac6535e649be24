//! Helpers that make writing a document pleasant: one call a block, headings numbered on the way.
//! Not here: reading a document.

use chrono::NaiveDate;

use super::{Block, Chart, Cover, Document, Inline, Meta, Table};

/// Anything that can stand where running text is wanted: words, one inline, or several.
pub trait IntoInlines {
    /// The same as a list of inlines.
    fn into_inlines(self) -> Vec<Inline>;
}

impl Document {
    /// A document with no body yet.
    pub fn new(meta: Meta, cover: Cover) -> Self {
        Self { meta, cover, blocks: Vec::new() }
    }

    /// Adds a heading with its text as given; the anchor is `h1`, `h2`, … in order of appearance.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        let id = format!("h{}", self.headings().count() + 1);
        self.push(Block::Heading { level: level.clamp(1, 4), text: text.into(), id })
    }

    /// Adds a heading numbered after its predecessors: 一、 （一） 1. （1） for levels 1 to 4 (GB/T 9704-2012, 7.3.3).
    pub fn section(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        let level = level.clamp(1, 4);
        let before = self.headings().rev().take_while(|&earlier| earlier >= level);
        let number = before.filter(|&earlier| earlier == level).count() + 1;
        let text = format!("{}{}", ordinal(level, number), text.into());
        self.heading(level, text)
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, inlines: impl IntoInlines) -> &mut Self {
        self.push(Block::Paragraph(inlines.into_inlines()))
    }

    /// Adds a list; `ordered` numbers its items.
    pub fn list<T: IntoInlines>(&mut self, ordered: bool, items: impl IntoIterator<Item = T>) -> &mut Self {
        let items = items.into_iter().map(IntoInlines::into_inlines).collect();
        self.push(Block::List { ordered, items })
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.push(Block::Table(table))
    }

    /// Adds a chart.
    pub fn chart(&mut self, chart: Chart) -> &mut Self {
        self.push(Block::Chart(chart))
    }

    /// Starts an annex on a new page, e.g. 附件1 and its title; the anchor is `annex1`, `annex2`, …
    pub fn annex(&mut self, label: impl Into<String>, title: impl Into<String>) -> &mut Self {
        let count = self.blocks.iter().filter(|block| matches!(block, Block::Annex { .. })).count();
        let id = format!("annex{}", count + 1);
        self.push(Block::Annex { label: label.into(), title: title.into(), id })
    }

    /// Adds who signs by hand, the organisation whose seal it bears, and when.
    pub fn signature(
        &mut self,
        signers: Vec<String>,
        organisation: impl Into<String>,
        date: NaiveDate,
    ) -> &mut Self {
        self.push(Block::Signature { signers, organisation: organisation.into(), date })
    }

    /// Starts a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.push(Block::PageBreak)
    }

    /// Adds a remark in smaller letters.
    pub fn note(&mut self, inlines: impl IntoInlines) -> &mut Self {
        self.push(Block::Note(inlines.into_inlines()))
    }

    fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    fn headings(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        })
    }
}

impl IntoInlines for &str {
    fn into_inlines(self) -> Vec<Inline> {
        vec![Inline::text(self)]
    }
}

impl IntoInlines for String {
    fn into_inlines(self) -> Vec<Inline> {
        vec![Inline::Text(self)]
    }
}

impl IntoInlines for Inline {
    fn into_inlines(self) -> Vec<Inline> {
        vec![self]
    }
}

impl IntoInlines for Vec<Inline> {
    fn into_inlines(self) -> Vec<Inline> {
        self
    }
}

impl<const N: usize> IntoInlines for [Inline; N] {
    fn into_inlines(self) -> Vec<Inline> {
        self.into()
    }
}

/// The number in front of a heading.
fn ordinal(level: u8, number: usize) -> String {
    match level {
        1 => format!("{}、", chinese_number(number)),
        2 => format!("（{}）", chinese_number(number)),
        3 => format!("{number}. "),
        _ => format!("（{number}）"),
    }
}

/// 1 to 99 in Chinese figures; larger numbers stay in Arabic figures.
fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        1..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        20..=99 => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
        _ => number.to_string(),
    }
}
