//! HTML to read: one standalone file, or the body alone for a page that has its own stylesheet. No script, no request
//! to anywhere, no style attribute. Not here: what a figure's address shows.

mod blocks;

use crate::escape::xml;
use crate::model::{Block, Document};

/// Rules for the classes of [`fragment`], to be added to a page's stylesheet. They use the house tokens
/// (`--ink`, `--line`, …) and touch nothing outside `.report`.
pub const REPORT_CSS: &str = include_str!("html/report.css");

/// Tokens and page of the standalone file, light, dark and printed.
const PAGE_CSS: &str = include_str!("html/page.css");

/// The document as one standalone HTML file in UTF-8.
pub fn render(document: &Document) -> Vec<u8> {
    let meta = &document.meta;
    let mut html = format!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n", xml(&meta.language));
    html.push_str("<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let date = meta.date.to_string();
    let properties = [
        ("author", &meta.author),
        ("description", &meta.subject),
        ("dcterms.identifier", &meta.identifier),
        ("dcterms.date", &date),
    ];
    for (name, content) in properties {
        html.push_str(&format!("<meta name=\"{name}\" content=\"{}\">\n", xml(content)));
    }
    html.push_str(&format!("<title>{}</title>\n", xml(&meta.title)));
    html.push_str(&format!("<style>\n{PAGE_CSS}{REPORT_CSS}</style>\n</head>\n<body>\n"));
    html.push_str(&fragment(document));
    html.push_str("</body>\n</html>\n");
    html.into_bytes()
}

/// The document's body alone: `article.report` with its table of contents, without style attributes or scripts.
/// The title is an `h1`, headings are `h2` to `h5`.
pub fn fragment(document: &Document) -> String {
    let mut html = String::from("<article class=\"report\">\n");
    if let Some(notice) = &document.meta.sample_notice {
        html.push_str(&format!("<p class=\"report-notice\" role=\"note\">{}</p>\n", xml(notice)));
    }
    cover(&mut html, document);
    contents(&mut html, document);
    for block in &document.blocks {
        blocks::push(&mut html, block);
    }
    html.push_str("</article>\n");
    html
}

fn cover(html: &mut String, document: &Document) {
    let cover = &document.cover;
    let lines: Vec<_> = cover.title_lines.iter().map(|line| xml(line)).collect();
    let title = if lines.is_empty() { xml(&document.meta.title) } else { lines.join("<br>") };
    html.push_str(&format!("<header class=\"report-cover\">\n<h1>{title}</h1>\n"));
    if !cover.facts.is_empty() {
        html.push_str("<dl>\n");
        for (name, value) in &cover.facts {
            html.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", xml(name), xml(value)));
        }
        html.push_str("</dl>\n");
    }
    if let Some(notice) = &cover.notice {
        html.push_str(&format!("<p class=\"report-cover-notice\">{}</p>\n", xml(notice)));
    }
    html.push_str("</header>\n");
}

/// The table of contents: headings of the first two levels and the annexes.
fn contents(html: &mut String, document: &Document) {
    if !document.cover.contents {
        return;
    }
    let entries = document.blocks.iter().filter_map(entry);
    html.push_str("<nav class=\"report-contents\" aria-label=\"目录\">\n<p>目录</p>\n<ul>\n");
    for (class, id, text) in entries {
        let (id, text) = (xml(id), xml(&text));
        html.push_str(&format!("<li class=\"{class}\"><a href=\"#{id}\">{text}</a></li>\n"));
    }
    html.push_str("</ul>\n</nav>\n");
}

fn entry(block: &Block) -> Option<(&'static str, &str, String)> {
    match block {
        Block::Heading { level: 1, text, id } => Some(("l1", id, text.clone())),
        Block::Heading { level: 2, text, id } => Some(("l2", id, text.clone())),
        Block::Annex { label, title, id } => Some(("l1", id, format!("{label} {title}"))),
        _ => None,
    }
}
