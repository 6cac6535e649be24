//! What the pages of rectification show.

use askama::Template;
use chrono::NaiveDate;
use kernel::Id;
use web::Target;
use web::form::{KEY, TOKEN};

use super::model::RectificationStatus;
use super::store::RectificationItem;
use super::tasks::Task;
use super::told::Told;
use crate::areas::Station;
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
    sent_back: i32,
    reopened: i64,
    returns: bool,
}

impl Line {
    pub(super) fn of(item: &RectificationItem, task: Option<&Task>, station: &str, today: NaiveDate) -> Self {
        let due = task.and_then(|task| task.due_on);
        Self {
            href: format!("/rectification/{}", item.id),
            station: station.to_owned(),
            round: item.round.clone(),
            concern: item.concern.chars().take(80).collect(),
            owner: task.map(|task| task.owner.clone()).unwrap_or_default(),
            due: due.map(|day| day.to_string()).unwrap_or_default(),
            status: item.status,
            claimed: task.is_some_and(|task| task.claimed.is_some()),
            late: item.status != RectificationStatus::Done && due.is_some_and(|day| day < today),
            sent_back: task.map_or(0, |task| task.reopened),
            reopened: 0,
            returns: false,
        }
    }

    /// The same, marked where it came back from the round before, and with how often it was opened again.
    pub(super) fn marked(self, returns: bool, reopened: i64) -> Self {
        Self { returns, reopened, ..self }
    }

    fn is(&self, status: &str) -> bool {
        match status {
            "" => true,
            "late" => self.late,
            "claimed" => self.claimed,
            other => self.status.as_str() == other,
        }
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

/// How far items are: the word of the address, and that for people.
const KINDS: [(&str, &str); 6] = [
    ("", "全部"),
    ("late", "过期"),
    ("claimed", "等核实"),
    ("open", "未完成"),
    ("partly", "部分完成"),
    ("done", "已完成"),
];

/// What of the board is looked at.
pub(super) struct Chosen<'c> {
    pub(super) status: &'c str,
    pub(super) station: Option<&'c Station>,
}

/// A count with the page of what is counted.
struct Count {
    label: &'static str,
    href: String,
    count: usize,
    current: bool,
}

/// A station with its counts.
struct Total {
    name: String,
    counts: Vec<Count>,
}

/// The board.
#[derive(Template)]
#[template(path = "rectification/templates/board.html")]
pub(super) struct BoardPage {
    frame: Frame,
    lines: Vec<Line>,
    counts: Vec<Count>,
    /// Where there are several stations: each that has items, and all of them together.
    totals: Vec<Total>,
    /// The station looked at alone.
    station: Option<String>,
    begins: Vec<(String, usize)>,
    key: String,
}

impl BoardPage {
    pub(super) fn of(
        frame: Frame,
        lines: Vec<(Id, Line)>,
        stations: &[Station],
        chosen: &Chosen<'_>,
        begins: Vec<(String, usize)>,
        key: String,
    ) -> Self {
        let counts = |station: Option<&Station>| {
            let here = |id: Id| station.is_none_or(|station| station.id == id);
            let count = |(word, label): (&'static str, &'static str)| Count {
                label,
                href: Target::new(&["rectification"])
                    .with_some("station", station.map(|station| &station.code))
                    .with_some("status", Some(word).filter(|word| !word.is_empty()))
                    .href(),
                count: lines.iter().filter(|(id, line)| here(*id) && line.is(word)).count(),
                current: word == chosen.status,
            };
            KINDS.into_iter().map(count).collect::<Vec<_>>()
        };
        let mut totals = Vec::new();
        if stations.len() > 1 {
            let with_items = stations.iter().filter(|one| lines.iter().any(|(id, _)| *id == one.id));
            totals.extend(with_items.map(|one| Total { name: one.name.clone(), counts: counts(Some(one)) }));
            totals.push(Total { name: "合计".to_owned(), counts: counts(None) });
        }
        let counts = counts(chosen.station);
        let wanted = |id: Id, line: &Line| {
            chosen.station.is_none_or(|station| station.id == id) && line.is(chosen.status)
        };
        let mut lines: Vec<Line> =
            lines.into_iter().filter(|(id, line)| wanted(*id, line)).map(|(_, line)| line).collect();
        lines.sort_by(|one, other| {
            (!one.late, one.status, &one.due).cmp(&(!other.late, other.status, &other.due))
        });
        let station = chosen.station.map(|station| station.name.clone());
        Self { frame, lines, counts, totals, station, begins, key }
    }
}

/// What whoever asks may do with an item.
pub(super) struct Rights {
    pub(super) writes: bool,
    pub(super) verifies: bool,
    pub(super) reopens: bool,
}

/// What happened to an item.
pub(super) struct Happened {
    /// Who made the claim that waits.
    pub(super) claimed_by: String,
    /// How often it was opened again.
    pub(super) reopened: usize,
    /// What was last found of a claim.
    pub(super) verdict: Option<Told>,
    pub(super) told: Vec<Told>,
    /// The items of earlier rounds that came back as this one.
    pub(super) earlier: Vec<RectificationItem>,
    /// The panel of what is attached.
    pub(super) documents: String,
}

/// One item.
#[derive(Template)]
#[template(path = "rectification/templates/item.html")]
pub(super) struct ItemPage {
    pub(super) frame: Frame,
    pub(super) item: RectificationItem,
    pub(super) task: Task,
    pub(super) happened: Happened,
    pub(super) rights: Rights,
    pub(super) key: String,
}

impl ItemPage {
    fn due(&self) -> String {
        self.task.due_on.map(|day| day.to_string()).unwrap_or_default()
    }
}
