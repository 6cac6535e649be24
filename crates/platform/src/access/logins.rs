//! The tables of logins, invitations, failures and submissions. All SQL on them is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

diesel::table! {
    logins (id) {
        id -> Text,
        user_id -> Text,
        complete -> Bool,
        made_at -> BigInt,
        seen_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        address -> Text,
        agent -> Text,
    }
}
diesel::table! {
    invitations (id) {
        id -> Text,
        user_id -> Text,
        until -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    sign_in_failures (id) {
        id -> Text,
        address -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    submissions (id) {
        id -> Text,
        user_id -> Text,
        location -> Text,
        at -> BigInt,
    }
}

/// A browser in which somebody is signed in, or about to be.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = logins)]
pub struct Login {
    /// The hash of its cookie.
    pub id: String,
    /// Whose.
    pub user_id: Id,
    /// Whether everything that was asked for was given: until then only the second factor's page answers.
    pub complete: bool,
    /// Since when.
    pub made_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// From where.
    pub address: String,
    /// By which browser.
    pub agent: String,
}

/// How long a login lasts unused: two hours.
const IDLE: i64 = 2 * 3600 * 1_000_000;
/// How long it lasts at most: a working day.
const ABSOLUTE: i64 = 12 * 3600 * 1_000_000;
/// How long somebody may take for the second factor.
const HALFWAY: i64 = 10 * 60 * 1_000_000;

impl Login {
    /// Whether it still holds.
    #[must_use]
    pub fn holds(&self, at: Moment) -> bool {
        let (whole, idle) = (at.micros() - self.made_at.micros(), at.micros() - self.seen_at.micros());
        let longest = if self.complete { ABSOLUTE } else { HALFWAY };
        self.ended_at.is_none() && whole < longest && idle < IDLE
    }
}

/// The login of a cookie's hash.
///
/// # Errors
/// What the database says.
pub(super) fn login(tx: &mut Tx<'_>, id: &str) -> DbResult<Option<Login>> {
    Ok(logins::table.filter(logins::id.eq(id)).select(Login::as_select()).first(tx.conn()).optional()?)
}

/// The logins of an account, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn logins_of(tx: &mut Tx<'_>, user: Id) -> DbResult<Vec<Login>> {
    let of_user = logins::table.filter(logins::user_id.eq(user)).select(Login::as_select());
    Ok(of_user.order(logins::made_at.desc()).limit(50).load(tx.conn())?)
}

/// Enters a login.
///
/// # Errors
/// What the database says.
pub(super) fn insert_login(tx: &mut Tx<'_>, login: &Login) -> DbResult<()> {
    diesel::insert_into(logins::table).values(login).execute(tx.conn())?;
    Ok(())
}

/// Notes that a login was used.
///
/// # Errors
/// What the database says.
pub(super) fn seen(tx: &mut Tx<'_>, id: &str) -> DbResult<()> {
    let at = tx.at();
    diesel::update(logins::table.filter(logins::id.eq(id))).set(logins::seen_at.eq(at)).execute(tx.conn())?;
    Ok(())
}

/// Ends a login of an account; how many there were of that number.
///
/// # Errors
/// What the database says.
pub(super) fn end(tx: &mut Tx<'_>, user: Id, id: &str) -> DbResult<usize> {
    let at = tx.at();
    let open = logins::table
        .filter(logins::id.eq(id))
        .filter(logins::user_id.eq(user))
        .filter(logins::ended_at.is_null());
    Ok(diesel::update(open).set(logins::ended_at.eq(at)).execute(tx.conn())?)
}

/// Ends every login of an account but one.
///
/// # Errors
/// What the database says.
pub(super) fn end_others(tx: &mut Tx<'_>, user: Id, but: &str) -> DbResult<usize> {
    let at = tx.at();
    let open = logins::table
        .filter(logins::user_id.eq(user))
        .filter(logins::id.ne(but))
        .filter(logins::ended_at.is_null());
    Ok(diesel::update(open).set(logins::ended_at.eq(at)).execute(tx.conn())?)
}

/// Enters an invitation by the hash of its token.
///
/// # Errors
/// What the database says.
pub(super) fn insert_invitation(tx: &mut Tx<'_>, id: &str, user: Id, until: Moment) -> DbResult<()> {
    let row = (invitations::id.eq(id), invitations::user_id.eq(user), invitations::until.eq(until));
    diesel::insert_into(invitations::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Whose invitation it is, where it is neither used nor out of date.
///
/// # Errors
/// What the database says.
pub(super) fn invited(tx: &mut Tx<'_>, id: &str) -> DbResult<Option<Id>> {
    let at = tx.at();
    let open = invitations::table
        .filter(invitations::id.eq(id))
        .filter(invitations::used_at.is_null())
        .filter(invitations::until.gt(at));
    Ok(open.select(invitations::user_id).first(tx.conn()).optional()?)
}

/// Uses up every invitation of an account.
///
/// # Errors
/// What the database says.
pub(super) fn use_invitations(tx: &mut Tx<'_>, user: Id) -> DbResult<()> {
    let at = tx.at();
    let open =
        invitations::table.filter(invitations::user_id.eq(user)).filter(invitations::used_at.is_null());
    diesel::update(open).set(invitations::used_at.eq(at)).execute(tx.conn())?;
    Ok(())
}

/// How often signing in failed from an address since a moment.
///
/// # Errors
/// What the database says.
pub(super) fn failures_since(tx: &mut Tx<'_>, address: &str, since: Moment) -> DbResult<i64> {
    let recent = sign_in_failures::table
        .filter(sign_in_failures::address.eq(address))
        .filter(sign_in_failures::at.gt(since));
    Ok(recent.count().get_result(tx.conn())?)
}

/// Notes a failure to sign in, and forgets those that count no more.
///
/// # Errors
/// What the database says.
pub(super) fn insert_failure(tx: &mut Tx<'_>, id: Id, address: &str, forget: Moment) -> DbResult<()> {
    let at = tx.at();
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::at.lt(forget))).execute(tx.conn())?;
    let row =
        (sign_in_failures::id.eq(id), sign_in_failures::address.eq(address), sign_in_failures::at.eq(at));
    diesel::insert_into(sign_in_failures::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Forgets what nobody asks for any more: submissions after a week, logins and invitations after ninety days. What was
/// done stands in the audit log.
///
/// # Errors
/// What the database says.
pub(super) fn forget_old(tx: &mut Tx<'_>) -> DbResult<()> {
    const DAY: i64 = 24 * 3600 * 1_000_000;
    let before = |days: i64| Moment::from_micros(tx.at().micros() - days * DAY);
    let (week, quarter) = (before(7), before(90));
    diesel::delete(submissions::table.filter(submissions::at.lt(week))).execute(tx.conn())?;
    diesel::delete(logins::table.filter(logins::made_at.lt(quarter))).execute(tx.conn())?;
    diesel::delete(invitations::table.filter(invitations::until.lt(quarter))).execute(tx.conn())?;
    Ok(())
}

/// Where an earlier submission of the same form led.
///
/// # Errors
/// What the database says.
pub(crate) fn submitted(tx: &mut Tx<'_>, key: &str, user: Id) -> DbResult<Option<String>> {
    let same = submissions::table.filter(submissions::id.eq(key)).filter(submissions::user_id.eq(user));
    Ok(same.select(submissions::location).first(tx.conn()).optional()?)
}

/// Takes a form's number: nobody else writes under it while this transaction lasts.
///
/// # Errors
/// It was taken at the same moment, by constraint `submissions…`.
pub(crate) fn claim(tx: &mut Tx<'_>, key: &str, user: Id) -> DbResult<()> {
    let row = (
        submissions::id.eq(key),
        submissions::user_id.eq(user),
        submissions::location.eq(""),
        submissions::at.eq(tx.at()),
    );
    diesel::insert_into(submissions::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Notes where the form of a number led.
///
/// # Errors
/// What the database says.
pub(crate) fn settle(tx: &mut Tx<'_>, key: &str, location: &str) -> DbResult<()> {
    let claimed = submissions::table.filter(submissions::id.eq(key));
    diesel::update(claimed).set(submissions::location.eq(location)).execute(tx.conn())?;
    Ok(())
}
