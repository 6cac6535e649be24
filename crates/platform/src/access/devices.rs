//! Devices that somebody works on without a signal: registered after signing in, for some days, and ended from anywhere.
//! All SQL on their table is here. Not here: what they send and keep, which is the slice `app`.

use db::{DbResult, Event, Tx, WHOLE};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::sign_in::digest;
use super::{SignedIn, chance};

diesel::table! {
    devices (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        token -> Text,
        made_at -> BigInt,
        until -> BigInt,
        seen_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ended_by -> Nullable<Text>,
        agent -> Text,
    }
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = devices)]
pub struct Device {
    /// Who it is.
    pub id: Id,
    /// Whose.
    pub user_id: Id,
    /// What its owner calls it.
    pub name: String,
    /// The hash of its cookie.
    pub token: String,
    /// Since when.
    pub made_at: Moment,
    /// Until when it is trusted.
    pub until: Moment,
    /// When it last asked for something, to the minute.
    pub seen_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// By whom.
    pub ended_by: Option<Id>,
    /// Which browser it is.
    pub agent: String,
}

/// The most days that a device is trusted without signing in again.
pub const MOST_DAYS: i64 = 30;
/// A day in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;
/// How many are shown of one account, and of all.
const SHOWN: i64 = 500;

impl Device {
    /// Why it is no longer trusted; nothing where it is.
    #[must_use]
    pub fn refused(&self, at: Moment) -> Option<&'static str> {
        match (self.ended_at, self.until <= at) {
            (Some(_), _) => Some("device_ended"),
            (None, true) => Some("device_expired"),
            (None, false) => None,
        }
    }
}

/// Registers a device of somebody signed in, for so many days; its id, and the value of its cookie.
///
/// # Errors
/// What the database says, or the system gives no chance.
pub fn register_device(
    tx: &mut Tx<'_>,
    user_id: Id,
    name: &str,
    days: i64,
    agent: &str,
) -> DbResult<(Id, String)> {
    let (at, token) = (tx.at(), chance::token()?);
    let id = chance::id(at)?;
    let device = Device {
        id,
        user_id,
        name: name.to_owned(),
        token: digest(&token),
        made_at: at,
        until: Moment::from_micros(at.micros() + days.clamp(1, MOST_DAYS) * DAY),
        seen_at: at,
        ended_at: None,
        ended_by: None,
        agent: agent.chars().take(200).collect(),
    };
    diesel::insert_into(devices::table).values(&device).execute(tx.conn())?;
    note(tx, "app.register", id, None)?;
    Ok((id, token))
}

/// The device of a cookie's value, also one that is no longer trusted.
///
/// # Errors
/// What the database says.
pub fn device_of_cookie(tx: &mut Tx<'_>, cookie: &str) -> DbResult<Option<Device>> {
    let of_cookie = devices::table.filter(devices::token.eq(digest(cookie)));
    Ok(of_cookie.select(Device::as_select()).first(tx.conn()).optional()?)
}

/// A device by its id, also one that is no longer trusted.
///
/// # Errors
/// What the database says.
pub fn device(tx: &mut Tx<'_>, id: Id) -> DbResult<Option<Device>> {
    let one = devices::table.filter(devices::id.eq(id)).select(Device::as_select());
    Ok(one.first(tx.conn()).optional()?)
}

/// The devices of one account, or of all, the latest first.
///
/// # Errors
/// What the database says.
pub fn devices_of(tx: &mut Tx<'_>, user: Option<Id>) -> DbResult<Vec<Device>> {
    let mut all = devices::table.select(Device::as_select()).order(devices::made_at.desc()).into_boxed();
    if let Some(user) = user {
        all = all.filter(devices::user_id.eq(user));
    }
    Ok(all.limit(SHOWN).load(tx.conn())?)
}

/// Ends a device; false where it had ended before.
///
/// # Errors
/// What the database says.
pub fn end_device(tx: &mut Tx<'_>, id: Id, by: Id, reason: Option<&str>) -> DbResult<bool> {
    let at = tx.at();
    let open = devices::table.filter(devices::id.eq(id)).filter(devices::ended_at.is_null());
    let set = (devices::ended_at.eq(at), devices::ended_by.eq(by));
    let ended = diesel::update(open).set(set).execute(tx.conn())? > 0;
    if ended {
        note(tx, "app.end", id, reason)?;
    }
    Ok(ended)
}

/// Ends the device of a cookie that somebody sends who signs out: what can be read on it ends with the login.
///
/// # Errors
/// What the database says.
pub(super) fn end_with(tx: &mut Tx<'_>, cookie: Option<&str>, me: &SignedIn) -> DbResult<()> {
    let Some(cookie) = cookie else { return Ok(()) };
    match device_of_cookie(tx, cookie)?.filter(|device| device.user_id == me.user) {
        Some(device) => end_device(tx, device.id, me.user, None).map(drop),
        None => Ok(()),
    }
}

/// Notes that a device asked for something.
///
/// # Errors
/// What the database says.
pub(super) fn device_seen(tx: &mut Tx<'_>, id: Id) -> DbResult<()> {
    let at = tx.at();
    diesel::update(devices::table.filter(devices::id.eq(id)))
        .set(devices::seen_at.eq(at))
        .execute(tx.conn())?;
    Ok(())
}

fn note(tx: &mut Tx<'_>, verb: &'static str, id: Id, reason: Option<&str>) -> DbResult<()> {
    let reason = reason.map(str::to_owned);
    tx.event(WHOLE, Event { verb, kind: "device", record_id: Some(id), reason, detail: None })
}
