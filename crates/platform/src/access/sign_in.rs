//! Signing in: name and password, then the second factor; what is counted against guessing; and the login of a
//! cookie. Every step leaves a line in the audit log.

use db::{Database, DbResult, Event, Keys, Sealed, Tx, WHOLE};
use kernel::{Actor, Id, Moment, Problem};
use sha2::{Digest as _, Sha256};

use super::ground::scope_among;
use super::logins::{self, Login};
use super::store::{self, SECOND, User};
use super::{Ground, Reach, Scope, SignedIn, chance, devices, password, second};

/// Failures after which an account is locked.
const FAILURES: i32 = 5;
/// For how long: 15 minutes.
const LOCKED: i64 = 15 * 60 * 1_000_000;
/// Failures from one address within that time after which it is not listened to.
const FROM_ADDRESS: i64 = 30;

/// After how long it is noted again that a login or a device was used: a minute.
const A_WHILE: i64 = 60_000_000;

/// Where somebody stands who wants to sign in.
#[derive(Debug, Clone)]
pub(super) struct Door {
    /// From where.
    pub(super) address: String,
    /// By which browser.
    pub(super) agent: String,
}

/// How far somebody got. The text is the value for the cookie.
pub(super) enum Entered {
    /// In.
    Whole(String),
    /// The second factor is missing.
    Halfway(String),
}

/// What a cookie stands for.
pub(super) enum Known {
    /// Somebody signed in; whether the login is to be noted as used.
    Whole(Box<SignedIn>, bool),
    /// Somebody who still owes the second factor.
    Halfway(Login),
}

/// Takes a name and a password.
///
/// # Errors
/// They are wrong, the account is locked or closed (all in the same words), or too much was tried from here.
pub(super) fn enter(db: &Database, name: &str, secret: &str, door: &Door) -> Result<Entered, super::Refused> {
    let name = name.to_lowercase();
    let (user, tries, at) = db.read(|tx| {
        let since = Moment::from_micros(tx.at().micros() - LOCKED);
        let tries = logins::failures_since(tx, &door.address, since)?;
        Ok::<_, db::DbError>((store::user_by_name(tx, &name)?, tries, tx.at()))
    })?;
    if tries >= FROM_ADDRESS {
        return Err(too_many().into());
    }
    let kept = user.as_ref().and_then(|user| user.password.as_deref());
    let right = password::matches(secret, kept);
    let open = user.filter(|user| right && user.locked_until <= at && user.disabled_at.is_none());
    let Some(seen) = open else {
        failed(db, &name, door)?;
        return Err(refused().into());
    };
    let entered = db.write(&Actor::User(seen.id), |tx| {
        tx.set_origin(Some(door.address.clone()));
        // It takes a while to try a password: what the account is by now decides.
        let mut user = match store::user(tx, seen.id)? {
            now if now.password == seen.password
                && now.locked_until <= tx.at()
                && now.disabled_at.is_none() =>
            {
                now
            }
            _ => return Ok(None),
        };
        let grants = store::grants_of(tx, user.id)?;
        let today = tx.at().day();
        let must = grants.iter().any(|grant| grant.holds(today) && grant.role.needs_second_factor());
        let whole = !must && !user.second_set;
        if user.failures > 0 && whole {
            user.failures = 0;
            store::update_user(tx, &user)?;
        }
        logins::forget_old(tx)?;
        let token = open_login(tx, user.id, whole, door)?;
        note(tx, if whole { "access.sign_in" } else { "access.first_factor" }, Some(user.id), None)?;
        Ok::<_, db::DbError>(Some(if whole { Entered::Whole(token) } else { Entered::Halfway(token) }))
    })?;
    entered.ok_or_else(|| refused().into())
}

