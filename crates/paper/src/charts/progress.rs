//! The standalone chart of a report: rows of bars with labels, axis and legend, readable without a stylesheet.
//! Every shape carries both a colour and a class: a page with a stylesheet (also a dark one) overrides the colours.
//! Not here: the geometry of one bar (`bar`).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Bar;
use super::bar::{Geometry, chevrons, percent, sentence, share};
use crate::escape;

/// Width of the drawing in its own units; on paper it takes the text width of 156 mm.
const WIDTH: f64 = 680.0;
/// Left edge of the labels' column, right edges of the columns of numbers, both edges of the bars.
const ACTUAL: f64 = 246.0;
const TARGET: f64 = 312.0;
const LEFT: f64 = 328.0;
const RIGHT: f64 = 604.0;
/// Heights: the legend and column heads, one line of a label, a row's own share, and the axis.
const HEAD: f64 = 54.0;
const LINE: f64 = 17.0;
const ROW: f64 = 8.0;
const FOOT: f64 = 24.0;
/// Letters of a label on one line, in widths of a Chinese character.
const LABEL: f64 = 11.0;

/// A complete SVG with one row a bar. `elapsed` in percent; `font_family` must be one that the renderer has loaded,
/// because typesetters drop letters of unknown families without a word.
pub fn progress_chart(bars: &[Bar], title: &str, elapsed: Decimal, font_family: &str) -> String {
    let mut rows = String::new();
    let mut y = HEAD;
    let mut group = None;
    for bar in bars {
        if bar.group.is_some() && bar.group != group {
            y = group_row(&mut rows, bar.group.as_deref().unwrap_or_default(), y);
        }
        group.clone_from(&bar.group);
        y = bar_row(&mut rows, bar, y);
    }
    let height = y + FOOT;
    let mut svg = open(title, bars, elapsed, font_family, height);
    legend(&mut svg, bars, elapsed);
    column_heads(&mut svg);
    axis(&mut svg, y);
    svg.push_str(&rows);
    let now = LEFT + along(share(elapsed));
    line(&mut svg, Stroke::NOW, [now, HEAD, now, y]);
    svg.push_str("</svg>");
    svg
}

/// Height of [`progress_chart`] divided by its width.
pub(crate) fn ratio(svg: &str) -> Option<f64> {
    let (_, rest) = svg.split_once("viewBox=\"0 0 ")?;
    let (size, _) = rest.split_once('"')?;
    let (width, height) = size.split_once(' ')?;
    Some(height.parse::<f64>().ok()? / width.parse::<f64>().ok()?)
}

fn open(title: &str, bars: &[Bar], elapsed: Decimal, font_family: &str, height: f64) -> String {
    let summary = format!("{title}。共 {} 项，时间进度 {}。", bars.len(), percent(elapsed, 1));
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart report-chart" role="img" aria-label="{}" viewBox="0 0 {WIDTH} {height}" font-family="{}" font-size="14" fill="{INK}">"#,
        escape::xml(&summary),
        escape::xml(font_family),
    )
}

fn legend(svg: &mut String, bars: &[Bar], elapsed: Decimal) {
    let mut x = 0.0;
    let mut entry = |svg: &mut String, mark: &dyn Fn(&mut String, f64), wide: f64, words: &str| {
        mark(svg, x);
        x += wide + 5.0;
        words_at(svg, Words { size: 12.0, ..Words::SECOND }, x, 14.0, words);
        x += em(words) * 12.0 + 16.0;
    };
    entry(svg, &|svg, x| rect(svg, Fill::DONE, [x, 4.0, 20.0, 12.0]), 20.0, "已完成");
    if bars.iter().any(|bar| bar.tight) {
        entry(svg, &|svg, x| rect(svg, Fill::TIGHT, [x, 4.0, 20.0, 12.0]), 20.0, "贴近时间进度");
    }
    if bars.iter().any(|bar| Geometry::of(bar).soft.is_some()) {
        entry(svg, &|svg, x| rect(svg, Fill::SOFT, [x, 4.0, 20.0, 12.0]), 20.0, "按现在速度到期末");
    }
    let now = format!("时间进度 {}", percent(elapsed, 1));
    entry(svg, &|svg, x| line(svg, Stroke::NOW, [x + 2.0, 2.0, x + 2.0, 18.0]), 4.0, &now);
    entry(svg, &|svg, x| line(svg, Stroke::GOAL, [x + 2.0, 2.0, x + 2.0, 18.0]), 4.0, "指标量 100%");
    if bars.iter().any(|bar| Geometry::of(bar).capped) {
        let capped = |svg: &mut String, x: f64| {
            rect(svg, Fill::DONE, [x, 4.0, 20.0, 12.0]);
            cap(svg, x + 20.0, 4.0, 6);
        };
        entry(svg, &capped, 20.0, "超出 125%");
    }
}

