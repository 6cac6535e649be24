//! Texts as tokens and words as queries, the same on both databases: `a` with a run of ASCII letters and digits, or
//! `u` with the code point of any other letter, so that a Chinese character is a token whatever the cluster's language
//! is, and nothing a person types can be an operator. Sees no connection.

use kernel::Id;
use unicode_normalization::UnicodeNormalization as _;

use super::Entry;

/// Between two texts of a record: no phrase holds it.
const GAP: &str = "z";
/// Characters of a run that are kept, in what is indexed as in what is looked for.
const RUN: usize = 64;
/// Tokens of one record that are indexed; PostgreSQL keeps positions up to 16,383.
const ENTRY: usize = 4096;
/// Tokens of one word, and words of one query, that are looked at.
const WORD: usize = 64;
const WORDS: usize = 16;

/// What is looked for: tokens that stand side by side in one text, the last of them perhaps only begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    tokens: Vec<String>,
    begun: bool,
}

impl Word {
    /// These characters and runs, side by side and whole: `小明`, `440105`.
    #[must_use]
    pub fn phrase(text: &str) -> Self {
        Self { tokens: tokens(text).take(WORD).collect(), begun: false }
    }

    /// The same with its last run of letters or digits perhaps only begun: `wang` finds `wangxiaoming`. A Chinese
    /// character is whole by itself.
    #[must_use]
    pub fn prefix(text: &str) -> Self {
        let tokens: Vec<String> = tokens(text).take(WORD).collect();
        let begun = tokens.last().is_some_and(|last| last.starts_with('a'));
        Self { tokens, begun }
    }

    /// What a person typed: a word for each part between spaces, all of them perhaps only begun.
    #[must_use]
    pub fn parse(text: &str) -> Vec<Self> {
        let words = text.split_whitespace().map(Self::prefix);
        words.filter(|word| !word.is_empty()).take(WORDS).collect()
    }

    /// Whether it holds no letter and no digit; such a word is passed over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// What is stored for a record: its kind, its station, then its texts.
pub(super) fn terms(of: &str, entry: &Entry) -> String {
    let mut all = vec![kind(of), station(of, entry.station_id)];
    for text in &entry.terms {
        all.push(GAP.to_owned());
        all.extend(tokens(text).take(ENTRY));
    }
    all.truncate(ENTRY);
    all.join(" ")
}

/// The token that every record of a kind has.
pub(super) fn kind(kind: &str) -> String {
    format!("k{}", plain(kind))
}

/// The token that every record of a kind in a station has.
pub(super) fn station(kind: &str, station: Id) -> String {
    format!("s{}{}", plain(kind), station.as_str().replace('-', ""))
}

/// The query in the language of FTS5.
pub(super) fn fts5(places: &[String], words: &[&Word]) -> String {
    let word = |word: &&Word| format!("\"{}\"{}", word.tokens.join(" "), if word.begun { " *" } else { "" });
    let mut parts = vec![format!("({})", places.join(" OR "))];
    parts.extend(words.iter().take(WORDS).map(word));
    parts.join(" AND ")
}

/// The query in the language of PostgreSQL's `tsquery`.
pub(super) fn tsquery(places: &[String], words: &[&Word]) -> String {
    let word =
        |word: &&Word| format!("({}{})", word.tokens.join(" <-> "), if word.begun { ":*" } else { "" });
    let mut parts = vec![format!("({})", places.join(" | "))];
    parts.extend(words.iter().take(WORDS).map(word));
    parts.join(" & ")
}

/// A kind's name in letters and digits alone.
fn plain(kind: &str) -> String {
    kind.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '0' }).collect()
}

/// The tokens of a text. Full-width forms count as the ordinary ones (NFKC), capitals as small letters.
fn tokens(text: &str) -> impl Iterator<Item = String> {
    let mut characters = text.nfkc().flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        let first = characters.find(|c| c.is_alphanumeric())?;
        if !first.is_ascii() {
            return Some(format!("u{:x}", u32::from(first)));
        }
        let mut run = format!("a{first}");
        while let Some(next) = characters.next_if(char::is_ascii_alphanumeric) {
            if run.len() <= RUN {
                run.push(next);
            }
        }
        Some(run)
    })
}
