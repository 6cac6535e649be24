//! One block of the body as HTML. Not here: the page around it.

use crate::charts::svg;
use crate::escape::{link, xml};
use crate::model::{
    Align, Block, Cell, Chart, Column, FigureRef, Inline, Row, RowStyle, Table, chinese_date, sealed, signs,
};

/// Families for the letters of charts; the reader's system picks the first it has.
const FAMILIES: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif";

/// Adds a block.
pub(super) fn push(html: &mut String, block: &Block) {
    match block {
        Block::Heading { level, text, id } => {
            let tag = format!("h{}", level.clamp(&1, &4) + 1);
            html.push_str(&format!("<{tag} id=\"{}\">{}</{tag}>\n", xml(id), xml(text)));
        }
        Block::Paragraph(inlines) => html.push_str(&format!("<p>{}</p>\n", running(inlines))),
        Block::Note(inlines) => html.push_str(&format!("<p class=\"note\">{}</p>\n", running(inlines))),
        Block::List { ordered, items } => list(html, *ordered, items),
        Block::Table(table) => push_table(html, table),
        Block::Chart(chart) => push_chart(html, chart),
        Block::Annex { label, title, id } => html.push_str(&format!(
            "<h2 class=\"annex\" id=\"{}\"><span>{}</span> {}</h2>\n",
            xml(id),
            xml(label),
            xml(title)
        )),
        Block::Signature { signers, organisation, date } => {
            let signs = |signer: &String| format!("<p class=\"signs\">{}</p>", xml(&signs(signer)));
            html.push_str(&format!(
                "<div class=\"signature\">{}<p class=\"seal\">{}</p><p><time datetime=\"{date}\">{}</time></p></div>\n",
                signers.iter().map(signs).collect::<String>(),
                xml(&sealed(organisation)),
                chinese_date(*date)
            ));
        }
        Block::PageBreak => html.push_str("<hr class=\"page-break\">\n"),
    }
}

fn list(html: &mut String, ordered: bool, items: &[Vec<Inline>]) {
    let tag = if ordered { "ol" } else { "ul" };
    html.push_str(&format!("<{tag}>\n"));
    for item in items {
        html.push_str(&format!("<li>{}</li>\n", running(item)));
    }
    html.push_str(&format!("</{tag}>\n"));
}

fn push_chart(html: &mut String, chart: &Chart) {
    let svg = svg(chart, FAMILIES);
    html.push_str(&format!(
        "<figure id=\"{}\">\n{svg}\n<figcaption>{}</figcaption>\n</figure>\n",
        xml(&chart.id),
        xml(&chart.caption)
    ));
}

fn push_table(html: &mut String, table: &Table) {
    html.push_str(&format!(
        "<div class=\"report-table\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n\
         <table id=\"{}\">\n<caption>{caption}</caption>\n<thead>\n<tr>",
        xml(&table.id),
        caption = xml(&table.caption)
    ));
    for column in &table.columns {
        let (class, head) = (class(column), xml(&column.heading()));
        html.push_str(&format!("<th scope=\"col\"{class}>{head}</th>"));
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        push_row(html, row, &table.columns);
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    if let Some(note) = &table.note {
        html.push_str(&format!("<p class=\"note\">{}</p>\n", xml(note)));
    }
}

fn push_row(html: &mut String, row: &Row, columns: &[Column]) {
    let class_of_row = match row.style {
        RowStyle::Normal => "",
        RowStyle::Group => " class=\"grp\"",
        RowStyle::Sub => " class=\"sub\"",
        RowStyle::Total => " class=\"sum\"",
    };
    html.push_str(&format!("<tr{class_of_row}>"));
    let empty = Cell::Empty;
    for (index, column) in columns.iter().enumerate() {
        let words = running(&row.cells.get(index).unwrap_or(&empty).inlines());
        if index > 0 {
            html.push_str(&format!("<td{}>{words}</td>", class(column)));
        } else if row.style == RowStyle::Group {
            let span = columns.len();
            html.push_str(&format!("<th scope=\"rowgroup\" colspan=\"{span}\">{words}</th>"));
            break;
        } else {
            html.push_str(&format!("<th scope=\"row\"{}>{words}</th>", class(column)));
        }
    }
    html.push_str("</tr>\n");
}

fn class(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "",
        Align::Centre => " class=\"mid\"",
        Align::Right => " class=\"num\"",
    }
}

fn running(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => xml(text),
        Inline::Strong(text) => format!("<strong>{}</strong>", xml(text)),
        Inline::Figure { text, figure } => figure_link(text, figure),
        Inline::Link { text, href } => match link(href) {
            Some(href) => format!("<a href=\"{}\">{}</a>", xml(href), xml(text)),
            None => xml(text),
        },
    }
}

/// A figure is a link to its records; without an address it keeps its code for programs.
fn figure_link(text: &str, figure: &FigureRef) -> String {
    let (code, text) = (xml(&figure.code), xml(text));
    match link(&figure.href) {
        Some(href) => {
            format!("<a class=\"figure\" href=\"{}\" data-figure=\"{code}\">{text}</a>", xml(href))
        }
        None => format!("<span class=\"figure\" data-figure=\"{code}\">{text}</span>"),
    }
}
