//! Every route × every role × inside and outside its scope, asked for real and held against `matrix.txt`.
//!
//! The routes come from the router, the expectation from a file that people write: neither is made from the other.

mod beside;
mod leaks;
mod sheets;

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::http::Method;
use db::Database;
use kernel::{Actor, Id};
use web::testing::{Answer, Client, faults_of};

use super::super::testing::{form_token, in_station, login_id, signed_in};
use super::super::{Asker, Correct, Enter, NewGrant, Reach, Role, accounts, permit};
use super::{World, between, key, on_both, on_one};
use crate::evaluation::schemes::testing as schemes;
use crate::evaluation::testing as rounds;
use crate::shell::Route;
use crate::shell::tests::{manifest, station};
use crate::{areas, indicators};

const MATRIX: &str = include_str!("matrix.txt");
/// What must never be seen of the station outside, its name and the people there, nor of the people of another community.
const SECRETS: [&str; 3] = ["示例社工站 waizhan", "外面的人", "隔壁的人"];

/// Where something is, from the point of view of somebody whose role holds in the station of number 1, or in its first area
/// or first community.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Inside,
    /// In the same station, in another area and so another community: `beside.rs`.
    Beside,
    /// In another station.
    Outside,
}

impl Side {
    fn number(self) -> u32 {
        if self == Self::Outside { 2 } else { 1 }
    }

    fn code(self) -> &'static str {
        if self == Self::Outside { "waizhan" } else { "lizhan" }
    }

    /// Who lives there.
    fn people(self) -> &'static str {
        match self {
            Self::Inside => "里面的人",
            Self::Beside => "隔壁的人",
            Self::Outside => "外面的人",
        }
    }

    fn area(self) -> Id {
        station::id(self.number(), if self == Self::Beside { 2 } else { 1 })
    }

    fn community(self) -> Id {
        station::id(self.number(), if self == Self::Beside { 21 } else { 11 })
    }

    fn station(self) -> Id {
        station::id(self.number(), 0)
    }
}

/// The site with the report of one side's round beside it.
struct Ground<'w> {
    database: &'w Database,
    routers: [(Side, axum::Router, tempfile::TempDir); 2],
    households: RefCell<BTreeMap<&'static str, Household>>,
    /// Records that nothing has been written to.
    records: RefCell<BTreeMap<(&'static str, &'static str), Id>>,
    /// The round on site of each side.
    panels: [(Side, rounds::Made); 2],
    /// Those who only look around, by role.
    readers: RefCell<BTreeMap<&'static str, Who>>,
}

/// Somebody with one role inside, just signed in.
#[derive(Clone)]
struct Who {
    cookie: String,
    user: Id,
    /// Which of a part's sheets they ask for.
    turn: usize,
}

impl Ground<'_> {
    fn client(&self, side: Side, who: &Who) -> Client {
        let (_, router, _) = self.routers.iter().find(|(known, ..)| known.number() == side.number()).unwrap();
        Client::new(router.clone()).with_cookie(&who.cookie)
    }

    fn panel(&self, side: Side) -> &rounds::Made {
        &self.panels.iter().find(|(known, _)| *known == side).unwrap().1
    }

    fn who(&self, role: Role) -> Who {
        let (user, cookie) =
            signed_in_as(self.database, "asker", &[in_station(role, Side::Inside.station())]);
        Who { cookie, user, turn: 0 }
    }

    /// Whoever asks for a route: for what changes nothing always the same person, else somebody new.
    fn asker(&self, role: Role, route: &Route, turn: usize) -> Who {
        if route.method != Method::GET || route.path.contains("/account") || route.path.contains("/seats") {
            return Who { turn, ..self.who(role) };
        }
        let known = self.readers.borrow().get(role.as_str()).cloned();
        let who = known.unwrap_or_else(|| self.who(role));
        self.readers.borrow_mut().insert(role.as_str(), who.clone());
        Who { turn, ..who }
    }

    /// How many lines the audit chain of a side's station has.
    fn written(&self, side: Side) -> i64 {
        let heads = self.database.read(|tx| tx.audit_heads()).unwrap();
        heads.iter().find(|head| head.chain == side.station()).map_or(0, |head| head.seq)
    }
}

fn signed_in_as(database: &Database, name: &str, grants: &[NewGrant]) -> (Id, String) {
    let cookie = signed_in(database, name, grants);
    let login = database.read(|tx| super::super::logins::login(tx, &login_id(&cookie))).unwrap().unwrap();
    (login.user_id, cookie)
}

