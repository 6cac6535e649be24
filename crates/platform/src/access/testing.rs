//! Somebody signed in, for tests.

use db::{Database, DbResult, Tx};
use kernel::{Actor, Id};

use super::sign_in::{Door, digest, open_login};
use super::{NewGrant, Reach, Role, accounts, store};

/// A role in one station.
pub(crate) fn in_station(role: Role, station: Id) -> NewGrant {
    NewGrant {
        role,
        reach: Reach::Station,
        district: None,
        street: None,
        station: Some(station),
        place: Some(station),
        from_on: "2020-01-01".parse().unwrap(),
        to_on: None,
    }
}

/// A role in the whole city.
pub(crate) fn everywhere(role: Role) -> NewGrant {
    NewGrant { reach: Reach::City, station: None, place: None, ..in_station(role, Id::derived(0, &[])) }
}

/// Makes an account with these roles and signs it in; the value of its cookie, as a header.
pub(crate) fn signed_in(database: &Database, name: &str, grants: &[NewGrant]) -> String {
    signed_in_as(database, name, None, grants)
}

/// The same for the account of a worker.
pub(crate) fn signed_in_as(
    database: &Database,
    name: &str,
    worker: Option<Id>,
    grants: &[NewGrant],
) -> String {
    let token = database.write(&Actor::Console, |tx: &mut Tx<'_>| {
        let unique = format!("{name}-{}", &super::chance::token()?[..16]);
        let user = accounts::add_user(tx, &unique, name, worker)?;
        // As if it had been set up: what a role asks of signing in has tests of its own.
        let mut kept = store::user(tx, user)?;
        kept.second_set = true;
        store::update_user(tx, &kept)?;
        for new in grants {
            accounts::grant(tx, user, new)?;
        }
        let door = Door { address: "local".into(), agent: String::new() };
        let token: DbResult<String> = open_login(tx, user, true, &door);
        token
    });
    format!("kapok_login={}", token.unwrap())
}

/// The token of the forms of a login.
pub(crate) fn form_token(database: &Database, cookie: &str) -> String {
    database.keys().lookup("logins.token", &login_id(cookie))
}

/// The number of the login of a cookie.
pub(crate) fn login_id(cookie: &str) -> String {
    digest(cookie.split_once('=').unwrap().1)
}

/// An account with no role.
pub(crate) fn user(database: &Database, name: &str) -> Id {
    let made = database.write(&Actor::Console, |tx: &mut Tx<'_>| {
        let unique = format!("{name}-{}", &super::chance::token()?[..16]);
        accounts::add_user(tx, &unique, name, None)
    });
    made.unwrap()
}

/// Whose login it is.
pub(crate) fn user_of(database: &Database, cookie: &str) -> Id {
    database.read(|tx| super::logins::login(tx, &login_id(cookie))).unwrap().unwrap().user_id
}