fn column_heads(svg: &mut String) {
    let head = Words { size: 12.0, ..Words::SECOND };
    words_at(svg, head, 0.0, 42.0, "指标");
    words_at(svg, Words { end: true, ..head }, ACTUAL, 42.0, "实际");
    words_at(svg, Words { end: true, ..head }, TARGET, 42.0, "指标量");
    words_at(svg, head, LEFT, 42.0, "进度");
    words_at(svg, Words { end: true, ..head }, WIDTH, 42.0, "完成率");
    line(svg, Stroke::AXIS, [0.0, HEAD - 5.0, WIDTH, HEAD - 5.0]);
}

fn group_row(svg: &mut String, name: &str, y: f64) -> f64 {
    rect(svg, Fill::GROUP, [0.0, y, LEFT - 8.0, LINE + 3.0]);
    words_at(svg, Words { size: 12.0, bold: true, ..Words::SECOND }, 4.0, y + 14.0, name);
    y + LINE + 5.0
}

fn bar_row(svg: &mut String, bar: &Bar, y: f64) -> f64 {
    let geometry = Geometry::of(bar);
    let labels = wrapped(&bar.label, LABEL);
    let height = ROW + LINE * labels.len() as f64;
    let middle = y + height / 2.0;
    let first = middle - LINE * (labels.len() as f64 - 1.0) / 2.0 + 5.0;
    svg.push_str(&format!("<g><title>{}</title>", escape::xml(&sentence(bar))));
    for (index, label) in labels.iter().enumerate() {
        words_at(svg, Words::FIRST, 4.0, first + LINE * index as f64, label);
    }
    let end = Words { end: true, ..Words::FIRST };
    words_at(svg, end, ACTUAL, middle + 5.0, &bar.actual);
    words_at(svg, end, TARGET, middle + 5.0, &bar.target);
    words_at(svg, Words { bold: true, ..end }, WIDTH, middle + 5.0, &bar.completion_text);
    rect(svg, Fill::TRACK, [LEFT, middle - 6.0, RIGHT - LEFT, 12.0]);
    if let Some(soft) = geometry.soft {
        rect(svg, Fill::SOFT, [LEFT, middle - 6.0, along(soft), 12.0]);
    }
    let fill = if bar.tight { Fill::TIGHT } else { Fill::DONE };
    rect(svg, fill, [LEFT, middle - 6.0, along(geometry.fill), 12.0]);
    if geometry.capped {
        cap(svg, RIGHT, middle - 6.0, 6);
    }
    let goal = LEFT + along(geometry.goal);
    line(svg, Stroke::GOAL, [goal, middle - 9.0, goal, middle + 9.0]);
    svg.push_str("</g>");
    y + height
}

fn axis(svg: &mut String, y: f64) {
    line(svg, Stroke::AXIS, [LEFT, y, RIGHT, y]);
    for tick in [0, 25, 50, 75, 100, 125] {
        let x = LEFT + (RIGHT - LEFT) * f64::from(tick) / 125.0;
        line(svg, Stroke::AXIS, [x, HEAD, x, y + 4.0]);
        let words = Words { size: 11.0, middle: true, ..Words::SECOND };
        words_at(svg, words, x, y + 17.0, &format!("{tick}%"));
    }
}