/// Fills the parameters of a path with what belongs to a side: made for this one request, since it may be its end.
fn filled(ground: &Ground<'_>, path: &str, side: Side, who: &Who) -> String {
    let database = ground.database;
    let sheet = sheets::asked_for(path, who.turn);
    let mut address = String::new();
    let mut made: Option<(Id, Id)> = None;
    for segment in path.split('/').skip(1) {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let value = match name {
            None => segment.to_owned(),
            Some("code") if path.starts_with("/evaluation") => "guangzhou-2024".to_owned(),
            Some("round") if path.starts_with("/rectification") => ground.panel(side).round.clone(),
            Some("item") if path.starts_with("/rectification") => {
                crate::rectification::testing::item(database, side.station()).to_string()
            }
            Some("round") if path.starts_with("/evaluation") => ground.panel(side).round.clone(),
            Some("seat") => ground.panel(side).seat.to_string(),
            Some("finding") => rounds::finding(database, &ground.panel(side).round).to_string(),
            Some("objection" | "accepted") => Id::NIL.to_string(),
            Some("passage") => "background.lead".to_owned(),
            Some("challenge") => ground.panel(side).challenge.to_string(),
            Some("expert") => ground.panel(side).expert.to_string(),
            Some("drawn") => ground.panel(side).drawn.to_string(),
            Some("wish") => Id::NIL.to_string(),
            Some("own") => {
                let owner = if side == Side::Inside { who.user } else { person(database, side).0 };
                rounds::seat(database, &ground.panel(side).round, owner).to_string()
            }
            Some("item") => "pm_staffing".to_owned(),
            Some("cell") => "pm_staffing".to_owned(),
            Some("party") => "purchaser".to_owned(),
            Some("paper") => "draft".to_owned(),
            Some("recipient") => "street_office".to_owned(),
            Some("code") => "large_activities".to_owned(),
            Some("round") => format!("{}-mid", side.code()),
            Some("file") if path.starts_with("/assets") => {
                crate::shell::assets().href("kapok.css").trim_start_matches("/assets/").to_owned()
            }
            Some("file") => "report.pdf".to_owned(),
            Some("note") => Id::NIL.to_string(),
            Some("seal") => "0".repeat(64),
            Some("token") => "0".repeat(64),
            Some("user") => made.get_or_insert_with(|| person(database, side)).0.to_string(),
            Some("grant") => made.get_or_insert_with(|| person(database, side)).1.to_string(),
            Some("login") => another_login(database, side, who),
            Some("station") => side.code().to_owned(),
            Some("kind") if path.starts_with("/sheets") => "person".to_owned(),
            Some("kind") if path.starts_with("/transfer") => "partner".to_owned(),
            Some("kind") if path.starts_with("/documents") => "household".to_owned(),
            Some("id") if path.starts_with("/documents") => ground.household(side).id,
            Some("kind") => "community".to_owned(),
            Some("id") => match sheet {
                Some(sheet) => ground.record(sheet, side).to_string(),
                None => community(database, side).to_string(),
            },
            Some("sheet") => sheet.map_or("", |sheet| sheet.path).to_owned(),
            Some("session") => {
                ground.record(crate::SHEETS.of_kind("group_session").unwrap(), side).to_string()
            }
            Some("household") => ground.household(side).id,
            Some("person") => ground.household(side).person,
            Some("need") => ground.household(side).need,
            Some("plan") => ground.household(side).written,
            Some("contact") => ground.household(side).contact,
            Some("risk") => ground.household(side).risk,
            Some("consent") => ground.household(side).consent,
            Some("import") if path.starts_with("/transfer") => {
                ground.transfer(side, who, path.ends_with("/undo"))
            }
            Some("import") => ground.import(side),
            Some("target") => target(database, side).to_string(),
            Some("document") => ground.document(side),
            Some("device") => {
                let mine = side == Side::Inside && !path.contains("/all/");
                let owner = if mine { who.user } else { person(database, side).0 };
                device(database, owner).0.to_string()
            }
            Some("entry") => {
                let household = ground.household(side);
                crate::app::tests::waits(database, &household.id, &household.person).to_string()
            }
            Some(other) => panic!(
                "{path} has a parameter {{{other}}} that this test does not know: say in `filled` of {} what stands \
                 in it for a station inside and for one outside",
                file!()
            ),
        };
        address.push('/');
        address.push_str(&value);
    }
    address
}

/// A device of an account: its id and its cookie.
fn device(database: &Database, owner: Id) -> (Id, String) {
    let made = database.write(&Actor::Console, |tx| super::super::register_device(tx, owner, "手机", 3, ""));
    let (id, token) = made.unwrap();
    (id, format!("kapok_device={token}"))
}

