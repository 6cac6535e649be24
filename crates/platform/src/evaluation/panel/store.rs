//! The tables of seats and challenges. All SQL on them is here.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};
use rules::recusal::TieKind;

use super::model::{Ending, Ruling, Source};
use crate::evaluation::PanelRole;

diesel::table! {
    seats (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        expert_id -> Text,
        user_id -> Text,
        code -> Text,
        role -> Text,
        replaces -> Nullable<Text>,
        invited_by -> Text,
        invited_at -> BigInt,
        undertaken_at -> Nullable<BigInt>,
        declared_at -> Nullable<BigInt>,
        cleared_at -> Nullable<BigInt>,
        cleared_by -> Nullable<Text>,
        member_id -> Nullable<Text>,
        grant_id -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        ending -> Nullable<Text>,
    }
}

diesel::table! {
    challenges (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        seat_id -> Nullable<Text>,
        source -> Text,
        kind -> Text,
        ground -> Text,
        raised_by -> Text,
        raised_at -> BigInt,
        ruling -> Nullable<Text>,
        reason -> Text,
        ruled_by -> Nullable<Text>,
        ruled_at -> Nullable<BigInt>,
    }
}

/// A seat on a panel.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = seats, treat_none_as_null = true)]
pub(in crate::evaluation) struct Seat {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) station_id: Id,
    pub(in crate::evaluation) round: String,
    pub(in crate::evaluation) expert_id: Id,
    pub(in crate::evaluation) user_id: Id,
    /// Stable code within the round, under which scores are kept.
    pub(in crate::evaluation) code: String,
    pub(in crate::evaluation) role: PanelRole,
    pub(in crate::evaluation) replaces: Option<Id>,
    pub(in crate::evaluation) invited_by: Id,
    pub(in crate::evaluation) invited_at: Moment,
    pub(in crate::evaluation) undertaken_at: Option<Moment>,
    pub(in crate::evaluation) declared_at: Option<Moment>,
    pub(in crate::evaluation) cleared_at: Option<Moment>,
    pub(in crate::evaluation) cleared_by: Option<Id>,
    /// The record of the member that clearing made.
    pub(in crate::evaluation) member_id: Option<Id>,
    /// The right to the station that clearing gave.
    pub(in crate::evaluation) grant_id: Option<Id>,
    pub(in crate::evaluation) ended_at: Option<Moment>,
    pub(in crate::evaluation) ending: Option<Ending>,
}

/// What speaks against somebody, or against how the panel works.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = challenges)]
pub(in crate::evaluation) struct Challenge {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) station_id: Id,
    pub(in crate::evaluation) round: String,
    /// Against whom; against how the panel works without one.
    pub(in crate::evaluation) seat_id: Option<Id>,
    pub(in crate::evaluation) source: Source,
    pub(in crate::evaluation) kind: TieKind,
    pub(in crate::evaluation) ground: String,
    /// Who, as the audit log knows them.
    pub(in crate::evaluation) raised_by: String,
    pub(in crate::evaluation) raised_at: Moment,
    pub(in crate::evaluation) ruling: Option<Ruling>,
    pub(in crate::evaluation) reason: String,
    pub(in crate::evaluation) ruled_by: Option<Id>,
    pub(in crate::evaluation) ruled_at: Option<Moment>,
}

impl Seat {
    /// Whether it is cleared and has not ended.
    pub(in crate::evaluation) fn is_live(&self) -> bool {
        self.cleared_at.is_some() && self.ended_at.is_none()
    }

    /// Whether it is waited for: neither cleared nor ended.
    pub(in crate::evaluation) fn is_pending(&self) -> bool {
        self.cleared_at.is_none() && self.ended_at.is_none()
    }
}

/// The seats of a round, in the order they were made.
pub(in crate::evaluation) fn seats_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Seat>> {
    let own = seats::table.filter(seats::round.eq(round)).order((seats::invited_at, seats::id));
    Ok(own.select(Seat::as_select()).load(tx.conn())?)
}

