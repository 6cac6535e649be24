//! Charts as SVG: completion of targets against elapsed time. Geometry is shared by the bar of a web table's row and
//! by the standalone chart of a report. Not here: computing completion, pace or forecast, which come as numbers.

mod bar;
pub(crate) mod picture;
mod progress;

pub use bar::{Bar, bar_svg};
pub use progress::progress_chart;
pub(crate) use progress::ratio;
