//! Reconciling through the router, on both databases: every kind of difference applied and undone, what somebody did
//! meanwhile, what may not be, and a roster of two thousand rows.

mod kinds;
mod documents;
mod large;
mod refused;
mod undone;

use axum::http::{Method, StatusCode};
use db::Record;
use db::testing::Fresh;
use kernel::Id;
use rules::identity::check_digit;
use web::testing::Answer;

use super::super::store::{Household, LevelPeriod, Person, PersonCategory, RosterEntry};
use super::super::tests::{NOW, Somebody, ground, id, made, manager, somebody};

const BOUNDARY: &str = "----kapok-test";
/// The columns of the tests' rosters.
const HEADING: &str =
    "姓名,身份证号,平台编号,档案号,户编号,社区,地址,类别,级别,电话,人户情况,状态,变更日期\n";

/// An invented identity number, told apart by three digits.
fn number(order: usize) -> String {
    let first = format!("44010519500308{order:03}");
    format!("{first}{}", check_digit(&first).unwrap())
}

/// A line of a roster: an elder alone of level two, in a household of their own.
fn line(n: usize, change: &[(usize, &str)]) -> String {
    let mut cells = [
        format!("示例{n}"),
        number(n % 1000),
        format!("P{n:05}"),
        format!("CG-{n:05}"),
        format!("H{n:05}"),
        if n.is_multiple_of(2) { "示例西社区" } else { "示例东社区" }.to_owned(),
        format!("示例路{n}号301房"),
        "独居".to_owned(),
        "二级".to_owned(),
        format!("138{n:08}"),
        "户在人在".to_owned(),
        String::new(),
        String::new(),
    ];
    for (at, value) in change {
        (*value).clone_into(&mut cells[*at]);
    }
    cells.join(",") + "\n"
}

fn roster(lines: impl IntoIterator<Item = String>) -> Vec<u8> {
    [HEADING.to_owned()].into_iter().chain(lines).collect::<String>().into_bytes()
}

fn form_data(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some((name, content)) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// Sends a file for the first station.
fn send(who: &Somebody, key: &str, name: &str, content: &[u8]) -> Answer {
    let key = format!("{key:0>20}");
    let fields = [("_token", who.token.as_str()), ("_key", key.as_str()), ("station", "one")];
    raw(who, form_data(&fields, Some((name, content))))
}

fn raw(who: &Somebody, body: Vec<u8>) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", kind.as_str()), ("origin", "http://127.0.0.1:8080")];
    who.client.send(Method::POST, "/clients/roster", &headers, body)
}

/// Imports a roster and gives its page's address.
fn import(who: &Somebody, key: &str, lines: impl IntoIterator<Item = String>) -> String {
    let answer = send(who, key, "名册.csv", &roster(lines));
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").to_owned()
}

/// How many differences of each kind a page counts.
fn counts(body: &str) -> Vec<(String, usize)> {
    let nav = body.split("aria-label=\"按不同的种类\"").nth(1).unwrap_or_default();
    let nav = nav.split("</nav>").next().unwrap_or_default();
    let one = |link: &str| {
        let label = link.split('>').nth(1)?.split(" <").next()?.to_owned();
        let count = link.split("class=\"count\">").nth(1)?.split('<').next()?.parse().ok()?;
        Some((label, count))
    };
    nav.split("<a ").skip(1).filter_map(one).collect()
}

/// The hidden value of a form of one kind.
fn seen(body: &str, kind: &str) -> String {
    let form = body.split(&format!("name=\"kind\" value=\"{kind}\"")).nth(1).unwrap_or_default();
    form.split("name=\"seen\" value=\"").nth(1).unwrap_or_default().split('"').next().unwrap().to_owned()
}

/// The keys of the tick boxes of one kind.
fn keys(body: &str, kind: &str) -> Vec<String> {
    let form = body.split(&format!("name=\"kind\" value=\"{kind}\"")).nth(1).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    form.split("name=\"d\" value=\"").skip(1).map(|key| key.split('"').next().unwrap().to_owned()).collect()
}

/// Applies everything of one kind as the page shows it.
fn apply_all(who: &Somebody, page: &str, kind: &str) -> Answer {
    let body = who.good(page);
    let seen = seen(&body, kind);
    let page = page.split('?').next().unwrap();
    let key = format!("{kind}{}", &page[page.len() - 6..]);
    who.post(&format!("{page}/apply"), &key, &[("kind", kind), ("all", "1"), ("seen", &seen)])
}

fn applied(who: &Somebody, page: &str, kind: &str) {
    let answer = apply_all(who, page, kind);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.body);
}

fn undo(who: &Somebody, page: &str) {
    let answer = who.post(&format!("{page}/undo"), &page[page.len() - 8..], &[]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// Every record as it stands, in words; sealed values by their hashes alone.
fn standing(fresh: &Fresh) -> Vec<String> {
    let all = fresh.database.read(|tx| {
        use diesel::prelude::*;
        let at = tx.at();
        let mut all = Vec::new();
        macro_rules! of {
            ($($record:ident),+) => {
                $(all.extend($record::known(at).load::<$record>(tx.conn())?.iter().map(told));)+
            };
        }
        of!(Household, Person, LevelPeriod, PersonCategory, RosterEntry);
        Ok::<_, db::DbError>(all)
    });
    let mut all = all.unwrap();
    all.sort();
    all
}

fn told<R: Record + std::fmt::Debug>(row: &R) -> String {
    format!("{row:?}")
}

/// The persons of a name, as they stand.
fn persons(fresh: &Fresh, name: &str) -> Vec<Person> {
    let all = fresh.database.read(|tx| super::super::find::persons_of_station(tx, id(1), tx.at()));
    all.unwrap().into_iter().filter(|person| person.name == name).collect()
}

fn household(fresh: &Fresh, id: Id) -> Household {
    fresh.database.read(|tx| Ok::<_, db::DbError>(Household::last(tx.conn(), id)?.unwrap().1)).unwrap()
}