/// The seats of an account, the latest first.
pub(super) fn seats_of_user(tx: &mut Tx<'_>, user: Id) -> DbResult<Vec<Seat>> {
    let own = seats::table.filter(seats::user_id.eq(user)).order(seats::invited_at.desc());
    Ok(own.select(Seat::as_select()).load(tx.conn())?)
}

/// The cleared seat of an account in a round.
pub(in crate::evaluation) fn live_seat(tx: &mut Tx<'_>, round: &str, user: Id) -> DbResult<Option<Seat>> {
    let own = seats::table.filter(seats::round.eq(round).and(seats::user_id.eq(user)));
    let found: Option<Seat> = own.select(Seat::as_select()).first(tx.conn()).optional()?;
    Ok(found.filter(Seat::is_live))
}

/// A seat of a round.
pub(super) fn seat(tx: &mut Tx<'_>, round: &str, id: &str) -> DbResult<Seat> {
    let found = seats::table.filter(seats::id.eq(id).and(seats::round.eq(round)));
    let found = found.select(Seat::as_select()).first(tx.conn()).optional()?;
    found.ok_or_else(unknown_seat)
}

/// A seat of an account.
pub(super) fn seat_of_user(tx: &mut Tx<'_>, id: &str, user: Id) -> DbResult<Seat> {
    let found = seats::table.filter(seats::id.eq(id).and(seats::user_id.eq(user)));
    let found = found.select(Seat::as_select()).first(tx.conn()).optional()?;
    found.ok_or_else(unknown_seat)
}

fn unknown_seat() -> db::DbError {
    Problem::new("unknown_seat", "没有这个评估席位", "请从评估轮次或邀请里选").into()
}

/// How many seats in open rounds each expert holds or is invited to; rounds that are over give no load.
pub(in crate::evaluation) fn loads(tx: &mut Tx<'_>) -> DbResult<BTreeMap<Id, usize>> {
    let open = seats::table.filter(seats::ended_at.is_null()).select((seats::expert_id, seats::round));
    let rows: Vec<(Id, String)> = open.load(tx.conn())?;
    let codes = rows.iter().map(|(_, round)| round.clone()).collect();
    let rounds = crate::evaluation::find::rounds_among(tx, codes)?;
    let mut loads = BTreeMap::new();
    for (expert, code) in rows {
        let over = |round: &&crate::evaluation::Round| round.code == code && round.is_over();
        if !rounds.iter().any(|round| over(&round)) {
            *loads.entry(expert).or_default() += 1;
        }
    }
    Ok(loads)
}

/// Makes a seat.
pub(super) fn add_seat(tx: &mut Tx<'_>, seat: &Seat) -> DbResult<()> {
    diesel::insert_into(seats::table).values(seat).execute(tx.conn())?;
    Ok(())
}

/// Writes a seat as it now is.
pub(super) fn update_seat(tx: &mut Tx<'_>, seat: &Seat) -> DbResult<()> {
    diesel::update(seats::table.filter(seats::id.eq(seat.id))).set(seat).execute(tx.conn())?;
    Ok(())
}

/// What was brought forward in a round, the latest first.
pub(in crate::evaluation) fn challenges_of(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Challenge>> {
    let own = challenges::table.filter(challenges::round.eq(round));
    let order = (challenges::raised_at.desc(), challenges::id);
    Ok(own.order(order).select(Challenge::as_select()).load(tx.conn())?)
}

/// Brings something forward.
pub(super) fn add_challenge(tx: &mut Tx<'_>, challenge: &Challenge) -> DbResult<()> {
    diesel::insert_into(challenges::table).values(challenge).execute(tx.conn())?;
    Ok(())
}

/// Rules on it; false where somebody has done so meanwhile.
pub(super) fn rule(tx: &mut Tx<'_>, id: Id, ruling: Ruling, reason: &str, by: Id) -> DbResult<bool> {
    let at = tx.at();
    let open = challenges::table.filter(challenges::id.eq(id).and(challenges::ruling.is_null()));
    let ruled = (
        challenges::ruling.eq(Some(ruling)),
        challenges::reason.eq(reason),
        challenges::ruled_by.eq(Some(by)),
        challenges::ruled_at.eq(Some(at)),
    );
    Ok(diesel::update(open).set(ruled).execute(tx.conn())? == 1)
}
