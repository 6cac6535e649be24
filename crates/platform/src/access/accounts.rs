//! Making accounts, inviting their owners, granting roles. Not here: signing in.

use chrono::NaiveDate;
use db::{DbError, DbResult, Event, Sealed, Tx, WHOLE};
use kernel::{Id, Moment, Problem};
use web::Fault;

use super::role::{Reach, Role};
use super::store::{self, Grant, SECOND, User};
use super::{chance, logins, password, sign_in};

/// How long an invitation holds: three days.
const INVITED: i64 = 3 * 24 * 3600 * 1_000_000;

/// A refusal with a reason for the person, or something the database said.
#[derive(Debug)]
pub enum Refused {
    /// For the person.
    Problem(Problem),
    /// The database.
    Db(DbError),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Problem(problem) => Self::of(axum::http::StatusCode::FORBIDDEN, &problem),
            Refused::Db(error) => Self::internal(error),
        }
    }
}

/// A role to be given.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub reach: Reach,
    /// The district, for a district or a street.
    pub district: Option<String>,
    /// The street or town.
    pub street: Option<String>,
    /// The station, for a station and what is inside it.
    pub station: Option<Id>,
    /// The station, area or community.
    pub place: Option<Id>,
    /// The first day.
    pub from_on: NaiveDate,
    /// The first day no longer.
    pub to_on: Option<NaiveDate>,
}

/// Whether there is any account at all.
///
/// # Errors
/// What the database says.
pub fn any_user(tx: &mut Tx<'_>) -> DbResult<bool> {
    Ok(store::count_users(tx)? > 0)
}

/// The account of a worker, and whether it leads anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfWorker {
    /// The worker.
    pub worker: Id,
    /// The account.
    pub user: Id,
    /// Whether it holds a role on the day asked for.
    pub has_role: bool,
}

/// The open accounts of workers, with whether each holds a role on a day.
///
/// # Errors
/// What the database says.
pub fn accounts_of(tx: &mut Tx<'_>, workers: &[Id], day: NaiveDate) -> DbResult<Vec<OfWorker>> {
    let mut users = store::users_of_workers(tx, workers)?;
    users.retain(|user| user.disabled_at.is_none());
    let ids: Vec<Id> = users.iter().map(|user| user.id).collect();
    let grants = store::grants_of_all(tx, &ids)?;
    let has_role = |user: Id| grants.iter().any(|grant| grant.user_id == user && grant.holds(day));
    let of = |user: User| {
        let has_role = has_role(user.id);
        user.worker_id.map(|worker| OfWorker { worker, user: user.id, has_role })
    };
    Ok(users.into_iter().filter_map(of).collect())
}

/// How the accounts of the whole site stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Those that may be used.
    pub open: usize,
    /// Of these, those without a role on the day asked for.
    pub without_role: usize,
    /// Of these, those whose owner has not used the invitation yet.
    pub unused: usize,
}

/// How the accounts stand on a day.
///
/// # Errors
/// What the database says.
pub fn standing(tx: &mut Tx<'_>, day: NaiveDate) -> DbResult<Standing> {
    let (mut users, grants) = (store::all_users(tx)?, store::all_grants(tx)?);
    users.retain(|user| user.disabled_at.is_none());
    let held: std::collections::BTreeSet<Id> =
        grants.iter().filter(|grant| grant.holds(day)).map(|grant| grant.user_id).collect();
    Ok(Standing {
        open: users.len(),
        without_role: users.iter().filter(|user| !held.contains(&user.id)).count(),
        unused: users.iter().filter(|user| user.password.is_none()).count(),
    })
}

/// Every account by name, with its grants, also those that no longer hold.
///
/// # Errors
/// What the database says.
pub fn users(tx: &mut Tx<'_>) -> DbResult<Vec<(User, Vec<Grant>)>> {
    let (users, mut grants) = (store::all_users(tx)?, store::all_grants(tx)?);
    let with_own = |user: User| {
        let own = grants.extract_if(.., |grant| grant.user_id == user.id).collect();
        (user, own)
    };
    Ok(users.into_iter().map(with_own).collect())
}

/// The account of a name.
///
/// # Errors
/// There is none; the problem names those there are.
pub fn user_named(tx: &mut Tx<'_>, name: &str) -> DbResult<User> {
    if let Some(user) = store::user_by_name(tx, &name.trim().to_lowercase())? {
        return Ok(user);
    }
    let known: Vec<String> = store::all_users(tx)?.into_iter().map(|user| user.name).collect();
    let what = format!("没有登录名为“{name}”的账号");
    let remedy = if known.is_empty() {
        "这个数据库还没有账号，请先用 kapok user add 开设".to_owned()
    } else {
        format!("有：{}", known.join("、"))
    };
    Err(Problem::new("unknown_user", what, remedy).into())
}

