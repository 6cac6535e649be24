//! Requests of devices and the pages about them, through the router, on both databases.

mod devices;
mod entries;
mod fetched;
mod recorded;
mod waiting;

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::Method;
use db::Database;
use db::testing::{Fresh, each};
use kernel::{Clock, Id};
use serde_json::{Value, json};
use web::testing::{Answer, Client, faults_of};

use crate::access::testing::{form_token, in_station, signed_in};
use crate::access::{NewGrant, Role, new_id};
use crate::documents::tests::{ground, household_id};
use crate::shell::tests::station;

const SECOND: i64 = 1_000_000;

/// Two stations, each with a household of two persons, and a time that the test moves.
struct World<'f> {
    fresh: &'f Fresh,
    micros: &'static AtomicI64,
}

/// A browser in which somebody is signed in.
struct Browser {
    client: Client,
    token: String,
    micros: &'static AtomicI64,
}

/// A device that has been registered.
struct Phone {
    client: Client,
    id: String,
    micros: &'static AtomicI64,
}

fn on_both(test: impl Fn(&World<'_>)) {
    let begin = station::NOW.now().micros();
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(begin)));
    each(Clock::Manual(micros), |fresh| {
        micros.store(begin, Ordering::SeqCst);
        ground(fresh);
        micros.fetch_add(SECOND, Ordering::SeqCst);
        test(&World { fresh, micros });
    });
}

/// A number that no other of this process has.
fn number() -> String {
    new_id(Clock::System.now()).unwrap().to_string()
}

impl<'f> World<'f> {
    fn database(&self) -> &'f Database {
        &self.fresh.database
    }

    fn pass(&self, seconds: i64) {
        self.micros.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    fn browser(&self, router: &axum::Router, grants: &[NewGrant]) -> Browser {
        let cookie = signed_in(self.database(), "yangben", grants);
        let token = form_token(self.database(), &cookie);
        Browser { client: Client::new(router.clone()).with_cookie(cookie), token, micros: self.micros }
    }

    fn site(&self) -> axum::Router {
        crate::router(station::site(self.database()))
    }

    /// Somebody with a role in the first station.
    fn at(&self, role: Role) -> Browser {
        self.browser(&self.site(), &[in_station(role, station::id(1, 0))])
    }

    fn phone(&self, role: Role) -> Phone {
        self.at(role).phone(&self.site())
    }

    fn lines(&self, verb: &str) -> usize {
        let all = [db::WHOLE, station::id(1, 0), station::id(2, 0)];
        let lines = |chain: Id| self.database().read(|tx| tx.audit_lines(chain)).unwrap().0;
        all.into_iter().flat_map(lines).filter(|line| line.verb == verb).count()
    }
}

impl Browser {
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = number();
        let own = [("_token", self.token.as_str()), ("_key", key.as_str())];
        let fields: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        self.micros.fetch_add(SECOND, Ordering::SeqCst);
        let answer = self.client.post(path, &fields);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer
    }

    fn get(&self, path: &str) -> Answer {
        let answer = self.client.get(path);
        if answer.header("content-type").starts_with("text/html") {
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        }
        answer
    }

    /// Registers this browser as a device.
    fn phone(&self, router: &axum::Router) -> Phone {
        let answer = self.post("/app/devices", &[("name", "我的手机"), ("days", "14")]);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/app/"), "{}", answer.body);
        let set = answer.header("set-cookie");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
        let cookie = set.split(';').next().unwrap().to_owned();
        let client = Client::new(router.clone()).with_cookie(cookie);
        let phone = Phone { client, id: String::new(), micros: self.micros };
        let id = phone.get("me").1["device"]["id"].as_str().unwrap().to_owned();
        Phone { id, ..phone }
    }
}

impl Phone {
    fn get(&self, path: &str) -> (u16, Value) {
        said(&self.client.get(&format!("/api/v1/{path}")))
    }

