//! Requests of access through the router, on both databases, with a clock that the tests move.

mod account;
mod manual;
mod matrix;
mod pages;
mod permits;
mod second;
mod sign_in;
mod strangers;
mod users;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use axum::http::StatusCode;
use db::Database;
use db::testing::{Fresh, each};
use kernel::{Actor, Clock, Id, Moment};
use web::testing::{Answer, Client, faults_of};

use super::testing::form_token;
use super::{NewGrant, accounts, password, second_code};
use crate::shell::tests::station;

/// 2024-12-31, noon in Shanghai.
const NOON: i64 = 1_735_617_600_000_000;
const MINUTE: i64 = 60_000_000;
/// Everybody's password, and what nobody's is.
const PASSWORD: &str = "榕树下 7 张石凳";
const WRONG: &str = "木棉开了 3 回";
/// The secret of whoever has a second factor from the beginning.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A database whose time the test moves.
struct World<'f> {
    database: &'f Database,
    micros: &'static AtomicI64,
}

/// A browser: it keeps its cookie.
struct Browser<'w> {
    client: Client,
    database: &'w Database,
}

/// Runs a test on both databases.
fn on_both(test: impl Fn(&World<'_>)) {
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(NOON)));
    each(Clock::Manual(micros), |fresh| {
        micros.store(NOON, Ordering::SeqCst);
        test(&World { database: &fresh.database, micros });
    });
}

/// Runs a test on one database, with a time of its own.
fn on_one(fresh: impl FnOnce(Clock) -> Fresh, test: impl FnOnce(&World<'_>)) {
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(NOON)));
    let fresh = fresh(Clock::Manual(micros));
    test(&World { database: &fresh.database, micros });
}

impl World<'_> {
    fn pass(&self, minutes: i64) {
        self.micros.fetch_add(minutes * MINUTE, Ordering::SeqCst);
    }

    fn now(&self) -> Moment {
        self.database.clock().now()
    }

    /// The code of the second factor of [`SECRET`] now.
    fn code(&self) -> String {
        second_code(SECRET, self.now()).unwrap()
    }

    fn browser(&self) -> Browser<'_> {
        let router = crate::router(station::site(self.database));
        Browser { client: Client::new(router), database: self.database }
    }

    fn browser_at(&self, address: [u8; 4]) -> Browser<'_> {
        let browser = self.browser();
        Browser { client: browser.client.from_address(address), ..browser }
    }

    /// An account with [`PASSWORD`], a second factor where a secret is given, and these roles.
    fn person(&self, name: &str, secret: Option<&str>, grants: &[NewGrant]) -> Id {
        static KEPT: OnceLock<String> = OnceLock::new();
        let kept = KEPT.get_or_init(|| password::kept(PASSWORD).unwrap());
        let made = self.database.write(&Actor::Console, |tx| {
            let user = accounts::sample_user(tx, name, &format!("示例{name}"), None, secret, kept)?;
            for new in grants {
                accounts::grant(tx, user, new)?;
            }
            Ok::<_, db::DbError>(user)
        });
        made.unwrap()
    }

    /// Somebody signed in with nothing but the password.
    fn signed_in(&self, name: &str) -> Browser<'_> {
        let browser = self.browser();
        assert_eq!(browser.enter(name, PASSWORD).status, StatusCode::SEE_OTHER, "{name}");
        browser
    }
}

impl Browser<'_> {
    fn get(&self, path: &str) -> Answer {
        let answer = self.client.get(path);
        self.client.keep(&answer);
        if answer.header("content-type").starts_with("text/html") {
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        }
        answer
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.client.post(path, fields);
        self.client.keep(&answer);
        if answer.header("content-type").starts_with("text/html") {
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}: {}", answer.body);
        }
        answer
    }

    fn enter(&self, name: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("name", name), ("password", password)])
    }

    /// Sends a form as a page of this login would: with its token and a number of its own.
    fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form_with_key(path, &key(), fields)
    }

    fn form_with_key(&self, path: &str, key: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut all = vec![("_token", token.as_str()), ("_key", key)];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    fn token(&self) -> String {
        form_token(self.database, &self.client.cookie().unwrap())
    }

    /// Where a page leads on; the status of the answer where it does not.
    fn led(&self, path: &str) -> String {
        led(&self.get(path))
    }
}

/// Where an answer leads; its status where it leads nowhere.
fn led(answer: &Answer) -> String {
    match answer.header("location") {
        "" => answer.status.as_u16().to_string(),
        location => location.to_owned(),
    }
}

/// A number for a form.
fn key() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    format!("0123456789abcdef-{}", NUMBER.fetch_add(1, Ordering::SeqCst))
}

/// What stands between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("{after} in {rest}")).0
}
