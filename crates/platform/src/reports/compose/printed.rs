//! Which figures a document prints. Not here: their values (the book) and the file that lists them (the manifest).

use std::collections::BTreeSet;

use paper::model::{Block, Cell, Document, FigureRef, Inline};

/// A figure's code and, where it is that of an area or community, the place's code.
pub type Printed = (String, Option<String>);

/// The figures that a document prints, in text and tables.
#[must_use]
pub fn figures_in(document: &Document) -> BTreeSet<Printed> {
    in_order(document).into_iter().collect()
}

/// The same in the order of their first mention.
pub(super) fn in_order(document: &Document) -> Vec<Printed> {
    let mut seen = BTreeSet::new();
    let all = document.blocks.iter().flat_map(of_block).map(|figure| printed(&figure.code));
    all.filter(|figure| seen.insert(figure.clone())).collect()
}

fn of_block(block: &Block) -> Vec<&FigureRef> {
    match block {
        Block::Paragraph(run) | Block::Note(run) => of_run(run),
        Block::List { items, .. } => items.iter().flat_map(|run| of_run(run)).collect(),
        Block::Table(table) => table.rows.iter().flat_map(|row| row.cells.iter().flat_map(of_cell)).collect(),
        Block::Heading { .. }
        | Block::Chart(_)
        | Block::Annex { .. }
        | Block::Signature { .. }
        | Block::PageBreak => vec![],
    }
}

fn of_cell(cell: &Cell) -> Vec<&FigureRef> {
    match cell {
        Cell::Text(run) => of_run(run),
        Cell::Number { figure, .. } | Cell::Percent { figure, .. } => figure.iter().collect(),
        Cell::Empty | Cell::Date { .. } => vec![],
    }
}

fn of_run(run: &[Inline]) -> Vec<&FigureRef> {
    run.iter()
        .filter_map(|inline| match inline {
            Inline::Figure { figure, .. } => Some(figure),
            Inline::Text(_) | Inline::Strong(_) | Inline::Link { .. } => None,
        })
        .collect()
}

fn printed(reference: &str) -> Printed {
    match reference.split_once('@') {
        Some((code, place)) => (code.to_owned(), Some(place.to_owned())),
        None => (reference.to_owned(), None),
    }
}
