//! What the pages of rounds show.

use std::collections::BTreeMap;

use askama::Template;
use kernel::{Id, Moment, trimmed};
use rules::scoring::{Outcome, Scheme};
use web::form::{KEY, TOKEN};

use super::guard::{self, Missing};
use super::routes::{address, title};
use crate::evaluation::sample::Sample;
use crate::evaluation::scoring::PartyStanding;
use crate::evaluation::{Round, Stage};
use crate::shell::Frame;

/// A round in the list.
struct Line {
    href: String,
    station: String,
    title: String,
    stage: &'static str,
    over: bool,
    evaluated_on: String,
    evaluator: String,
}

/// The rounds.
#[derive(Template)]
#[template(path = "evaluation/templates/rounds.html")]
pub(super) struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    may_open: bool,
    keeps_experts: bool,
    reads_schemes: bool,
    invited: usize,
}

impl ListPage {
    pub(super) fn of(
        frame: Frame,
        rounds: &[Round],
        stations: &BTreeMap<Id, String>,
        (may_open, keeps_experts, reads_schemes): (bool, bool, bool),
        invited: usize,
    ) -> Self {
        let line = |round: &Round| Line {
            href: address(&round.code),
            station: stations.get(&round.station_id).cloned().unwrap_or_default(),
            title: title(round),
            stage: round.stage.label(),
            over: round.is_over(),
            evaluated_on: round.evaluated_on.to_string(),
            evaluator: round.evaluator.clone(),
        };
        let lines = rounds.iter().map(line).collect();
        Self { frame, lines, may_open, keeps_experts, reads_schemes, invited }
    }
}

/// What whoever asks may do in a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) keeps: bool,
    pub(super) answers: bool,
    pub(super) challenges: bool,
    pub(super) seat: bool,
    pub(super) samples: bool,
}

/// A stage of the round.
struct Step {
    label: &'static str,
    since: String,
    done: bool,
    current: bool,
}

/// The total, where it may be seen.
struct Total {
    total: String,
    grade: String,
    parties: Vec<[String; 4]>,
}

/// A round.
#[derive(Template)]
#[template(path = "evaluation/templates/one_round.html")]
pub(super) struct RoundPage {
    frame: Frame,
    title: String,
    meta: String,
    address: String,
    scheme: Option<(String, String)>,
    stage: Stage,
    next: Option<&'static str>,
    seen: Seen,
    steps: Vec<Step>,
    missing: Vec<(String, String)>,
    days: Vec<(&'static str, String)>,
    members: Vec<(String, String, &'static str)>,
    parties: Vec<PartyStanding>,
    total: Option<Total>,
    report: String,
    key: String,
}

impl RoundPage {
    pub(super) fn of(frame: Frame, round: &Round, scheme: Option<&Scheme>, seen: Seen, key: String) -> Self {
        let meta = format!("评估 {} · 督导 {}", round.evaluator, round.supervision_centre);
        let scheme = scheme.map(|scheme| {
            let href = format!("/evaluation/schemes/{}", scheme.code);
            (href, format!("{}（{} 版）", scheme.name, scheme.version))
        });
        let frozen = match round.stage < Stage::OnSite {
            true => "实地评估开始时冻结".to_owned(),
            false => Moment::from_micros(round.known_at).minute(),
        };
        let days = vec![
            ("数据截止日", round.records_until.to_string()),
            ("记录冻结", frozen),
            ("实地评估日", round.evaluated_on.to_string()),
        ];
        Self {
            frame,
            title: title(round),
            meta,
            address: address(&round.code),
            scheme,
            stage: round.stage,
            next: guard::after(round.stage).map(Stage::label),
            seen,
            steps: Vec::new(),
            missing: Vec::new(),
            days,
            members: Vec::new(),
            parties: Vec::new(),
            total: None,
            report: format!("/reports/{}", round.code),
            key,
        }
    }

    /// The same with what the survey's sample has promised: everybody who sees the round may note it beforehand.
    pub(super) fn promised(mut self, sample: Option<&Sample>) -> Self {
        let Some(sample) = sample else { return self };
        self.days.push(("抽样种子的承诺", sample.commitment.clone()));
        self.days.extend(sample.frame_digest.clone().map(|digest| ("抽样名单摘要", digest)));
        self
    }

    /// The same with what was found out about it.
    pub(super) fn with(
        mut self,
        missing: Vec<Missing>,
        parties: Vec<PartyStanding>,
        outcome: Option<Outcome>,
        members: Vec<(String, String, &'static str)>,
        history: &[(Stage, Moment)],
    ) -> Self {
        let page = |one: Missing| {
            let href = match one.page {
                "" => String::new(),
                guard::WORDING => format!("{}/wording", self.report),
                page => format!("{}/{page}", self.address),
            };
            (one.what, href)
        };
        self.missing = missing.into_iter().map(page).collect();
        self.parties = parties;
        self.members = members;
        let since = |stage: Stage| {
            let found = history.iter().find(|(known, _)| *known == stage);
            found.map(|(_, at)| at.day().to_string()).unwrap_or_default()
        };
        let step = |stage: &Stage| Step {
            label: stage.label(),
            since: since(*stage),
            done: *stage < self.stage || self.stage == Stage::Issued,
            current: *stage == self.stage && self.stage != Stage::Issued,
        };
        self.steps = Stage::ALL.iter().map(step).collect();
        self.total = outcome.map(|outcome| Total {
            total: trimmed(outcome.total),
            grade: outcome.grade.clone(),
            parties: outcome
                .parties
                .iter()
                .map(|one| [one.name.clone(), trimmed(one.weight), trimmed(one.score), trimmed(one.weighted)])
                .collect(),
        });
        self
    }
}

/// What was recorded after the freeze.
#[derive(Template)]
#[template(path = "evaluation/templates/amendments.html")]
pub(super) struct AmendmentsPage {
    frame: Frame,
    title: String,
    address: String,
    frozen: Option<String>,
    lines: Vec<[String; 4]>,
}

impl AmendmentsPage {
    pub(super) fn of(frame: Frame, round: &Round, frozen: Moment, lines: Vec<[String; 4]>) -> Self {
        let frozen = (round.stage >= Stage::OnSite).then(|| frozen.minute());
        Self { frame, title: title(round), address: address(&round.code), frozen, lines }
    }
}