/// Makes an account without a password: its owner sets one by invitation.
///
/// # Errors
/// The name is not one, or is taken.
pub fn add_user(tx: &mut Tx<'_>, name: &str, display_name: &str, worker: Option<Id>) -> DbResult<Id> {
    let name = name.trim().to_lowercase();
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "._-@".contains(sign);
    if !(2..=40).contains(&name.len()) || !name.chars().all(plain) {
        let remedy = "用 2 到 40 个英文字母、数字或 . _ - @，例如 zhang.san";
        return Err(Problem::new("bad_name", format!("登录名“{name}”不能用"), remedy).into());
    }
    if store::user_by_name(tx, &name)?.is_some() {
        let what = format!("登录名“{name}”已经有人用");
        return Err(Problem::new("name_taken", what, "请换一个，例如在后面加上数字").into());
    }
    let id = chance::id(tx.at())?;
    let user = User {
        id,
        name,
        display_name: display_name.to_owned(),
        worker_id: worker,
        password: None,
        second: None,
        second_set: false,
        second_step: 0,
        recovery: String::new(),
        failures: 0,
        locked_until: Moment::from_micros(0),
        made_at: tx.at(),
        disabled_at: None,
    };
    store::insert_user(tx, &user)?;
    let detail = serde_json::json!({ "name": [null, user.name] });
    tx.event(
        WHOLE,
        Event { verb: "access.users", kind: "user", record_id: Some(id), reason: None, detail: Some(detail) },
    )?;
    Ok(id)
}

/// Makes an invitation; the text is the end of its address, and stands nowhere else.
///
/// # Errors
/// What the database says.
pub fn invite(tx: &mut Tx<'_>, user: Id) -> DbResult<String> {
    let token = chance::token()?;
    let until = Moment::from_micros(tx.at().micros() + INVITED);
    logins::insert_invitation(tx, &sign_in::digest(&token), user, until)?;
    sign_in::note(tx, "access.invited", Some(user), None)?;
    Ok(token)
}

/// Gives a role.
///
/// # Errors
/// What the database says.
pub fn grant(tx: &mut Tx<'_>, user: Id, new: &NewGrant) -> DbResult<Id> {
    let id = chance::id(tx.at())?;
    let grant = Grant {
        id,
        user_id: user,
        role: new.role,
        reach: new.reach,
        district: new.district.clone(),
        street: new.street.clone(),
        station_id: new.station,
        place_id: new.place,
        from_on: new.from_on,
        to_on: new.to_on,
        made_by: tx.actor().code(),
        made_at: tx.at(),
    };
    store::insert_grant(tx, &grant)?;
    let detail = serde_json::json!({
        "role": [null, new.role],
        "reach": [null, new.reach],
        "place": [null, new.place.map(|id| id.to_string()).or_else(|| new.district.clone())],
    });
    let event = Event {
        verb: "access.grants",
        kind: "user",
        record_id: Some(user),
        reason: None,
        detail: Some(detail),
    };
    tx.event(WHOLE, event)?;
    Ok(id)
}

/// Ends a grant from now on.
///
/// # Errors
/// What the database says.
pub fn end_grant(tx: &mut Tx<'_>, user: Id, id: Id) -> DbResult<()> {
    let grants = store::grants_of(tx, user)?;
    let Some(found) = grants.iter().find(|one| one.id == id) else { return Ok(()) };
    let today = tx.at().day();
    store::end_grant(tx, found.id, today.max(found.from_on))?;
    sign_in::note(tx, "access.grant_ended", Some(user), Some(found.role.label().to_owned()))
}

/// An account of a sample, ready to be used: with its password and, where its role asks for one, its second factor.
///
/// # Errors
/// The name is taken, or the system gives no chance.
pub fn sample_user(
    tx: &mut Tx<'_>,
    name: &str,
    display_name: &str,
    worker: Option<Id>,
    secret: Option<&str>,
    kept_password: &str,
) -> DbResult<Id> {
    let id = add_user(tx, name, display_name, worker)?;
    let mut user = store::user(tx, id)?;
    user.password = Some(kept_password.to_owned());
    if let Some(secret) = secret {
        user.second = Some(sealed(tx, id, secret)?);
        user.second_set = true;
    }
    store::update_user(tx, &user)?;
    Ok(id)
}

/// Seals the secret of a second factor.
///
/// # Errors
/// The system gives no chance.
pub(super) fn sealed(tx: &Tx<'_>, user: Id, secret: &str) -> DbResult<Sealed<String>> {
    let sealed = Sealed::new(tx.keys(), SECOND, &user, secret);
    Ok(sealed.map_err(|error| Problem::new("sealed", error.to_string(), "请检查操作系统的随机数"))?)
}

/// Sets the password of an account, after which every other login of it ends.
///
/// # Errors
/// What the database says.
pub(super) fn set_password(tx: &mut Tx<'_>, id: Id, kept: String, but_login: &str) -> DbResult<()> {
    let mut user = store::user(tx, id)?;
    user.password = Some(kept);
    user.failures = 0;
    user.locked_until = Moment::from_micros(0);
    store::update_user(tx, &user)?;
    logins::use_invitations(tx, id)?;
    logins::end_others(tx, id, but_login)?;
    sign_in::note(tx, "access.password", Some(id), None)?;
    Ok(())
}

/// The form in which a password is kept, where it will do.
///
/// # Errors
/// What is wrong with it.
pub(super) fn kept(new: &str, again: &str, name: &str) -> Result<String, Problem> {
    if let Some(wrong) = password::wrong(new, name) {
        return Err(Problem::new("weak_password", wrong, ""));
    }
    if new != again {
        return Err(Problem::new("passwords_differ", "两次填的密码不一样，重新填一遍", ""));
    }
    password::kept(new)
}
