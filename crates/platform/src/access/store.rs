//! The tables of accounts and grants. All SQL on them is here; logins have their own file beside it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::role::{Reach, Role};

diesel::table! {
    users (id) {
        id -> Text,
        name -> Text,
        display_name -> Text,
        worker_id -> Nullable<Text>,
        password -> Nullable<Text>,
        second -> Nullable<Binary>,
        second_set -> Bool,
        second_step -> BigInt,
        recovery -> Text,
        failures -> Integer,
        locked_until -> BigInt,
        made_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        user_id -> Text,
        role -> Text,
        reach -> Text,
        district -> Nullable<Text>,
        street -> Nullable<Text>,
        station_id -> Nullable<Text>,
        place_id -> Nullable<Text>,
        from_on -> Date,
        to_on -> Nullable<Date>,
        made_by -> Text,
        made_at -> BigInt,
    }
}

/// The column that seals the secret of the second factor.
pub(super) const SECOND: &str = "users.second";

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub struct User {
    /// Who it is.
    pub id: Id,
    /// The name one signs in with, in lower case.
    pub name: String,
    /// The name for people.
    pub display_name: String,
    /// The worker, where the account is one's.
    pub worker_id: Option<Id>,
    /// The password as kept; none until the invitation is used.
    pub password: Option<String>,
    /// The secret of the second factor.
    pub second: Option<Sealed<String>>,
    /// Whether the second factor was confirmed with a code.
    pub second_set: bool,
    /// The step of the last code: each counts once.
    pub second_step: i64,
    /// Hashes of the recovery codes that are left.
    pub recovery: String,
    /// Failures to sign in since the last success.
    pub failures: i32,
    /// Nobody signs in before this moment.
    pub locked_until: Moment,
    /// When it was made.
    pub made_at: Moment,
    /// Since when it may not be used.
    pub disabled_at: Option<Moment>,
}

/// A role given to an account, and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = grants)]
pub struct Grant {
    /// Which grant.
    pub id: Id,
    /// To whom.
    pub user_id: Id,
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub reach: Reach,
    /// The district, for a district or a street.
    pub district: Option<String>,
    /// The street or town.
    pub street: Option<String>,
    /// The station, for a station and what is inside it.
    pub station_id: Option<Id>,
    /// The station, area or community.
    pub place_id: Option<Id>,
    /// The first day it holds.
    pub from_on: NaiveDate,
    /// The first day it no longer holds.
    pub to_on: Option<NaiveDate>,
    /// Who gave it.
    pub made_by: String,
    /// When.
    pub made_at: Moment,
}

impl Grant {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.to_on.is_none_or(|to| day < to)
    }
}

/// How many accounts there are.
///
/// # Errors
/// What the database says.
pub fn count_users(tx: &mut Tx<'_>) -> DbResult<i64> {
    Ok(users::table.count().get_result(tx.conn())?)
}

/// What accounts are held by: each is written whole, so nobody else writes one from its reading to the commit.
pub(super) const HELD: &str = "accounts";

/// The account of a name.
///
/// # Errors
/// What the database says.
pub fn user_by_name(tx: &mut Tx<'_>, name: &str) -> DbResult<Option<User>> {
    tx.hold(HELD)?;
    let found = users::table.filter(users::name.eq(name)).select(User::as_select()).first(tx.conn());
    Ok(found.optional()?)
}

/// An account.
///
/// # Errors
/// There is none.
pub fn user(tx: &mut Tx<'_>, id: Id) -> DbResult<User> {
    tx.hold(HELD)?;
    let found =
        users::table.filter(users::id.eq(id)).select(User::as_select()).first(tx.conn()).optional()?;
    found.ok_or_else(|| Problem::new("unknown_user", "没有这个账号", "请从账号列表里选").into())
}

/// Every account, by name.
///
/// # Errors
/// What the database says.
pub(super) fn all_users(tx: &mut Tx<'_>) -> DbResult<Vec<User>> {
    Ok(users::table.order(users::name).select(User::as_select()).load(tx.conn())?)
}

/// The names of accounts for people.
///
/// # Errors
/// What the database says.
pub fn display_names(tx: &mut Tx<'_>, ids: impl IntoIterator<Item = Id>) -> DbResult<BTreeMap<Id, String>> {
    let ids: Vec<Id> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let named = users::table.filter(users::id.eq_any(ids)).select((users::id, users::display_name));
    let rows: Vec<(Id, String)> = named.load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// The accounts of workers.
///
/// # Errors
/// What the database says.
pub(super) fn users_of_workers(tx: &mut Tx<'_>, workers: &[Id]) -> DbResult<Vec<User>> {
    let of = users::table.filter(users::worker_id.eq_any(workers.to_vec()).assume_not_null());
    Ok(of.order(users::name).select(User::as_select()).load(tx.conn())?)
}

/// The grants of some accounts.
///
/// # Errors
/// What the database says.
pub(super) fn grants_of_all(tx: &mut Tx<'_>, users: &[Id]) -> DbResult<Vec<Grant>> {
    let of = grants::table.filter(grants::user_id.eq_any(users.to_vec()));
    Ok(of.order(grants::id).select(Grant::as_select()).load(tx.conn())?)
}

/// Enters an account.
///
/// # Errors
/// The name is taken.
pub(super) fn insert_user(tx: &mut Tx<'_>, user: &User) -> DbResult<()> {
    diesel::insert_into(users::table).values(user).execute(tx.conn())?;
    Ok(())
}

/// Writes an account as it now is.
///
/// # Errors
/// What the database says.
pub(super) fn update_user(tx: &mut Tx<'_>, user: &User) -> DbResult<()> {
    diesel::update(users::table.filter(users::id.eq(user.id))).set(user).execute(tx.conn())?;
    Ok(())
}

/// The grants of an account, also those that no longer hold, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn grants_of(tx: &mut Tx<'_>, user: Id) -> DbResult<Vec<Grant>> {
    let of_user = grants::table.filter(grants::user_id.eq(user)).select(Grant::as_select());
    Ok(of_user.order((grants::made_at.desc(), grants::id)).load(tx.conn())?)
}

/// Every grant there is.
///
/// # Errors
/// What the database says.
pub(super) fn all_grants(tx: &mut Tx<'_>) -> DbResult<Vec<Grant>> {
    Ok(grants::table.select(Grant::as_select()).order(grants::id).load(tx.conn())?)
}

/// Enters a grant.
///
/// # Errors
/// What the database says.
pub(super) fn insert_grant(tx: &mut Tx<'_>, grant: &Grant) -> DbResult<()> {
    diesel::insert_into(grants::table).values(grant).execute(tx.conn())?;
    Ok(())
}

/// Ends a grant on a day.
///
/// # Errors
/// What the database says.
pub(super) fn end_grant(tx: &mut Tx<'_>, id: Id, on: NaiveDate) -> DbResult<()> {
    diesel::update(grants::table.filter(grants::id.eq(id))).set(grants::to_on.eq(on)).execute(tx.conn())?;
    Ok(())
}