/// A community of a side's station, with nothing in it.
fn community(database: &Database, side: Side) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let id = super::super::new_id(tx.at())?;
        let row = areas::Community {
            id,
            station_id: side.station(),
            area_id: Some(station::id(side.number(), 1)),
            community_id: None,
            worker_id: None,
            code: format!("c{}", &key()[17..]),
            name: "新村".into(),
            position: 99,
            region_code: None,
            latitude_e6: None,
            longitude_e6: None,
        };
        permit::<Enter<areas::Areas>>(&Asker::Console, side.station())?.append(tx, &[row])?;
        Ok::<_, db::DbError>(id)
    });
    made.unwrap()
}

/// An indicator of a side's contract.
fn target(database: &Database, side: Side) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let id = super::super::new_id(tx.at())?;
        let row = indicators::IndicatorTarget {
            id,
            station_id: side.station(),
            area_id: None,
            community_id: None,
            worker_id: None,
            contract_id: station::id(side.number(), 6),
            code: format!("t{}", &key()[17..]),
            name: "新指标".into(),
            unit: "次".into(),
            target: 5,
            heading: "探访".into(),
            position: 99,
            rule: "name = \"新指标\"\nunit = \"次\"\nrecord = \"visit\"\n".into(),
            amended_on: None,
        };
        permit::<Enter<indicators::Indicators>>(&Asker::Console, side.station())?.append(tx, &[row])?;
        Ok::<_, db::DbError>(id)
    });
    made.unwrap()
}

/// A household's file, with what hangs on it; ids as they stand in addresses.
#[derive(Clone)]
struct Household {
    id: String,
    person: String,
    need: String,
    /// The number of the text that is to be approved.
    plan: String,
    /// The record of the plan.
    written: String,
    contact: String,
    risk: String,
    consent: String,
}

