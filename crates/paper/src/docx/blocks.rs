//! The blocks of the body as paragraphs and tables of Word. Not here: styles, cover, the file around them.

use std::collections::BTreeMap;

use docx_rs::{
    AlignmentType, BreakType, Docx, Hyperlink, HyperlinkData, HyperlinkType, LineSpacing, Paragraph, Pic,
    Run, Shading, ShdType, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{TEXT, styles};
use crate::charts::picture::{Picture, draw};
use crate::escape::{absolute, clean, xml};
use crate::model::{
    Align, Block, Cell, Chart, ChartKind, Column, Inline, Row, RowStyle, Table as TableModel, chinese_date,
    sealed, signs,
};
use crate::{Fonts, PaperError};

/// Adds blocks one after the other.
pub(super) struct Writer<'a> {
    bookmarks: BTreeMap<String, (usize, String)>,
    fonts: Option<&'a Fonts>,
    links: usize,
    pictures: usize,
}

impl<'a> Writer<'a> {
    /// A writer; with fonts it draws charts as pictures.
    pub(super) fn new(bookmarks: BTreeMap<String, (usize, String)>, fonts: Option<&'a Fonts>) -> Self {
        Self { bookmarks, fonts, links: 0, pictures: 0 }
    }

    /// The file with one more block.
    pub(super) fn add(&mut self, docx: Docx, block: &Block) -> Result<Docx, PaperError> {
        let docx = match block {
            Block::Heading { level, text, id } => {
                let style = format!("Heading{}", level.clamp(&1, &4));
                docx.add_paragraph(self.marked(
                    id,
                    Paragraph::new().style(&style).keep_next(true),
                    words(text),
                ))
            }
            Block::Paragraph(inlines) => docx.add_paragraph(self.running("BodyText", inlines)),
            Block::Note(inlines) => docx.add_paragraph(self.running("Note", inlines)),
            Block::List { ordered, items } => self.list(docx, *ordered, items),
            Block::Table(table) => self.table(docx, table),
            Block::Chart(chart) => self.chart(docx, chart)?,
            Block::Annex { label, title, id } => {
                let label = Paragraph::new().style("Annex").page_break_before(true).add_run(words(label));
                let title =
                    self.marked(id, Paragraph::new().style("AnnexTitle").keep_next(true), words(title));
                docx.add_paragraph(label).add_paragraph(title)
            }
            Block::Signature { signers, organisation, date } => {
                let line = |text: &str, before: u32| {
                    let line = Paragraph::new().style("Signature").keep_next(true).add_run(words(text));
                    line.line_spacing(LineSpacing::new().before(before))
                };
                let docx =
                    signers.iter().fold(docx, |docx, signer| docx.add_paragraph(line(&signs(signer), 300)));
                // Room for the seal, which is pressed across the organisation's name.
                let organisation = line(&sealed(organisation), 1200);
                let date = Paragraph::new().style("Signature").add_run(words(&chinese_date(*date)));
                docx.add_paragraph(organisation).add_paragraph(date)
            }
            Block::PageBreak => {
                docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)))
            }
        };
        Ok(docx)
    }

    fn list(&mut self, docx: Docx, ordered: bool, items: &[Vec<Inline>]) -> Docx {
        items.iter().enumerate().fold(docx, |docx, (index, item)| {
            let mark = if ordered { format!("{}.", index + 1) } else { "·".to_owned() };
            let paragraph = Paragraph::new().style("ListItem").add_run(words(&mark).add_tab());
            docx.add_paragraph(self.fill(paragraph, item))
        })
    }

    fn table(&mut self, docx: Docx, table: &TableModel) -> Docx {
        let caption = Paragraph::new().style("Caption").keep_next(true);
        let docx = docx.add_paragraph(self.marked(&table.id, caption, words(&table.caption)));
        let widths = widths(&table.columns);
        let mut rows = vec![head_row(&table.columns, &widths)];
        for row in &table.rows {
            rows.push(self.row(row, &table.columns, &widths));
        }
        let whole = Table::new(rows)
            .set_grid(widths.clone())
            .width(widths.iter().sum(), WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(styles::margins());
        let note = table.note.as_deref().map(words).unwrap_or_default();
        docx.add_table(whole).add_paragraph(Paragraph::new().style("Note").add_run(note))
    }

    fn row(&mut self, row: &Row, columns: &[Column], widths: &[usize]) -> TableRow {
        let shade = matches!(row.style, RowStyle::Group | RowStyle::Total).then_some("F2F2F2");
        if row.style == RowStyle::Group {
            let text = self.cell_text(row, row.cells.first(), Align::Left, 0);
            let cell = cell(text, widths.iter().sum(), shade).grid_span(columns.len());
            return TableRow::new(vec![cell]).cant_split();
        }
        let cells = columns.iter().zip(widths).enumerate().map(|(index, (column, &width))| {
            cell(self.cell_text(row, row.cells.get(index), column.align, index), width, shade)
        });
        TableRow::new(cells.collect()).cant_split()
    }

    fn cell_text(&mut self, row: &Row, cell: Option<&Cell>, align: Align, index: usize) -> Paragraph {
        let mut paragraph = Paragraph::new().style("TableText").align(match align {
            Align::Left => AlignmentType::Left,
            Align::Centre => AlignmentType::Center,
            Align::Right => AlignmentType::Right,
        });
        if row.style == RowStyle::Sub && index == 0 {
            paragraph = paragraph.indent(Some(420), None, None, None);
        }
        let inlines = cell.map(Cell::inlines).unwrap_or_default();
        if matches!(row.style, RowStyle::Normal | RowStyle::Sub) {
            return self.fill(paragraph, &inlines);
        }
        let strong = |inline: &Inline| match inline {
            Inline::Text(text) => Inline::strong(text),
            other => other.clone(),
        };
        self.fill(paragraph, &inlines.iter().map(strong).collect::<Vec<_>>())
    }

    fn chart(&mut self, docx: Docx, chart: &Chart) -> Result<Docx, PaperError> {
        let Some(fonts) = self.fonts else {
            return Ok(self.table(docx, &as_table(chart)));
        };
        let Picture { png, width, height } = draw(chart, fonts)?;
        self.pictures += 1;
        let shown = TEXT as u32 * EMU * chart.share() / 100;
        let picture = Pic::new_with_dimensions(png, width, height)
            .id(format!("rIdImage{}", self.pictures))
            .size(shown, (u64::from(shown) * u64::from(height) / u64::from(width.max(1))) as u32);
        let drawing =
            Paragraph::new().style("Picture").keep_next(true).add_run(Run::new().add_image(picture));
        let caption = self.marked(&chart.id, Paragraph::new().style("Caption"), words(&chart.caption));
        Ok(docx.add_paragraph(drawing).add_paragraph(caption))
    }

    /// A paragraph with one run, marked as the target of links.
    fn marked(&self, id: &str, paragraph: Paragraph, run: Run) -> Paragraph {
        match self.bookmarks.get(id) {
            Some((number, name)) => {
                paragraph.add_bookmark_start(*number, name).add_run(run).add_bookmark_end(*number)
            }
            None => paragraph.add_run(run),
        }
    }

    fn running(&mut self, style: &str, inlines: &[Inline]) -> Paragraph {
        self.fill(Paragraph::new().style(style), inlines)
    }

    fn fill(&mut self, paragraph: Paragraph, inlines: &[Inline]) -> Paragraph {
        inlines.iter().fold(paragraph, |paragraph, inline| match inline {
            Inline::Text(text) => paragraph.add_run(words(text)),
            Inline::Strong(text) => paragraph.add_run(words(text).bold()),
            Inline::Figure { text, figure } => self.linked(paragraph, text, &figure.href),
            Inline::Link { text, href } => self.linked(paragraph, text, href),
        })
    }

    /// Words that lead inside the document or to an absolute address; a file has no place of its own for others.
    fn linked(&mut self, paragraph: Paragraph, text: &str, href: &str) -> Paragraph {
        if let Some((_, name)) = href.strip_prefix('#').and_then(|id| self.bookmarks.get(id)) {
            return paragraph.add_hyperlink(Hyperlink::new(name, HyperlinkType::Anchor).add_run(words(text)));
        }
        let Some(href) = absolute(href) else {
            return paragraph.add_run(words(text));
        };
        self.links += 1;
        // The library numbers links through the whole process; a number of our own keeps the bytes the same.
        let target = HyperlinkData::External { rid: format!("rIdLink{}", self.links), path: xml(href) };
        let link = Hyperlink { link: target, history: None, children: Vec::new() };
        paragraph.add_hyperlink(link.add_run(words(text).color("17558F")))
    }
}

