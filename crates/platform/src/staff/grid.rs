//! The attendance of a station's workers in a month as ticks in one form: what stands, and what a form changes of it.
//!
//! Not here: the page and its addresses.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

pub use routes::GRID;

use super::half::Half;
use super::model::Certificate;
use super::policy::Staff;
use super::store::{
    Attendance, AttendanceDue, Post, Worker, WorkerCertificate, attendance_dues, attendances, certificates,
    posts, workers,
};
use crate::access::{Asker, Enter, Scope, Withdraw, new_id, permit};

/// Why an attendance that a form unticks is withdrawn.
const REASON: &str = "考勤表更正";

/// A month of a station.
pub(super) struct Grid {
    pub(super) station: Id,
    pub(super) halves: [Half; 2],
    /// Those on duty in the month, and those who have an attendance in it, by name.
    pub(super) lines: Vec<Line>,
    /// What the contract asks for in each half: workers, and certified ones.
    pub(super) due: [Option<(i32, i32)>; 2],
}

/// A worker's month.
pub(super) struct Line {
    pub(super) worker: Worker,
    pub(super) cells: [Cell; 2],
}

/// A worker's half.
pub(super) struct Cell {
    /// How it stands in a form: the worker and the half's last day.
    pub(super) name: String,
    /// Whether the half has begun and the worker was on duty in it.
    pub(super) offered: bool,
    /// The certificate held on the half's last day; where an attendance stands, the one it says.
    pub(super) level: Certificate,
    /// The attendances that stand: one, or none.
    pub(super) present: Vec<Id>,
}

impl Grid {
    /// What stands of a month, of the workers within a scope.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn load(
        tx: &mut Tx<'_>,
        scope: &Scope,
        station: Id,
        halves: [Half; 2],
        today: NaiveDate,
    ) -> DbResult<Self> {
        let (at, ends) = (tx.at(), halves.map(|half| half.last));
        let all: Vec<Worker> = Worker::visible(at, &scope.within())
            .filter(workers::station_id.eq(station))
            .order((workers::name, workers::id))
            .load(tx.conn())?;
        let held: Vec<WorkerCertificate> =
            WorkerCertificate::known(at).filter(certificates::station_id.eq(station)).load(tx.conn())?;
        let served: Vec<Post> = Post::known(at).filter(posts::station_id.eq(station)).load(tx.conn())?;
        let there: Vec<Attendance> = Attendance::known(at)
            .filter(attendances::station_id.eq(station))
            .filter(attendances::half_ends_on.eq_any(ends))
            .load(tx.conn())?;
        let due: Vec<AttendanceDue> = AttendanceDue::known(at)
            .filter(attendance_dues::station_id.eq(station))
            .filter(attendance_dues::half_ends_on.eq_any(ends))
            .load(tx.conn())?;
        let asked = |end: NaiveDate| {
            let one = due.iter().find(|one| one.half_ends_on == end);
            one.map(|one| (one.due, one.certified_due))
        };
        let lines = all.into_iter().map(|worker| {
            let of: Vec<&Post> = served.iter().filter(|post| post.worker_id == Some(worker.id)).collect();
            let cells = halves.map(|half| Cell {
                name: format!("{}.{}", worker.id, half.last),
                offered: half.first <= today && on_duty(&worker, &of, half),
                level: level(&worker, &held, half.last),
                present: Vec::new(),
            });
            let mut line = Line { worker, cells };
            for one in there.iter().filter(|one| one.worker_id == Some(line.worker.id)) {
                let (cell, _) = line.cells.iter_mut().zip(ends).find(|(_, end)| *end == one.half_ends_on)?;
                cell.present.push(one.id);
                cell.level = one.level;
            }
            Some(line)
        });
        let shown = |line: &Line| line.cells.iter().any(|cell| cell.offered || !cell.present.is_empty());
        let lines = lines.flatten().filter(shown).collect();
        Ok(Self { station, halves, lines, due: ends.map(asked) })
    }

    /// The cells, each with its worker and half.
    fn cells(&self) -> impl Iterator<Item = (&Worker, Half, &Cell)> {
        let halves = self.halves;
        self.lines.iter().flat_map(move |line| {
            halves.into_iter().zip(&line.cells).map(|(half, cell)| (&line.worker, half, cell))
        })
    }

    /// How many were there in each half, and how many of them held a certificate.
    pub(super) fn actual(&self) -> [(usize, usize); 2] {
        self.halves.map(|half| {
            let there: Vec<&Cell> = self
                .cells()
                .filter(|(_, of, cell)| *of == half && !cell.present.is_empty())
                .map(|(_, _, cell)| cell)
                .collect();
            (there.len(), there.iter().filter(|cell| cell.level != Certificate::None).count())
        })
    }
}