impl Ground<'_> {
    /// A household of a side, made through its pages by somebody who works there.
    fn household(&self, side: Side) -> Household {
        let known = self.households.borrow().get(side.people()).cloned();
        known.unwrap_or_else(|| {
            let made = self.make_household(side);
            self.households.borrow_mut().insert(side.people(), made.clone());
            made
        })
    }

    /// An import of a roster of a side, sent through its page; the id as it stands in addresses.
    fn import(&self, side: Side) -> String {
        let (user, cookie) =
            signed_in_as(self.database, "maker", &[in_station(Role::StationManager, side.station())]);
        let who = Who { user, cookie, turn: 0 };
        let token = form_token(self.database, &who.cookie);
        let request = Request {
            client: self.client(side, &who),
            method: Method::POST,
            path: "/clients/roster".to_owned(),
            sent: vec![("station", side.code().to_owned()), ("_key", key()), ("_token", token)],
            file: file("/clients/roster"),
        };
        let answer = request.send();
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.header("location").rsplit('/').next().unwrap().to_owned()
    }

    /// A workbook that whoever asks sent in, or somebody outside did; one that there is not where it was refused.
    fn transfer(&self, side: Side, who: &Who, applied: bool) -> String {
        let outside = (side == Side::Outside).then(|| {
            let manager = [in_station(Role::StationManager, side.station())];
            let (user, cookie) = signed_in_as(self.database, "maker", &manager);
            Who { user, cookie, turn: 0 }
        });
        let maker = outside.as_ref().unwrap_or(who);
        let token = form_token(self.database, &maker.cookie);
        let send = |path: String| Request {
            client: self.client(side, maker),
            method: Method::POST,
            file: file(&path),
            path,
            sent: vec![("_key", key()), ("_token", token.clone())],
        };
        let answer = send("/transfer/partner".to_owned()).send();
        let Some(id) = answer.header("location").strip_prefix("/transfer/imports/") else {
            return Id::NIL.to_string();
        };
        if applied {
            send(format!("/transfer/imports/{id}/apply")).send();
        }
        id.to_owned()
    }

    /// A document of a household of a side, attached through its page; the id as it stands in addresses.
    fn document(&self, side: Side) -> String {
        let (user, cookie) =
            signed_in_as(self.database, "maker", &[in_station(Role::StationManager, side.station())]);
        let who = Who { user, cookie, turn: 0 };
        let client = self.client(side, &who);
        let household = format!("/clients/{}", self.household(side).id);
        let known = |page: &str| -> Vec<String> {
            let ids = page.split("href=\"/documents/").skip(1).map(|rest| rest[..36].to_owned());
            ids.filter(|id| id.parse::<Id>().is_ok()).collect()
        };
        let before = known(&client.get(&household).body);
        let token = form_token(self.database, &who.cookie);
        let mut sent = fields(self, "/documents/new", side, &who);
        sent.extend([("_key", key()), ("_token", token)]);
        let (method, path) = (Method::POST, "/documents/new".to_owned());
        let file = file(&path);
        let answer = Request { client, method, path, sent, file }.send();
        assert_eq!(answer.status, 303, "{}", answer.body);
        let after = known(&self.client(side, &who).get(&household).body);
        after.into_iter().find(|id| !before.contains(id)).unwrap()
    }

    fn make_household(&self, side: Side) -> Household {
        let manager =
            || signed_in_as(self.database, "maker", &[in_station(Role::StationManager, side.station())]);
        let (router, (user, cookie)) = (&self.routers[0].1, manager());
        let who = Who { user, cookie, turn: 0 };
        let client = Client::new(router.clone()).with_cookie(&who.cookie);
        let token = form_token(self.database, &who.cookie);
        let send = |path: &str, fields: &[(&'static str, String)]| {
            let number = key();
            let mut all = vec![("_token", token.as_str()), ("_key", number.as_str())];
            all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
            let answer = client.post(path, &all);
            assert_eq!(answer.status, 303, "{path}: {}", answer.body);
            answer.header("location").to_owned()
        };
        let path = send("/clients/new", &new_household(side));
        let id = path.rsplit('/').next().unwrap().to_owned();
        let page = client.get(&path).body;
        let before = format!("{path}/persons/");
        let parts = page.split(&before).skip(1);
        let mut ids = parts.map(|rest| rest.split(['/', '"']).next().unwrap());
        let person = ids.find(|id| id.parse::<Id>().is_ok()).unwrap().to_owned();
        let day = || "2024-12-01".to_owned();
        let need = [
            ("person", person.clone()),
            ("need", "助餐".into()),
            ("urgency", "now".into()),
            ("found_on", day()),
        ];
        send(&format!("{path}/need"), &need);
        let plan = [
            ("made_on", day()),
            ("needs", "需要".into()),
            ("goals", "目标".into()),
            ("measures", "做法".into()),
            ("review_on", "2025-03-01".into()),
        ];
        send(&format!("{path}/persons/{person}/plan"), &plan);
        let contact =
            [("name", "样本丙".into()), ("relation", "侄女".into()), ("phone", "13900001111".into())];
        send(&format!("{path}/contact"), &contact);
        let risk = [
            ("person", person.clone()),
            ("assessed_on", day()),
            ("risk", "none".into()),
            ("note", "没有看到".into()),
        ];
        send(&format!("{path}/risk"), &risk);
        let (_, other) = manager();
        let page = Client::new(router.clone()).with_cookie(other).get(&path).body;
        let of = |kind: &str| between(&page, &format!("href=\"{path}/{kind}/"), "\"")[..36].to_owned();
        let plan = between(&page, "name=\"plan\" value=\"", "\"").to_owned();
        let written = between(&page, "/plans/", "/review").to_owned();
        let [need, contact, risk, consent] = ["needs", "contacts", "risks", "consents"].map(of);
        Household { id, person, need, plan, written, contact, risk, consent }
    }
}

/// An identity number that nobody else of this test has, with its check digit (GB 11643).
fn id_number() -> String {
    let number: usize = key()[17..].parse().unwrap();
    let front = format!("110105{:04}1231{:03}", 1900 + number / 1000, number % 1000);
    let sum: usize =
        front.bytes().enumerate().map(|(at, digit)| usize::from(digit - b'0') * (1 << (17 - at)) % 11).sum();
    format!("{front}{}", char::from(b"10X98765432"[sum % 11]))
}

/// What the form of a new household sends.
fn new_household(side: Side) -> Vec<(&'static str, String)> {
    let community = side.community().to_string();
    let given = [
        ("file_number", format!("{}-{}", side.code(), &key()[17..])),
        ("opened_on", "2024-07-01".into()),
        ("community", community),
        ("building", "示例路 12 号".into()),
        ("door", "301 房".into()),
        ("residence", "present".into()),
        ("name", side.people().into()),
        ("relation", "head".into()),
        ("id_number", id_number()),
        ("categories", "elder_alone".into()),
        ("level", "one".into()),
        ("level_from", "2024-07-01".into()),
        ("level_reason", "独居".into()),
        ("signed_on", "2024-07-01".into()),
        ("another", "yes".into()),
    ];
    given.into()
}

