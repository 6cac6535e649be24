//! The table of what happened to an item, step by step: rows are added and never changed. All SQL on it is here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::model::{RectificationStatus, StepKind};
use super::tasks::Task;

diesel::table! {
    rectification_steps (item_id, number) {
        item_id -> Text,
        number -> Integer,
        station_id -> Text,
        kind -> Text,
        made_by -> Nullable<Text>,
        made_at -> BigInt,
        status -> Nullable<Text>,
        words -> Text,
        proof -> Text,
        comment -> Text,
        owner -> Text,
        due_on -> Nullable<Date>,
    }
}

/// What somebody did with an item, in their words.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rectification_steps)]
pub(super) struct Step {
    pub(super) item_id: Id,
    /// 1 for the first of the item.
    pub(super) number: i32,
    pub(super) station_id: Id,
    pub(super) kind: StepKind,
    pub(super) made_by: Option<Id>,
    pub(super) made_at: Moment,
    /// How far it was said or found to be.
    pub(super) status: Option<RectificationStatus>,
    /// The measures, what was done, the opinion, the reason.
    pub(super) words: String,
    pub(super) proof: String,
    pub(super) comment: String,
    pub(super) owner: String,
    pub(super) due_on: Option<NaiveDate>,
}

/// Adds a step to those of an item: who, what, and in which words.
pub(super) fn add(
    tx: &mut Tx<'_>,
    task: &Task,
    by: Option<Id>,
    kind: StepKind,
    status: Option<RectificationStatus>,
    words: &str,
) -> DbResult<()> {
    let own = rectification_steps::table.filter(rectification_steps::item_id.eq(task.item_id));
    let last: Option<i32> = own.select(max(rectification_steps::number)).first(tx.conn())?;
    let claimed = kind == StepKind::Claimed;
    let planned = kind == StepKind::Planned;
    let only = |holds: bool, text: &str| if holds { text.to_owned() } else { String::new() };
    let step = Step {
        item_id: task.item_id,
        number: last.unwrap_or(0) + 1,
        station_id: task.station_id,
        kind,
        made_by: by,
        made_at: tx.at(),
        status,
        words: words.to_owned(),
        proof: only(claimed, &task.proof),
        comment: only(claimed, &task.comment),
        owner: only(planned, &task.owner),
        due_on: task.due_on.filter(|_| planned),
    };
    diesel::insert_into(rectification_steps::table).values(step).execute(tx.conn())?;
    Ok(())
}

/// The steps of an item, in their order.
pub(super) fn of_item(tx: &mut Tx<'_>, item: Id) -> DbResult<Vec<Step>> {
    let own = rectification_steps::table.filter(rectification_steps::item_id.eq(item));
    Ok(own.order(rectification_steps::number).select(Step::as_select()).load(tx.conn())?)
}

/// How often items of some stations, or of all without any given, were opened again; those that never were are left out.
pub(super) fn reopened(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<BTreeMap<Id, i64>> {
    let mut all = rectification_steps::table
        .filter(rectification_steps::kind.eq(StepKind::Reopened))
        .group_by(rectification_steps::item_id)
        .select((rectification_steps::item_id, count_star()))
        .into_boxed();
    if let Some(stations) = stations {
        all = all.filter(rectification_steps::station_id.eq_any(stations));
    }
    let rows: Vec<(Id, i64)> = all.load(tx.conn())?;
    Ok(rows.into_iter().collect())
}