/// Takes a code of the second factor, or a recovery code.
///
/// # Errors
/// It is wrong or was used before.
pub(super) fn complete(
    db: &Database,
    half: &Login,
    code: &str,
    door: &Door,
) -> Result<String, super::Refused> {
    let done = db.write(&Actor::User(half.user_id), |tx| {
        tx.set_origin(Some(door.address.clone()));
        let mut user = store::user(tx, half.user_id)?;
        if user.locked_until > tx.at() || !accept(tx, &mut user, code)? {
            return Ok::<_, db::DbError>(None);
        }
        user.failures = 0;
        store::update_user(tx, &user)?;
        // A new cookie for a new standing: whoever knew the first one knows nothing now.
        logins::end(tx, user.id, &half.id)?;
        let token = open_login(tx, user.id, true, door)?;
        note(tx, "access.sign_in", Some(user.id), None)?;
        Ok(Some(token))
    })?;
    if let Some(token) = done {
        return Ok(token);
    }
    let name = db.read(|tx| store::user(tx, half.user_id))?.name;
    failed(db, &name, door)?;
    Err(Problem::new(
        "wrong_code",
        "验证码不对，或已经用过",
        "等手机上换出下一个码再填；手机不在身边时填一个恢复码",
    )
    .into())
}

/// Whether a code is right; the account then says what it was.
fn accept(tx: &mut Tx<'_>, user: &mut User, code: &str) -> DbResult<bool> {
    let secret = secret_of(tx.keys(), user)?;
    if let Some(step) = secret.and_then(|secret| second::step(&secret, code, tx.at(), user.second_step)) {
        user.second_step = step;
        return Ok(true);
    }
    match second::spend(tx.keys(), &user.recovery, code) {
        Some(left) if user.second_set => {
            user.recovery = left;
            note(tx, "access.recovery_code", Some(user.id), None)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// The secret of an account's second factor.
///
/// # Errors
/// It does not open with these keys.
pub(super) fn secret_of(keys: &Keys, user: &User) -> DbResult<Option<String>> {
    let open = |sealed: &Sealed<String>| sealed.open(keys, SECOND, &user.id);
    let secret = user.second.as_ref().map(open).transpose();
    Ok(secret.map_err(|error| Problem::new("sealed", error.to_string(), "请核对密钥文件"))?)
}

/// What a cookie stands for; nothing when it is unknown, ended or too old.
///
/// # Errors
/// What the database says.
pub(super) fn known(tx: &mut Tx<'_>, cookie: &str, ground: Ground, door: &Door) -> DbResult<Option<Known>> {
    let id = digest(cookie);
    let Some(login) = logins::login(tx, &id)?.filter(|login| login.holds(tx.at())) else { return Ok(None) };
    let user = store::user(tx, login.user_id)?;
    if user.disabled_at.is_some() {
        return Ok(None);
    }
    let mut held = store::grants_of(tx, user.id)?;
    held.retain(|grant| grant.holds(tx.at().day()));
    // A role that asks for a second factor may have been given while somebody was signed in without one.
    let owes = !user.second_set && held.iter().any(|grant| grant.role.needs_second_factor());
    if !login.complete || owes {
        return Ok(Some(Known::Halfway(login)));
    }
    let stale = tx.at().micros() - login.seen_at.micros() > A_WHILE;
    let token = tx.keys().lookup("logins.token", &login.id);
    let signed_in = SignedIn {
        user: user.id,
        display_name: user.display_name,
        worker: user.worker_id,
        grants: reached(tx, ground, user.id, &held)?,
        token,
        login: login.id,
        address: door.address.clone(),
        device: None,
    };
    Ok(Some(Known::Whole(Box::new(signed_in), stale)))
}

/// Whoever a device asks for, with the roles they hold today; whether it is to be noted as used.
///
/// # Errors
/// The code of why it is refused, inside; what the database says, outside.
pub(super) fn known_device(
    tx: &mut Tx<'_>,
    cookie: Option<&str>,
    ground: Ground,
    door: &Door,
) -> DbResult<Result<(SignedIn, bool), &'static str>> {
    let Some(cookie) = cookie else { return Ok(Err("no_device")) };
    let Some(device) = devices::device_of_cookie(tx, cookie)? else { return Ok(Err("no_device")) };
    if let Some(code) = device.refused(tx.at()) {
        return Ok(Err(code));
    }
    let user = store::user(tx, device.user_id)?;
    if user.disabled_at.is_some() {
        return Ok(Err("device_ended"));
    }
    let mut held = store::grants_of(tx, user.id)?;
    // A device stands for a password once given: what asks for a second factor is not done from it.
    held.retain(|grant| grant.holds(tx.at().day()) && !grant.role.needs_second_factor());
    let stale = tx.at().micros() - device.seen_at.micros() > A_WHILE;
    let signed_in = SignedIn {
        user: user.id,
        display_name: user.display_name,
        worker: user.worker_id,
        grants: reached(tx, ground, user.id, &held)?,
        token: String::new(),
        login: device.token,
        address: format!("{} · {}", door.address, device.name),
        device: Some(device.id),
    };
    Ok(Ok((signed_in, stale)))
}

/// Where each grant reaches, without what the account is kept from.
fn reached(
    tx: &mut Tx<'_>,
    ground: Ground,
    user: Id,
    held: &[store::Grant],
) -> DbResult<Vec<(super::Role, Scope)>> {
    let kept_from = (ground.kept_from)(tx, user)?;
    let of = |grant: &store::Grant| match grant.reach {
        Reach::City => !kept_from.is_empty(),
        Reach::District | Reach::Street => true,
        Reach::Station | Reach::Area | Reach::Community => false,
    };
    let stations = if held.iter().any(of) { (ground.stations)(tx)? } else { Vec::new() };
    let all = || stations.iter().map(|station| station.id).collect();
    let scope = |grant| scope_among(&stations, grant).without(&kept_from, all);
    Ok(held.iter().map(|grant| (grant.role, scope(grant))).collect())
}

pub(super) fn open_login(tx: &mut Tx<'_>, user_id: Id, complete: bool, door: &Door) -> DbResult<String> {
    let token = chance::token()?;
    let at = tx.at();
    let agent = door.agent.chars().take(200).collect();
    let (id, address) = (digest(&token), door.address.clone());
    let login = Login { id, user_id, complete, made_at: at, seen_at: at, ended_at: None, address, agent };
    logins::insert_login(tx, &login)?;
    Ok(token)
}

/// Holds somebody signed in to their present password, counted against guessing like signing in is.
///
/// # Errors
/// It is wrong, or the account is locked.
pub(super) fn same_person(
    db: &Database,
    me: &SignedIn,
    secret: &str,
    door: &Door,
) -> Result<User, super::Refused> {
    let (user, at) = db.read(|tx| Ok::<_, db::DbError>((store::user(tx, me.user)?, tx.at())))?;
    if password::matches(secret, user.password.as_deref()) && user.locked_until <= at {
        return Ok(user);
    }
    failed(db, &user.name, door)?;
    let remedy = "连错 5 次，账号锁 15 分钟，这期间也改不了密码";
    Err(Problem::new("wrong_password", "现在的密码不对，或账号暂时锁定", remedy).into())
}

fn failed(db: &Database, name: &str, door: &Door) -> DbResult<()> {
    db.write(&Actor::Visitor, |tx| {
        tx.set_origin(Some(door.address.clone()));
        let forget = Moment::from_micros(tx.at().micros() - 2 * LOCKED);
        let id = chance::id(tx.at())?;
        logins::insert_failure(tx, id, &door.address, forget)?;
        let Some(mut user) = store::user_by_name(tx, name)? else {
            note(tx, "access.sign_in_failed", None, None)?;
            return Ok(());
        };
        // What is tried while an account is locked does not lock it for longer: nobody can keep another one out.
        if user.locked_until <= tx.at() {
            user.failures += 1;
        }
        if user.failures >= FAILURES {
            user.failures = 0;
            user.locked_until = Moment::from_micros(tx.at().micros() + LOCKED);
            note(tx, "access.locked", Some(user.id), None)?;
        }
        store::update_user(tx, &user)?;
        note(tx, "access.sign_in_failed", Some(user.id), None)?;
        Ok(())
    })
}

/// Leaves a line in the audit log of what belongs to no station.
///
/// # Errors
/// What the database says.
pub(super) fn note(
    tx: &mut Tx<'_>,
    verb: &'static str,
    on: Option<Id>,
    reason: Option<String>,
) -> DbResult<()> {
    tx.event(WHOLE, Event { verb, kind: "user", record_id: on, reason, detail: None })
}

/// The number of a token in the database, from which the token does not follow.
pub(super) fn digest(token: &str) -> String {
    chance::hex(&Sha256::digest(token.as_bytes()))
}

fn refused() -> Problem {
    let remedy = "请核对后再试。连错 5 次，账号锁 15 分钟；忘了密码请找系统管理员要新的登录链接";
    Problem::new("refused", "登录名或密码不对，或账号暂时锁定", remedy)
}

fn too_many() -> Problem {
    Problem::new("too_many", "从这个地址登录失败的次数太多", "请 15 分钟后再试")
}