/// An account with one role at a side's station, and that grant.
fn person(database: &Database, side: Side) -> (Id, Id) {
    let made = database.write(&Actor::Console, |tx| {
        let display = if side == Side::Inside { "里面的人" } else { "外面的人" };
        let user = accounts::add_user(tx, &format!("p-{}", &key()[17..]), display, None)?;
        let grant = accounts::grant(tx, user, &in_station(Role::Worker, side.station()))?;
        Ok::<_, db::DbError>((user, grant))
    });
    made.unwrap()
}

/// Inside, another login of the same account; outside, somebody else's.
fn another_login(database: &Database, side: Side, who: &Who) -> String {
    let door = super::super::sign_in::Door { address: "local".into(), agent: String::new() };
    let user = if side == Side::Inside { who.user } else { person(database, side).0 };
    let token = database
        .write(&Actor::Console, |tx| super::super::sign_in::open_login(tx, user, true, &door))
        .unwrap();
    login_id(&format!("kapok_login={token}"))
}

/// What a form sends beside its token and number, so that it is accepted inside.
fn fields(ground: &Ground<'_>, path: &str, side: Side, who: &Who) -> Vec<(&'static str, String)> {
    let station = side.station();
    if let Some(sheet) = sheets::asked_for(path, who.turn).filter(|_| !path.ends_with("/withdraw")) {
        return ground.asked_of(sheet, side);
    }
    match path {
        "/access/new" => vec![("name", format!("n-{}", &key()[17..])), ("display_name", "样本乙".into())],
        "/access/{user}/grant" => vec![
            ("role", "worker".into()),
            ("place", format!("station:{station}:{station}")),
            ("from_on", "2024-12-31".into()),
        ],
        "/areas/{station}/new/{kind}" | "/areas/{station}/{kind}/{id}" => vec![
            ("area", station::id(side.number(), 1).to_string()),
            ("name", "新村".into()),
            ("code", format!("d{}", &key()[17..])),
            ("position", "9".into()),
            ("version", "1".into()),
        ],
        "/areas/{station}/import/apply" => {
            let code =
                format!("44019900{}{:03}", side.number(), key()[17..].parse::<u32>().unwrap() % 900 + 100);
            vec![("list", format!("{code} 新村")), ("apply", format!("new:{code}"))]
        }
        "/clients/new" => {
            // A refused form shows again what was sent: a name that is nobody's.
            let sent = new_household(side).into_iter();
            sent.map(|(name, value)| (name, if name == "name" { "送来的人".into() } else { value })).collect()
        }
        "/documents/new" => {
            let name = side.people();
            vec![
                ("subject_kind", "household".into()),
                ("subject_id", ground.household(side).id),
                ("title", format!("{name}的低保证")),
                ("kind", "certificate".into()),
            ]
        }
        "/evaluation/schemes/{code}/propose" => {
            schemes::only(ground.database, None);
            Vec::new()
        }
        "/evaluation/schemes/{code}/adopt" => {
            let library = crate::library::Library::load(None).unwrap();
            let other = person(ground.database, Side::Inside).0;
            let id = schemes::only(ground.database, Some((&library.schemes[0], other)));
            vec![("proposal", id)]
        }
        "/evaluation/rounds/{round}/panel/invite" => {
            let user = person(ground.database, side).0;
            let expert = rounds::expert(ground.database, user, "送来的人", "示例大学");
            vec![("expert", expert.to_string()), ("role", "expert".into())]
        }
        "/evaluation/rounds/{round}/challenges/{challenge}" => {
            vec![("ruling", "refused".into()), ("reason", "不影响".into())]
        }
        "/evaluation/rounds/{round}/limits" => vec![
            ("kind", "veto".into()),
            ("code", crate::library::Library::load(None).unwrap().scheme.vetoes[0].code.clone()),
            ("times", "1".into()),
            ("note", "凭证缺失".into()),
        ],
        "/clients/{household}/persons/{person}/plan/approve" => vec![("plan", ground.household(side).plan)],
        "/staff/grid" => vec![("station_id", station.to_string()), ("month", "2024-12".into())],
        "/indicators/targets/new" => vec![
            ("contract", station::id(side.number(), 6).to_string()),
            ("target.home_visits", "1000".into()),
        ],
        "/indicators/targets/{target}/edit" => vec![
            ("target", "6".into()),
            ("name", "新指标".into()),
            ("unit", "次".into()),
            ("heading", "探访".into()),
            ("position", "9".into()),
            ("version", "1".into()),
        ],
        _ => vec![("station", side.code().into()), ("reason", "试一下".into())],
    }
}

