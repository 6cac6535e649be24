//! The named styles of the Word file. Sizes are in half points, lengths in twentieths of a point.
//! Not here: which block takes which style (`blocks`).

use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, RunFonts, SpecialIndentType, Style, StyleType,
    TableCellMargins,
};

/// Running text.
pub(super) const FANGSONG: &str = "仿宋";
/// First-level headings, heads of tables.
pub(super) const HEITI: &str = "黑体";
/// Second-level headings.
pub(super) const KAITI: &str = "楷体";
/// The title.
pub(super) const TITLE: &str = "方正小标宋简体";
/// Page numbers.
pub(super) const SONG: &str = "宋体";

/// Height of a line of running text: 29 pt, so that 22 lines fill a page.
const LINE: i32 = 580;
/// A quarter of a point less a character, so that 28 fill a line. A character grid would say the same, but LibreOffice
/// spreads the letters on it.
const TIGHTER: i32 = -5;

/// Cells of tables: 5 pt at the sides, 2.5 pt above and below.
pub(super) fn margins() -> TableCellMargins {
    TableCellMargins::new().margin(50, 100, 50, 100)
}

/// The document with all styles.
pub(super) fn add(docx: Docx) -> Docx {
    let docx = docx.default_fonts(fonts(FANGSONG)).default_size(32);
    all().into_iter().fold(docx, Docx::add_style)
}

fn all() -> Vec<Style> {
    let mut normal =
        Style::new("Normal", StyleType::Paragraph).name("Normal").fonts(fonts(FANGSONG)).size(32);
    normal.run_property = normal.run_property.character_spacing(TIGHTER);
    vec![
        normal.line_spacing(exact(LINE)).align(AlignmentType::Both),
        first_line(text("BodyText", "Body Text")),
        heading(1, HEITI),
        heading(2, KAITI),
        heading(3, FANGSONG).bold(),
        heading(4, FANGSONG),
        title("Title", "Title"),
        title("CoverTitle", "Cover Title"),
        text("CoverFact", "Cover Fact").indent(Some(1200), None, None, None),
        small("CoverNotice", "Cover Notice", 24).align(AlignmentType::Center),
        title("ContentsTitle", "Contents Title"),
        text("TOC1", "toc 1").fonts(fonts(HEITI)),
        text("TOC2", "toc 2").indent(Some(640), None, None, None),
        text("Annex", "Annex Label").fonts(fonts(HEITI)),
        title("AnnexTitle", "Annex Title").outline_lvl(0).line_spacing(exact(720).before(200).after(300)),
        text("ListItem", "List Item").indent(Some(1120), Some(SpecialIndentType::Hanging(480)), None, None),
        small("Note", "Note", 24).line_spacing(single().before(120).after(240)),
        small("Caption", "caption", 24)
            .fonts(fonts(HEITI))
            .align(AlignmentType::Center)
            .line_spacing(single().before(240).after(120)),
        small("Picture", "Picture", 32).align(AlignmentType::Center).line_spacing(single().before(240)),
        small("TableText", "Table Text", 21).align(AlignmentType::Left),
        small("TableHead", "Table Head", 21).fonts(fonts(HEITI)).align(AlignmentType::Center),
        text("Signature", "Signature").align(AlignmentType::Right).indent(None, None, Some(1280), None),
        small("Notice", "Notice", 21).fonts(fonts(HEITI)).color("B3301D").align(AlignmentType::Right),
        page_number("PageNumberOdd", "Page Number Odd").align(AlignmentType::Right).indent(
            None,
            None,
            Some(280),
            None,
        ),
        page_number("PageNumberEven", "Page Number Even").align(AlignmentType::Left).indent(
            Some(280),
            None,
            None,
            None,
        ),
    ]
}

/// Lines of 29 pt.
fn text(id: &str, name: &str) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").line_spacing(exact(LINE))
}

/// Lines as high as their letters need.
fn small(id: &str, name: &str, size: usize) -> Style {
    text(id, name).size(size).line_spacing(single())
}

fn heading(level: usize, font: &str) -> Style {
    let style = text(&format!("Heading{level}"), &format!("heading {level}")).next("BodyText");
    first_line(style).fonts(fonts(font)).size(32).outline_lvl(level - 1)
}

fn title(id: &str, name: &str) -> Style {
    let style = text(id, name).fonts(fonts(TITLE)).size(44).align(AlignmentType::Center);
    style.line_spacing(exact(720))
}

fn page_number(id: &str, name: &str) -> Style {
    small(id, name, 28).fonts(fonts(SONG))
}

/// Indented by two characters: as a length for LibreOffice, as characters for Word.
fn first_line(style: Style) -> Style {
    style.indent(None, Some(SpecialIndentType::FirstLine(630)), None, None).first_line_chars(200)
}

/// One font for Chinese and Latin letters alike.
pub(super) fn fonts(name: &str) -> RunFonts {
    RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
}

fn single() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Auto).line(240)
}

fn exact(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line)
}
