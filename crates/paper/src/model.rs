//! The document: what is on the cover and in the body, in order, with no word of how it looks.
//! Not here: pages, fonts, colours (the renderings), and what a figure means (the caller).

mod build;
mod chart;
mod inline;
mod table;

use chrono::NaiveDate;

pub use build::IntoInlines;
pub use chart::{Chart, ChartKind};
pub(crate) use inline::plain;
pub use inline::{FigureRef, Inline};
pub use table::{Align, Cell, Column, Row, RowStyle, Table};

/// A whole document. Renderings read it; nothing in it is computed while rendering.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title, author, date, identifier.
    pub meta: Meta,
    /// The first page.
    pub cover: Cover,
    /// The body in reading order.
    pub blocks: Vec<Block>,
}

/// Properties written into every file. They alone decide the dates and identifiers found inside the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title, one line.
    pub title: String,
    /// What the document is about, one line.
    pub subject: String,
    /// The organisation that issues the document.
    pub author: String,
    /// BCP 47 tag, normally `zh-CN`.
    pub language: String,
    /// The day the document bears; also the creation date inside the files.
    pub date: NaiveDate,
    /// Identifier of the document, unique for its issuer.
    pub identifier: String,
    /// Set for samples and drafts: a notice that appears on every page and on every sheet.
    pub sample_notice: Option<String>,
}

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// The title as broken into lines.
    pub title_lines: Vec<String>,
    /// Names and values under the title, e.g. 评估日期 and 2025年3月25日.
    pub facts: Vec<(String, String)>,
    /// A sentence at the foot of the cover.
    pub notice: Option<String>,
    /// Whether a table of contents (first two levels and annexes) follows the cover.
    pub contents: bool,
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading. The text carries its number (一、 （一） 1. （1）), see [`Document::section`].
    Heading {
        /// 1 to 4; renderings clamp anything else.
        level: u8,
        /// Number and words.
        text: String,
        /// Anchor, unique in the document.
        id: String,
    },
    /// A paragraph of running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered or with dots.
        ordered: bool,
        /// One entry per item.
        items: Vec<Vec<Inline>>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// The start of an annex, on a new page.
    Annex {
        /// e.g. 附件1.
        label: String,
        /// Title of the annex.
        title: String,
        /// Anchor, unique in the document.
        id: String,
    },
    /// Who signs and when; set to the right, with room to sign and for a seal.
    Signature {
        /// Who signs by hand, each with a line of its own; nobody where only the organisation does.
        signers: Vec<String>,
        /// The signing organisation.
        organisation: String,
        /// The day of signing.
        date: NaiveDate,
    },
    /// A new page begins.
    PageBreak,
    /// A remark in smaller letters.
    Note(Vec<Inline>),
}

impl Document {
    /// The tables in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The charts in reading order.
    pub fn charts(&self) -> impl Iterator<Item = &Chart> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
    }
}

/// The line on which somebody signs by hand.
pub(crate) fn signs(signer: &str) -> String {
    format!("{signer}：＿＿＿＿＿＿＿＿")
}

/// An organisation, with the place of its seal.
pub(crate) fn sealed(organisation: &str) -> String {
    format!("{organisation}（盖章）")
}

/// A day as Chinese reports print it: 2025年3月25日.
pub fn chinese_date(date: NaiveDate) -> String {
    use chrono::Datelike;
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
