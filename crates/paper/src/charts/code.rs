//! A QR code as SVG, for a phone to read. Not here: what it says.

use qrcode::QrCode;
use qrcode::render::svg;

/// Pixels of the drawing; renderings scale it.
const SIDE: u32 = 240;

/// The code of a text with its quiet zone, dark on light; `label` is read out in its place. A text too long for a code (over
/// 2,900 bytes) gives an empty drawing.
pub(crate) fn code(text: &str, label: &str) -> String {
    let label = crate::escape::xml(label);
    let Ok(code) = QrCode::new(text) else {
        return format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" role=\"img\" aria-label=\"{label}\"/>"
        );
    };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).max_dimensions(SIDE, SIDE).build();
    let body = drawn.split_once("<svg").map(|(_, rest)| rest).unwrap_or_default();
    format!("<svg role=\"img\" aria-label=\"{label}\"{body}")
}
