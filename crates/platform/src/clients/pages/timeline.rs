//! The timeline of a file: so many at once, the latest first, of all kinds or of one; what is older and what is of another
//! kind is one address away.

use std::cmp::Reverse;

use chrono::NaiveDate;
use kernel::Id;
use web::{Fault, Query, Target};

use super::super::file::Happening;
use super::super::model::Told;

/// How many stand on the page; those of the last day are not torn apart.
const EVENTS: usize = 30;

/// What of the timeline is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Asked {
    kind: Option<Told>,
    /// Only what was before this day.
    before: Option<NaiveDate>,
}

impl Asked {
    /// What an address asks for.
    ///
    /// # Errors
    /// The kind is none there is, or the day is none.
    pub(in super::super) fn of(query: &Query) -> Result<Self, Fault> {
        let words: Vec<(&str, Told)> =
            Told::list().into_iter().filter_map(|(word, _)| Some((word, word.parse().ok()?))).collect();
        Ok(Self { kind: query.word("kind", &words)?, before: query.date("before")? })
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
        let href = |kind: Option<Told>, before: Option<NaiveDate>| {
            let target = Target::new(&["clients", household.as_str()]);
            let target = target.with_some("kind", kind.map(Told::as_str)).with_some("before", before);
            format!("{}#h-time", target.href())
        };
        let mut kinds = vec![KindShown {
            label: "全部",
            href: href(None, None),
            count: all.len(),
            current: asked.kind.is_none(),
        }];
        for (word, label) in Told::list() {
            let kind = word.parse().ok();
            let count = all.iter().filter(|one| Some(one.kind) == kind).count();
            let current = asked.kind.is_some() && asked.kind == kind;
            if count > 0 || current {
                kinds.push(KindShown { label, href: href(kind, None), count, current });
            }
        }
        all.retain(|one| asked.kind.is_none_or(|kind| one.kind == kind));
        let total = all.len();
        all.sort_by_key(|one| Reverse(one.on));
        all.retain(|one| asked.before.is_none_or(|before| one.on < before));
        let last = all.get(EVENTS.min(all.len()).saturating_sub(1)).map(|one| one.on);
        let shown = all.iter().take_while(|one| last.is_some_and(|last| one.on >= last)).count();
        let older = all.len() - shown;
        Self {
            total,
            kinds,
            before: asked.before,
            latest: asked.before.map(|_| href(asked.kind, None)),
            older: last.filter(|_| older > 0).map(|last| (href(asked.kind, Some(last)), older)),
            events: all.into_iter().take(shown).map(|one| event(one, &worker)).collect(),
        }
    }
}

fn event(one: Happening, worker: impl Fn(Option<Id>) -> String) -> EventShown {
    let meta: Vec<String> =
        [worker(one.worker), one.facts].into_iter().filter(|words| !words.is_empty()).collect();
    EventShown { on: one.on, what: one.what, face: one.face, meta: meta.join(" · "), text: one.text }
}
