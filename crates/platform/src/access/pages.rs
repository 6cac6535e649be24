//! What the pages of access show: one struct for each template.

#[cfg(test)]
mod sample;

use askama::Template;
use chrono::NaiveDate;
use kernel::{Moment, Problem};
use qrcode::QrCode;
use qrcode::render::svg;

use super::logins::Login;
use super::store::{Grant, User};
use crate::shell::Frame;

/// Setting up the second factor: the picture for the phone, the secret to type, the first code.
#[derive(Template)]
#[template(path = "access/templates/set_up.html")]
pub(super) struct SetUpPage {
    frame: Frame,
    action: &'static str,
    secret: String,
    address: String,
    picture: String,
    next: String,
    wrong: Option<String>,
}

impl SetUpPage {
    pub(super) fn new(
        frame: Frame,
        action: &'static str,
        secret: &str,
        address: &str,
        next: &str,
        wrong: Option<&Problem>,
    ) -> Self {
        let grouped: Vec<String> =
            secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        Self {
            frame,
            action,
            secret: grouped.join(" "),
            address: address.to_owned(),
            picture: picture(address),
            next: next.to_owned(),
            wrong: wrong.map(|problem| format!("{}。{}", problem.what, problem.remedy)),
        }
    }
}

/// A picture of dark and light squares that a phone reads: one path, so that no style is needed.
fn picture(address: &str) -> String {
    let Ok(code) = QrCode::new(address) else { return String::new() };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    drawn
        .split_once("<svg")
        .map(|(_, rest)| format!("<svg role=\"img\" aria-label=\"二维码\"{rest}"))
        .unwrap_or_default()
}

/// Recovery codes, shown once.
#[derive(Template)]
#[template(path = "access/templates/codes.html")]
pub(super) struct CodesPage {
    pub(super) frame: Frame,
    pub(super) codes: Vec<String>,
    pub(super) next: String,
}

/// One's own account.
#[derive(Template)]
#[template(path = "access/templates/account.html")]
pub(super) struct AccountPage {
    frame: Frame,
    name: String,
    roles: Vec<&'static str>,
    second_set: bool,
    codes_left: usize,
    logins: Vec<LoginLine>,
    key: String,
}

struct LoginLine {
    id: String,
    since: String,
    seen: String,
    address: String,
    agent: String,
    this: bool,
}

impl AccountPage {
    pub(super) fn of(
        frame: Frame,
        user: &User,
        grants: &[Grant],
        open: Vec<Login>,
        this: &str,
        key: String,
    ) -> Self {
        let line = |login: Login| LoginLine {
            this: login.id == this,
            since: login.made_at.minute(),
            seen: login.seen_at.minute(),
            id: login.id,
            address: login.address,
            agent: login.agent,
        };
        Self {
            frame,
            name: user.name.clone(),
            roles: grants.iter().map(|grant| grant.role.label()).collect(),
            second_set: user.second_set,
            codes_left: user.recovery.split_whitespace().count(),
            logins: open.into_iter().map(line).collect(),
            key,
        }
    }
}

/// Every account that one may see.
#[derive(Template)]
#[template(path = "access/templates/users.html")]
pub(super) struct UsersPage {
    pub(super) frame: Frame,
    pub(super) lines: Vec<UserLine>,
    pub(super) may_add: bool,
    /// Whether everybody's telephones are theirs to end.
    pub(super) may_devices: bool,
}

/// One of them.
pub(super) struct UserLine {
    id: String,
    name: String,
    display_name: String,
    roles: Vec<&'static str>,
    state: Option<&'static str>,
}

impl UserLine {
    pub(super) fn of(user: &User, roles: Vec<&'static str>) -> Self {
        let state = match (user.disabled_at, &user.password) {
            (Some(_), _) => Some("已停用"),
            (None, None) => Some("未设密码"),
            _ => None,
        };
        Self {
            id: user.id.to_string(),
            name: user.name.clone(),
            display_name: user.display_name.clone(),
            roles,
            state,
        }
    }
}

/// An account with its roles.
#[derive(Template)]
#[template(path = "access/templates/user.html")]
pub(super) struct UserPage {
    frame: Frame,
    id: String,
    name: String,
    display_name: String,
    closed: bool,
    locked: bool,
    second_set: bool,
    /// The worker that the account is.
    worker: Option<String>,
    grants: Vec<GrantLine>,
    key: String,
    may_users: bool,
    may_grants: bool,
}

/// A role, where and when.
pub(super) struct GrantLine {
    id: String,
    role: &'static str,
    place: String,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
    holds: bool,
}

impl GrantLine {
    pub(super) fn of(grant: &Grant, place: String, today: NaiveDate) -> Self {
        Self {
            id: grant.id.to_string(),
            role: grant.role.label(),
            place,
            from_on: grant.from_on,
            to_on: grant.to_on,
            holds: grant.holds(today),
        }
    }
}

impl UserPage {
    pub(super) fn of(
        frame: Frame,
        user: &User,
        grants: Vec<GrantLine>,
        key: String,
        (may_users, may_grants): (bool, bool),
        worker: Option<String>,
        now: Moment,
    ) -> Self {
        Self {
            frame,
            id: user.id.to_string(),
            name: user.name.clone(),
            display_name: user.display_name.clone(),
            closed: user.disabled_at.is_some(),
            locked: user.locked_until > now,
            second_set: user.second_set,
            worker,
            grants,
            key,
            may_users,
            may_grants,
        }
    }
}

/// The address of an invitation, shown once.
#[derive(Template)]
#[template(path = "access/templates/invited.html")]
pub(super) struct InvitedPage {
    pub(super) frame: Frame,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) back: String,
}
