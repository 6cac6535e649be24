//! Charts as SVG: completion of targets against elapsed time, and codes for phones. Geometry is shared by the bar of a web table's row and
//! by the standalone chart of a report. Not here: computing completion, pace or forecast, which come as numbers.

mod bar;
mod code;
pub(crate) mod picture;
mod progress;

pub use bar::{Bar, bar_svg};
pub use progress::progress_chart;
pub(crate) use progress::ratio;

use crate::model::{Chart, ChartKind};

/// A chart with letters of these families.
pub(crate) fn svg(chart: &Chart, families: &str) -> String {
    match &chart.kind {
        ChartKind::Progress { bars, elapsed } => progress_chart(bars, &chart.caption, *elapsed, families),
        ChartKind::Code { text } => code::code(text, &chart.caption),
    }
}