/// A share of the axis, in percent, as a length.
fn along(share: Decimal) -> f64 {
    (RIGHT - LEFT) * share.to_f64().unwrap_or_default() / 100.0
}

const INK: &str = "#1c1e21";

/// Colour and class of a filled shape; the colours are the light tokens of the house stylesheet.
#[derive(Clone, Copy)]
struct Fill(&'static str, &'static str);

impl Fill {
    const TRACK: Self = Self("c-track", "#ece9e4");
    const SOFT: Self = Self("c-soft", "#c6d6e6");
    const DONE: Self = Self("c-fill", "#3f74a8");
    const TIGHT: Self = Self("c-tight", "#b06c00");
    const GROUP: Self = Self("c-group", "#f1efeb");
}

/// Colour, class and width of a line.
#[derive(Clone, Copy)]
struct Stroke(&'static str, &'static str, f64);

impl Stroke {
    const NOW: Self = Self("c-now", "#b3301d", 1.5);
    const GOAL: Self = Self("c-goal", INK, 1.5);
    const AXIS: Self = Self("c-axis", "#dedad3", 1.0);
}

/// How words are set.
#[derive(Clone, Copy)]
struct Words {
    class: &'static str,
    fill: &'static str,
    size: f64,
    bold: bool,
    end: bool,
    middle: bool,
}

impl Words {
    const FIRST: Self =
        Self { class: "c-words", fill: INK, size: 14.0, bold: false, end: false, middle: false };
    const SECOND: Self = Self { class: "c-words-2", fill: "#4a4e54", ..Self::FIRST };
}

fn words_at(svg: &mut String, words: Words, x: f64, y: f64, text: &str) {
    let anchor = match words {
        Words { end: true, .. } => r#" text-anchor="end""#,
        Words { middle: true, .. } => r#" text-anchor="middle""#,
        _ => "",
    };
    let weight = if words.bold { r#" font-weight="bold""# } else { "" };
    svg.push_str(&format!(
        r#"<text class="{}" x="{x}" y="{y}" font-size="{}" fill="{}"{anchor}{weight}>{}</text>"#,
        words.class,
        words.size,
        words.fill,
        escape::xml(text)
    ));
}

fn rect(svg: &mut String, Fill(class, colour): Fill, [x, y, width, height]: [f64; 4]) {
    svg.push_str(&format!(
        r#"<rect class="{class}" fill="{colour}" x="{x}" y="{y}" width="{width:.2}" height="{height}"/>"#
    ));
}

fn line(svg: &mut String, Stroke(class, colour, width): Stroke, [x1, y1, x2, y2]: [f64; 4]) {
    svg.push_str(&format!(
        r#"<line class="{class}" stroke="{colour}" stroke-width="{width}" x1="{x1:.2}" y1="{y1}" x2="{x2:.2}" y2="{y2}"/>"#
    ));
}

fn cap(svg: &mut String, x: f64, y: f64, half: i32) {
    svg.push_str(&format!(
        r##"<path class="c-cap" fill="none" stroke="#ffffff" stroke-width="2" transform="translate({x} {y})" d="{}"/>"##,
        chevrons(half)
    ));
}

/// The text in lines of at most `limit` widths of a Chinese character; at least one line.
fn wrapped(text: &str, limit: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0.0;
    for character in text.chars() {
        let step = character_em(character);
        if width + step > limit {
            lines.push(String::new());
            width = 0.0;
        }
        if let Some(last) = lines.last_mut() {
            last.push(character);
        }
        width += step;
    }
    lines
}

fn em(text: &str) -> f64 {
    text.chars().map(character_em).sum()
}

/// Width of a character in widths of a Chinese one; an estimate that errs on the wide side for Latin letters.
fn character_em(character: char) -> f64 {
    if character.is_ascii() { 0.58 } else { 1.0 }
}
