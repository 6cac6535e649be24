//! Calling somebody who was drawn: an attempt begun, what came of it, and when it is over.

use db::{Event, Tx};
use kernel::{Id, Moment};

use super::frame::said;
use super::model::{CallResult, unreached};
use super::refused;
use super::store::{self, Call, Drawn, Sample};
use crate::access::{Asker, Enter, new_id, permit};
use crate::clients::{self, Reached};
use crate::evaluation::rounds::note;
use crate::evaluation::{Round, Stage};
use crate::shell::Trouble;
use crate::surveys::{ContactOutcome, SampledPerson, Surveys};

/// So long whoever began an attempt sees where to dial: ten minutes.
const LASTS: i64 = 10 * 60 * 1_000_000;

impl Call {
    /// Whether it was begun and is still going on at a moment.
    pub(super) fn is_open(&self, at: Moment) -> bool {
        self.result.is_none() && at.micros() - self.begun_at.micros() < LASTS
    }
}

/// Begins an attempt: from now whoever asks may dial for a while, which stands in the audit log.
pub(super) fn begin(tx: &mut Tx<'_>, round: &Round, by: Id, drawn: &str) -> Result<(), Trouble> {
    let (found, _) = open(tx, round, drawn)?;
    let now = tx.at();
    let calls = store::calls_of(tx, found.sample_id)?;
    let busy = calls.iter().find(|call| call.drawn_id == found.id && call.is_open(now));
    match busy {
        Some(call) if call.begun_by == by => return Ok(()),
        Some(_) => return Err(refused("dial", "别人正在打给这个人，请十分钟后再看")),
        None => {}
    }
    let call = Call {
        id: new_id(now)?,
        sample_id: found.sample_id,
        drawn_id: found.id,
        begun_by: by,
        begun_at: now,
        result: None,
        note: None,
        ended_at: None,
    };
    store::add_call(tx, &call)?;
    let detail = Some(serde_json::json!({ "round": round.code }));
    let event = Event {
        verb: "surveys.dial",
        kind: "person",
        record_id: Some(found.person_id),
        reason: None,
        detail,
    };
    Ok(tx.event(round.station_id, event)?)
}

/// Notes what came of the attempt that whoever asks began last.
pub(super) fn end(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (round, by): (&Round, Id),
    drawn: &str,
    (result, text): (CallResult, &str),
) -> Result<(), Trouble> {
    let (found, _) = open(tx, round, drawn)?;
    let calls = store::calls_of(tx, found.sample_id)?;
    let own = calls
        .iter()
        .rev()
        .find(|call| call.drawn_id == found.id && call.begun_by == by && call.result.is_none());
    let Some(own) = own else { return Err(refused("result", "先按“拨打”，打过再登记结果")) };
    if !store::end_call(tx, own.id, result, text)? {
        return Err(refused("result", "这次通话的结果已经登记"));
    }
    note(tx, round, "surveys.called", Some(format!("{} {}", found.pseudonym, result.label())))?;
    match result.last() {
        Some(outcome) => close(tx, asker, round, &found, outcome),
        None => Ok(()),
    }
}

/// Stops calling somebody who cannot be reached.
pub(super) fn give_up(tx: &mut Tx<'_>, asker: &Asker, round: &Round, drawn: &str) -> Result<(), Trouble> {
    let (found, _) = open(tx, round, drawn)?;
    let has_number = reached(tx, &found)?.is_some_and(|person| !person.numbers.is_empty());
    let attempts: Vec<_> = store::calls_of(tx, found.sample_id)?
        .into_iter()
        .filter(|call| call.drawn_id == found.id)
        .filter_map(|call| Some((call.begun_at.day(), call.result?)))
        .collect();
    unreached(&attempts, has_number).map_err(|what| refused("give_up", what))?;
    note(tx, round, "surveys.called", Some(format!("{} 联系不上", found.pseudonym)))?;
    close(tx, asker, round, &found, ContactOutcome::Unreached)
}

/// How somebody who was drawn is reached; nothing where the file is there no longer.
pub(super) fn reached(tx: &mut Tx<'_>, drawn: &Drawn) -> Result<Option<Reached>, Trouble> {
    Ok(clients::reached(tx, &[(drawn.person_id, drawn.guarded)])?.remove(&drawn.person_id))
}

/// Somebody who is still to be called, of a round that is on site, with the sample.
pub(super) fn open(tx: &mut Tx<'_>, round: &Round, drawn: &str) -> Result<(Drawn, Sample), Trouble> {
    let sample = store::hold(tx, &round.code).map_err(|error| said(error, "drawn"))?;
    let found = store::drawn(tx, sample.id, drawn)?;
    if round.stage != Stage::OnSite {
        return Err(refused("drawn", format!("这一轮在“{}”，不再访问", round.stage.label())));
    }
    if found.outcome.is_some() {
        return Err(refused("drawn", "这个人已经结束访问"));
    }
    Ok((found, sample))
}

/// Ends calling somebody: from now it is a record of the survey.
fn close(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    drawn: &Drawn,
    outcome: ContactOutcome,
) -> Result<(), Trouble> {
    if !store::close(tx, drawn.id, outcome)? {
        return Err(refused("drawn", "这个人已经结束访问"));
    }
    let attempts = store::calls_of(tx, drawn.sample_id)?
        .iter()
        .filter(|call| call.drawn_id == drawn.id && call.result.is_some())
        .count();
    let person = reached(tx, drawn)?.unwrap_or_default();
    let record = SampledPerson {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        area_id: person.area,
        community_id: person.community,
        worker_id: None,
        person_id: drawn.person_id,
        round: round.code.clone(),
        called_on: tx.at().day(),
        attempts: i32::try_from(attempts).unwrap_or(i32::MAX),
        outcome,
    };
    permit::<Enter<Surveys>>(asker, round.station_id)?.append(tx, &[record])?;
    Ok(())
}
