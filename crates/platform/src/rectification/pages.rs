//! What the pages of rectification show.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use kernel::Id;
use web::form::{KEY, TOKEN};

use super::model::RectificationStatus;
use super::store::RectificationItem;
use super::tasks::Task;
use crate::shell::Frame;

/// An item on the board.
pub(super) struct Line {
    href: String,
    station: String,
    round: String,
    concern: String,
    owner: String,
    due: String,
    status: RectificationStatus,
    claimed: bool,
    late: bool,
    reopened: i32,
    returns: bool,
}

impl Line {
    pub(super) fn of(
        item: &RectificationItem,
        task: Option<&Task>,
        stations: &BTreeMap<Id, String>,
        today: NaiveDate,
    ) -> Self {
        let due = task.and_then(|task| task.due_on);
        Self {
            href: format!("/rectification/{}", item.id),
            station: stations.get(&item.station_id).cloned().unwrap_or_default(),
            round: item.round.clone(),
            concern: item.concern.chars().take(80).collect(),
            owner: task.map(|task| task.owner.clone()).unwrap_or_default(),
            due: due.map(|day| day.to_string()).unwrap_or_default(),
            status: item.status,
            claimed: task.is_some_and(|task| task.claimed.is_some()),
            late: item.status != RectificationStatus::Done && due.is_some_and(|day| day < today),
            reopened: task.map_or(0, |task| task.reopened),
            returns: false,
        }
    }

    /// The same, marked where it came back from the round before.
    pub(super) fn marked(self, returns: bool) -> Self {
        Self { returns, ..self }
    }

    /// The colour of the tag and its words.
    fn tag(&self) -> (&'static str, &'static str) {
        match (self.claimed, self.status) {
            (true, _) => ("t-info", "等核实"),
            (false, RectificationStatus::Done) => ("t-ok", "已完成"),
            (false, RectificationStatus::Partly) => ("t-warn", "部分完成"),
            (false, RectificationStatus::Open) => ("t-mute", "未完成"),
        }
    }
}

/// The board.
#[derive(Template)]
#[template(path = "rectification/templates/board.html")]
pub(super) struct BoardPage {
    frame: Frame,
    lines: Vec<Line>,
    counts: Vec<(&'static str, &'static str, usize, bool)>,
    begins: Vec<(String, usize)>,
    key: String,
}

impl BoardPage {
    pub(super) fn of(
        frame: Frame,
        mut lines: Vec<Line>,
        status: &str,
        begins: Vec<(String, usize)>,
        key: String,
    ) -> Self {
        let wanted = |line: &Line, status: &str| match status {
            "late" => line.late,
            "claimed" => line.claimed,
            "" => true,
            other => line.status.as_str() == other,
        };
        let kinds = [
            ("", "全部"),
            ("late", "过期"),
            ("claimed", "等核实"),
            ("open", "未完成"),
            ("partly", "部分完成"),
            ("done", "已完成"),
        ];
        let counts = kinds
            .iter()
            .map(|(word, label)| {
                (*word, *label, lines.iter().filter(|line| wanted(line, word)).count(), *word == status)
            })
            .collect();
        lines.retain(|line| wanted(line, status));
        lines.sort_by(|one, other| {
            (!one.late, one.status, &one.due).cmp(&(!other.late, other.status, &other.due))
        });
        Self { frame, lines, counts, begins, key }
    }
}

/// A version of an item: when it was written, how far it was, what was done.
pub(super) type Version = (String, &'static str, String);

/// One item.
#[derive(Template)]
#[template(path = "rectification/templates/item.html")]
pub(super) struct ItemPage {
    frame: Frame,
    item: RectificationItem,
    task: Task,
    names: BTreeMap<Id, String>,
    history: Vec<Version>,
    earlier: Vec<RectificationItem>,
    writes: bool,
    verifies: bool,
    key: String,
}

impl ItemPage {
    pub(super) fn of(
        frame: Frame,
        item: RectificationItem,
        task: Task,
        (names, history): (BTreeMap<Id, String>, Vec<Version>),
        (writes, verifies): (bool, bool),
        key: String,
    ) -> Self {
        Self { frame, item, task, names, history, earlier: Vec::new(), writes, verifies, key }
    }

    /// The same with the items of earlier rounds that came back as this one.
    pub(super) fn after(self, earlier: Vec<RectificationItem>) -> Self {
        Self { earlier, ..self }
    }

    fn name(&self, id: Option<&Id>) -> &str {
        id.and_then(|id| self.names.get(id)).map_or("", String::as_str)
    }

    fn due(&self) -> String {
        self.task.due_on.map(|day| day.to_string()).unwrap_or_default()
    }
}
