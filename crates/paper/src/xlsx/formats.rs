//! How cells look. Not here: what is in them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::{Align, RowStyle};

/// Everything a cell's look depends on, apart from its number format.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    bold: bool,
    large: bool,
    fill: Option<u32>,
    ink: Option<u32>,
    boxed: bool,
    indent: u8,
    align: Align,
}

impl Look {
    const PLAIN: Self = Self {
        bold: false,
        large: false,
        fill: None,
        ink: None,
        boxed: false,
        indent: 0,
        align: Align::Left,
    };
    /// Title of a sheet.
    pub(super) const TITLE: Self = Self { bold: true, large: true, ..Self::PLAIN };
    /// The notice of samples.
    pub(super) const NOTICE: Self = Self { bold: true, ink: Some(0x00B3_301D), ..Self::PLAIN };
    /// Remark under a table.
    pub(super) const NOTE: Self = Self { ink: Some(0x0063_676D), ..Self::PLAIN };
    /// Head of a column.
    pub(super) const HEAD: Self =
        Self { bold: true, fill: Some(GREY), boxed: true, align: Align::Centre, ..Self::PLAIN };

    /// A cell of a table by its row and column.
    pub(super) fn of(style: RowStyle, align: Align, column: usize) -> Self {
        let strong = matches!(style, RowStyle::Group | RowStyle::Total);
        Self {
            bold: strong,
            fill: strong.then_some(GREY),
            boxed: true,
            indent: u8::from(style == RowStyle::Sub && column == 0) * 2,
            align: if style == RowStyle::Group { Align::Left } else { align },
            ..Self::PLAIN
        }
    }

    /// The same as Excel wants it.
    pub(super) fn format(self) -> Format {
        let mut format = Format::new().set_font_name("等线").set_font_size(if self.large { 14 } else { 11 });
        if self.bold {
            format = format.set_bold();
        }
        if let Some(fill) = self.fill {
            format = format.set_background_color(Color::RGB(fill));
        }
        if let Some(ink) = self.ink {
            format = format.set_font_color(Color::RGB(ink));
        }
        if !self.boxed {
            return format;
        }
        let align = match self.align {
            Align::Left => FormatAlign::Left,
            Align::Centre => FormatAlign::Center,
            Align::Right => FormatAlign::Right,
        };
        let format = format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE)).set_text_wrap();
        let format = format.set_align(align).set_align(FormatAlign::VerticalCenter);
        if self.indent > 0 { format.set_indent(self.indent) } else { format }
    }
}

const GREY: u32 = 0x00F1_EFEB;
const LINE: u32 = 0x00BB_B7B0;

/// The number format that prints a number as it stands in the report: its decimals, thousands separators, percent sign
/// and the unit behind it.
pub(super) fn number_format(text: &str) -> String {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let whole = if number.contains(',') { "#,##0" } else { "0" };
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let point = if decimals > 0 { format!(".{}", "0".repeat(decimals)) } else { String::new() };
    match unit.strip_prefix('%') {
        Some(rest) => format!("{whole}{point}%{}", quoted(rest)),
        None => format!("{whole}{point}{}", quoted(unit)),
    }
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("\"{}\"", words.replace('"', "")) }
}
