//! The concerns of the round before with what became of them, beside those of the round at hand.

use db::{DbResult, Tx};

use super::plain::Filling;
use crate::evaluation::{Finding, FindingKind, Round, find};
use crate::shell::{App, Trouble};

/// What became of the concerns of a round. Rectification stands below the evaluation, so this is handed in.
#[derive(Clone, Copy)]
pub struct FollowedUp {
    /// Of each concern that was made an item.
    pub of: fn(&mut Tx<'_>, &App, &Round) -> Result<Vec<Became>, Trouble>,
}

/// What became of a concern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// The finding.
    pub code: String,
    /// How far it is.
    pub state: String,
    /// What was done.
    pub done: String,
    /// Its page, for those who may see it.
    pub href: Option<String>,
}

/// A concern of the round before, its figures filled in.
pub(super) struct Before {
    /// 1 for the first.
    pub(super) number: usize,
    pub(super) finding: Finding,
    became: Option<Became>,
}

impl Before {
    /// Whether it is of the same section and area: that is what counts as similar.
    pub(super) fn similar(&self, section: &str, area: Option<&str>) -> bool {
        self.finding.section == section && self.finding.area_code.as_deref() == area
    }

    /// Whether a finding says that this has come back.
    pub(super) fn came_back(&self, finding: &Finding) -> bool {
        finding.returns.as_ref() == Some(&self.finding.code)
    }

    /// Whether a finding speaks of the same: it says so, or it is similar.
    pub(super) fn said_again(&self, finding: &Finding) -> bool {
        finding.kind == FindingKind::Concern
            && (self.came_back(finding) || self.similar(&finding.section, finding.area_code.as_deref()))
    }

    /// For people; `how` says what it has to do with the finding at hand, `place` of which section and area it is.
    pub(super) fn told(&self, how: &'static str, place: &dyn Fn(&Finding) -> String) -> Earlier {
        let became = self.became.as_ref();
        Earlier {
            number: self.number,
            how,
            place: place(&self.finding),
            text: self.finding.text.clone(),
            state: became.map_or("没有建立整改事项", |one| &one.state).to_owned(),
            done: became.map(|one| one.done.clone()).unwrap_or_default(),
            href: became.and_then(|one| one.href.clone()),
        }
    }
}

/// A concern of the round before, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Earlier {
    pub(super) number: usize,
    pub(super) how: &'static str,
    pub(super) place: String,
    pub(super) text: String,
    pub(super) state: String,
    pub(super) done: String,
    pub(super) href: Option<String>,
}

/// The concerns of the round before, with the figures of that round, and what became of each.
pub(super) fn before(
    tx: &mut Tx<'_>,
    app: &App,
    followed: FollowedUp,
    round: &Round,
) -> Result<Vec<Before>, Trouble> {
    let Some(last) = last(tx, round)? else { return Ok(Vec::new()) };
    let concerns = concerns(tx, round)?;
    let mut filling = Filling::of(tx, &app.site().library, &last)?;
    let became = (followed.of)(tx, app, &last)?;
    let mut all = Vec::with_capacity(concerns.len());
    for (number, finding) in (1..).zip(filled(tx, &mut filling, concerns)?) {
        let became = became.iter().find(|one| one.code == finding.code).cloned();
        all.push(Before { number, finding, became });
    }
    Ok(all)
}

/// The concerns of the round before, as they were written.
pub(super) fn concerns(tx: &mut Tx<'_>, round: &Round) -> Result<Vec<Finding>, Trouble> {
    let Some(last) = last(tx, round)? else { return Ok(Vec::new()) };
    let mut concerns = find::findings_of(tx, &last)?;
    concerns.retain(|one| one.kind == FindingKind::Concern);
    Ok(concerns)
}

/// Findings with their figures filled in.
pub(super) fn filled(
    tx: &mut Tx<'_>,
    filling: &mut Filling<'_>,
    mut findings: Vec<Finding>,
) -> DbResult<Vec<Finding>> {
    for one in &mut findings {
        one.text = filling.plain(tx, &one.text)?;
        one.suggestion = one.suggestion.as_deref().map(|text| filling.plain(tx, text)).transpose()?;
    }
    Ok(findings)
}

fn last(tx: &mut Tx<'_>, round: &Round) -> DbResult<Option<Round>> {
    let Some(previous) = &round.previous else { return Ok(None) };
    let now = tx.at();
    Ok(find::rounds_of(tx, round.station_id, now)?.into_iter().find(|one| one.code == *previous))
}
