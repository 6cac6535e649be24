//! The table of plans and claims. All SQL on it is here.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::model::RectificationStatus;

diesel::table! {
    rectification_tasks (item_id) {
        item_id -> Text,
        station_id -> Text,
        suggestion -> Text,
        owner -> Text,
        plan -> Text,
        due_on -> Nullable<Date>,
        claimed -> Nullable<Text>,
        done -> Text,
        proof -> Text,
        comment -> Text,
        claimed_by -> Nullable<Text>,
        claimed_at -> Nullable<BigInt>,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<BigInt>,
        opinion -> Text,
        reopened -> Integer,
    }
}

/// What a station plans about a concern, what it claims, and who verified it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rectification_tasks, treat_none_as_null = true)]
pub(super) struct Task {
    pub(super) item_id: Id,
    pub(super) station_id: Id,
    /// What the panel suggested.
    pub(super) suggestion: String,
    pub(super) owner: String,
    pub(super) plan: String,
    pub(super) due_on: Option<NaiveDate>,
    /// How far the station says it is, waiting to be verified.
    pub(super) claimed: Option<RectificationStatus>,
    pub(super) done: String,
    pub(super) proof: String,
    pub(super) comment: String,
    pub(super) claimed_by: Option<Id>,
    pub(super) claimed_at: Option<Moment>,
    pub(super) verified_by: Option<Id>,
    pub(super) verified_at: Option<Moment>,
    /// What whoever verified it said.
    pub(super) opinion: String,
    /// How often it was sent back.
    pub(super) reopened: i32,
}

impl Task {
    /// Which claim waits to be verified: whoever verifies says what they read.
    pub(super) fn claim(&self) -> String {
        self.claimed_at.map(|at| at.micros().to_string()).unwrap_or_default()
    }

    /// Which verification stands: whoever opens the item again says what they read.
    pub(super) fn verified(&self) -> String {
        self.verified_at.map(|at| at.micros().to_string()).unwrap_or_default()
    }

    /// A concern nobody has planned anything about; owner and day may be proposed.
    pub(super) fn new(item_id: Id, station_id: Id, suggestion: String) -> Self {
        Self {
            item_id,
            station_id,
            suggestion,
            owner: String::new(),
            plan: String::new(),
            due_on: None,
            claimed: None,
            done: String::new(),
            proof: String::new(),
            comment: String::new(),
            claimed_by: None,
            claimed_at: None,
            verified_by: None,
            verified_at: None,
            opinion: String::new(),
            reopened: 0,
        }
    }
}

/// The tasks of some stations, or of all without any given.
pub(super) fn of(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<Vec<Task>> {
    let mut all = rectification_tasks::table.into_boxed();
    if let Some(stations) = stations {
        all = all.filter(rectification_tasks::station_id.eq_any(stations));
    }
    Ok(all.order(rectification_tasks::item_id).select(Task::as_select()).load(tx.conn())?)
}

/// The tasks of some stations, or of all without any given, that wait to be verified or were due before a day.
pub(super) fn urgent(tx: &mut Tx<'_>, stations: Option<Vec<Id>>, today: NaiveDate) -> DbResult<Vec<Task>> {
    let late = rectification_tasks::due_on.lt(today).assume_not_null();
    let mut all =
        rectification_tasks::table.filter(rectification_tasks::claimed.is_not_null().or(late)).into_boxed();
    if let Some(stations) = stations {
        all = all.filter(rectification_tasks::station_id.eq_any(stations));
    }
    Ok(all.order(rectification_tasks::item_id).select(Task::as_select()).load(tx.conn())?)
}

/// The task of an item.
pub(super) fn task(tx: &mut Tx<'_>, item: Id) -> DbResult<Option<Task>> {
    let own = rectification_tasks::table.filter(rectification_tasks::item_id.eq(item));
    Ok(own.select(Task::as_select()).first(tx.conn()).optional()?)
}

/// Writes a task as it now is.
pub(super) fn put(tx: &mut Tx<'_>, task: &Task) -> DbResult<()> {
    let own = rectification_tasks::table.filter(rectification_tasks::item_id.eq(task.item_id));
    if diesel::update(own).set(task).execute(tx.conn())? == 0 {
        diesel::insert_into(rectification_tasks::table).values(task).execute(tx.conn())?;
    }
    Ok(())
}