/// The file of a form that sends one.
fn file(path: &str) -> Option<(&'static str, &'static [u8])> {
    match path {
        "/checks" => Some(("a.txt", "示例街建档 10 户。".as_bytes())),
        "/documents/new" => Some(("a.txt", "低保证".as_bytes())),
        "/transfer/{kind}" | "/transfer/partner" => {
            Some(("a.csv", "名称,层级,加入日期\n示例公司,核心,2024-12-01\n".as_bytes()))
        }
        "/clients/roster" => Some(("a.csv", "姓名,社区\n示例甲,示例东\n".as_bytes())),
        "/areas/{station}/import" => Some(("a.csv", "区划代码,名称\n440199001001,东一\n".as_bytes())),
        _ => None,
    }
}

/// A request with everything it speaks of made beforehand.
struct Request {
    client: Client,
    method: Method,
    path: String,
    sent: Vec<(&'static str, String)>,
    file: Option<(&'static str, &'static [u8])>,
}

impl Request {
    fn of(ground: &Ground<'_>, route: &Route, side: Side, who: &Who, token: Option<&str>) -> Self {
        let path = filled(ground, route.path, side, who);
        let mut sent = fields(ground, route.path, side, who);
        sent.push(("_key", key()));
        sent.extend(token.map(|token| ("_token", token.to_owned())));
        let reads = route.method == Method::GET;
        let path = match route.path {
            "/documents/new" if reads => {
                format!("{path}?kind=household&id={}", ground.household(side).id)
            }
            "/evaluation/schemes/{code}/compare" if reads => format!("{path}?with=guangzhou-2019"),
            _ if reads => format!("{path}?station={}", side.code()),
            _ => path,
        };
        Self {
            client: if route.path.starts_with(super::super::API) {
                ground.client(side, &Who { cookie: device(ground.database, who.user).1, ..who.clone() })
            } else {
                ground.client(side, who)
            },
            method: route.method.clone(),
            path,
            sent,
            file: file(route.path),
        }
    }

    /// What a program sends, as JSON.
    fn said(&self) -> Answer {
        let body = if self.path.ends_with("/end") { "{}" } else { "{\"entries\":[]}" };
        let headers = [("content-type", "application/json"), ("origin", "http://127.0.0.1:8080")];
        self.client.send(self.method.clone(), &self.path, &headers, body.into())
    }

