//! What the form of a visit shows.

use askama::Template;
use chrono::NaiveDate;
use rules::codes::{Codes, List};
use web::Form;
use web::form::{KEY, TOKEN, Wrong};

use super::super::model::{FollowState, SEEN, Standing, Unmet, VisitKind, VisitPlace};
use super::super::store::Visit;
use super::asked::{FOLLOW, NEED};
use super::form::{Before, SEEN_FIELDS, SIDE_LABELS, SIDES, STATE_FIELDS};
use crate::clients::{RISKS, RiskLevel, Rolled, ServiceLevel, Urgency};
use crate::shell::Frame;

/// `/visits/record/{household}`.
#[derive(Template)]
#[template(path = "visits/templates/record.html")]
pub(super) struct RecordPage {
    frame: Frame,
    key: String,
    household: String,
    title: String,
    file_number: String,
    level: Option<(&'static str, &'static str)>,
    tags: Vec<String>,
    persons: Vec<(String, String)>,
    promised: Vec<(String, String, NaiveDate, &'static str)>,
    sides: Vec<SideShown>,
    last: Option<NaiveDate>,
    goals: Vec<(String, NaiveDate)>,
    rows: Vec<Row>,
    /// Whether a minor belongs to the household.
    child: bool,
    sent: Form,
    fresh: Vec<(&'static str, String)>,
    wrong: Vec<Wrong>,
}

/// One side of life.
struct SideShown {
    name: &'static str,
    state: &'static str,
    seen: &'static str,
    label: &'static str,
    hint: &'static str,
    words: &'static [&'static str],
    /// What was written last time.
    before: String,
}

/// A line of what is promised and of what is needed.
struct Row {
    number: usize,
    follow: &'static str,
    due: &'static str,
    need: &'static str,
    urgency: &'static str,
}

impl RecordPage {
    pub(super) fn of(
        frame: Frame,
        key: String,
        codes: &Codes,
        (file, known, last, goals): (&Rolled, &Before, Option<Visit>, Vec<(String, NaiveDate)>),
        sent: Form,
    ) -> Self {
        let mut tags: Vec<String> = Vec::new();
        for one in &file.categories {
            let label = codes.label(List::Categories, &one.category).to_owned();
            if !tags.contains(&label) {
                tags.push(label);
            }
        }
        let texts =
            last.as_ref().map(|last| [&last.physical, &last.psychological, &last.social].map(Clone::clone));
        let texts = texts.unwrap_or_default();
        let level =
            file.levels.iter().rev().find(|level| level.from_on <= known.today).map(|level| level.level);
        Self {
            frame: Frame { task: true, ..frame },
            key,
            household: file.household.id.to_string(),
            title: file.title(),
            file_number: file.household.file_number.clone(),
            level: level.map(|level| (level.label(), class(level))),
            tags,
            persons: known.persons.iter().map(|one| (one.id.to_string(), one.name.clone())).collect(),
            promised: known
                .promised
                .iter()
                .map(|one| (one.id.to_string(), one.what.clone(), one.due_on, one.state.as_str()))
                .collect(),
            sides: sides(texts),
            last: last.map(|last| last.visited_on),
            goals,
            rows: rows(),
            child: known.persons.iter().any(|person| person.is_minor(known.today)),
            sent,
            fresh: Vec::new(),
            wrong: Vec::new(),
        }
    }

    /// With what most visits have: today, half an hour, whoever is the only one.
    pub(super) fn begin(&mut self, kind: VisitKind, today: NaiveDate) {
        let minutes = if kind == VisitKind::Home { "30" } else { "10" };
        self.fresh = vec![
            ("kind", kind.as_str().to_owned()),
            ("visited_on", today.to_string()),
            ("minutes", minutes.to_owned()),
        ];
        if let [(only, _)] = self.persons.as_slice() {
            self.fresh.push(("met", only.clone()));
        }
    }

    /// The same with what is wrong.
    pub(super) fn with(self, wrong: Vec<Wrong>) -> Self {
        Self { wrong, ..self }
    }

    fn said(&self, name: &str) -> &str {
        let fresh = self.fresh.iter().find(|(known, _)| *known == name);
        fresh.map_or_else(|| self.sent.text(name), |(_, value)| value)
    }

    fn ticked(&self, name: &str, value: &str) -> bool {
        self.said(name) == value || self.sent.all(name).contains(&value)
    }

    fn promise(&self, id: &str, state: &str, word: &str) -> bool {
        let sent = self.sent.text(&format!("promise_{id}"));
        if sent.is_empty() { state == word } else { sent == word }
    }

    fn wrong_of(&self, name: &str) -> Option<&str> {
        self.wrong.iter().find(|wrong| wrong.field == name).map(|wrong| wrong.what.as_str())
    }

    fn home(&self) -> bool {
        self.said("kind") != VisitKind::Phone.as_str()
    }
}

/// The lines of what is promised and of what is needed.
fn rows() -> Vec<Row> {
    let of = |(number, ((follow, due), (need, urgency)))| Row { number, follow, due, need, urgency };
    (1..).zip(FOLLOW.into_iter().zip(NEED)).map(of).collect()
}

fn class(level: ServiceLevel) -> &'static str {
    match level {
        ServiceLevel::One => "l1",
        ServiceLevel::Two => "l2",
        _ => "l3",
    }
}

fn sides(before: [String; 3]) -> Vec<SideShown> {
    let hints = ["写看到的、量到的、本人说的", "情绪、想法、和上次比的变化", "和谁来往、谁在照料"];
    let side = |(n, before)| SideShown {
        name: SIDES[n],
        state: STATE_FIELDS[n],
        seen: SEEN_FIELDS[n],
        label: SIDE_LABELS[n],
        hint: hints[n],
        words: SEEN[n],
        before,
    };
    before.into_iter().enumerate().map(side).collect()
}
