//! The engine of sheets: what every sheet declares fits its record, and what its pages do, through the router on both
//! databases.

mod declared;
mod found;
mod follows;
mod many;
mod pages;
mod refused;
mod seen;
mod similar;

use axum::http::StatusCode;
use db::testing::{Fresh, each};
use kernel::{Actor, Clock, Id};
use web::testing::{Answer, Client, faults_of};

use super::names::meant;
use super::sheet::Sheet;
use super::testing::Made;
use crate::access::testing::{form_token, in_station, signed_in};
use crate::access::{Asker, NewGrant, Reach, Role, Scope};
use crate::shell::tests::station::{self, id};

/// Time goes on between two requests: what the second writes is seen by the third.
pub(crate) const NOW: Clock = Clock::System;

/// Two stations, each with two areas, three communities, a worker, a contract and two activities.
pub(crate) fn on_both(test: impl Fn(&Fresh)) {
    each(NOW, |fresh| {
        ground(fresh);
        test(fresh);
    });
}

pub(crate) fn ground(fresh: &Fresh) {
    station::fill(&fresh.database, 1, "lizhan", 2);
    station::fill(&fresh.database, 2, "waizhan", 2);
}

pub(crate) fn kind(kind: &str) -> &'static Sheet {
    crate::SHEETS.of_kind(kind).unwrap()
}

/// Somebody at work in the site.
pub(crate) struct Somebody {
    pub(crate) client: Client,
    pub(crate) token: String,
}

pub(crate) fn somebody(fresh: &Fresh, name: &str, grants: &[NewGrant]) -> Somebody {
    let cookie = signed_in(&fresh.database, name, grants);
    let token = form_token(&fresh.database, &cookie);
    Somebody { client: Client::new(crate::router(station::site(&fresh.database))).with_cookie(cookie), token }
}

pub(crate) fn manager(fresh: &Fresh, number: u32) -> Somebody {
    somebody(fresh, "manager", &[in_station(Role::StationManager, id(number, 0))])
}

/// A worker of the first area of station 1 alone.
pub(crate) fn of_an_area(fresh: &Fresh) -> Somebody {
    let grant = NewGrant { reach: Reach::Area, place: Some(id(1, 1)), ..in_station(Role::Worker, id(1, 0)) };
    somebody(fresh, "worker", &[grant])
}

impl Somebody {
    pub(crate) fn post<T: AsRef<str>>(&self, path: &str, fields: &[(&str, T)]) -> Answer {
        let key = crate::access::new_secret().unwrap();
        let own = [("_token", self.token.as_str()), ("_key", &key[..32])];
        let all: Vec<(&str, &str)> =
            own.into_iter().chain(fields.iter().map(|(name, value)| (*name, value.as_ref()))).collect();
        let answer = self.client.post(path, &all);
        if answer.header("content-type").starts_with("text/html") {
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}: {}", answer.body);
        }
        answer
    }

    /// Sends what is good; where it leads.
    pub(crate) fn done<T: AsRef<str>>(&self, path: &str, fields: &[(&str, T)]) -> String {
        let answer = self.post(path, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        answer.header("location").to_owned()
    }

    /// The same where it may look like what is there: sent again as the page asks.
    pub(crate) fn done_anyway<T: AsRef<str>>(&self, path: &str, fields: &[(&'static str, T)]) -> String {
        let answer = self.post(path, fields);
        if answer.status == StatusCode::SEE_OTHER {
            return answer.header("location").to_owned();
        }
        assert!(answer.body.contains("仍然保存"), "{path}: {}", answer.body);
        let seen = between(&answer.body, "name=\"anyway\" value=\"", "\"").to_owned();
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        all.push(("anyway", &seen));
        self.done(path, &all)
    }

    /// Sends what is wrong; the page that says so.
    pub(crate) fn refused<T: AsRef<str>>(&self, path: &str, fields: &[(&str, T)]) -> String {
        let answer = self.post(path, fields);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        answer.body
    }

    pub(crate) fn good(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}: {}", answer.body);
        answer.body
    }

    pub(crate) fn status(&self, path: &str) -> u16 {
        self.client.get(path).status.as_u16()
    }

    /// How many records a list says it has.
    pub(crate) fn count(&self, path: &str) -> usize {
        let body = self.good(path);
        between(&body, "<p class=\"meta\">", " 条").parse().unwrap()
    }
}

/// What stands between two texts.
pub(crate) fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("{after} in {rest}")).0
}

/// A valid identity number for each `n`.
fn id_number(n: usize) -> String {
    let first = format!("440105{}1231{:03}", 1930 + n, 2 * n);
    format!("{first}{}", rules::identity::check_digit(&first).unwrap())
}

/// A household with one person in a community, entered on the pages of files: both ids.
pub(crate) fn household(fresh: &Fresh, who: &Somebody, community: Id, name: &str, n: usize) -> (Id, Id) {
    let (file_number, number) = (format!("示例-{n:04}"), id_number(n));
    let community = community.to_string();
    let fields = [
        ("file_number", file_number.as_str()),
        ("opened_on", "2024-07-01"),
        ("community", &community),
        ("building", "示例路 12 号"),
        ("door", "301 房"),
        ("residence", "present"),
        ("name", name),
        ("relation", "head"),
        ("id_number", &number),
        ("categories", "elder_alone"),
        ("level", "one"),
        ("level_from", "2024-07-01"),
        ("level_reason", "独居"),
        ("signed_on", "2024-07-01"),
        ("another", "yes"),
    ];
    let path = who.done("/clients/new", &fields);
    let household: Id = path.rsplit('/').next().unwrap().parse().unwrap();
    let asked = format!("{name} {file_number}");
    let found = fresh
        .database
        .read(|tx| meant(tx, crate::SHEETS, &Asker::Console, kind("person"), &Scope::everything(), &asked));
    let found = found.unwrap();
    assert_eq!(found.len(), 1, "{asked}: {found:?}");
    (household, found[0].0)
}

/// Where records of station 1 are made up.
pub(crate) fn made(person: Id, household: Id) -> Made {
    Made {
        station: id(1, 0),
        area: id(1, 1),
        community: id(1, 11),
        worker: id(1, 5),
        person,
        household,
        text: "样本",
    }
}

/// What a form of a sheet sends; what it refers to is entered before.
pub(crate) fn fields(fresh: &Fresh, made: &Made, sheet: &'static Sheet) -> Vec<(&'static str, String)> {
    let write = |tx: &mut db::Tx<'_>| Ok::<_, db::DbError>(made.fields(tx, sheet));
    fresh.database.write(&Actor::Console, write).unwrap()
}

/// The same with one field changed.
pub(crate) fn with(
    fields: &[(&'static str, String)],
    name: &str,
    value: &str,
) -> Vec<(&'static str, String)> {
    let change = |(known, was): &(&'static str, String)| {
        (*known, if *known == name { value.to_owned() } else { was.clone() })
    };
    fields.iter().map(change).collect()
}