    fn send(&self) -> Answer {
        if self.method != Method::GET && self.path.starts_with(super::super::API) {
            return self.said();
        }
        let Some((name, content)) = self.file.filter(|_| self.method != Method::GET) else {
            let sent: Vec<(&str, &str)> =
                self.sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let reads = self.method == Method::GET;
            return if reads { self.client.get(&self.path) } else { self.client.post(&self.path, &sent) };
        };
        let mut body = String::new();
        for (field, value) in &self.sent {
            body.push_str(&format!(
                "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            ));
        }
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        body.push_str(&format!("--x\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n"));
        let body = [body.as_bytes(), content, b"\r\n--x--\r\n"].concat();
        let headers =
            [("content-type", "multipart/form-data; boundary=x"), ("origin", "http://127.0.0.1:8080")];
        self.client.send(self.method.clone(), &self.path, &headers, body)
    }
}

/// Whether an answer is what a mark promises; in words where it is not.
fn kept(mark: char, side: Side, path: &str, answer: &Answer) -> Result<(), String> {
    // To somebody of one community the next one is as far as another station.
    let side = if side == Side::Beside { Side::Outside } else { side };
    let status = answer.status.as_u16();
    let answered = [200, 303, 422].contains(&status);
    let good = match (mark, side) {
        ('-', _) => status == 403,
        ('+' | '*' | 'o', Side::Inside) | ('*', Side::Outside) => answered,
        // Recovery codes are for those who have a second factor set up; the accounts of this test do.
        ('o', Side::Outside) if ["{login}", "{device}", "{own}"].iter().any(|own| path.contains(own)) => {
            status == 404
        }
        ('o', Side::Outside) => answered,
        ('+', Side::Outside) => {
            // A sheet is nobody's: only a record lies somewhere.
            let somewhere = path.replace("{sheet}", "").contains('{');
            [403, 404].contains(&status) || [200, 422].contains(&status) && !somewhere
        }
        ('n', _) => status == 404,
        ('.', _) => [200, 303, 404, 422].contains(&status),
        _ => return Err(format!("there is no mark “{mark}”")),
    };
    if !good {
        return Err(format!("answered {status} {}: {}", answer.header("location"), answer.body));
    }
    if let Some(secret) = SECRETS.iter().find(|secret| answer.body.contains(**secret)) {
        return Err(format!("shows “{secret}”"));
    }
    if status == 200 && answer.body.contains("waizhan") {
        return Err("shows the code of the station outside".into());
    }
    let faults = faults_of(&answer.body);
    let page = answer.header("content-type").starts_with("text/html");
    if page && !faults.is_empty() { Err(format!("{faults:?}")) } else { Ok(()) }
}

/// The lines of the file: method and path → needs and marks. A line with the name of a list in it, `[care]`, stands
/// for one line for each part of that list.
fn matrix() -> BTreeMap<(String, String), (String, Vec<char>)> {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for line in MATRIX.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((name, parts)) = line.split_once('=').filter(|_| line.starts_with('[')) {
            let parts = parts.split_whitespace().collect();
            assert!(lists.insert(name.trim(), parts).is_none(), "twice: {line}");
            continue;
        }
        let list = lists.iter().find(|(name, _)| line.contains(**name));
        for part in list.map_or(vec![""], |(_, parts)| parts.clone()) {
            let line = list.map_or(line.to_owned(), |(name, _)| line.replace(*name, part));
            assert!(!line.contains('['), "a list that is not defined above: {line}");
            let mut words = line.split_whitespace().map(str::to_owned);
            let (method, path, needs) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let marks: Vec<char> = words.map(|mark| mark.parse().unwrap()).collect();
            assert_eq!(marks.len(), Role::ALL.len(), "one mark for each role: {line}");
            assert!(lines.insert((method, path), (needs, marks)).is_none(), "twice: {line}");
        }
    }
    lines
}

#[test]
fn every_route_has_its_line_and_every_line_its_route() {
    let matrix = matrix();
    let mut routes = BTreeMap::new();
    for route in crate::routes() {
        let name = (route.method.to_string(), route.path.to_owned());
        let (needs, _) = matrix.get(&name).unwrap_or_else(|| {
            panic!("{} {} has no line in access/tests/matrix.txt: write one, mark by mark", name.0, name.1)
        });
        assert_eq!(needs, route.needs.word(), "{name:?}");
        assert!(routes.insert(name, ()).is_none(), "{} {} is routed twice", route.method, route.path);
    }
    for name in matrix.keys() {
        assert!(routes.contains_key(name), "{} {} is in matrix.txt and nowhere else", name.0, name.1);
    }
}

/// On SQLite every route is asked. The sheets of all parts have the same handlers, which differ in nothing but the
/// part they are told: on PostgreSQL, beside every other route, only those of [`sheets::ON_BOTH`] are asked, since
/// otherwise this test alone would take longer than all others together. Both databases are asked at the same time.
#[test]
fn every_route_answers_every_role_as_the_matrix_says() {
    std::thread::scope(|threads| {
        let sqlite = threads.spawn(|| on_one(db::testing::sqlite, |world| ask_all(world, |_| true)));
        let postgres =
            threads.spawn(|| on_one(db::testing::postgres, |world| ask_all(world, sheets::is_on_both)));
        for thread in [sqlite, postgres] {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

/// Asks every route that is wanted in every role on both sides.
fn ask_all(world: &World<'_>, wanted: impl Fn(&Route) -> bool) {
    let ground = ground(world);
    let matrix = matrix();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (number, route) in crate::routes().into_iter().filter(|route| wanted(route)).enumerate() {
        let name = (route.method.to_string(), route.path.to_owned());
        let Some((_, marks)) = matrix.get(&name) else { continue };
        for (role, mark) in Role::ALL.iter().zip(marks) {
            for side in [Side::Inside, Side::Outside] {
                asked += 1;
                let turn = number + *role as usize;
                for what in ask(&ground, &route, (*role, *mark), side, turn) {
                    wrong.push(format!("{} {} {role:?} {side:?} {what}", name.0, name.1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} requests:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 600, "{asked} requests");
}

/// Asks one route as one person on one side; what is not as the mark says.
fn ask(
    ground: &Ground<'_>,
    route: &Route,
    (role, mark): (Role, char),
    side: Side,
    turn: usize,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let who = &ground.asker(role, route, turn);
    let token = form_token(ground.database, &who.cookie);
    let request = Request::of(ground, route, side, who, Some(&token));
    let before = ground.written(Side::Outside);
    let answer = request.send();
    if route.writes && side == Side::Inside && mark == '+' && route.path.starts_with("/clients") {
        // What was written may have been its end.
        ground.households.borrow_mut().remove(side.people());
    }
    if route.writes {
        ground.records.borrow_mut().clear();
    }
    if let Err(what) = kept(mark, side, route.path, &answer) {
        wrong.push(what.chars().take(900).collect());
    }
    if ground.written(Side::Outside) != before {
        wrong.push("wrote into the station outside".into());
    }
    // A page of a sheet that may be asked for is there, and what is sent is good; it may look like what was sent before.
    let sheet = sheets::asked_for(route.path, who.turn).is_some();
    if sheet
        && side == Side::Inside
        && mark == '+'
        && answer.status == 422
        && !answer.body.contains("仍然保存")
    {
        wrong.push(format!("refused what is good: {}", answer.body));
    }
    // A device sends JSON, which no form of another site can: app/tests/entries.rs.
    let form = route.method == Method::POST && !route.path.starts_with(super::super::API);
    if side == Side::Inside && form && "+*o".contains(mark) {
        let who = &ground.asker(role, route, turn);
        let answer = Request::of(ground, route, side, who, None).send();
        if answer.status != 403 || !answer.body.contains("不是从您现在登录的页面提交的") {
            wrong.push(format!("without a token answered {}", answer.status));
        }
    }
    wrong
}

#[test]
fn a_grant_reaches_as_far_as_it_says() {
    on_both(|world| {
        let ground = ground(world);
        let check = |reach: Reach,
                     district: Option<&str>,
                     street: Option<&str>,
                     place: Option<Id>,
                     expected: [u16; 2]| {
            let (station, place) = (place.map(|_| Side::Inside.station()), place);
            let grant = NewGrant {
                reach,
                district: district.map(str::to_owned),
                street: street.map(str::to_owned),
                station,
                place,
                ..in_station(Role::SupervisionCentre, Side::Inside.station())
            };
            let (user, cookie) = signed_in_as(world.database, "reach", &[grant]);
            let who = Who { cookie, user, turn: 0 };
            let status = |side: Side| {
                let path = format!("/indicators?station={}", side.code());
                ground.client(side, &who).get(&path).status.as_u16()
            };
            assert_eq!(
                [status(Side::Inside), status(Side::Outside)],
                expected,
                "{reach:?} {district:?} {street:?}"
            );
        };
        let inside = Side::Inside.station();
        check(Reach::City, None, None, None, [200, 200]);
        check(Reach::District, Some("示例区"), None, None, [200, 404]);
        check(Reach::District, Some("另一区"), None, None, [404, 200]);
        check(Reach::District, Some("没有的区"), None, None, [403, 403]);
        check(Reach::Street, Some("示例区"), Some("示例街"), None, [200, 404]);
        check(Reach::Street, Some("另一区"), Some("示例街"), None, [403, 403]);
        check(Reach::Station, None, None, Some(inside), [200, 404]);
        check(Reach::Area, None, None, Some(station::id(1, 1)), [200, 404]);
        check(Reach::Community, None, None, Some(station::id(1, 11)), [200, 404]);
    });
}

/// Two stations in two districts, each with a contract, activities and a round with its report.
fn ground<'w>(world: &'w World<'_>) -> Ground<'w> {
    let database = world.database;
    for side in [Side::Inside, Side::Outside] {
        station::fill(database, side.number(), side.code(), 3);
    }
    let moved = database.write(&Actor::Console, |tx| {
        let now = tx.at();
        let mut outside = areas::station(tx, Side::Outside.station(), now)?;
        outside.district = "另一区".into();
        outside.street = "另一街".into();
        permit::<Correct<areas::Areas>>(&Asker::Console, outside.id)?.correct(tx, &outside)
    });
    moved.unwrap();
    // What is corrected is known a moment later.
    world.pass(1);
    let panels = [Side::Inside, Side::Outside].map(|side| {
        let by = person(database, side).0;
        (side, rounds::round(database, side.number(), side.code(), by))
    });
    world.pass(1);
    let routers = [Side::Inside, Side::Outside].map(|side| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("report.pdf"), b"%PDF-1.7").unwrap();
        manifest(folder.path(), &format!("{}-mid", side.code()));
        let mut site = station::site(database);
        site.report_dir = Some(folder.path().to_owned());
        (side, crate::router(site), folder)
    });
    Ground {
        database,
        routers,
        households: RefCell::default(),
        records: RefCell::default(),
        readers: RefCell::default(),
        panels,
    }
}
