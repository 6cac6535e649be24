//! The last steps of the Word file: what docx-rs cannot say is written into its parts, and the parts are packed with
//! fixed dates. Everything that depends on chance or on earlier documents of the process is made plain.
//! Not here: content (`blocks`) and styles.

use std::io::{Cursor, Write};

use docx_rs::XMLDocx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::styles::{FANGSONG, HEITI, KAITI, SONG, TITLE};
use crate::PaperError;
use crate::escape::xml;
use crate::model::{Document, Meta};

/// The file's bytes.
pub(super) fn pack(parts: XMLDocx, document: &Document) -> Result<Vec<u8>, PaperError> {
    let failed = |reason: String| PaperError::Docx { document: document.meta.identifier.clone(), reason };
    let mut plain = Cursor::new(Vec::new());
    parts.pack(&mut plain).map_err(|error| failed(error.to_string()))?;
    let mut source = zip::ZipArchive::new(plain).map_err(|error| failed(error.to_string()))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for index in 0..source.len() {
        let mut file = source.by_index(index).map_err(|error| failed(error.to_string()))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().to_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut file, &mut bytes).map_err(|error| failed(error.to_string()))?;
        target.start_file(&name, options).map_err(|error| failed(error.to_string()))?;
        target.write_all(&finished(&name, bytes, document)).map_err(|error| failed(error.to_string()))?;
    }
    Ok(target.finish().map_err(|error| failed(error.to_string()))?.into_inner())
}

fn finished(name: &str, bytes: Vec<u8>, document: &Document) -> Vec<u8> {
    match name {
        "docProps/core.xml" => return core(&document.meta).into_bytes(),
        "word/fontTable.xml" => return font_table().into_bytes(),
        _ if !name.ends_with(".xml") && !name.ends_with(".rels") => return bytes,
        _ => {}
    }
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let text = match name {
        "word/document.xml" => pictures(&even_head(&repeated_heads(&without_ids(&text))), document),
        "word/_rels/document.xml.rels" => sorted(&text),
        "word/styles.xml" => chinese(&text, &document.meta.language),
        _ => without_ids(&text),
    };
    text.into_bytes()
}

/// Title, author and dates: docx-rs writes only dates.
fn core(meta: &Meta) -> String {
    let date = format!("{}T00:00:00Z", meta.date);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:creator>{author}</dc:creator><dc:identifier>{}</dc:identifier><dc:language>{}</dc:language>\
         <cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified></cp:coreProperties>",
        xml(&meta.title),
        xml(&meta.subject),
        xml(&meta.identifier),
        xml(&meta.language),
        author = xml(&meta.author),
    )
}

/// The fonts with what to take where they are missing, and whether they have serifs.
fn font_table() -> String {
    let fonts = [
        (FANGSONG, "FangSong", "roman"),
        (HEITI, "SimHei", "swiss"),
        (KAITI, "KaiTi", "roman"),
        (TITLE, "SimSun", "roman"),
        (SONG, "SimSun", "roman"),
    ];
    let entry = |(name, other, family): (&str, &str, &str)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/>\
             <w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{}</w:fonts>",
        fonts.into_iter().map(entry).collect::<String>()
    )
}

/// Normal is the default style, and Chinese is the language of Chinese letters. docx-rs always puts an empty Normal in
/// front of ours.
fn chinese(text: &str, language: &str) -> String {
    const NORMAL: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">";
    const EMPTY: &str = "<w:name w:val=\"Normal\" /><w:rPr /><w:pPr><w:rPr /></w:pPr><w:qFormat /></w:style>";
    let text = text.replacen(&format!("{NORMAL}{EMPTY}"), "", 1);
    let default = NORMAL.replace("w:styleId", "w:default=\"1\" w:styleId");
    let language =
        format!("<w:lang w:val=\"en-US\" w:eastAsia=\"{}\" /></w:rPr></w:rPrDefault>", xml(language));
    text.replacen(NORMAL, &default, 1).replacen("</w:rPr></w:rPrDefault>", &language, 1)
}

/// Paragraph numbers, which count on through a process, are only of use for comments.
fn without_ids(text: &str) -> String {
    let mut pieces = text.split(" w14:paraId=\"");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
    }
    plain
}

/// The first row of every table repeats on each page.
fn repeated_heads(text: &str) -> String {
    const ROW: &str = "<w:trPr><w:cantSplit />";
    let mut pieces = text.split("<w:tbl>");
    let mut marked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        marked.push_str("<w:tbl>");
        marked.push_str(&piece.replacen(ROW, "<w:trPr><w:cantSplit /><w:tblHeader />", 1));
    }
    marked
}

/// The section of the cover has the same head on even pages: docx-rs takes one kind of head a section.
fn even_head(text: &str) -> String {
    const ODD: &str = "<w:headerReference w:type=\"default\" r:id=\"rIdHeader1\" />";
    text.replacen(ODD, &format!("{ODD}{}", ODD.replace("default", "even")), 1)
}

/// Numbers and descriptions of pictures: docx-rs calls each of them Figure 1.
fn pictures(text: &str, document: &Document) -> String {
    const NAME: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
    let mut text = text.to_owned();
    for (index, chart) in document.charts().enumerate() {
        let caption = xml(&chart.caption);
        let number = index + 1;
        let name = format!("<wp:docPr id=\"{number}\" name=\"图{number}\" descr=\"{caption}\" />");
        text = text.replacen(NAME, &name, 1);
    }
    text
}

/// Relationships in the order of their text; docx-rs gives links in an order of chance.
fn sorted(text: &str) -> String {
    const START: &str = "<Relationship ";
    let Some((head, rest)) = text.split_once(START) else { return text.to_owned() };
    let (list, tail) = rest.rsplit_once("</Relationships>").unwrap_or((rest, ""));
    let mut entries: Vec<&str> = list.split(START).collect();
    entries.sort_unstable();
    let entries: String = entries.iter().map(|entry| format!("{START}{entry}")).collect();
    format!("{head}{entries}</Relationships>{tail}")
}
