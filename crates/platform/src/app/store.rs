//! The tables of what devices sent: what was taken, and what waits to be accepted. All SQL on them is here.

use db::{DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use crate::access::{Place, Scope};

diesel::table! {
    app_entries (id) {
        id -> Text,
        device_id -> Text,
        user_id -> Text,
        household_id -> Text,
        kind -> Text,
        record_id -> Text,
        version -> Integer,
        digest -> Text,
        made_at -> BigInt,
        at -> BigInt,
    }
}
diesel::table! {
    app_quarantine (id) {
        id -> Text,
        device_id -> Text,
        user_id -> Text,
        station_id -> Text,
        area_id -> Nullable<Text>,
        community_id -> Nullable<Text>,
        household_id -> Text,
        digest -> Text,
        size -> Integer,
        sealed -> Binary,
        address -> Text,
        received_at -> BigInt,
        state -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        reason -> Nullable<Text>,
    }
}

/// The column that waiting content is sealed for.
const SEALED: &str = "app_quarantine.sealed";
/// How many that wait are shown at once.
const SHOWN: i64 = 200;

/// An entry that was written.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = app_entries)]
pub(super) struct Written {
    pub(super) id: Id,
    pub(super) device_id: Id,
    pub(super) user_id: Id,
    pub(super) household_id: Id,
    pub(super) kind: String,
    pub(super) record_id: Id,
    /// The version of the record that it made.
    pub(super) version: i32,
    /// Of the entry as it was sent.
    pub(super) digest: String,
    /// When it was made, by the device's clock.
    pub(super) made_at: Moment,
    pub(super) at: Moment,
}

/// An entry that waits to be accepted, or waited.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = app_quarantine)]
pub(super) struct Waiting {
    pub(super) id: Id,
    pub(super) device_id: Id,
    /// Whose device it was.
    pub(super) user_id: Id,
    pub(super) station_id: Id,
    pub(super) area_id: Option<Id>,
    pub(super) community_id: Option<Id>,
    pub(super) household_id: Id,
    pub(super) digest: String,
    pub(super) size: i32,
    pub(super) sealed: Sealed<String>,
    pub(super) address: String,
    pub(super) received_at: Moment,
    /// `waiting`, `accepted` or `rejected`.
    pub(super) state: String,
    pub(super) decided_by: Option<Id>,
    pub(super) decided_at: Option<Moment>,
    pub(super) reason: Option<String>,
}

impl Waiting {
    /// Where it belongs.
    pub(super) fn place(&self) -> Place {
        Place { station: self.station_id, area: self.area_id, community: self.community_id }
    }

    /// What was sent, in clear.
    ///
    /// # Errors
    /// The keys are not those it was sealed with.
    pub(super) fn content(&self, tx: &Tx<'_>) -> DbResult<String> {
        Ok(self.sealed.open(tx.keys(), SEALED, &self.id)?)
    }
}

/// Seals what waits.
///
/// # Errors
/// The system gives no chance.
pub(super) fn seal(tx: &Tx<'_>, id: Id, text: &str) -> DbResult<Sealed<String>> {
    Ok(Sealed::new(tx.keys(), SEALED, &id, text)?)
}

/// The entry of an id, where it was written.
///
/// # Errors
/// What the database says.
pub(super) fn written(tx: &mut Tx<'_>, id: Id) -> DbResult<Option<Written>> {
    let one = app_entries::table.filter(app_entries::id.eq(id)).select(Written::as_select());
    Ok(one.first(tx.conn()).optional()?)
}

/// Notes that an entry was written.
///
/// # Errors
/// What the database says.
pub(super) fn insert_written(tx: &mut Tx<'_>, row: &Written) -> DbResult<()> {
    diesel::insert_into(app_entries::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The entry of an id, where it waits or waited.
///
/// # Errors
/// What the database says.
pub(super) fn waiting(tx: &mut Tx<'_>, id: Id) -> DbResult<Option<Waiting>> {
    let one = app_quarantine::table.filter(app_quarantine::id.eq(id)).select(Waiting::as_select());
    Ok(one.first(tx.conn()).optional()?)
}

/// Puts an entry among those that wait.
///
/// # Errors
/// What the database says.
pub(super) fn insert_waiting(tx: &mut Tx<'_>, row: &Waiting) -> DbResult<()> {
    diesel::insert_into(app_quarantine::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// How many entries for a household wait to be accepted.
///
/// # Errors
/// What the database says.
pub fn waiting_for(tx: &mut Tx<'_>, household: Id) -> DbResult<usize> {
    let waiting = app_quarantine::table
        .filter(app_quarantine::household_id.eq(household))
        .filter(app_quarantine::state.eq("waiting"));
    let count: i64 = waiting.count().get_result(tx.conn())?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Lets what waits of a community's households wait where the community now lies; how many entries there are.
///
/// # Errors
/// What the database says.
pub fn go_along(tx: &mut Tx<'_>, community: Id, area: Option<Id>) -> DbResult<usize> {
    let there = app_quarantine::table.filter(app_quarantine::community_id.eq(community));
    Ok(diesel::update(there).set(app_quarantine::area_id.eq(area)).execute(tx.conn())?)
}

/// How many entries of a device wait.
///
/// # Errors
/// What the database says.
pub(super) fn count_waiting(tx: &mut Tx<'_>, device: Id) -> DbResult<i64> {
    let of_device = app_quarantine::table
        .filter(app_quarantine::device_id.eq(device))
        .filter(app_quarantine::state.eq("waiting"));
    Ok(of_device.count().get_result(tx.conn())?)
}

/// What waits within a scope or is of an account, in the order in which it was made.
///
/// # Errors
/// What the database says.
pub(super) fn all_waiting(tx: &mut Tx<'_>, scope: &Scope, me: Id) -> DbResult<Vec<Waiting>> {
    let within = scope.within();
    let open = app_quarantine::table.filter(app_quarantine::state.eq("waiting")).into_boxed();
    let mine = app_quarantine::user_id.eq(me);
    let open = if within.everything {
        open
    } else {
        open.filter(
            mine.or(app_quarantine::station_id.eq_any(within.stations))
                .or(app_quarantine::area_id.eq_any(within.areas).assume_not_null())
                .or(app_quarantine::community_id.eq_any(within.communities).assume_not_null()),
        )
    };
    // Ids are made by the device in the order of its entries.
    let open = open.order(app_quarantine::id).limit(SHOWN);
    Ok(open.select(Waiting::as_select()).load(tx.conn())?)
}

/// Decides on what waits; false where somebody else has.
///
/// # Errors
/// What the database says.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: Id,
    by: Id,
    (state, reason): (&str, Option<&str>),
) -> DbResult<bool> {
    let at = tx.at();
    let open =
        app_quarantine::table.filter(app_quarantine::id.eq(id)).filter(app_quarantine::state.eq("waiting"));
    let set = (
        app_quarantine::state.eq(state),
        app_quarantine::decided_by.eq(by),
        app_quarantine::decided_at.eq(at),
        app_quarantine::reason.eq(reason),
    );
    Ok(diesel::update(open).set(set).execute(tx.conn())? > 0)
}