/// What a form sends: the cells that are ticked, and those that were when it was shown.
pub(super) struct Ticks {
    pub(super) wanted: BTreeSet<String>,
    pub(super) seen: BTreeSet<String>,
}

/// What keeps a form from being saved.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Ticked, and not to be ticked: said of each.
    Wrong(Vec<String>),
    /// Somebody else changed what the form leaves alone: said of each.
    Meanwhile(Vec<String>),
}

impl Ticks {
    /// What the form changes: whom to enter and what to withdraw. What somebody else changed to the same is nothing.
    pub(super) fn changes<'g>(&self, grid: &'g Grid) -> Result<Changes<'g>, Kept> {
        let mut changes = Changes::default();
        let (mut wrong, mut meanwhile, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (worker, half, cell) in grid.cells() {
            let (wanted, seen) = (self.wanted.contains(&cell.name), self.seen.contains(&cell.name));
            let now = !cell.present.is_empty();
            let who = || format!("{} {} 至 {}", worker.name, half.first, half.last);
            known.insert(cell.name.as_str());
            if wanted == now {
                continue;
            }
            if now != seen {
                let done = if now { "登记了到岗" } else { "取消了到岗" };
                meanwhile.push(format!("{} 刚被别人{done}", who()));
            } else if wanted && !cell.offered {
                wrong.push(format!("{} 不在岗，或这半个月还没有开始", who()));
            } else if wanted {
                changes.enter.push((worker, half, cell.level));
            } else {
                changes.withdraw.extend(&cell.present);
            }
        }
        if self.wanted.iter().any(|name| !known.contains(name.as_str())) {
            wrong.push("表里有不是本站、或已不在名单上的社工：请刷新后再填".to_owned());
        }
        match (wrong.is_empty(), meanwhile.is_empty()) {
            (false, _) => Err(Kept::Wrong(wrong)),
            (_, false) => Err(Kept::Meanwhile(meanwhile)),
            _ => Ok(changes),
        }
    }
}

/// What a form changes.
#[derive(Default)]
pub(super) struct Changes<'g> {
    enter: Vec<(&'g Worker, Half, Certificate)>,
    withdraw: Vec<&'g Id>,
}

impl Changes<'_> {
    /// Saves them.
    ///
    /// # Errors
    /// It is not allowed, or what the database says; nothing of the transaction is kept then.
    pub(super) fn save(&self, tx: &mut Tx<'_>, asker: &Asker, station: Id) -> DbResult<()> {
        let mut rows = Vec::with_capacity(self.enter.len());
        for (worker, half, level) in &self.enter {
            rows.push(Attendance {
                id: new_id(tx.at())?,
                station_id: station,
                area_id: worker.area_id,
                community_id: worker.community_id,
                worker_id: Some(worker.id),
                half_ends_on: half.last,
                halves: 1,
                level: *level,
            });
        }
        if !rows.is_empty() {
            permit::<Enter<Staff>>(asker, station)?.append(tx, &rows)?;
        }
        for id in &self.withdraw {
            permit::<Withdraw<Staff>>(asker, station)?.withdraw::<Attendance>(tx, **id, REASON)?;
        }
        Ok(())
    }
}

/// Whether a worker was at the station in a half, and in a post, where posts are kept.
fn on_duty(worker: &Worker, posts: &[&Post], half: Half) -> bool {
    let within =
        |from: NaiveDate, to: Option<NaiveDate>| from <= half.last && to.is_none_or(|to| to > half.first);
    within(worker.joined_on, worker.left_on)
        && (posts.is_empty() || posts.iter().any(|post| within(post.from_on, post.to_on)))
}

/// The highest certificate that a worker held on a day.
fn level(worker: &Worker, held: &[WorkerCertificate], day: NaiveDate) -> Certificate {
    let valid = |one: &&WorkerCertificate| {
        one.worker_id == Some(worker.id)
            && one.obtained_on <= day
            && one.expires_on.is_none_or(|expires| expires >= day)
    };
    held.iter().filter(valid).map(|one| one.level).max().unwrap_or(Certificate::None)
}

/// The names of cells in a form, each once.
pub(super) fn names(values: Vec<&str>) -> BTreeSet<String> {
    values.into_iter().map(str::to_owned).collect()
}
