//! What the pages of the record on site show.

use askama::Template;
use web::form::{KEY, TOKEN};

use super::store::{SiteNote, SiteNoteKind, SiteNoteState};
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::shell::Frame;

/// A note in the list.
struct Line {
    href: String,
    when: String,
    whom: String,
    words: String,
    tag: (&'static str, &'static str),
}

/// The record.
#[derive(Template)]
#[template(path = "evaluation/templates/on_site.html")]
pub(super) struct ListPage {
    frame: Frame,
    title: String,
    address: String,
    parts: Vec<(SiteNoteKind, Vec<Line>)>,
    writes: bool,
    key: String,
}

impl ListPage {
    pub(super) fn of(frame: Frame, round: &Round, notes: &[SiteNote], writes: bool, key: String) -> Self {
        let own = address(&round.code);
        let line = |note: &SiteNote| Line {
            href: format!("{own}/on-site/{}", note.id),
            when: format!("{} {}", note.held_on, note.hour.as_deref().unwrap_or_default()),
            whom: note.whom.clone().unwrap_or_default(),
            words: note.words.clone(),
            tag: match note.state {
                SiteNoteState::Open => ("t-mute", SiteNoteState::Open.label()),
                SiteNoteState::Done => ("t-ok", SiteNoteState::Done.label()),
                SiteNoteState::Differs => ("t-warn", SiteNoteState::Differs.label()),
            },
        };
        let part = |kind: &SiteNoteKind| {
            let own = notes.iter().filter(|note| note.kind == *kind);
            (*kind, own.map(line).collect())
        };
        let parts = SiteNoteKind::ALL.iter().map(part).collect();
        Self { frame, title: title(round), address: own, parts, writes, key }
    }
}

/// One note.
#[derive(Template)]
#[template(path = "evaluation/templates/site_note.html")]
pub(super) struct NotePage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) note: SiteNote,
    pub(super) documents: String,
    pub(super) writes: bool,
    pub(super) signs: bool,
    pub(super) key: String,
}

impl NotePage {
    /// Whether there is somebody to sign, and nobody has.
    pub(super) fn signs(note: &SiteNote, signed: bool, writes: bool) -> bool {
        writes && note.kind == SiteNoteKind::Closing && !signed
    }
}
