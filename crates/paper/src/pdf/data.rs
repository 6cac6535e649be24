//! The document as JSON and SVG for the template. Not here: how it looks (`report.typ`).

use std::collections::BTreeSet;

use chrono::Datelike;
use serde_json::{Value, json};

use crate::Fonts;
use crate::charts::{ratio, svg};
use crate::escape::{absolute, clean};
use crate::fonts::Face;
use crate::model::{
    Align, Block, Chart, Column, Document, Inline, Row, RowStyle, Table, chinese_date, sealed, signs,
};

/// The document as JSON.
pub(super) fn json(document: &Document, fonts: &Fonts) -> String {
    let meta = &document.meta;
    let mut writer = Writer { targets: anchors(document), placed: BTreeSet::new(), charts: 0, fonts };
    let blocks: Vec<Value> = document.blocks.iter().map(|block| writer.block(block)).collect();
    let facts: Vec<_> =
        document.cover.facts.iter().map(|(name, value)| json!([clean(name), clean(value)])).collect();
    let lines: Vec<_> = document.cover.title_lines.iter().map(|line| clean(line)).collect();
    json!({
        "title": clean(&meta.title),
        "subject": clean(&meta.subject),
        "author": clean(&meta.author),
        "language": meta.language.split('-').next().unwrap_or("zh"),
        "region": meta.language.split('-').nth(1),
        "date": [meta.date.year(), meta.date.month(), meta.date.day()],
        "notice": meta.sample_notice.as_deref().map(clean),
        "contents": document.cover.contents,
        "cover": { "title": lines, "facts": facts, "notice": document.cover.notice.as_deref().map(clean) },
        "fonts": faces(fonts),
        "blocks": blocks,
    })
    .to_string()
}

/// The charts as SVG in reading order.
pub(super) fn charts(document: &Document, fonts: &Fonts) -> Vec<String> {
    document.charts().map(|chart| svg(chart, &fonts.chart.family)).collect()
}

fn faces(fonts: &Fonts) -> Value {
    let face = |Face { family, bold }: &Face| {
        let families: Vec<_> = std::iter::once(family).chain(&fonts.fallback).collect();
        json!({ "family": families, "weight": if *bold { "bold" } else { "regular" } })
    };
    json!({
        "body": face(&fonts.body),
        "strong": face(&fonts.strong),
        "hei": face(&fonts.hei),
        "kai": face(&fonts.kai),
        "title": face(&fonts.title),
    })
}

/// Anchors that links may go to.
fn anchors(document: &Document) -> BTreeSet<&str> {
    document.blocks.iter().filter_map(anchor).filter(|id| !id.is_empty()).collect()
}

fn anchor(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { id, .. } | Block::Annex { id, .. } => Some(id),
        Block::Table(table) => Some(&table.id),
        Block::Chart(chart) => Some(&chart.id),
        _ => None,
    }
}

struct Writer<'a> {
    targets: BTreeSet<&'a str>,
    /// Anchors already set: a second one of the same name would make links to it an error.
    placed: BTreeSet<&'a str>,
    charts: usize,
    fonts: &'a Fonts,
}

impl<'a> Writer<'a> {
    fn block(&mut self, block: &'a Block) -> Value {
        let id = anchor(block).filter(|id| !id.is_empty() && self.placed.insert(id));
        match block {
            Block::Heading { level, text, .. } => {
                json!({ "kind": "heading", "level": level.clamp(&1, &4), "text": clean(text), "id": id })
            }
            Block::Paragraph(inlines) => json!({ "kind": "paragraph", "runs": self.runs(inlines) }),
            Block::Note(inlines) => json!({ "kind": "note", "runs": self.runs(inlines) }),
            Block::List { ordered, items } => {
                let items: Vec<_> = items.iter().map(|item| self.runs(item)).collect();
                json!({ "kind": "list", "ordered": ordered, "items": items })
            }
            Block::Table(table) => self.table(table, id),
            Block::Chart(chart) => self.chart(chart, id),
            Block::Annex { label, title, .. } => {
                json!({ "kind": "annex", "label": clean(label), "title": clean(title), "id": id })
            }
            Block::Signature { signers, organisation, date } => json!({
                "kind": "signature",
                "signers": signers.iter().map(|signer| clean(&signs(signer))).collect::<Vec<_>>(),
                "organisation": clean(&sealed(organisation)),
                "date": chinese_date(*date),
            }),
            Block::PageBreak => json!({ "kind": "pagebreak" }),
        }
    }

    fn chart(&mut self, chart: &Chart, id: Option<&str>) -> Value {
        let file = format!("chart-{}.svg", self.charts);
        self.charts += 1;
        let ratio = ratio(&svg(chart, &self.fonts.chart.family)).unwrap_or(1.0);
        let share = chart.share();
        json!({ "kind": "chart", "file": file, "ratio": ratio, "share": share, "caption": clean(&chart.caption), "id": id })
    }

    fn table(&self, table: &Table, id: Option<&str>) -> Value {
        let columns: Vec<_> = table.columns.iter().map(column).collect();
        let rows: Vec<_> = table.rows.iter().map(|row| self.row(row, table.columns.len())).collect();
        json!({
            "kind": "table", "caption": clean(&table.caption), "id": id,
            "columns": columns, "rows": rows, "note": table.note.as_deref().map(clean),
        })
    }

    fn row(&self, row: &Row, columns: usize) -> Value {
        let style = match row.style {
            RowStyle::Normal => "normal",
            RowStyle::Group => "group",
            RowStyle::Sub => "sub",
            RowStyle::Total => "total",
        };
        let cells = row.cells.iter().map(|cell| self.runs(&cell.inlines()));
        let cells: Vec<_> = cells.chain(std::iter::repeat_with(|| json!([]))).take(columns).collect();
        json!({ "style": style, "cells": cells })
    }

    fn runs(&self, inlines: &[Inline]) -> Value {
        inlines.iter().map(|inline| self.run(inline)).collect()
    }

    /// Text, whether it is emphasised, and where it leads: `#id` inside, an absolute address outside, else nothing.
    fn run(&self, inline: &Inline) -> Value {
        let text = clean(inline.plain());
        match inline {
            Inline::Text(_) => json!({ "text": text }),
            Inline::Strong(_) => json!({ "text": text, "strong": true }),
            Inline::Figure { figure, .. } => json!({ "text": text, "url": absolute(&figure.href) }),
            Inline::Link { href, .. } => match href.strip_prefix('#') {
                Some(id) => json!({ "text": text, "anchor": self.targets.get(id) }),
                None => json!({ "text": text, "url": absolute(href) }),
            },
        }
    }
}

fn column(column: &Column) -> Value {
    let align = match column.align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    };
    json!({ "head": clean(&column.heading()), "align": align, "weight": column.weight.max(1) })
}
