//! What the page of all cells shows: enough to score with no network.

use askama::Template;
use kernel::trimmed;
use web::form::{KEY, TOKEN};

use super::cells::Cell;
use super::desk::said;
use super::measured::Measured;
use super::store::Entry;
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::shell::Frame;

/// A cell with what one enters for it.
pub(super) struct AllRow {
    section: String,
    name: String,
    href: String,
    points: String,
    asks: String,
    levels: Vec<String>,
    /// What was measured, and the score that it proposes.
    measured: Option<(String, String)>,
    score: String,
    reason: String,
    note: String,
    open: bool,
    key: String,
}

impl AllRow {
    pub(super) fn of(
        cell: &Cell<'_>,
        href: String,
        measured: Option<&Measured>,
        (entry, open): (Option<&Entry>, bool),
        key: String,
    ) -> Self {
        let text = |of: fn(&Entry) -> &String| entry.map(|one| of(one).clone()).unwrap_or_default();
        let figure = |one: &Measured| {
            let value = one.value.map(|value| format!("{} {}", trimmed(value), one.unit));
            let words = format!("{}：{}", one.name, value.unwrap_or_else(|| "数不出".to_owned()));
            (words, one.proposed.map(trimmed).unwrap_or_default())
        };
        Self {
            section: cell.section.name.clone(),
            name: cell.name(),
            href,
            points: trimmed(cell.item.points),
            asks: cell.item.asks.clone(),
            levels: cell.item.levels.clone(),
            measured: measured.map(figure),
            score: said(entry.and_then(|one| one.score)),
            reason: text(|one| &one.reason),
            note: text(|one| &one.note),
            open,
            key,
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "evaluation/templates/desk_all.html")]
pub(super) struct AllPage {
    frame: Frame,
    title: String,
    address: String,
    rows: Vec<AllRow>,
    script: String,
}

impl AllPage {
    pub(super) fn of(frame: Frame, round: &Round, rows: Vec<AllRow>, script: String) -> Self {
        Self { frame, title: title(round), address: address(&round.code), rows, script }
    }

    /// How many cells have a score.
    fn done(&self) -> usize {
        self.rows.iter().filter(|row| !row.score.is_empty()).count()
    }
}
