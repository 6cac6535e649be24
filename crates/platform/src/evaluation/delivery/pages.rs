//! What the page of deliveries shows.

use askama::Template;
use rules::scoring::{Paper, Recipient};
use web::form::{KEY, TOKEN};

use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::shell::Frame;

/// A step of the way.
pub(super) struct Step {
    pub(super) paper: Paper,
    pub(super) from: &'static str,
    pub(super) to: Recipient,
    /// When and by whom it was handed on.
    pub(super) sent: Option<String>,
    /// When and by whom it was signed for.
    pub(super) received: Option<String>,
    /// By which day it is answered.
    pub(super) due: Option<String>,
    /// By which day it is signed for or handed on, where that is still to be done; or that the day is past.
    pub(super) by: Option<String>,
    /// Whether whoever asks hands it on now.
    pub(super) passes: bool,
    /// Whether whoever asks signs for it now.
    pub(super) signs: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "evaluation/templates/delivery.html")]
pub(super) struct DeliveryPage {
    frame: Frame,
    title: String,
    address: String,
    report: String,
    papers: Vec<(Paper, Vec<Step>)>,
    sends: bool,
    key: String,
}

impl DeliveryPage {
    pub(super) fn of(frame: Frame, round: &Round, steps: Vec<Step>, sends: bool, key: String) -> Self {
        let mut papers: Vec<(Paper, Vec<Step>)> = Paper::ALL.iter().map(|paper| (*paper, vec![])).collect();
        for step in steps {
            if let Some((_, of_paper)) = papers.iter_mut().find(|(paper, _)| *paper == step.paper) {
                of_paper.push(step);
            }
        }
        let report = format!("/reports/{}", round.code);
        Self { frame, title: title(round), address: address(&round.code), report, papers, sends, key }
    }
}
