//! A chart as a PNG, for files that take no SVG. Not here: what is drawn (`progress`, `code`).

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::svg;
use crate::model::Chart;
use crate::{Fonts, PaperError};

/// Pixels for one unit of the drawing: 221 pixels an inch on a text width of 156 mm.
const SCALE: f32 = 2.0;

/// A picture and its size in pixels.
pub(crate) struct Picture {
    pub(crate) png: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Draws the chart on white with the fonts of the document.
pub(crate) fn draw(chart: &Chart, fonts: &Fonts) -> Result<Picture, PaperError> {
    let failed = |reason: String| PaperError::Chart { chart: chart.id.clone(), reason };
    let svg = svg(chart, &fonts.chart.family);
    let options = Options { fontdb: Arc::new(database(fonts)), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|error| failed(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("尺寸为零".to_owned()))?;
    let blank = Pixmap::new(size.width(), size.height());
    let mut pixels = blank.ok_or_else(|| failed("尺寸过大".to_owned()))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|error| failed(error.to_string()))?;
    Ok(Picture { png, width: size.width(), height: size.height() })
}

fn database(fonts: &Fonts) -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for font in fonts.of_family(&fonts.chart.family) {
        database.load_font_source(fontdb::Source::Binary(Arc::new(font.data().clone())));
    }
    database
}
