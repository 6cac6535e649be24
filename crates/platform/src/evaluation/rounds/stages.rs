//! How far a round is, out of the database, and its step into the next stage.

use db::{DbResult, Tx};
use kernel::Problem;
use rules::scoring::Scheme;
use web::form::Wrong;

use super::guard::{self, Facts, Missing};
use super::{Drafts, routes::note, store};
use crate::access::{Correct, permit};
use crate::evaluation::{
    Evaluation, PanelRole, Round, Stage, delivery, feedback, find, on_site, panel, sample, scoring,
    self_review,
};
use crate::library::Library;
use crate::shell::{App, Trouble};

/// What the guards ask for.
pub(super) fn facts(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme) -> DbResult<Facts> {
    let seats = panel::seats_of(tx, &round.code)?;
    let experts: Vec<_> =
        seats.iter().filter(|seat| seat.is_live() && seat.role == PanelRole::Expert).collect();
    let standing = scoring::standing(tx, round, scheme, &experts)?;
    let today = tx.at().day();
    let mut unanswered = feedback::unanswered(tx, round, scheme)?;
    unanswered.retain(|one| one.silent(today).is_none());
    let late = unanswered.iter().filter_map(|one| Some(format!("{}已过 {}", one.name, one.late(today)?)));
    Ok(Facts {
        scheme_adopted: store::pinned(tx, &round.code)?.is_some(),
        experts: experts.len(),
        pending: seats.iter().filter(|seat| seat.is_pending()).count(),
        open_challenges: panel::challenges_of(tx, &round.code)?
            .iter()
            .filter(|one| one.ruling.is_none())
            .count(),
        answered: self_review::answered(tx, &round.code, scheme)?,
        sealed: standing.sealed,
        to_discuss: standing.to_discuss,
        parties_open: standing.parties_open,
        sample_open: sample::sample_of(tx, &round.code)?.is_some_and(|one| one.published_at.is_none()),
        findings: find::findings_of(tx, round)?.len(),
        unanswered: unanswered.len(),
        late: late.collect(),
        held_up: delivery::overdue(tx, round, scheme, today)?,
        unchanged: feedback::unchanged(tx, round, scheme)?,
        open_objections: feedback::open_objections(tx, round)?,
        scoring_again: scoring::unsettled(tx, round)?,
    })
}

/// What is missing before the next stage opens.
pub(super) fn missing(tx: &mut Tx<'_>, library: &Library, round: &Round) -> DbResult<Vec<Missing>> {
    let scheme = store::scheme_of(tx, library, round)?;
    let facts = facts(tx, round, &scheme)?;
    Ok(guard::missing(round.stage, &scheme, &facts))
}

/// The same with what keeps the report from being sent. Its text is worked through only when nothing else is missing, or
/// where a passage was to be changed: one that the report no longer has is.
pub(super) fn missing_in_all(
    tx: &mut Tx<'_>,
    app: &App,
    drafts: Drafts,
    round: &Round,
) -> Result<Vec<Missing>, Trouble> {
    let scheme = store::scheme_of(tx, &app.site().library, round)?;
    let mut facts = facts(tx, round, &scheme)?;
    for one in std::mem::take(&mut facts.unchanged) {
        if one.passage.as_ref().map_or(Ok(true), |key| (drafts.has)(tx, app, round, key))? {
            facts.unchanged.push(one);
        }
    }
    let mut missing = guard::missing(round.stage, &scheme, &facts);
    if missing.is_empty() && (Stage::Drafting..=Stage::Feedback).contains(&round.stage) {
        let open = (drafts.open)(tx, app, round)?;
        missing.extend(open.into_iter().map(|what| Missing { what, page: guard::WORDING }));
    }
    Ok(missing)
}

/// Opens the next stage. From the self-review on, what is recorded later is an amendment; with the end of scoring the
/// sealed scores become the round's.
pub(super) fn next(
    tx: &mut Tx<'_>,
    app: &App,
    drafts: Drafts,
    mut round: Round,
    seen: &str,
) -> Result<Stage, Trouble> {
    let permit = permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
    let wrong = |what: String| Trouble::from(vec![Wrong { field: "stage".into(), what }]);
    // A page that somebody else has moved on meanwhile opens nothing.
    if round.stage.as_str() != seen {
        return Err(wrong(format!("这一轮已经到了“{}”，请看过再办", round.stage.label())));
    }
    let Some(stage) = guard::after(round.stage) else {
        return Err(wrong("已经是最后一个阶段".to_owned()));
    };
    let missing = missing_in_all(tx, app, drafts, &round)?;
    if !missing.is_empty() {
        let what: Vec<String> = missing.into_iter().map(|one| one.what).collect();
        return Err(wrong(format!("还不能进入“{}”：{}", stage.label(), what.join("；"))));
    }
    if stage == Stage::OnSite {
        round.known_at = tx.at().micros();
    }
    if stage == Stage::Drafting {
        let scheme = store::scheme_of(tx, &app.site().library, &round)?;
        scoring::settle(tx, app.asker(), &round, &scheme)?;
        on_site::settle(tx, app.asker(), &round)?;
    }
    if stage == Stage::Issued {
        (drafts.keep)(tx, app, &round)?;
        let scheme = store::scheme_of(tx, &app.site().library, &round)?;
        scoring::resettle(tx, app.asker(), &round, &scheme)?;
        feedback::settle(tx, app.asker(), &round, &scheme)?;
        panel::close(tx, &round)?;
    }
    round.stage = stage;
    permit.correct(tx, &round)?;
    if stage >= Stage::Feedback {
        (drafts.keep)(tx, app, &round)?;
    }
    note(tx, &round, "evaluation.stage", Some(stage.label().to_owned()))?;
    Ok(stage)
}

/// The scheme of a round may change until the station answers to it.
pub(super) fn may_change_scheme(round: &Round) -> Result<(), Problem> {
    if round.stage == Stage::Preparing {
        return Ok(());
    }
    let what = format!("这一轮已到“{}”，不能再换指标体系", round.stage.label());
    Err(Problem::new("scheme_fixed", what, "要用另一版，请另开一轮"))
}