/// English metric units in a twentieth of a point.
const EMU: u32 = 635;

/// A run of words; line breaks become spaces.
pub(super) fn words(text: &str) -> Run {
    Run::new().add_text(clean(text).replace(['\n', '\r', '\t'], " "))
}

fn head_row(columns: &[Column], widths: &[usize]) -> TableRow {
    let cells = columns.iter().zip(widths).map(|(column, &width)| {
        cell(Paragraph::new().style("TableHead").add_run(words(&column.heading())), width, Some("F2F2F2"))
    });
    TableRow::new(cells.collect()).cant_split()
}

fn cell(paragraph: Paragraph, width: usize, shade: Option<&str>) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    let cell = cell.add_paragraph(paragraph);
    match shade {
        Some(colour) => cell.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(colour)),
        None => cell,
    }
}

/// Widths of the columns by weight, summing up to the width of the text.
fn widths(columns: &[Column]) -> Vec<usize> {
    let weight = |column: &Column| usize::from(column.weight.max(1));
    let whole: usize = columns.iter().map(weight).sum::<usize>().max(1);
    columns.iter().map(|column| TEXT * weight(column) / whole).collect()
}

/// The data of a chart.
fn as_table(chart: &Chart) -> TableModel {
    let bars = match &chart.kind {
        ChartKind::Progress { bars, .. } => bars,
        ChartKind::Code { text } => {
            let mut table = TableModel::new(&chart.id, &chart.caption, vec![Column::text("二维码", 1)]);
            table.row(vec![Cell::text(text.as_str())]);
            return table;
        }
    };
    let columns = vec![
        Column::text("指标", 5),
        Column::number("实际", 3),
        Column::number("指标量", 3),
        Column::number("完成率", 3),
    ];
    let mut table = TableModel::new(&chart.id, &chart.caption, columns);
    for bar in bars {
        let cells = [&bar.label, &bar.actual, &bar.target, &bar.completion_text];
        table.row(cells.map(|text| Cell::text(text.as_str())).into());
    }
    table
}
