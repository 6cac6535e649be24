//! What the pages of the other parties and of those who run a round show.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use kernel::trimmed;
use rules::scoring::Party;
use web::form::{KEY, TOKEN, Wrong};
use web::{Form, Page, render};

use super::desk::said;
use super::store::{Entry, Sheet};
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{Round, Stage};
use crate::shell::Frame;

/// The score of a party.
#[derive(Template)]
#[template(path = "evaluation/templates/party.html")]
pub(super) struct PartyPage {
    frame: Frame,
    title: String,
    address: String,
    code: String,
    name: String,
    out_of: String,
    weight: String,
    score: String,
    note: String,
    sealed: Option<(String, String)>,
    open: bool,
    saved: bool,
    wrong: Vec<Wrong>,
    key: String,
}

impl PartyPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        party: &Party,
        (sheet, entry): (Option<Sheet>, Option<Entry>),
        key: String,
    ) -> Self {
        let sealed = sheet.and_then(|sheet| sheet.sealed_at.zip(sheet.digest));
        let sealed = sealed.map(|(at, digest)| (at.minute(), digest));
        Self {
            frame,
            title: title(round),
            address: address(&round.code),
            code: party.code.clone(),
            name: party.name.clone(),
            out_of: trimmed(party.out_of),
            weight: trimmed(party.weight),
            score: said(entry.as_ref().and_then(|entry| entry.score)),
            saved: entry.as_ref().is_some_and(|entry| entry.score.is_some()),
            note: entry.map(|entry| entry.note).unwrap_or_default(),
            open: round.stage == Stage::OnSite && sealed.is_none(),
            sealed,
            wrong: Vec::new(),
            key,
        }
    }

    /// The page once more, with what was sent and what is wrong with it.
    pub(super) fn refused(mut self, form: &Form, wrong: &[Wrong]) -> Page {
        self.score = form.text("score").to_owned();
        self.note = form.text("note").to_owned();
        self.wrong = wrong.to_vec();
        Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&self)?).into_response())
    }
}

/// How far somebody is with a sheet.
pub(super) struct SheetLine {
    pub(super) name: String,
    pub(super) turn: i32,
    pub(super) sealed: Option<(String, String)>,
}

/// A cell that lies too far apart.
pub(super) struct ApartLine {
    pub(super) name: String,
    pub(super) apart: String,
    pub(super) scores: Vec<(String, String, String)>,
}

/// Something of the scheme that limits the result.
pub(super) struct LimitLine {
    pub(super) kind: &'static str,
    pub(super) kind_label: &'static str,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) ground: String,
    pub(super) times: i32,
    pub(super) note: String,
}

/// Sealing, discussion, and what was found.
#[derive(Template)]
#[template(path = "evaluation/templates/scores.html")]
pub(super) struct ScoresPage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) experts: Vec<SheetLine>,
    pub(super) parties: Vec<SheetLine>,
    pub(super) threshold: String,
    pub(super) all_sealed: bool,
    pub(super) apart: Vec<ApartLine>,
    pub(super) limits: Vec<LimitLine>,
    pub(super) open: bool,
    pub(super) key: String,
}
