//! What the page of the survey's result shows: base, response, means and shares with their intervals, each question.

use std::collections::BTreeMap;

use askama::Template;
use rules::survey::{Closed, Questionnaire};

use super::tables::{self, Table};
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::sample::store::Sample;
use crate::shell::Frame;

/// What a closed survey came to, with what the page needs beside it.
pub(super) struct Found {
    pub(super) round: Round,
    pub(super) sample: Sample,
    pub(super) asked: Questionnaire,
    pub(super) result: Closed,
    /// The scheme's item: name, measured, points, of how many.
    pub(super) item: Option<[String; 4]>,
    /// Persons in the frame.
    pub(super) frame: usize,
    /// Called, those in others' places too.
    pub(super) drawn: usize,
    pub(super) replaced: usize,
    pub(super) answered: usize,
    pub(super) reasons: Vec<(String, usize)>,
    /// Wishes passed on by consent.
    pub(super) wishes: usize,
    /// Whether the strata have numbers of their own.
    pub(super) fixed: bool,
    /// Names of areas by what stands for them.
    pub(super) areas: BTreeMap<String, String>,
}

/// What the survey came to.
#[derive(Template)]
#[template(path = "evaluation/templates/survey.html")]
pub(super) struct ResultPage {
    frame: Frame,
    title: String,
    address: String,
    meta: String,
    tables: Vec<Table>,
}

impl ResultPage {
    pub(super) fn of(frame: Frame, found: &Found) -> Self {
        let at = found.sample.closed_at.map(|at| at.day().to_string()).unwrap_or_default();
        let meta = format!("{} {} 版 · {at} 结束 · 答案与人已分开", found.asked.name, found.asked.version);
        let (title, address) = (title(&found.round), address(&found.round.code));
        Self { frame, title, address, meta, tables: tables::all(found) }
    }
}
