//! Documents through the router, on both databases: attached, shown, corrected, withdrawn, refused; and what is told by a
//! file's content.

mod asked;
mod everywhere;
mod kept;
mod kinds;
mod moved;
mod words;

use axum::http::Method;
use db::testing::Fresh;
use db::{Database, Sealed};
use kernel::{Actor, Clock, Id};
use web::testing::{Answer, Client};

use crate::access::testing::{form_token, in_station, signed_in};
use crate::access::{Asker, Enter, NewGrant, Role, permit};
use crate::clients::{Clients, Household, Person, Residence, Sex};
use crate::shell::tests::station;

/// Time goes on between two requests: what the second writes is seen by the third.
const NOW: Clock = Clock::System;
/// A picture of one point.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Two stations, each with a household of two persons in its first area.
pub(crate) fn ground(fresh: &Fresh) {
    for (number, code) in [(1, "yizhan"), (2, "erzhan")] {
        station::fill(&fresh.database, number, code, 1);
        fresh
            .database
            .write(&Actor::Console, |tx| {
                let enter = permit::<Enter<Clients>>(&Asker::Console, station::id(number, 0))?;
                enter.append(tx, &[household(tx.keys(), number)])?;
                enter.append(
                    tx,
                    &[person(tx.keys(), number, 501, "单示例"), person(tx.keys(), number, 502, "示例小")],
                )
            })
            .unwrap();
    }
}

pub(crate) fn household_id(station: u32) -> Id {
    station::id(station, 500)
}

fn household(keys: &db::Keys, number: u32) -> Household {
    let id = household_id(number);
    Household {
        id,
        station_id: station::id(number, 0),
        area_id: Some(station::id(number, 1)),
        community_id: Some(station::id(number, 11)),
        worker_id: None,
        file_number: format!("示例-{number}"),
        building: "示例路 12 号".into(),
        door: Sealed::new(keys, "households.door", &id, "301 房").unwrap(),
        residence: Residence::Present,
        opened_on: "2024-07-01".parse().unwrap(),
        closed_on: None,
        platform_id: None,
        housing: None,
        closed_reason: None,
    }
}

fn person(keys: &db::Keys, number: u32, n: u32, name: &str) -> Person {
    let id = station::id(number, n);
    Person {
        id,
        station_id: station::id(number, 0),
        area_id: Some(station::id(number, 1)),
        community_id: Some(station::id(number, 11)),
        worker_id: None,
        household_id: household_id(number),
        name: name.into(),
        sex: Sex::Female,
        born_on: "1949-12-31".parse().unwrap(),
        id_number: Sealed::new(keys, "persons.id_number", &id, "11010519491231002X").unwrap(),
        id_number_hash: format!("hash of {number} {n}"),
        phone: None,
        phone_tail_hash: None,
        filed_on: "2024-07-01".parse().unwrap(),
        closed_on: None,
        relation: (n == 501).then(|| "head".into()),
        platform_id: None,
        care: None,
        marriage: None,
        subsidies: None,
        closed_reason: None,
    }
}

/// Somebody at work in the site.
struct Somebody {
    client: Client,
    token: String,
}

fn somebody(database: &Database, name: &str, grants: &[NewGrant]) -> Somebody {
    let cookie = signed_in(database, name, grants);
    let token = form_token(database, &cookie);
    Somebody { client: Client::new(crate::router(station::site(database))).with_cookie(cookie), token }
}

fn manager(database: &Database) -> Somebody {
    somebody(database, "manager", &[in_station(Role::StationManager, station::id(1, 0))])
}

/// A number for a form that no other form of this process has.
fn key() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("{:0>20}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// What the form of a new document sends beside its file.
fn said(subject: Id) -> Vec<(&'static str, String)> {
    vec![
        ("subject_kind", "household".into()),
        ("subject_id", subject.to_string()),
        ("kind", "certificate".into()),
        ("title", "低保证".into()),
    ]
}

impl Somebody {
    fn good(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(web::testing::faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer.body
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let number = key();
        let own = [("_token", self.token.as_str()), ("_key", number.as_str())];
        let fields: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        self.client.post(path, &fields)
    }

    /// Sends the form of a new document, where a field said twice is said as the last one says.
    fn send(&self, fields: &[(&str, String)], file: Option<(&str, &[u8])>) -> Answer {
        self.send_as(&key(), fields, file)
    }

    fn send_as(&self, number: &str, fields: &[(&str, String)], file: Option<(&str, &[u8])>) -> Answer {
        let mut body = Vec::new();
        let own = [("_token", self.token.clone()), ("_key", number.to_owned())];
        for (name, value) in own.iter().chain(fields) {
            let part =
                format!("--x--y\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        if let Some((name, content)) = file {
            let head = format!(
                "--x--y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: text/html\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--x--y--\r\n");
        let headers =
            [("content-type", "multipart/form-data; boundary=x--y"), ("origin", "http://127.0.0.1:8080")];
        self.client.send(Method::POST, "/documents/new", &headers, body)
    }

    /// Attaches a file to the household of a station and gives the address of the document.
    fn attach(&self, fields: &[(&str, String)], file: (&str, &[u8])) -> String {
        let before = self.attached();
        let answer = self.send(fields, Some(file));
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(answer.header("location"), format!("/clients/{}#documents", household_id(1)));
        self.attached().into_iter().find(|one| !before.contains(one)).unwrap()
    }

    /// The addresses of the documents that stand on the household's page.
    fn attached(&self) -> Vec<String> {
        let page = self.good(&format!("/clients/{}", household_id(1)));
        let links = page.split("<b><a href=\"/documents/").skip(1);
        links.map(|rest| format!("/documents/{}", &rest[..36])).collect()
    }
}
