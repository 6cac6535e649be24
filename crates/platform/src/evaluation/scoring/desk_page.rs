//! What the desk shows.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use kernel::trimmed;
use rules::scoring::{Item, Rule};
use web::form::{KEY, TOKEN, Wrong};
use web::number::grouped;
use web::{Form, Page, Target, render};

use super::cells::Cell;
use super::desk::said;
use super::measured::Measured;
use super::store::Entry;
use super::viewer::{View, Viewer};
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::self_review::Answer;
use crate::shell::Frame;

/// What is shown of one cell.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) measured: Option<Measured>,
    pub(super) answer: Option<Answer>,
    pub(super) viewer: Viewer,
    pub(super) others: Vec<(String, Entry)>,
    pub(super) entry: Option<Entry>,
    pub(super) open: bool,
    pub(super) sealed: bool,
    pub(super) before: Option<String>,
    pub(super) next: Option<String>,
    pub(super) left: usize,
    pub(super) may_seal: bool,
    pub(super) turn: i32,
}

/// A cell in the tree.
struct Leaf {
    href: String,
    name: String,
    score: String,
    again: bool,
    current: bool,
}

/// A section in the tree.
struct Branch {
    name: String,
    done: usize,
    leaves: Vec<Leaf>,
}

/// The desk.
#[derive(Template)]
#[template(path = "evaluation/templates/desk.html")]
pub(super) struct DeskPage {
    frame: Frame,
    script: String,
    title: String,
    round_title: String,
    address: String,
    cell: String,
    section: String,
    points: String,
    asks: String,
    levels: Vec<String>,
    rule: String,
    entries: Vec<String>,
    evidence: Vec<String>,
    figure: Option<(String, String, String, String)>,
    answer: Option<Answer>,
    others: Vec<(String, String, String)>,
    tree: Vec<Branch>,
    total: usize,
    shown: Shown,
    score: String,
    reason: String,
    note: String,
    wrong: Vec<Wrong>,
    key: String,
    seal_key: String,
}

impl DeskPage {
    pub(super) fn of<'a, 's: 'a>(
        frame: Frame,
        round: &Round,
        cell: &Cell<'s>,
        lines: impl Iterator<Item = (&'a Cell<'s>, String, Option<&'a Entry>)>,
        mut shown: Shown,
    ) -> Self {
        let mut tree: Vec<Branch> = Vec::new();
        let mut total = 0;
        for (one, href, entry) in lines {
            total += 1;
            let score = said(entry.and_then(|entry| entry.score));
            let again = entry.is_some_and(|entry| entry.asked_again);
            let current = one.code == cell.code;
            let done = usize::from(!score.is_empty());
            let leaf = Leaf { href, name: one.name(), score, again, current };
            match tree.last_mut().filter(|branch| branch.name == one.section.name) {
                Some(branch) => {
                    branch.done += done;
                    branch.leaves.push(leaf);
                }
                None => tree.push(Branch { name: one.section.name.clone(), done, leaves: vec![leaf] }),
            }
        }
        let item = cell.item;
        let figure = shown.measured.as_ref().map(|one| figure(round, &frame, one));
        let others = std::mem::take(&mut shown.others);
        let others = others.into_iter().map(|(code, entry)| (code, said(entry.score), entry.note)).collect();
        let text =
            |of: fn(&Entry) -> &String| shown.entry.as_ref().map(|one| of(one).clone()).unwrap_or_default();
        Self {
            frame,
            script: String::new(),
            title: shown.title.clone(),
            round_title: title(round),
            address: address(&round.code),
            cell: cell.code.clone(),
            section: cell.section.name.clone(),
            points: trimmed(item.points),
            asks: item.asks.clone(),
            levels: item.levels.clone(),
            rule: rule(item),
            entries: match &item.rule {
                Rule::Checklist { entries } => entries.clone(),
                _ => Vec::new(),
            },
            evidence: item.evidence.clone(),
            figure,
            answer: shown.answer.take(),
            others,
            tree,
            total,
            score: said(shown.entry.as_ref().and_then(|one| one.score)),
            reason: text(|one| &one.reason),
            note: text(|one| &one.note),
            shown,
            wrong: Vec::new(),
            key: String::new(),
            seal_key: String::new(),
        }
    }

    pub(super) fn with(mut self, script: String, key: String, seal_key: String) -> Self {
        (self.script, self.key, self.seal_key) = (script, key, seal_key);
        self
    }

    /// The page once more, with what was sent and what is wrong with it.
    pub(super) fn refused(mut self, form: &Form, wrong: &[Wrong]) -> Page {
        self.score = form.text("score").to_owned();
        self.reason = form.text("reason").to_owned();
        self.note = form.text("note").to_owned();
        self.wrong = wrong.to_vec();
        Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&self)?).into_response())
    }

    /// What is wrong with a field.
    fn wrong_of(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.what.as_str())
    }

    /// How many cells have a score, in percent of the width.
    fn share(&self) -> String {
        let done = self.total.saturating_sub(self.shown.left);
        format!("{}%", (done * 100).checked_div(self.total).unwrap_or_default())
    }
}

/// The address of a figure's records, its name, its value, and the score it proposes.
fn figure(round: &Round, frame: &Frame, one: &Measured) -> (String, String, String, String) {
    let station = frame.standing.as_ref().map(|standing| standing.code.clone()).unwrap_or_default();
    let href = Target::new(&["figures", &one.figure])
        .with("station", station)
        .with("as_of", round.records_until)
        .with("round", &round.code)
        .href();
    let value =
        one.value.map_or_else(|| "数不出".to_owned(), |value| format!("{} {}", grouped(value), one.unit));
    (href, one.name.clone(), value, one.proposed.map(trimmed).unwrap_or_default())
}

/// The rule in words.
fn rule(item: &Item) -> String {
    let points = trimmed(item.points);
    match &item.rule {
        Rule::Expert => format!("在 0 到 {points} 分之间，按下面的档次评"),
        Rule::Checklist { entries } => format!("{} 条，每条分值相同", entries.len()),
        Rule::Survey { .. } => format!("满意度的百分数乘以 {points} 分"),
        Rule::Measured { steps, .. } => {
            let step = |step: &rules::scoring::Step| {
                format!("达到 {} 得 {}%", trimmed(step.from), trimmed(step.share))
            };
            steps.iter().map(step).collect::<Vec<_>>().join("，")
        }
    }
}
