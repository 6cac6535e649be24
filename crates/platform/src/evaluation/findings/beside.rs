//! What stands beside the form of a finding: how it reads filled in, good wording to take over, and its history.

use askama::Template;
use rules::wording::changes::How;
use rules::wording::phrases::{Phrase, Theme};
use web::Target;

use super::before::Earlier;
use super::store::Draft;
use crate::evaluation::{FindingKind, Told};

/// A way of telling it that may be taken over.
pub(super) struct Offer {
    href: String,
    kind: &'static str,
    text: String,
    suggestion: String,
}

/// A theme with what may be taken over.
pub(super) struct Offered {
    name: String,
    open: bool,
    offers: Vec<Offer>,
}

/// A phrase of the library: its theme, of which kind, and how many before it.
pub(super) struct Taken<'t> {
    pub(super) theme: &'t Theme,
    pub(super) kind: FindingKind,
    pub(super) phrase: &'t Phrase,
}

/// The phrase that an address names: `staffing.concern.1`; nothing where there is none.
pub(super) fn taken<'t>(themes: &'t [Theme], named: &str) -> Option<Taken<'t>> {
    let (theme, rest) = named.split_once('.')?;
    let (kind, number) = rest.split_once('.')?;
    let theme = themes.iter().find(|known| known.code == theme)?;
    let kind: FindingKind = kind.parse().ok()?;
    let place = number.parse::<usize>().ok()?.checked_sub(1)?;
    let phrase = of(theme, kind).get(place)?;
    Some(Taken { theme, kind, phrase })
}

fn of(theme: &Theme, kind: FindingKind) -> &[Phrase] {
    match kind {
        FindingKind::Strength => &theme.strengths,
        FindingKind::Concern => &theme.concerns,
        FindingKind::Recommendation => &[],
    }
}

/// The themes of a round's sections, those of the section at hand open; a link takes a phrase over into the form of
/// `page`, along with what else the address says.
pub(super) fn offered(
    themes: &[Theme],
    sections: &[(&str, &str)],
    section: &str,
    page: &Target,
) -> Vec<Offered> {
    let here = themes.iter().filter(|theme| sections.iter().any(|(code, _)| *code == theme.section));
    let offer = |theme: &Theme, kind: FindingKind, place: usize, phrase: &Phrase| Offer {
        href: page.clone().with("phrase", format!("{}.{}.{}", theme.code, kind.as_str(), place + 1)).href(),
        kind: kind.label(),
        text: phrase.text.clone(),
        suggestion: phrase.suggestion.clone().unwrap_or_default(),
    };
    here.map(|theme| {
        let kinds = [FindingKind::Strength, FindingKind::Concern];
        let all =
            kinds.into_iter().flat_map(|kind| of(theme, kind).iter().enumerate().map(move |one| (kind, one)));
        let name = sections.iter().find(|(code, _)| *code == theme.section).map_or("", |(_, name)| name);
        Offered {
            name: format!("{name} · {}", theme.name),
            open: theme.section == section,
            offers: all.map(|(kind, (place, phrase))| offer(theme, kind, place, phrase)).collect(),
        }
    })
    .collect()
}

/// A note that may be put into the finding at hand.
pub(super) struct Joining {
    href: String,
    kind: &'static str,
    words: String,
    suggestion: String,
}

impl Joining {
    pub(super) fn of(note: &Draft, page: &Target) -> Self {
        Self {
            href: page.clone().with("note", note.id.to_string()).href(),
            kind: note.kind.label(),
            words: note.words.clone(),
            suggestion: note.suggestion.clone(),
        }
    }
}

/// What stands beside the form.
#[derive(Template)]
#[template(path = "evaluation/templates/finding_beside.html")]
pub(super) struct Beside {
    pub(super) typed: bool,
    /// How it reads: the facts, the suggestion; nothing of a finding that is not written yet.
    pub(super) read: Vec<(&'static str, String)>,
    pub(super) wrong: Option<String>,
    /// The concerns of the round before, those of the same section and area first.
    pub(super) before: Vec<Earlier>,
    pub(super) offered: Vec<Offered>,
    /// Notes of experts that stand in no finding yet.
    pub(super) notes: Vec<Joining>,
    pub(super) known: bool,
    pub(super) history: Vec<Told>,
}
