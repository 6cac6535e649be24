//! One bar: its data, its geometry on an axis of 0 to 125 %, and its markup for a table cell of the web page.
//! Not here: the rows, words and axis around it (`progress`).

use rust_decimal::{Decimal, RoundingStrategy};

use crate::escape;

/// One row of a progress chart. All percentages are in percent: 94.9 is 94.9 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Group the row belongs to; a change of group prints a heading in the standalone chart.
    pub group: Option<String>,
    /// Name of the row.
    pub label: String,
    /// What was reached, as printed, e.g. `949 个`.
    pub actual: String,
    /// What was promised, as printed, e.g. `1,000`.
    pub target: String,
    /// Actual / target, in percent.
    pub completion: Decimal,
    /// The same as printed, e.g. `94.9%`.
    pub completion_text: String,
    /// Share of the period that has passed, in percent.
    pub elapsed: Decimal,
    /// Expected completion at the end of the period, in percent; none when it is unknown.
    pub forecast: Option<Decimal>,
    /// Whether completion is close to elapsed time, so that the bar takes the warning colour.
    pub tight: bool,
}

/// The bar as the markup of one table cell: classes for colour, geometry as attributes, a sentence for screen readers.
/// The cell's stylesheet gives the colours; no style attribute is used.
pub fn bar_svg(bar: &Bar) -> String {
    let geometry = Geometry::of(bar);
    let fill = if bar.tight { "c-tight" } else { "c-fill" };
    let rect = |class: &str, width: Decimal| {
        format!(r#"<rect class="{class}" x="0" y="14" width="{width:.2}%" height="12"/>"#)
    };
    let line = |class: &str, x: Decimal, top: i32, bottom: i32| {
        format!(r#"<line class="{class}" x1="{x:.2}%" x2="{x:.2}%" y1="{top}" y2="{bottom}"/>"#)
    };
    let mut svg = format!(
        r#"<svg class="chart" width="100%" height="40" role="img" aria-label="{}">"#,
        escape::xml(&sentence(bar))
    );
    svg.push_str(r#"<rect class="c-track" x="0" y="14" width="100%" height="12"/>"#);
    if let Some(soft) = geometry.soft {
        svg.push_str(&rect("c-soft", soft));
    }
    svg.push_str(&rect(fill, geometry.fill));
    if geometry.capped {
        svg.push_str(r#"<svg x="100%" y="14" overflow="visible"><path class="c-cap" d=""#);
        svg.push_str(&chevrons(6));
        svg.push_str(r#""/></svg>"#);
    }
    svg.push_str(&line("c-goal", geometry.goal, 9, 31));
    svg.push_str(&line("c-now", geometry.now, -1, 41));
    svg.push_str("</svg>");
    svg
}

/// Where the parts of a bar end, as shares of the axis in percent, two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Geometry {
    /// End of what is done.
    pub(super) fill: Decimal,
    /// End of what is expected; none once the target is reached.
    pub(super) soft: Option<Decimal>,
    /// The target.
    pub(super) goal: Decimal,
    /// Elapsed time.
    pub(super) now: Decimal,
    /// Whether the bar goes on beyond the axis.
    pub(super) capped: bool,
}

/// Where the axis ends, in percent of the target.
pub(super) const AXIS: Decimal = Decimal::from_parts(125, 0, 0, false, 0);

impl Geometry {
    /// The geometry of one bar.
    pub(super) fn of(bar: &Bar) -> Self {
        let soft = bar.forecast.filter(|_| bar.completion < Decimal::ONE_HUNDRED).map(share);
        Self {
            fill: share(bar.completion),
            soft: soft.filter(|&soft| soft > share(bar.completion)),
            goal: share(Decimal::ONE_HUNDRED),
            now: share(bar.elapsed),
            capped: bar.completion > AXIS,
        }
    }
}

/// The bar in one sentence.
pub(super) fn sentence(bar: &Bar) -> String {
    let outlook = match bar.forecast {
        _ if bar.completion >= Decimal::ONE_HUNDRED => "，已达标".to_owned(),
        Some(forecast) => format!("，预计期末 {}", percent(forecast, 0)),
        None => String::new(),
    };
    format!(
        "{}：实际 {}，指标量 {}，完成 {}，时间进度 {}{outlook}",
        bar.label,
        bar.actual,
        bar.target,
        bar.completion_text,
        percent(bar.elapsed, 1)
    )
}

/// A percentage with at most `decimals` decimals, half up, trailing zeros dropped.
pub(super) fn percent(value: Decimal, decimals: u32) -> String {
    format!("{}%", value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// The path of the two chevrons that end a bar beyond the axis, drawn leftwards from its end; `half` its half height.
pub(super) fn chevrons(half: i32) -> String {
    let one = |x: i32| format!("M{x} 0 l{half} {half} l-{half} {half}");
    format!("{} {}", one(-2 * half - 2), one(-half - 2))
}

/// A percentage as a share of the axis in percent, two decimals, cut off at both ends.
pub(super) fn share(value: Decimal) -> Decimal {
    let inside = value.clamp(Decimal::ZERO, AXIS);
    (inside / AXIS * Decimal::ONE_HUNDRED).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
