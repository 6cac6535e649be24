//! What the page of the attendance grid shows.

use askama::Template;
use web::Link;
use web::form::{KEY, TOKEN};

use super::super::model::Certificate;
use super::{Cell, Grid, Ticks};
use crate::shell::Frame;

/// The grid of a month.
#[derive(Template)]
#[template(path = "staff/templates/grid.html")]
pub(super) struct GridPage {
    pub(super) frame: Frame,
    pub(super) month: String,
    pub(super) earlier: Link,
    pub(super) later: Link,
    /// The stations to choose from, where there are several, and which one this is.
    pub(super) stations: Vec<(Link, bool)>,
    pub(super) station: String,
    pub(super) key: String,
    pub(super) heads: [String; 2],
    pub(super) lines: Vec<LineRow>,
    pub(super) sums: [Sum; 2],
    /// The whole month, in person-months.
    pub(super) total: String,
    /// What is said above, and whether it is that somebody else changed something.
    pub(super) said: Vec<String>,
    pub(super) meanwhile: bool,
}

/// A worker.
pub(super) struct LineRow {
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) cells: [Tick; 2],
}

/// A half of a worker.
pub(super) struct Tick {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) ticked: bool,
    /// Whether it stood when the page was shown.
    pub(super) seen: bool,
    pub(super) offered: bool,
    pub(super) level: &'static str,
}

/// A half, summed up.
pub(super) struct Sum {
    pub(super) actual: usize,
    pub(super) certified: usize,
    pub(super) due: Option<(i32, i32)>,
}

/// The rows of a grid; what was ticked in a form that is shown again stays ticked.
pub(super) fn rows(grid: &Grid, heads: &[String; 2], sent: Option<&Ticks>) -> Vec<LineRow> {
    let tick = |who: &str, head: &str, cell: &Cell| {
        let now = !cell.present.is_empty();
        // Of what the form left alone, what stands now.
        let ticked = sent.map_or(now, |sent| {
            let (wanted, seen) = (sent.wanted.contains(&cell.name), sent.seen.contains(&cell.name));
            if wanted == seen { now } else { wanted }
        });
        Tick {
            name: cell.name.clone(),
            label: format!("{who} {head}"),
            ticked,
            seen: now,
            offered: cell.offered || now,
            level: if cell.level == Certificate::None { "" } else { cell.level.label() },
        }
    };
    let row = |line: &super::Line| {
        let [one, two] = &line.cells;
        let name = &line.worker.name;
        LineRow {
            name: name.clone(),
            role: line.worker.role.label(),
            cells: [tick(name, &heads[0], one), tick(name, &heads[1], two)],
        }
    };
    grid.lines.iter().map(row).collect()
}
