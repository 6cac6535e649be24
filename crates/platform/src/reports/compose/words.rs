//! Words that people give to a passage: what may not stand in them, what their tokens are, and how they read filled in.
//! Not here: the report's own words.

use kernel::Problem;
use paper::model::Inline;
use rules::counting::Figure;
use rules::wording::{Segment, parse, typed_number};

use super::desk::{Desk, reference};
use super::{Href, Passage};
use crate::reports::Facts;

/// A token of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// As it is written: `{home_visits@xiaogang}`.
    pub written: String,
    /// What it is.
    pub name: String,
    /// As it is printed now.
    pub text: String,
}

/// What is wrong with words for a passage, in words: a number that is typed, a token that names nothing.
#[must_use]
pub fn wrong(facts: &Facts, text: &str) -> Option<String> {
    let desk = Desk::of(facts, &facts.scheme.scheme, &|_, _| String::new());
    let said = |problem: Problem| format!("{}：{}", problem.what, problem.remedy);
    let segments = match parse(text) {
        Ok(segments) => segments,
        Err(problem) => return Some(said(problem)),
    };
    segments.iter().find_map(|segment| match segment {
        Segment::Text(words) => {
            let number = typed_number(words)?;
            Some(format!("“{number}”是手写的数字：写成 {{代码}}，由系统填入"))
        }
        Segment::Figure { code, scope } => desk.named(code, scope.as_deref()).err().map(said),
    })
}

/// Words for a passage with their figures filled in.
///
/// # Errors
/// They cannot be read.
pub fn fill(facts: &Facts, href: &Href<'_>, text: &str) -> Result<Vec<Inline>, Problem> {
    Desk::of(facts, &facts.scheme.scheme, href).prose(text)
}

/// The tokens of a passage: those of the report's own words, then those that were added; each once.
#[must_use]
pub fn tokens(facts: &Facts, passage: &Passage) -> Vec<Token> {
    let desk = Desk::of(facts, &facts.scheme.scheme, &|_, _| String::new());
    let mut all: Vec<Token> = Vec::new();
    for text in [&passage.template, &passage.words] {
        for segment in parse(text).unwrap_or_default() {
            let Segment::Figure { code, scope } = segment else { continue };
            let written = format!("{{{}}}", reference(&code, scope.as_deref()));
            if all.iter().any(|known| known.written == written) {
                continue;
            }
            let text = desk.prose(&written).unwrap_or_default().iter().map(Inline::plain).collect();
            let place = scope.as_deref().and_then(|code| desk.place(code)).map(|place| place.name.as_str());
            let name = facts.book.set().get(&code).map_or("", Figure::name);
            let name = place.map_or_else(|| name.to_owned(), |place| format!("{name}（{place}）"));
            all.push(Token { written, name, text });
        }
    }
    all
}

/// The tokens of words that are no figures, with what they stand for.
#[must_use]
pub fn names_in(facts: &Facts, text: &str) -> Vec<(String, String)> {
    let desk = Desk::of(facts, &facts.scheme.scheme, &|_, _| String::new());
    let named = |segment| match segment {
        Segment::Figure { code, scope: None } => desk.word(&code).map(|word| (code, word)),
        _ => None,
    };
    parse(text).unwrap_or_default().into_iter().filter_map(named).collect()
}
