//! The tables of answers and objections. All SQL on them is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::model::{About, Verdict};
use crate::evaluation::FeedbackAnswer;

diesel::table! {
    feedback_answers (round, party) {
        round -> Text,
        party -> Text,
        station_id -> Text,
        answer -> Text,
        note -> Text,
        answered_by -> Text,
        answered_at -> BigInt,
    }
}

diesel::table! {
    objections (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        party -> Text,
        about -> Text,
        about_code -> Text,
        about_place -> Text,
        about_text -> Text,
        words -> Text,
        raised_by -> Text,
        raised_at -> BigInt,
        ruling -> Nullable<Text>,
        reason -> Text,
        change -> Text,
        ruled_by -> Nullable<Text>,
        ruled_at -> Nullable<BigInt>,
    }
}

/// The answer of a party.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = feedback_answers)]
pub(super) struct Answered {
    pub(super) round: String,
    pub(super) party: String,
    pub(super) station_id: Id,
    pub(super) answer: FeedbackAnswer,
    pub(super) note: String,
    pub(super) answered_by: Id,
    pub(super) answered_at: Moment,
}

/// An objection of a party.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = objections)]
pub(super) struct Objection {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) round: String,
    pub(super) party: String,
    pub(super) about: About,
    /// The finding's id, the item's code or the passage's key; none of a passage of before they were chosen.
    pub(super) about_code: String,
    /// Under which heading of the draft it stands, or what the item is called.
    pub(super) about_place: String,
    /// Its words in the draft.
    pub(super) about_text: String,
    pub(super) words: String,
    pub(super) raised_by: Id,
    pub(super) raised_at: Moment,
    pub(super) ruling: Option<Verdict>,
    pub(super) reason: String,
    /// What was changed, word by word.
    pub(super) change: String,
    pub(super) ruled_by: Option<Id>,
    pub(super) ruled_at: Option<Moment>,
}

/// The answers of a round, in their order.
pub(super) fn answers_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Answered>> {
    let own = feedback_answers::table.filter(feedback_answers::round.eq(round));
    let order = (feedback_answers::answered_at, feedback_answers::party);
    Ok(own.order(order).select(Answered::as_select()).load(tx.conn())?)
}

/// Takes an answer, in place of one that was given before.
pub(super) fn answer(tx: &mut Tx<'_>, row: &Answered) -> DbResult<()> {
    let own = feedback_answers::table
        .filter(feedback_answers::round.eq(&row.round).and(feedback_answers::party.eq(&row.party)));
    diesel::delete(own).execute(tx.conn())?;
    diesel::insert_into(feedback_answers::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The objections of a round, in their order.
pub(super) fn objections_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Objection>> {
    let own = objections::table.filter(objections::round.eq(round));
    Ok(own.order((objections::raised_at, objections::id)).select(Objection::as_select()).load(tx.conn())?)
}

/// Takes an objection.
pub(super) fn object(tx: &mut Tx<'_>, row: &Objection) -> DbResult<()> {
    diesel::insert_into(objections::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Rules on an objection; false where somebody has done so meanwhile.
pub(super) fn rule(
    tx: &mut Tx<'_>,
    id: Id,
    ruling: Verdict,
    (reason, change): (&str, &str),
    by: Id,
) -> DbResult<bool> {
    let at = tx.at();
    let open = objections::table.filter(objections::id.eq(id).and(objections::ruling.is_null()));
    let ruled = (
        objections::ruling.eq(Some(ruling)),
        objections::reason.eq(reason),
        objections::change.eq(change),
        objections::ruled_by.eq(Some(by)),
        objections::ruled_at.eq(Some(at)),
    );
    Ok(diesel::update(open).set(ruled).execute(tx.conn())? == 1)
}
