//! The table of notes. All SQL on it is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use crate::evaluation::FindingKind;

diesel::table! {
    finding_drafts (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        seat_id -> Text,
        cell -> Text,
        kind -> Text,
        words -> Text,
        suggestion -> Text,
        evidence -> Text,
        written_at -> BigInt,
        taken_as -> Nullable<Text>,
    }
}

/// What an expert noted at an item.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = finding_drafts)]
pub(super) struct Draft {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) round: String,
    pub(super) seat_id: Id,
    /// The item, or `item@area`.
    pub(super) cell: String,
    pub(super) kind: FindingKind,
    pub(super) words: String,
    pub(super) suggestion: String,
    pub(super) evidence: String,
    pub(super) written_at: Moment,
    /// The finding that was made of it.
    pub(super) taken_as: Option<Id>,
}

/// What was noted in a round, in the order of writing.
pub(super) fn drafts_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Draft>> {
    let own = finding_drafts::table.filter(finding_drafts::round.eq(round));
    Ok(own
        .order((finding_drafts::written_at, finding_drafts::id))
        .select(Draft::as_select())
        .load(tx.conn())?)
}

/// Notes something.
pub(super) fn add(tx: &mut Tx<'_>, draft: &Draft) -> DbResult<()> {
    diesel::insert_into(finding_drafts::table).values(draft).execute(tx.conn())?;
    Ok(())
}

/// Says which finding was made of a note.
pub(super) fn taken(tx: &mut Tx<'_>, draft: Id, finding: Id) -> DbResult<()> {
    let own = finding_drafts::table.filter(finding_drafts::id.eq(draft));
    diesel::update(own).set(finding_drafts::taken_as.eq(Some(finding))).execute(tx.conn())?;
    Ok(())
}