    fn send(&self, path: &str, body: &Value) -> (u16, Value) {
        self.micros.fetch_add(SECOND, Ordering::SeqCst);
        said(&send(&self.client, path, "application/json", body.to_string().into_bytes()))
    }

    /// Sends entries; what came of each, in a word.
    fn push(&self, entries: &[Value]) -> Vec<String> {
        let (status, said) = self.send("entries", &json!({ "entries": entries }));
        assert_eq!(status, 200, "{said}");
        states(&said)
    }
}

fn states(said: &Value) -> Vec<String> {
    let results = said["results"].as_array().unwrap().iter();
    results
        .map(|one| {
            format!(
                "{}{}",
                one["state"].as_str().unwrap(),
                one["code"].as_str().map_or(String::new(), |code| format!(" {code}"))
            )
        })
        .collect()
}

fn send(client: &Client, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let headers = [("content-type", kind), ("origin", "http://127.0.0.1:8080")];
    client.send(Method::POST, &format!("/api/v1/{path}"), &headers, body)
}

/// Status and JSON; a fault must be problem details that say what happened and what to do.
fn said(answer: &Answer) -> (u16, Value) {
    let said: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body));
    let kind = answer.header("content-type");
    if answer.status.is_success() {
        assert_eq!(kind, "application/json");
    } else {
        assert_eq!(kind, "application/problem+json");
        assert_eq!(said["status"], answer.status.as_u16());
        assert!(
            said["title"].is_string() && said["detail"].is_string() && said["code"].is_string(),
            "{said}"
        );
    }
    (answer.status.as_u16(), said)
}

/// A new visit to the household of a station.
fn visit(of: u32) -> Value {
    json!({
        "id": number(), "kind": "visit", "household": household_id(of), "record": number(),
        "made_at": 1_735_617_000_000_i64,
        "fields": {
            "met": station::id(of, 501), "kind": "home", "visited_on": "2024-12-30", "minutes": "30",
            "physical": "血压正常", "psychological": "愿意聊天", "social": "邻居常来", "greeting_only": "no",
        },
    })
}

/// Another visit to the same household on the same day, meant as one.
fn another(of: u32) -> Value {
    saying(&visit(of), &[("again", "yes")])
}

/// The same entry that says something else.
fn saying(entry: &Value, fields: &[(&str, &str)]) -> Value {
    let mut entry = entry.clone();
    for (name, value) in fields {
        entry["fields"][name] = json!(value);
    }
    entry
}

/// A correction of what an entry wrote: it has the fields of the record.
fn correction(of: &Value, base: i32, field: &str, value: &str) -> Value {
    let mut entry = of.clone();
    entry["id"] = json!(number());
    if of["base"].is_null() {
        entry["fields"] = json!({
            "person_id": of["fields"]["met"], "kind": "home", "visited_on": "2024-12-30", "minutes": "30",
            "physical": "血压正常", "psychological": "愿意聊天", "social": "邻居常来", "greeting_only": "no",
        });
    }
    entry["base"] = json!(base);
    entry["fields"][field] = json!(value);
    entry
}

/// An entry of a household and a person that waits; its id. For tests of who may see it.
pub(crate) fn waits(database: &Database, household: &str, person: &str) -> Id {
    let id = new_id(database.clock().now()).unwrap();
    let owner = crate::access::testing::user(database, "sender");
    let made = database.write(&kernel::Actor::Console, |tx| {
        let (device, _) = crate::access::register_device(tx, owner, "手机", 3, "")?;
        let entry = json!({
            "id": id, "kind": "visit", "household": household, "record": number(), "made_at": 0,
            "fields": {
                "met": person, "kind": "home", "visited_on": "2024-12-30", "minutes": "30", "physical": "稳定",
                "psychological": "稳定", "social": "稳定", "again": "yes",
            },
        });
        super::take::wait_for_tests(tx, crate::SHEETS, (device, owner, id), household.parse().unwrap(), &entry)
    });
    made.unwrap();
    id
}
