//! The pages of reports, one struct per template.

#[cfg(test)]
mod sample;

use askama::Template;
use rules::scoring::Paper;
use rust_decimal::Decimal;
use web::form::{KEY, TOKEN};
use web::number::grouped;

use super::issue::Given;
use crate::evaluation::Round;
use crate::figures::{Choices, Stand};
use crate::shell::Frame;

/// `/reports`.
#[derive(Template)]
#[template(path = "reports/templates/rounds.html")]
pub struct RoundsPage {
    pub(super) frame: Frame,
    pub(super) choices: Choices,
    pub(super) rounds: Vec<RoundRow>,
}

pub(super) struct RoundRow {
    pub(super) href: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) stage: &'static str,
    pub(super) records_until: String,
    pub(super) evaluated_on: String,
    pub(super) evaluator: String,
}

/// `/reports/{round}`.
#[derive(Template)]
#[template(path = "reports/templates/round.html")]
pub struct RoundPage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) meta: String,
    /// The page of its changes; and that of its wording, for those who may change it.
    pub(super) changes: String,
    pub(super) wording: Option<String>,
    pub(super) kept: Vec<KeptRow>,
    /// Markup from `paper::html::fragment`, which escapes what it is given; or why there is none.
    pub(super) report: Result<String, String>,
    pub(super) address: String,
    /// The papers that were issued: what, when, seal, files.
    pub(super) issued: Vec<IssuedRow>,
    /// What may be issued now.
    pub(super) open: Option<Paper>,
    pub(super) key: String,
}

/// A paper that was issued, with its files.
pub(super) struct IssuedRow {
    pub(super) paper: &'static str,
    pub(super) at: String,
    pub(super) seal: String,
    pub(super) files: Vec<(String, String, &'static str, String)>,
}

/// A file beside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub label: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
}

pub(super) struct KeptRow {
    pub(super) href: String,
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) size: String,
}

impl RoundsPage {
    /// The page, from a station's rounds.
    #[must_use]
    pub fn of(frame: Frame, stand: &Stand, rounds: &[Round]) -> Self {
        let row = |round: &Round| RoundRow {
            href: web::Target::new(&["reports", &round.code]).href(),
            code: round.code.clone(),
            name: format!("{}评估", round.kind.label()),
            stage: round.stage.label(),
            records_until: round.records_until.to_string(),
            evaluated_on: round.evaluated_on.to_string(),
            evaluator: round.evaluator.clone(),
        };
        Self {
            frame,
            choices: Choices::of(stand, &["reports"], vec![]),
            rounds: rounds.iter().map(row).collect(),
        }
    }
}

impl RoundPage {
    /// The page, from a round, its report and the files that are there.
    #[must_use]
    pub fn of(frame: Frame, round: &Round, report: Result<String, String>, kept: &[Kept]) -> Self {
        let row = |kept: &Kept| KeptRow {
            href: kept.href.clone(),
            name: kept.name,
            label: kept.label,
            size: size(kept.bytes),
        };
        Self {
            frame,
            title: format!("{}评估", round.kind.label()),
            meta: format!(
                "{} · {} · 数据截至 {} · 实地评估 {}",
                round.code,
                round.stage.label(),
                round.records_until,
                round.evaluated_on
            ),
            changes: web::Target::new(&["reports", &round.code, "changes"]).href(),
            wording: None,
            kept: kept.iter().map(row).collect(),
            report,
            address: web::Target::new(&["reports", &round.code]).href(),
            issued: Vec::new(),
            open: None,
            key: String::new(),
        }
    }

    /// The same with the papers that were issued, and the one that may be issued now.
    pub(super) fn issued(mut self, given: &[Given], open: Option<Paper>, key: String) -> Self {
        let row = |one: &Given| {
            let (paper, at, seal) = one.said.clone();
            let files = one.files.iter();
            let files =
                files.map(|(href, name, label, bytes)| (href.clone(), name.clone(), *label, size(*bytes)));
            IssuedRow { paper, at, seal, files: files.collect() }
        };
        self.issued = given.iter().map(row).collect();
        (self.open, self.key) = (open, key);
        self
    }

    /// The same with the way to its wording, where whoever asks may change it.
    #[must_use]
    pub fn desk(self, keeps: bool) -> Self {
        let wording = self.changes.replace("/changes", "/wording");
        Self { wording: keeps.then_some(wording), ..self }
    }
}

/// A length for people: `312 KB`, `1.4 MB`.
pub(super) fn size(bytes: u64) -> String {
    let kilo = Decimal::from(bytes) / Decimal::from(1024);
    if kilo < Decimal::from(1000) {
        return format!("{} KB", grouped(kernel::half_up(kilo, 0).max(Decimal::ONE)));
    }
    format!("{} MB", grouped(kernel::half_up(kilo / Decimal::from(1024), 1)))
}
