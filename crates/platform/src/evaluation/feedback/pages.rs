//! What the page of feedback shows.

use askama::Template;
use rules::scoring::Scheme;
use web::form::{KEY, TOKEN};

use super::model::{About, Verdict};
use super::store::Objection;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{FeedbackAnswer, Finding, Round};
use crate::shell::Frame;

/// A party to the draft.
pub(super) struct Side {
    pub(super) code: String,
    pub(super) name: String,
    /// What it answered, when and by whom, in which words.
    pub(super) given: Option<(FeedbackAnswer, String, String)>,
    /// Whether whoever asks answers for it.
    pub(super) mine: bool,
}

/// An objection.
struct Line {
    id: String,
    party: String,
    about: String,
    words: String,
    raised: String,
    ruled: Option<(Verdict, String, String)>,
}

/// The page.
#[derive(Template)]
#[template(path = "evaluation/templates/feedback.html")]
pub(super) struct FeedbackPage {
    frame: Frame,
    title: String,
    address: String,
    report: String,
    keeps: bool,
    sides: Vec<Side>,
    items: Vec<(String, String)>,
    findings: Vec<(String, String)>,
    objections: Vec<Line>,
    key: String,
}

impl FeedbackPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        scheme: &Scheme,
        sides: Vec<Side>,
        (keeps, key): (bool, String),
    ) -> Self {
        let items = scheme
            .items()
            .map(|(section, item)| (item.code.clone(), format!("{} · {}", section.name, item.name)));
        Self {
            frame,
            title: title(round),
            address: address(&round.code),
            report: format!("/reports/{}", round.code),
            keeps,
            sides,
            items: items.collect(),
            findings: Vec::new(),
            objections: Vec::new(),
            key,
        }
    }

    /// The same with the findings that may be objected to, and what was objected.
    pub(super) fn with(mut self, findings: &[Finding], objections: &[Objection]) -> Self {
        let short = |text: &str| text.chars().take(40).collect::<String>();
        self.findings = findings
            .iter()
            .map(|one| (one.id.to_string(), format!("{} · {}", one.kind.label(), short(&one.text))))
            .collect();
        let named = |all: &[(String, String)], code: &str| {
            let found = all.iter().find(|(known, _)| known == code);
            found.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let line = |one: &Objection| Line {
            id: one.id.to_string(),
            party: self
                .sides
                .iter()
                .find(|side| side.code == one.party)
                .map_or_else(String::new, |side| side.name.clone()),
            about: match one.about {
                About::Finding => named(&self.findings, &one.about_code),
                About::Item => named(&self.items, &one.about_code),
                About::Passage => About::Passage.label().to_owned(),
            },
            words: one.words.clone(),
            raised: one.raised_at.minute(),
            ruled: one.ruling.map(|ruling| (ruling, one.reason.clone(), one.change.clone())),
        };
        self.objections = objections.iter().map(line).collect();
        self
    }
}
