//! The tables of sealed answers and of wishes. All SQL on them is here.

use chrono::NaiveDate;
use db::{DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

diesel::table! {
    survey_boxes (sample_id) {
        sample_id -> Text,
        content -> Binary,
    }
}

diesel::table! {
    survey_wishes (id) {
        id -> Text,
        station_id -> Text,
        area_id -> Nullable<Text>,
        community_id -> Nullable<Text>,
        sample_id -> Text,
        person_id -> Text,
        wish -> Nullable<Binary>,
        consented_on -> Date,
        passed_on -> Nullable<Date>,
        done -> Nullable<Binary>,
        done_by -> Nullable<Text>,
        done_at -> Nullable<BigInt>,
    }
}

/// The table whose pages closing wipes.
pub(super) const BOXES: &str = "survey_boxes";
/// The column answers are sealed for.
const CONTENT: &str = "survey_boxes.content";
/// The column a wish is sealed for.
pub(super) const WISH: &str = "survey_wishes.wish";
/// The column what was done about it is sealed for.
pub(super) const DONE: &str = "survey_wishes.done";

/// Who wishes for more care and agreed that the station is told.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_wishes)]
pub(super) struct Wish {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) area_id: Option<Id>,
    pub(super) community_id: Option<Id>,
    pub(super) sample_id: Id,
    pub(super) person_id: Id,
    /// In their words, where they said more.
    pub(super) wish: Option<Sealed<String>>,
    pub(super) consented_on: NaiveDate,
    /// Since when the station sees it: the day the survey was closed.
    pub(super) passed_on: Option<NaiveDate>,
    /// What the station did.
    pub(super) done: Option<Sealed<String>>,
    pub(super) done_by: Option<Id>,
    pub(super) done_at: Option<Moment>,
}

/// What stands sealed for a sample, in clear; nothing before the first answer and after closing.
pub(super) fn content_of(tx: &mut Tx<'_>, sample: Id) -> DbResult<Option<String>> {
    let own = survey_boxes::table.filter(survey_boxes::sample_id.eq(sample));
    let content: Option<Sealed<String>> = own.select(survey_boxes::content).first(tx.conn()).optional()?;
    Ok(content.map(|content| content.open(tx.keys(), CONTENT, &sample)).transpose()?)
}

/// Puts this in the place of what stood sealed for a sample.
pub(super) fn put_content(tx: &mut Tx<'_>, sample: Id, content: &str) -> DbResult<()> {
    let sealed = Sealed::new(tx.keys(), CONTENT, &sample, content)?;
    drop_content(tx, sample)?;
    let row = (survey_boxes::sample_id.eq(sample), survey_boxes::content.eq(sealed));
    diesel::insert_into(survey_boxes::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Takes away what stood sealed for a sample.
pub(super) fn drop_content(tx: &mut Tx<'_>, sample: Id) -> DbResult<()> {
    diesel::delete(survey_boxes::table.filter(survey_boxes::sample_id.eq(sample))).execute(tx.conn())?;
    Ok(())
}

/// Keeps a wish.
pub(super) fn add_wish(tx: &mut Tx<'_>, wish: &Wish) -> DbResult<()> {
    diesel::insert_into(survey_wishes::table).values(wish).execute(tx.conn())?;
    Ok(())
}

/// Takes back the wish of somebody whose result was wrong.
pub(in crate::evaluation::sample) fn drop_wish(tx: &mut Tx<'_>, sample: Id, person: Id) -> DbResult<()> {
    let own = survey_wishes::table
        .filter(survey_wishes::sample_id.eq(sample).and(survey_wishes::person_id.eq(person)));
    diesel::delete(own).execute(tx.conn())?;
    Ok(())
}

/// Shows the wishes of a sample to the station from a day on; how many.
pub(super) fn pass_on(tx: &mut Tx<'_>, sample: Id, on: NaiveDate) -> DbResult<usize> {
    let own = survey_wishes::table.filter(survey_wishes::sample_id.eq(sample));
    Ok(diesel::update(own).set(survey_wishes::passed_on.eq(Some(on))).execute(tx.conn())?)
}

/// The wishes of a sample.
pub(super) fn wishes_of(tx: &mut Tx<'_>, sample: Id) -> DbResult<Vec<Wish>> {
    let own = survey_wishes::table.filter(survey_wishes::sample_id.eq(sample));
    Ok(own.order(survey_wishes::id).select(Wish::as_select()).load(tx.conn())?)
}

/// The wishes that were passed on to some stations, or to all without any given: the open ones first.
pub(super) fn passed_on(tx: &mut Tx<'_>, stations: Option<Vec<Id>>) -> DbResult<Vec<Wish>> {
    let mut all = survey_wishes::table.filter(survey_wishes::passed_on.is_not_null()).into_boxed();
    if let Some(stations) = stations {
        all = all.filter(survey_wishes::station_id.eq_any(stations));
    }
    let order = (survey_wishes::done_at.is_not_null(), survey_wishes::passed_on.desc(), survey_wishes::id);
    Ok(all.order(order).select(Wish::as_select()).load(tx.conn())?)
}

/// One wish that was passed on.
pub(super) fn wish(tx: &mut Tx<'_>, id: &str) -> DbResult<Wish> {
    let own =
        survey_wishes::table.filter(survey_wishes::id.eq(id).and(survey_wishes::passed_on.is_not_null()));
    let found = own.select(Wish::as_select()).first(tx.conn()).optional()?;
    found.ok_or_else(|| Problem::new("unknown_wish", "没有这件事", "请从“希望多关心”里选").into())
}

/// Notes what the station did about a wish; false where that is noted.
pub(super) fn finish(tx: &mut Tx<'_>, wish: Id, by: Id, done: &str) -> DbResult<bool> {
    let (at, done) = (tx.at(), Sealed::new(tx.keys(), DONE, &wish, done)?);
    let open = survey_wishes::table.filter(survey_wishes::id.eq(wish).and(survey_wishes::done_at.is_null()));
    let set = (
        survey_wishes::done.eq(Some(done)),
        survey_wishes::done_by.eq(Some(by)),
        survey_wishes::done_at.eq(Some(at)),
    );
    Ok(diesel::update(open).set(set).execute(tx.conn())? == 1)
}
