//! The tables of samples, their members and calls. All SQL on them is here.

use chrono::NaiveDate;
use db::{DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::model::{CallResult, StrataBy};
use crate::surveys::ContactOutcome;

diesel::table! {
    samples (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        commitment -> Text,
        seed -> Binary,
        committed_by -> Text,
        committed_at -> BigInt,
        strata_by -> Nullable<Text>,
        cut_off -> Nullable<Date>,
        frame_digest -> Nullable<Text>,
        left_out -> Nullable<Text>,
        frozen_by -> Nullable<Text>,
        frozen_at -> Nullable<BigInt>,
        wanted -> Nullable<Integer>,
        allocation -> Nullable<Text>,
        drawn_by -> Nullable<Text>,
        drawn_at -> Nullable<BigInt>,
        published_by -> Nullable<Text>,
        published_at -> Nullable<BigInt>,
        questionnaire -> Nullable<Text>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<BigInt>,
        wiped_at -> Nullable<BigInt>,
        result -> Nullable<Text>,
    }
}

diesel::table! {
    sample_members (sample_id, pseudonym) {
        sample_id -> Text,
        pseudonym -> Text,
        person_id -> Text,
        stratum -> Text,
        guarded -> Bool,
    }
}

diesel::table! {
    sample_drawn (id) {
        id -> Text,
        sample_id -> Text,
        pseudonym -> Text,
        person_id -> Text,
        stratum -> Text,
        guarded -> Bool,
        place -> Integer,
        replaces -> Nullable<Text>,
        outcome -> Nullable<Text>,
        closed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sample_corrections (id) {
        id -> Text,
        sample_id -> Text,
        drawn_id -> Text,
        was -> Text,
        became -> Text,
        reason -> Binary,
        made_by -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    sample_calls (id) {
        id -> Text,
        sample_id -> Text,
        drawn_id -> Text,
        begun_by -> Text,
        begun_at -> BigInt,
        result -> Nullable<Text>,
        note -> Nullable<Binary>,
        ended_at -> Nullable<BigInt>,
    }
}

/// A result that was wrong, and what was put in its place.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sample_corrections)]
pub(super) struct Correction {
    pub(super) id: Id,
    pub(super) sample_id: Id,
    pub(super) drawn_id: Id,
    /// In words.
    pub(super) was: String,
    /// In words.
    pub(super) became: String,
    pub(super) reason: Sealed<String>,
    pub(super) made_by: Id,
    pub(super) made_at: Moment,
}

/// The column reasons are sealed for.
pub(super) const REASON: &str = "sample_corrections.reason";

/// The column notes are sealed for.
const NOTE: &str = "sample_calls.note";

/// The sample of a round, as far as it has come.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = samples, treat_none_as_null = true)]
pub(in crate::evaluation) struct Sample {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) station_id: Id,
    pub(in crate::evaluation) round: String,
    /// SHA-256 of the seed.
    pub(in crate::evaluation) commitment: String,
    /// Sealed: read only to draw, to replace, and once it is published.
    pub(in crate::evaluation) seed: Sealed<String>,
    pub(in crate::evaluation) committed_by: Id,
    pub(in crate::evaluation) committed_at: Moment,
    pub(in crate::evaluation) strata_by: Option<StrataBy>,
    pub(in crate::evaluation) cut_off: Option<NaiveDate>,
    pub(in crate::evaluation) frame_digest: Option<String>,
    /// Why how many do not belong, as JSON.
    pub(in crate::evaluation) left_out: Option<String>,
    pub(in crate::evaluation) frozen_by: Option<Id>,
    pub(in crate::evaluation) frozen_at: Option<Moment>,
    pub(in crate::evaluation) wanted: Option<i32>,
    /// `rules::sampling::Allocation`, as JSON.
    pub(in crate::evaluation) allocation: Option<String>,
    pub(in crate::evaluation) drawn_by: Option<Id>,
    pub(in crate::evaluation) drawn_at: Option<Moment>,
    pub(in crate::evaluation) published_by: Option<Id>,
    pub(in crate::evaluation) published_at: Option<Moment>,
    /// The questionnaire, word for word, from the freeze on.
    pub(in crate::evaluation) questionnaire: Option<String>,
    pub(in crate::evaluation) closed_by: Option<Id>,
    pub(in crate::evaluation) closed_at: Option<Moment>,
    /// When the pages on which answers stood while the survey was open were written anew.
    pub(in crate::evaluation) wiped_at: Option<Moment>,
    /// `rules::survey::Closed`, as JSON.
    pub(in crate::evaluation) result: Option<String>,
}

/// Somebody who can be drawn.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sample_members)]
pub(super) struct MemberRow {
    pub(super) sample_id: Id,
    pub(super) pseudonym: String,
    pub(super) person_id: Id,
    pub(super) stratum: String,
    /// Whether the guardian is asked.
    pub(super) guarded: bool,
}

/// Somebody who is called.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sample_drawn)]
pub(super) struct Drawn {
    pub(super) id: Id,
    pub(super) sample_id: Id,
    pub(super) pseudonym: String,
    pub(super) person_id: Id,
    pub(super) stratum: String,
    pub(super) guarded: bool,
    /// 1 for the first drawn; those who came in others' places follow.
    pub(super) place: i32,
    /// The pseudonym of whom.
    pub(super) replaces: Option<String>,
    /// What came of it, once calling is over.
    pub(super) outcome: Option<ContactOutcome>,
    pub(super) closed_at: Option<Moment>,
}

/// An attempt.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sample_calls)]
pub(super) struct Call {
    pub(super) id: Id,
    pub(super) sample_id: Id,
    pub(super) drawn_id: Id,
    pub(super) begun_by: Id,
    pub(super) begun_at: Moment,
    /// What came of it; nothing yet where it was only begun.
    pub(super) result: Option<CallResult>,
    /// Sealed, where there is one.
    pub(super) note: Option<Sealed<String>>,
    pub(super) ended_at: Option<Moment>,
}

/// The sample of a round.
pub(in crate::evaluation) fn sample_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Option<Sample>> {
    let own = samples::table.filter(samples::round.eq(round));
    Ok(own.select(Sample::as_select()).first(tx.conn()).optional()?)
}

/// Begins a sample. Two requests at one moment begin one: the other fails on the constraint.
pub(super) fn add(tx: &mut Tx<'_>, sample: &Sample) -> DbResult<()> {
    diesel::insert_into(samples::table).values(sample).execute(tx.conn())?;
    Ok(())
}

/// Holds the sample of a round for writing until the transaction ends, and gives it as it then is.
///
/// # Errors
/// There is none, or it is published and nothing of it changes any more.
pub(super) fn hold(tx: &mut Tx<'_>, round: &str) -> DbResult<Sample> {
    let open = samples::table.filter(samples::round.eq(round).and(samples::published_at.is_null()));
    let held = diesel::update(open).set(samples::round.eq(round)).execute(tx.conn())?;
    match sample_of(tx, round)? {
        Some(sample) if held == 1 => Ok(sample),
        Some(_) => Err(Problem::new("sample_published", "样本已经公布，不再改动", "").into()),
        None => Err(Problem::new("no_sample", "还没有承诺种子", "先在“满意度抽样”页承诺种子").into()),
    }
}

/// Writes a sample as it now is.
pub(super) fn save(tx: &mut Tx<'_>, sample: &Sample) -> DbResult<()> {
    diesel::update(samples::table.filter(samples::id.eq(sample.id))).set(sample).execute(tx.conn())?;
    Ok(())
}

/// Puts the frame in.
pub(super) fn add_members(tx: &mut Tx<'_>, members: &[MemberRow]) -> DbResult<()> {
    for member in members {
        diesel::insert_into(sample_members::table).values(member).execute(tx.conn())?;
    }
    Ok(())
}

/// The frame, by pseudonym.
pub(super) fn members_of(tx: &mut Tx<'_>, sample: Id) -> DbResult<Vec<MemberRow>> {
    let own = sample_members::table.filter(sample_members::sample_id.eq(sample));
    let mut all: Vec<MemberRow> = own.select(MemberRow::as_select()).load(tx.conn())?;
    // By their bytes on either database.
    all.sort_by(|one, other| one.pseudonym.cmp(&other.pseudonym));
    Ok(all)
}

/// Puts somebody on the list of those who are called.
pub(super) fn add_drawn(tx: &mut Tx<'_>, drawn: &Drawn) -> DbResult<()> {
    diesel::insert_into(sample_drawn::table).values(drawn).execute(tx.conn())?;
    Ok(())
}

/// Who is called, in order.
pub(super) fn drawn_of(tx: &mut Tx<'_>, sample: Id) -> DbResult<Vec<Drawn>> {
    let own = sample_drawn::table.filter(sample_drawn::sample_id.eq(sample)).order(sample_drawn::place);
    Ok(own.select(Drawn::as_select()).load(tx.conn())?)
}

/// One of them.
pub(super) fn drawn(tx: &mut Tx<'_>, sample: Id, id: &str) -> DbResult<Drawn> {
    let own = sample_drawn::table.filter(sample_drawn::id.eq(id).and(sample_drawn::sample_id.eq(sample)));
    let found = own.select(Drawn::as_select()).first(tx.conn()).optional()?;
    found.ok_or_else(|| Problem::new("unknown_drawn", "样本里没有这个人", "请从访问名单里选").into())
}

/// Ends calling somebody; false where it has ended.
pub(super) fn close(tx: &mut Tx<'_>, drawn: Id, outcome: ContactOutcome) -> DbResult<bool> {
    let at = tx.at();
    let open = sample_drawn::table.filter(sample_drawn::id.eq(drawn).and(sample_drawn::outcome.is_null()));
    let closed = (sample_drawn::outcome.eq(Some(outcome)), sample_drawn::closed_at.eq(Some(at)));
    Ok(diesel::update(open).set(closed).execute(tx.conn())? == 1)
}

/// Begins an attempt.
pub(super) fn add_call(tx: &mut Tx<'_>, call: &Call) -> DbResult<()> {
    diesel::insert_into(sample_calls::table).values(call).execute(tx.conn())?;
    Ok(())
}

/// Notes what came of an attempt; false where that is noted.
pub(super) fn end_call(tx: &mut Tx<'_>, call: Id, result: CallResult, note: &str) -> DbResult<bool> {
    let at = tx.at();
    let note = match note {
        "" => None,
        note => Some(Sealed::new(tx.keys(), NOTE, &call, note)?),
    };
    let open = sample_calls::table.filter(sample_calls::id.eq(call).and(sample_calls::result.is_null()));
    let ended = (
        sample_calls::result.eq(Some(result)),
        sample_calls::note.eq(note),
        sample_calls::ended_at.eq(Some(at)),
    );
    Ok(diesel::update(open).set(ended).execute(tx.conn())? == 1)
}

/// Puts another result in the place of one that was wrong.
pub(super) fn recall(tx: &mut Tx<'_>, call: Id, result: CallResult) -> DbResult<()> {
    let own = sample_calls::table.filter(sample_calls::id.eq(call).and(sample_calls::result.is_not_null()));
    diesel::update(own).set(sample_calls::result.eq(Some(result))).execute(tx.conn())?;
    Ok(())
}

/// Says anew what calling somebody came to, or that it goes on.
pub(super) fn reclose(tx: &mut Tx<'_>, drawn: Id, outcome: Option<ContactOutcome>) -> DbResult<()> {
    let at = tx.at();
    let closed = (sample_drawn::outcome.eq(outcome), sample_drawn::closed_at.eq(outcome.map(|_| at)));
    diesel::update(sample_drawn::table.filter(sample_drawn::id.eq(drawn))).set(closed).execute(tx.conn())?;
    Ok(())
}

/// What an interviewer noted of a call.
pub(super) fn note_of(tx: &Tx<'_>, call: &Call) -> DbResult<String> {
    let note = call.note.as_ref().map(|note| note.open(tx.keys(), NOTE, &call.id)).transpose()?;
    Ok(note.unwrap_or_default())
}

/// All attempts, in the order in which they were begun.
pub(super) fn calls_of(tx: &mut Tx<'_>, sample: Id) -> DbResult<Vec<Call>> {
    let own = sample_calls::table.filter(sample_calls::sample_id.eq(sample));
    let order = (sample_calls::begun_at, sample_calls::id);
    Ok(own.order(order).select(Call::as_select()).load(tx.conn())?)
}

/// Keeps what was corrected.
pub(super) fn add_correction(tx: &mut Tx<'_>, correction: &Correction) -> DbResult<()> {
    diesel::insert_into(sample_corrections::table).values(correction).execute(tx.conn())?;
    Ok(())
}

/// What was corrected of somebody's result, in order.
pub(super) fn corrections_of(tx: &mut Tx<'_>, drawn: Id) -> DbResult<Vec<Correction>> {
    let own = sample_corrections::table.filter(sample_corrections::drawn_id.eq(drawn));
    let order = (sample_corrections::made_at, sample_corrections::id);
    Ok(own.order(order).select(Correction::as_select()).load(tx.conn())?)
}
