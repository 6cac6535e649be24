//! A paragraph in which a pattern finds numbers by name, for the relations that read what one sentence reckons.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::{can_be_counted, chinese};
use crate::checks::text::words::has_any;

/// A paragraph with its words.
pub(super) struct Sentence<'a> {
    pub(super) doc: &'a Doc,
    pub(super) claims: &'a Claims,
    pub(super) block: &'a Block,
    words: &'a str,
}

pub(super) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// The number that a group of a pattern found, in digits or in Chinese; none that no report counts to.
pub(super) fn number(found: &Captures<'_>, name: &str) -> Option<Decimal> {
    let text = found.name(name)?.as_str().replace(',', "");
    let text = text.as_str();
    text.parse().ok().or_else(|| chinese(text)).filter(can_be_counted)
}

/// What a pattern finds in the paragraphs of a text, each with its paragraph.
pub(super) fn each_found<'a>(
    doc: &'a Doc,
    claims: &'a Claims,
    pattern: &LazyLock<Option<Regex>>,
    mut judge: impl FnMut(&Sentence<'a>, &Captures<'_>),
) {
    for here in Sentence::all(doc, claims) {
        for found in here.found(pattern) {
            judge(&here, &found);
        }
    }
}

/// The same in the paragraphs that hold one of some words, which is looked for first: a pattern that begins with a number tries them all.
pub(super) fn each_found_with<'a>(
    doc: &'a Doc,
    claims: &'a Claims,
    (words, pattern): (&[&str], &LazyLock<Option<Regex>>),
    mut judge: impl FnMut(&Sentence<'a>, &Captures<'_>),
) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(words)) {
        for found in here.found(pattern) {
            judge(&here, &found);
        }
    }
}

impl<'a> Sentence<'a> {
    /// Whether one of some words stands in it.
    pub(super) fn holds(&self, words: &[&str]) -> bool {
        has_any(self.words, words)
    }

    /// Every paragraph that is no cell of a table.
    pub(super) fn all(doc: &'a Doc, claims: &'a Claims) -> impl Iterator<Item = Self> {
        let prose = doc.blocks.iter().filter(|b| b.kind != Kind::Cell);
        prose.map(move |block| Self::of(doc, claims, block))
    }

    /// One paragraph.
    pub(super) fn of(doc: &'a Doc, claims: &'a Claims, block: &'a Block) -> Self {
        Self { doc, claims, block, words: doc.slice(&block.span) }
    }

    /// Where a group of a pattern stands in the text.
    pub(super) fn at(&self, found: &Captures<'_>, name: &str) -> Range<usize> {
        let (start, end) = found.name(name).map_or((0, 0), |m| (m.start(), m.end()));
        self.block.span.start + start..self.block.span.start + end
    }

    /// Where all that a pattern found stands in the text.
    pub(super) fn whole(&self, found: &Captures<'_>) -> Range<usize> {
        let (start, end) = found.get(0).map_or((0, 0), |m| (m.start(), m.end()));
        self.block.span.start + start..self.block.span.start + end
    }

    pub(super) fn found<'p>(
        &'p self,
        pattern: &'p LazyLock<Option<Regex>>,
    ) -> impl Iterator<Item = Captures<'p>> {
        pattern.iter().flat_map(|p| p.captures_iter(self.words))
    }

    /// A warning, where no other relation has spoken of the number.
    pub(super) fn warn(
        &self,
        sink: &mut Sink<'_>,
        rule: &'static str,
        message: String,
        said: (String, String),
        at: Range<usize>,
    ) {
        let claim = self.claims.within(&at).first().map_or(at.start, |c| c.wide().start);
        if !sink.said(&[at.start, claim]) {
            sink.tried();
            sink.add(rule, Severity::Warning, message, said, &[at]);
        }
    }
}
