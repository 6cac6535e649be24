//! Correcting a result that was noted wrongly, until the sample is published: what it was, what it becomes, and why.
//! Answers are not changed here: they are found by nobody. Whoever has the code of an answer can take it back.

use db::{Sealed, Tx};
use kernel::Id;

use super::answers::kept;
use super::frame::said;
use super::model::CallResult;
use super::store::{self, Correction, Drawn, REASON, Sample};
use super::{answers, refused};
use crate::access::{Asker, Correct, Withdraw, new_id, permit};
use crate::evaluation::rounds::note;
use crate::evaluation::{Round, Stage};
use crate::shell::Trouble;
use crate::surveys::{self, ContactOutcome, Surveys};

/// What the audit log says of why; the reason itself stands sealed beside the correction.
const IN_AUDIT: &str = "更正通话结果";

/// What is corrected.
pub(super) struct Asked<'a> {
    /// The result that is right; not that the questions were answered, which takes a questionnaire.
    pub(super) result: CallResult,
    /// Why.
    pub(super) reason: &'a str,
    /// The code of the answer, where there is one to take back.
    pub(super) code: &'a str,
}

/// Puts the right result in the place of a wrong one.
pub(super) fn correct(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (round, by): (&Round, Id),
    drawn: &str,
    asked: &Asked<'_>,
) -> Result<(), Trouble> {
    let sample = store::hold(tx, &round.code).map_err(|error| said(error, "drawn"))?;
    let found = store::drawn(tx, sample.id, drawn)?;
    if round.stage != Stage::OnSite {
        return Err(refused("drawn", format!("这一轮在“{}”，不再更正", round.stage.label())));
    }
    let Some(outcome) = found.outcome else {
        return Err(refused("result", "还没有结束访问：再登记一次通话就行，不用更正"));
    };
    let became = asked.result.last();
    allowed(tx, &sample, &found, (outcome, became), asked.result)?;
    if outcome == ContactOutcome::Answered {
        if !kept::take_back(tx, sample.id, asked.code)? {
            return Err(refused("code", "没有这个撤回码的问卷：问卷不记名，只有登记时给出的撤回码能撤回它"));
        }
        answers::store::drop_wish(tx, sample.id, found.person_id)?;
    }
    let last = store::calls_of(tx, sample.id)?;
    let last = last.iter().rev().find(|call| call.drawn_id == found.id && call.result.is_some());
    if let Some(call) = last {
        store::recall(tx, call.id, asked.result)?;
    }
    store::reclose(tx, found.id, became)?;
    record(tx, asker, round, &found, became)?;
    let id = new_id(tx.at())?;
    let correction = Correction {
        id,
        sample_id: sample.id,
        drawn_id: found.id,
        was: outcome.label().to_owned(),
        became: asked.result.label().to_owned(),
        reason: Sealed::new(tx.keys(), REASON, &id, asked.reason).map_err(db::DbError::from)?,
        made_by: by,
        made_at: tx.at(),
    };
    store::add_correction(tx, &correction)?;
    let words = format!("{} {} → {}", found.pseudonym, correction.was, correction.became);
    note(tx, round, "surveys.corrected", Some(words))
}

fn allowed(
    tx: &mut Tx<'_>,
    sample: &Sample,
    found: &Drawn,
    (was, became): (ContactOutcome, Option<ContactOutcome>),
    result: CallResult,
) -> Result<(), Trouble> {
    if result == CallResult::Answered {
        return Err(refused("result", "改成“已答”要先改成再打，再按问卷逐题登记"));
    }
    let answers = was == ContactOutcome::Answered || became.is_none();
    if sample.closed_at.is_some() && answers {
        return Err(refused("result", "调查已经结束，答案已与人分开，只能更正没有作答的原因"));
    }
    let replaced =
        store::drawn_of(tx, sample.id)?.iter().any(|one| one.replaces.as_ref() == Some(&found.pseudonym));
    if replaced && became.is_none() {
        return Err(refused("result", "已经有人替补，不能再打"));
    }
    Ok(())
}

/// The record of the survey follows: corrected, or withdrawn where calling goes on.
fn record(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    found: &Drawn,
    became: Option<ContactOutcome>,
) -> Result<(), Trouble> {
    let Some(mut record) = surveys::sampled(tx, &round.code, found.person_id)? else { return Ok(()) };
    match became {
        Some(outcome) => {
            record.outcome = outcome;
            permit::<Correct<Surveys>>(asker, round.station_id)?.correct(tx, &record)?;
        }
        None => permit::<Withdraw<Surveys>>(asker, round.station_id)?
            .withdraw::<surveys::SampledPerson>(tx, record.id, IN_AUDIT)?,
    }
    Ok(())
}
