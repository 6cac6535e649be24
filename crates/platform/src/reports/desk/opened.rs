//! A report open on the desk: the round, its facts, and its text with what was found in it.

use db::{DbError, Tx};
use kernel::{Id, Problem};
use web::{Fault, Link, Target};

use crate::evaluation::{Round, Stage};
use crate::reports::checked::Checked;
use crate::reports::routes::{figure_href, found};
use crate::reports::{Facts, Passage};
use crate::shell::{App, Frame, Standing, Trouble};

/// A report open on the desk.
pub(super) struct Opened {
    pub(super) round: Round,
    pub(super) facts: Facts,
    pub(super) checked: Checked,
}

impl Opened {
    /// The report of a round that whoever asks may see.
    pub(super) fn of(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Self, Trouble> {
        let round = found(tx, app, code)?;
        let facts = match Facts::load(tx, &app.site().library, &round.code, None) {
            Err(DbError::Problem(problem)) => return Err(unwritten(&round, &problem).into()),
            other => other?,
        };
        let checked =
            Checked::of(&facts, &figure_href(&facts)).map_err(|problem| unwritten(&round, &problem))?;
        Ok(Self { round, facts, checked })
    }

    /// Whether its wording may be changed now.
    pub(super) fn is_open(&self) -> bool {
        (Stage::Drafting..=Stage::Feedback).contains(&self.round.stage)
    }

    /// Why its wording may not be changed now.
    pub(super) fn closed(&self) -> String {
        format!("这一轮在“{}”，起草和初稿反馈阶段才能改报告用语", self.round.stage.label())
    }

    /// A passage of the report's own; findings are written elsewhere.
    pub(super) fn passage(&self, key: &str) -> Result<&Passage, Fault> {
        let mut all = self.checked.composed.passages.iter();
        all.find(|passage| passage.key == key && passage.finding.is_none()).ok_or_else(|| {
            let fault = Fault::not_found("unknown_passage", "这份报告没有这一段", "请从报告用语里选");
            fault.near([Link::new(address(&self.round.code), "报告用语")])
        })
    }

    /// The frame of a page about it.
    pub(super) fn frame(&self, app: &App, title: &str) -> Frame {
        let station = &self.facts.station;
        let standing = Standing { code: station.code.clone(), name: station.name.clone(), as_of: None };
        app.frame("reports", title, Some(standing))
    }
}

/// The report of a round as a page of its own.
pub(super) fn report(code: &str) -> String {
    Target::new(&["reports", code]).href()
}

/// The page of its wording.
pub(super) fn address(code: &str) -> String {
    Target::new(&["reports", code, "wording"]).href()
}

/// The page of one passage.
pub(super) fn passage_address(code: &str, key: &str) -> String {
    Target::new(&["reports", code, "wording", key]).href()
}

/// Whoever writes: the account and its name.
pub(in crate::reports) fn writer(app: &App) -> Result<(Id, String), Trouble> {
    let user = app.asker().user().ok_or_else(|| Fault::of_status(axum::http::StatusCode::UNAUTHORIZED))?;
    Ok((user.user, user.display_name.clone()))
}

fn unwritten(round: &Round, problem: &Problem) -> Fault {
    let what = format!("报告还写不出来：{}", problem.what);
    let place = if problem.place.is_empty() { String::new() } else { format!("（{}）", problem.place) };
    Fault::not_found("no_report", format!("{what}{place}"), problem.remedy.clone())
        .near([Link::new(format!("/evaluation/rounds/{}", round.code), "这一轮评估")])
}
