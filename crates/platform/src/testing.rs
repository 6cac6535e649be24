//! Small stations for tests.

use std::sync::atomic::{AtomicI64, Ordering};

use db::testing::each;
use db::{Database, Sealed};
use kernel::{Actor, Clock, Id};
use web::testing::{Client, faults_of};

use crate::access::testing::{form_token, in_station, signed_in, user_of};
use crate::access::{Asker, Enter, NewGrant, Role, new_id, permit};
use crate::areas::{Areas, Station};
use crate::shell::tests::station::{NOW, fill, id, site};

/// Enters a station with nothing in it.
pub(crate) fn station(database: &Database, id: Id, code: &str) {
    let write = |tx: &mut db::Tx<'_>| {
        let station = Station {
            id,
            station_id: id,
            area_id: None,
            community_id: None,
            worker_id: None,
            code: code.to_owned(),
            name: format!("示例社工站 {code}"),
            district: "示例区".into(),
            street: "示例街".into(),
            address: "示例路一号".into(),
            operated_since: "2012-05-01".parse().unwrap(),
            pseudonym_key: Sealed::new(tx.keys(), "stations.pseudonym_key", &id, "a key of the test")
                .unwrap(),
        };
        permit::<Enter<Areas>>(&Asker::Console, id)?.append(tx, &[station])
    };
    database.write(&Actor::Console, write).unwrap();
}

/// Somebody at work in the first of two small stations, 一站 and 二站, on a database whose time passes with each form.
pub(crate) struct Desk<'f> {
    pub(crate) database: &'f Database,
    micros: &'static AtomicI64,
    client: Client,
    token: String,
    user: Id,
}

/// Runs a test on both databases, with two small stations.
pub(crate) fn on_both(test: impl Fn(&Database, &'static AtomicI64)) {
    let begin = NOW.now().micros();
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(begin)));
    each(Clock::Manual(micros), |fresh| {
        micros.store(begin, Ordering::SeqCst);
        fill(&fresh.database, 1, "yizhan", 3);
        fill(&fresh.database, 2, "erzhan", 2);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        test(&fresh.database, micros);
    });
}

/// The audit log of the first station, which must be whole: verb and who.
fn audited(database: &Database) -> Vec<(String, String)> {
    let (lines, broken) = database.read(|tx| tx.audit_lines(id(1, 0))).unwrap();
    assert_eq!(broken, None);
    lines.into_iter().map(|line| (line.verb, line.actor)).collect()
}

impl<'f> Desk<'f> {
    /// Somebody with these roles.
    pub(crate) fn of(database: &'f Database, micros: &'static AtomicI64, grants: &[NewGrant]) -> Self {
        let cookie = signed_in(database, "yangben", grants);
        let (token, user) = (form_token(database, &cookie), user_of(database, &cookie));
        let client = Client::new(crate::router(site(database))).with_cookie(cookie);
        Self { database, micros, client, token, user }
    }

    /// Somebody with a role in the first station.
    pub(crate) fn at(database: &'f Database, micros: &'static AtomicI64, role: Role) -> Self {
        Self::of(database, micros, &[in_station(role, id(1, 0))])
    }

    /// A page that must be there and be sound.
    pub(crate) fn get(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer.body
    }

    /// Whatever is answered.
    pub(crate) fn fetch(&self, path: &str) -> web::testing::Answer {
        self.client.get(path)
    }

    /// The account.
    pub(crate) fn user(&self) -> Id {
        self.user
    }

    /// What a page says, whether it is there or not.
    pub(crate) fn body(&self, path: &str) -> String {
        self.client.get(path).body
    }

    /// The status of a page.
    pub(crate) fn status(&self, path: &str) -> u16 {
        self.client.get(path).status.as_u16()
    }

    /// Sends a form that is taken, and sees that this verb stands in the audit log of the first station with whoever sent it;
    /// where it leads.
    pub(crate) fn wrote(&self, path: &str, fields: &[(&str, &str)], verb: &str) -> String {
        let before = audited(self.database).len();
        let (status, said) = self.post(path, fields);
        assert_eq!(status, 303, "{path}: {said}");
        let new = audited(self.database).split_off(before);
        let own = (verb.to_owned(), self.user.to_string());
        assert!(new.contains(&own), "{path}: {own:?} is not in {new:?}");
        said
    }

    /// Sends a form that is refused, and sees that nothing was written; what is said.
    pub(crate) fn refused(&self, path: &str, fields: &[(&str, &str)], status: u16) -> String {
        let before = audited(self.database);
        let (answered, said) = self.post(path, fields);
        assert_eq!(answered, status, "{path}: {said}");
        assert_eq!(audited(self.database), before, "{path} is refused and was written");
        said
    }

    /// Sends a form as a page would; its status, and where it leads or what it says.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let key = new_id(Clock::System.now()).unwrap().to_string();
        let own = [("_token", self.token.as_str()), ("_key", key.as_str())];
        let all: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        let answer = self.client.post(path, &all);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        self.micros.fetch_add(1_000_000, Ordering::SeqCst);
        let said = if answer.body.is_empty() { answer.header("location").to_owned() } else { answer.body };
        (answer.status.as_u16(), said)
    }
}
