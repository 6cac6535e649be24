//! The timeline of a file: so many at once, the latest first, of all kinds or of one; what is older and what is of another
//! kind is one address away.

use std::cmp::Reverse;

use chrono::NaiveDate;
use kernel::Id;
use web::{Fault, Query, Target};

use super::super::file::Happening;
use super::super::model::Told;

/// How many stand on the page.
const EVENTS: usize = 30;

/// What of the timeline is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Asked {
    kind: Option<Told>,
    /// Only what was before this day.
    before: Option<NaiveDate>,
    /// And of this day what comes after so many.
    seen: Option<usize>,
}

impl Asked {
    /// What an address asks for.
    ///
    /// # Errors
    /// The kind is none there is, or the day is none.
    pub(in super::super) fn of(query: &Query) -> Result<Self, Fault> {
        let words: Vec<(&str, Told)> =
            Told::list().into_iter().filter_map(|(word, _)| Some((word, word.parse().ok()?))).collect();
        let seen = query.text("seen").and_then(|seen| seen.parse().ok());
        Ok(Self { kind: query.word("kind", &words)?, before: query.date("before")?, seen })
    }
}

/// The timeline as shown.
pub(super) struct Timeline {
    /// How many there are of what is asked for, from the first day on.
    pub(super) total: usize,
    /// One address for all and one for each kind there is.
    pub(super) kinds: Vec<KindShown>,
    pub(super) events: Vec<EventShown>,
    /// Before which day what is shown ends.
    pub(super) before: Option<NaiveDate>,
    /// Where the latest are, when they are not shown.
    pub(super) latest: Option<String>,
    /// Where what is older is, and how many they are.
    pub(super) older: Option<(String, usize)>,
}

pub(super) struct KindShown {
    pub(super) label: &'static str,
    pub(super) href: String,
    pub(super) count: usize,
    pub(super) current: bool,
}

pub(super) struct EventShown {
    pub(super) on: NaiveDate,
    pub(super) what: String,
    pub(super) face: bool,
    pub(super) meta: String,
    pub(super) text: Vec<(&'static str, String)>,
}

impl Timeline {
    /// What is asked for of everything that happened with a household.
    pub(super) fn of(
        household: Id,
        mut all: Vec<Happening>,
        asked: Asked,
        worker: impl Fn(Option<Id>) -> String,
    ) -> Self {
        let href = |kind: Option<Told>, before: Option<NaiveDate>, seen: Option<usize>| {
            let target = Target::new(&["clients", household.as_str()]);
            let target = target.with_some("kind", kind.map(Told::as_str)).with_some("before", before);
            format!("{}#h-time", target.with_some("seen", seen).href())
        };
        let mut kinds = vec![KindShown {
            label: "全部",
            href: href(None, None, None),
            count: all.len(),
            current: asked.kind.is_none(),
        }];
        for (word, label) in Told::list() {
            let kind = word.parse().ok();
            let count = all.iter().filter(|one| Some(one.kind) == kind).count();
            let current = asked.kind.is_some() && asked.kind == kind;
            if count > 0 || current {
                kinds.push(KindShown { label, href: href(kind, None, None), count, current });
            }
        }
        all.retain(|one| asked.kind.is_none_or(|kind| one.kind == kind));
        let total = all.len();
        all.sort_by(|a, b| order(a).cmp(&order(b)));
        let from = asked.before.map_or(0, |day| {
            let earlier = all.partition_point(|one| one.on > day);
            let of_day = all[earlier..].iter().take_while(|one| one.on == day).count();
            earlier + asked.seen.map_or(of_day, |seen| seen.min(of_day))
        });
        let to = total.min(from + EVENTS);
        let older = all[..to].last().filter(|_| to < total).map(|last| {
            // Where a day is torn apart, the next page goes on within it.
            let seen = all[..to].iter().rev().take_while(|one| one.on == last.on).count();
            let torn = all[to].on == last.on;
            (href(asked.kind, Some(last.on), torn.then_some(seen)), total - to)
        });
        Self {
            total,
            kinds,
            before: asked.before,
            latest: asked.before.map(|_| href(asked.kind, None, None)),
            older,
            events: all.drain(from..to).map(|one| event(one, &worker)).collect(),
        }
    }
}

/// The latest first; those of a day always in the same order, so that the next page goes on where this one ends.
fn order(one: &Happening) -> impl Ord + '_ {
    (Reverse(one.on), one.kind, &one.what, &one.facts, one.worker, &one.text)
}

fn event(one: Happening, worker: impl Fn(Option<Id>) -> String) -> EventShown {
    let meta: Vec<String> =
        [worker(one.worker), one.facts].into_iter().filter(|words| !words.is_empty()).collect();
    EventShown { on: one.on, what: one.what, face: one.face, meta: meta.join(" · "), text: one.text }
}
