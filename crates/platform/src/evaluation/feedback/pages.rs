//! What the page of feedback shows.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use kernel::Id;
use web::Target as Address;
use web::form::{KEY, TOKEN};

use super::changes::Unchanged;
use super::model::{About, Verdict};
use super::standing::Unanswered;
use super::store::Objection;
use super::targets::Target;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{FeedbackAnswer, Round};
use crate::shell::Frame;

/// By which day a party that has not answered does so, in words; and what its silence is, where the day is past.
pub(super) struct Owed {
    class: &'static str,
    tag: &'static str,
    day: String,
}

impl Owed {
    pub(super) fn of(one: &Unanswered, today: NaiveDate) -> Option<Self> {
        let due = one.due?;
        Some(match (one.late(today), one.silent(today)) {
            (_, Some(_)) => Self {
                class: "t-warn",
                tag: FeedbackAnswer::Silent.label(),
                day: format!("已过 {due}，不再等候"),
            },
            (Some(_), None) => {
                Self { class: "t-urgent", tag: "逾期", day: format!("已过 {due}，仍等答复") }
            }
            (None, _) => Self { class: "t-mute", tag: "未答复", day: format!("{due} 前答复") },
        })
    }
}

/// A party to the draft.
pub(super) struct Side {
    pub(super) code: String,
    pub(super) name: String,
    /// What it answered, when and by whom, in which words.
    pub(super) given: Option<(FeedbackAnswer, String, String)>,
    /// By when it answers, where it has not and the draft was sent to it.
    pub(super) owed: Option<Owed>,
    /// Whether whoever asks answers for it.
    pub(super) mine: bool,
}

/// An objection.
struct Line {
    id: String,
    number: usize,
    party: String,
    about: String,
    /// The words of the draft that it is about.
    text: String,
    words: String,
    raised: String,
    ruled: Option<(Verdict, String, String)>,
    /// Where that is changed, for whoever may, and what that is called; and whether it still has to be.
    change: Option<(String, &'static str, bool)>,
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
    choices: Vec<(About, Vec<(String, String)>)>,
    objections: Vec<Line>,
    key: String,
}

impl FeedbackPage {
    pub(super) fn of(frame: Frame, round: &Round, sides: Vec<Side>, (keeps, key): (bool, String)) -> Self {
        Self {
            frame,
            title: title(round),
            address: address(&round.code),
            report: format!("/reports/{}", round.code),
            keeps,
            sides,
            choices: Vec::new(),
            objections: Vec::new(),
            key,
        }
    }

    /// The same with what may be objected to, and what was objected.
    pub(super) fn with(
        mut self,
        targets: &[Target],
        objections: &[Objection],
        names: &BTreeMap<Id, String>,
        unchanged: &[Unchanged],
    ) -> Self {
        let of = |about: About| {
            let own = targets.iter().filter(move |one| one.about == about);
            (about, own.map(|one| (one.code.clone(), one.name())).collect())
        };
        self.choices = About::ALL.iter().map(|about| of(*about)).collect();
        let line = |(number, one): (usize, &Objection)| Line {
            id: one.id.to_string(),
            number,
            party: self
                .sides
                .iter()
                .find(|side| side.code == one.party)
                .map_or_else(String::new, |side| side.name.clone()),
            about: match one.about_place.as_str() {
                "" => one.about.label().to_owned(),
                place => format!("{} · {place}", one.about.label()),
            },
            text: one.about_text.clone(),
            words: one.words.clone(),
            raised: {
                let by = names.get(&one.raised_by).map(String::as_str).unwrap_or_default();
                format!("{} {by}", one.raised_at.minute())
            },
            ruled: one.ruling.map(|ruling| (ruling, one.reason.clone(), one.change.clone())),
            change: self
                .keeps
                .then(|| {
                    (
                        self.changed_at(one),
                        one.about.mends(),
                        unchanged.iter().any(|known| known.id == one.id),
                    )
                })
                .filter(|_| one.ruling != Some(Verdict::Refused) && !one.about_code.is_empty()),
        };
        self.objections = (1..).zip(objections).map(line).collect();
        self
    }

    /// The page on which what an objection is about is changed.
    fn changed_at(&self, one: &Objection) -> String {
        match one.about {
            About::Finding => format!("{}/findings/{}", self.address, one.about_code),
            About::Item => format!("{}/scores", self.address),
            About::Passage => Address::new(&["reports", &one.round, "wording", &one.about_code]).href(),
        }
    }
}

impl About {
    /// What is asked for, and what is offered where it is about something else.
    fn asked(self) -> (&'static str, &'static str) {
        match self {
            Self::Finding => ("哪条意见", "不针对意见"),
            Self::Item => ("哪个评分项", "不针对评分项"),
            Self::Passage => ("哪段文字", "不针对文字"),
        }
    }

    /// What changing it is called.
    fn mends(self) -> &'static str {
        match self {
            Self::Finding => "改这条意见",
            Self::Item => "看评分",
            Self::Passage => "改这段文字",
        }
    }
}
