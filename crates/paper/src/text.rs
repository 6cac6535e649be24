//! Plain text of everything, for searching, comparing and checking. Not here: any layout; a table is tabs and lines.

use crate::model::{Block, Chart, ChartKind, Document, Inline, Table, chinese_date, plain, sealed, signs};

/// The document as plain text: one line a heading, paragraph, item or row; cells are separated by tabs.
/// Line breaks and tabs inside a text become spaces.
pub fn render(document: &Document) -> String {
    let mut lines = Vec::new();
    lines.extend(document.meta.sample_notice.clone());
    lines.extend(document.cover.title_lines.iter().cloned());
    lines.extend(document.cover.facts.iter().map(|(name, value)| format!("{name}：{value}")));
    lines.extend(document.cover.notice.clone());
    for block in &document.blocks {
        lines.push(String::new());
        push_block(&mut lines, block);
    }
    let mut text: String = lines.iter().map(|line| line.replace(['\n', '\r'], " ") + "\n").collect();
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn push_block(lines: &mut Vec<String>, block: &Block) {
    match block {
        Block::Heading { level, text, .. } => {
            lines.push(format!("{} {text}", "#".repeat(usize::from(*level))))
        }
        Block::Paragraph(inlines) | Block::Note(inlines) => lines.push(plain(inlines)),
        Block::List { ordered, items } => push_items(lines, *ordered, items),
        Block::Table(table) => push_table(lines, table),
        Block::Chart(chart) => push_chart(lines, chart),
        Block::Annex { label, title, .. } => lines.push(format!("# {label} {title}")),
        Block::Signature { signers, organisation, date } => {
            lines.extend(signers.iter().map(|signer| signs(signer)));
            lines.push(sealed(organisation));
            lines.push(chinese_date(*date));
        }
        Block::PageBreak => {
            lines.pop();
        }
    }
}

fn push_items(lines: &mut Vec<String>, ordered: bool, items: &[Vec<Inline>]) {
    for (index, item) in items.iter().enumerate() {
        let mark = if ordered { format!("{}.", index + 1) } else { "·".to_owned() };
        lines.push(format!("{mark} {}", plain(item)));
    }
}

fn push_table(lines: &mut Vec<String>, table: &Table) {
    lines.push(table.caption.clone());
    lines.push(joined(table.columns.iter().map(|column| column.heading())));
    lines.extend(table.rows.iter().map(|row| joined(row.cells.iter().map(|cell| cell.plain()))));
    lines.extend(table.note.clone());
}

fn push_chart(lines: &mut Vec<String>, chart: &Chart) {
    lines.push(chart.caption.clone());
    let bars = match &chart.kind {
        ChartKind::Progress { bars, .. } => bars,
        ChartKind::Code { text } => return lines.push(text.clone()),
    };
    for bar in bars {
        let cells = [&bar.label, &bar.actual, &bar.target, &bar.completion_text];
        lines.push(joined(cells.into_iter().cloned()));
    }
}

fn joined(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| cell.replace('\t', " ")).collect::<Vec<_>>().join("\t")
}
