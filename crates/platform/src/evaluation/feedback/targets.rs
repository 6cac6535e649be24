//! What of a draft may be objected to: its findings, its scores and its passages. An objection keeps the words it was about.

use db::{DbResult, Tx};
use rules::scoring::Scheme;

use super::model::About;
use crate::evaluation::rounds::Drafts;
use crate::evaluation::{Round, find};

/// Something that may be objected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) about: About,
    /// The finding's id, the item's code or the passage's key.
    pub(super) code: String,
    /// What it is called, or under which heading it stands.
    pub(super) place: String,
    /// Its words in the draft; none of a score.
    pub(super) text: String,
}

impl Target {
    /// As one chooses it: where it stands and its first words.
    pub(super) fn name(&self) -> String {
        match first_words(&self.text) {
            words if words.is_empty() => self.place.clone(),
            words => format!("{} · {words}", self.place),
        }
    }
}

/// The first words of a text.
pub(super) fn first_words(text: &str) -> String {
    const WORDS: usize = 30;
    let cut = if text.chars().count() > WORDS { "…" } else { "" };
    text.chars().take(WORDS).chain(cut.chars()).collect()
}

/// All that may be objected to, in the order of the scheme and of the draft.
///
/// # Errors
/// What the database says.
pub(super) fn targets(
    tx: &mut Tx<'_>,
    drafts: Drafts,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Vec<Target>> {
    let draft = (drafts.passages)(tx, round)?;
    let mut all = Vec::new();
    for one in find::findings_of(tx, round)? {
        let printed = draft.iter().find(|line| line.finding.as_ref() == Some(&one.code));
        let text = printed.map_or_else(|| one.text.clone(), |line| line.text.clone());
        let place = one.kind.label().to_owned();
        all.push(Target { about: About::Finding, code: one.id.to_string(), place, text });
    }
    all.extend(scheme.items().map(|(section, item)| Target {
        about: About::Item,
        code: item.code.clone(),
        place: format!("{} · {}", section.name, item.name),
        text: String::new(),
    }));
    all.extend(draft.into_iter().filter(|line| line.finding.is_none()).map(|line| Target {
        about: About::Passage,
        code: line.key,
        place: line.part,
        text: line.text,
    }));
    Ok(all)
}
