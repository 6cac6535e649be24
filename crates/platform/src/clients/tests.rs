//! Household files through the router, on both databases: from the form to the page, within one's scope, with what
//! somebody else did meanwhile, and with what may not be.

mod amended;
mod children;
mod meanwhile;
mod members;
mod merged;
mod plans;
mod told;

use axum::http::{Method, StatusCode};
use db::testing::{Fresh, each};
use kernel::{Actor, Clock, Id};
use web::testing::{Answer, Client, faults_of};

use crate::access::testing::{form_token, in_station, signed_in};
use crate::access::{Asker, Enter, NewGrant, Reach, Role, permit};
use crate::areas::{Area, Areas, Community};
use crate::library::Library;
use crate::shell::Site;

/// Time goes on between two requests: what the second writes is seen by the third.
pub(crate) const NOW: Clock = Clock::System;

pub(crate) fn id(n: u8) -> Id {
    Id::derived(1, &[&[n]])
}

/// Two stations, each with an area and two communities.
pub(crate) fn ground(fresh: &Fresh) {
    for (station, code) in [(1, "one"), (2, "two")] {
        crate::testing::station(&fresh.database, id(station), code);
        let write = |tx: &mut db::Tx<'_>| {
            let areas = permit::<Enter<Areas>>(&Asker::Console, id(station))?;
            areas.append(
                tx,
                &[Area {
                    id: id(10 * station),
                    station_id: id(station),
                    area_id: None,
                    community_id: None,
                    worker_id: None,
                    code: "dong".into(),
                    name: "东片区".into(),
                    position: 1,
                }],
            )?;
            let community = |n: u8, name: &str| Community {
                id: id(10 * station + n),
                station_id: id(station),
                area_id: Some(id(10 * station)),
                community_id: None,
                worker_id: None,
                code: format!("c{n}"),
                name: name.into(),
                position: i32::from(n),
                region_code: None,
                latitude_e6: None,
                longitude_e6: None,
            };
            areas.append(tx, &[community(1, "示例东"), community(2, "示例西")])
        };
        fresh.database.write(&Actor::Console, write).unwrap();
    }
}

/// Somebody at work in the site.
pub(crate) struct Somebody {
    pub(crate) client: Client,
    pub(crate) token: String,
}

pub(crate) fn somebody(fresh: &Fresh, name: &str, grants: &[NewGrant]) -> Somebody {
    let cookie = signed_in(&fresh.database, name, grants);
    let token = form_token(&fresh.database, &cookie);
    let site = Site {
        database: fresh.database.clone(),
        library: std::sync::Arc::new(Library::load(None).unwrap()),
        today: "2024-12-31".parse().unwrap(),
        sample_notice: None,
        address: None,
        report_dir: None,
        only_local: true,
        secure: false,
    };
    Somebody { client: Client::new(crate::router(site)).with_cookie(cookie), token }
}

impl Somebody {
    pub(crate) fn post(&self, path: &str, key: &str, fields: &[(&str, &str)]) -> Answer {
        let key = format!("{key:0>20}");
        let own = [("_token", self.token.as_str()), ("_key", key.as_str())];
        let fields: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        self.client.post(path, &fields)
    }

    pub(crate) fn good(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer.body
    }
}

pub(crate) fn manager(fresh: &Fresh, station: u8) -> Somebody {
    somebody(fresh, "manager", &[in_station(Role::StationManager, id(station))])
}

/// A new household in a community, with these numbers.
fn new_household<'a>(community: &'a str, number: &'a str, id_number: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("file_number", number),
        ("opened_on", "2024-07-01"),
        ("community", community),
        ("building", "示例路 12 号"),
        ("door", "301 房"),
        ("residence", "present"),
        ("name", "单示例"),
        ("relation", "head"),
        ("id_number", id_number),
        ("phone", "138 0000 4321"),
        ("categories", "elder_alone"),
        ("categories", "minimum_living"),
        ("level", "one"),
        ("level_from", "2024-07-01"),
        ("level_reason", "独居加低保"),
        ("signed_on", "2024-07-01"),
    ]
}

pub(crate) const NUMBER: &str = "11010519491231002X";

/// Makes a household and gives the address of its file.
pub(crate) fn made(who: &Somebody, community: Id, number: &str, id_number: &str) -> String {
    let answer = who.post("/clients/new", number, &new_household(community.as_str(), number, id_number));
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").to_owned()
}

#[test]
fn a_household_is_made_shown_and_found() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        who.good("/clients/new");
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let body = who.good(&file);
        for part in [
            "单示例 户",
            "示例东-0001",
            "一级",
            "独居加低保",
            "低保对象",
            "1101**********002X",
            "138****4321",
            "示例路 12 号 ***",
            "2024-07-01 签",
            "还没有计划",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains(NUMBER) && !body.contains("13800004321") && !body.contains("301 房"));
        for asked in ["单示例", "示例", "shan", "ssl", "示例东-0001", NUMBER, "4321", "13800004321", "示例路"]
        {
            let found = who.good(&web::Target::new(&["clients"]).with("q", asked).href());
            assert!(found.contains("单示例 户"), "{asked}");
        }
        for asked in ["样本", "9999", "11010519491231001X", "'\"*()", "\u{1f600}"] {
            let found = who.good(&web::Target::new(&["clients"]).with("q", asked).href());
            assert!(!found.contains("单示例 户"), "{asked}");
        }
        assert!(who.good(&format!("/clients?community={}", id(11))).contains("单示例 户"));
        assert!(!who.good(&format!("/clients?community={}", id(12))).contains("单示例 户"));
    });
}

#[test]
fn nobody_sees_or_guesses_what_is_outside_their_scope() {
    each(NOW, |fresh| {
        ground(fresh);
        let (here, there) = (manager(fresh, 1), manager(fresh, 2));
        let file = made(&here, id(11), "示例东-0001", NUMBER);
        assert!(!there.good("/clients").contains("单示例"));
        for asked in ["单示例", NUMBER, "4321", "示例东-0001"] {
            let found = there.good(&web::Target::new(&["clients"]).with("q", asked).href());
            assert!(!found.contains("单示例 户") && found.contains("：0 户"), "{asked}");
        }
        for end in ["", "/edit", "/level", "/need", "/risk", "/contact", "/close", "/merge", "/persons/new"] {
            assert_eq!(there.client.get(&format!("{file}{end}")).status, StatusCode::NOT_FOUND, "{end}");
        }
        let unmask = there.post(&format!("{file}/unmask"), "1", &[("why", "policy"), ("words", "看看")]);
        assert_eq!(unmask.status, StatusCode::NOT_FOUND);
        let taken =
            there.post("/clients/new", "2", &new_household(id(11).as_str(), "二", "440105194912311010"));
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "a community of another station");
        // The same number elsewhere is refused, without a word of whose it is.
        let same = there.post("/clients/new", "3", &new_household(id(21).as_str(), "一", NUMBER));
        assert!(same.body.contains("在别处已有档案") && !same.body.contains("单示例（"), "{}", same.body);
    });
}

#[test]
fn a_worker_of_a_community_works_in_it_alone() {
    each(NOW, |fresh| {
        ground(fresh);
        let one_community = NewGrant {
            role: Role::Worker,
            reach: Reach::Community,
            place: Some(id(11)),
            ..in_station(Role::Worker, id(1))
        };
        let (manager, worker) = (manager(fresh, 1), somebody(fresh, "worker", &[one_community]));
        let own = made(&worker, id(11), "示例东-0001", NUMBER);
        let other = made(&manager, id(12), "示例西-0001", "440105194912311010");
        assert!(worker.good(&own).contains("示例东-0001"));
        assert_eq!(worker.client.get(&other).status, StatusCode::NOT_FOUND);
        let list = worker.good("/clients");
        assert!(
            list.contains("示例东-0001") && !list.contains("示例西-0001") && list.contains("1 户"),
            "{list}"
        );
        let moved = worker.post(&format!("{own}/edit"), "1", &[("community", id(12).as_str())]);
        assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY);
        let withdrawn = worker.post(&format!("{own}/withdraw"), "2", &[("reason", "误建")]);
        assert_eq!(withdrawn.status, StatusCode::FORBIDDEN, "a worker withdraws nothing");
    });
}

#[test]
fn what_is_wrong_is_said_beside_the_field_and_nothing_is_written() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let check = |change: (&str, &str), part: &str| {
            let community = id(11);
            let mut fields = new_household(community.as_str(), "示例东-0009", NUMBER);
            for field in &mut fields {
                if field.0 == change.0 {
                    field.1 = change.1;
                }
            }
            let answer = who.post("/clients/new", change.1, &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{change:?}: {}", answer.body);
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{change:?}");
            assert!(answer.body.contains(part), "{change:?}: {part} in {}", answer.body);
            assert!(answer.body.contains("示例路 12 号"), "what was typed stays");
        };
        check(("id_number", "110105194912310021"), "校验位");
        check(("id_number", "110105491231002"), "15 位");
        check(("id_number", "110105202612310025"), "出生日期 20261231 还没有到");
        check(("opened_on", "2025-01-01"), "建档日期不能在今天");
        check(("file_number", ""), "填档案号");
        check(("categories", "child_in_difficulty"), "要不满 18 岁");
        let long = "长".repeat(3000);
        let mut fields = new_household("", "示例东-0009", NUMBER);
        fields[4] = ("door", &long);
        assert!(who.post("/clients/new", "long", &fields).body.contains("门牌最多 60 字"));
        assert!(who.good("/clients").contains("0 户"));
    });
}

#[test]
fn a_form_sent_twice_writes_once_and_a_number_is_used_once() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let community = id(11);
        let fields = new_household(community.as_str(), "示例东-0001", NUMBER);
        let (first, second) =
            (who.post("/clients/new", "a", &fields), who.post("/clients/new", "a", &fields));
        assert_eq!(first.header("location"), second.header("location"));
        assert!(who.good("/clients").contains("1 户"));
        let again = who.post("/clients/new", "b", &fields);
        assert!(again.body.contains("档案号 示例东-0001 已经用过"), "{}", again.body);
        let fields = new_household(community.as_str(), "示例东-0002", NUMBER);
        assert!(who.post("/clients/new", "c", &fields).body.contains("已有档案：单示例，档案号 示例东-0001"));
        // Somebody of the same name and birthday is asked about, and may be another.
        let mut fields = new_household(community.as_str(), "示例东-0002", "440105194912311010");
        let asked = who.post("/clients/new", "d", &fields);
        assert!(asked.body.contains("同名同生日"), "{}", asked.body);
        fields.push(("another", "yes"));
        assert_eq!(who.post("/clients/new", "e", &fields).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn numbers_are_shown_with_a_reason_to_whoever_gave_it_and_the_audit_knows() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let file = made(&one, id(11), "示例东-0001", NUMBER);
        let without = one.post(&format!("{file}/unmask"), "1", &[("why", "policy"), ("words", "")]);
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let given = one.post(&format!("{file}/unmask"), "2", &[("why", "policy"), ("words", "代填申请表")]);
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        let body = one.good(&file);
        assert!(body.contains(NUMBER) && body.contains("13800004321") && body.contains("301 房"), "{body}");
        assert!(body.contains("协助申办政策：代填申请表"));
        assert!(!other.good(&file).contains(NUMBER), "it is shown to one person");
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap();
        assert_eq!(lines.1, None);
        let line = lines.0.iter().find(|line| line.verb == "clients.unmask").unwrap();
        assert_eq!(line.reason.as_deref(), Some("协助申办政策：代填申请表"));
        assert!(
            lines
                .0
                .iter()
                .any(|line| line.verb == "clients.record" && line.origin.as_deref() == Some("local"))
        );
    });
}

#[test]
fn a_plan_is_approved_by_somebody_else() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let file = made(&one, id(11), "示例东-0001", NUMBER);
        let person = one.good(&file);
        let person =
            person.split(&format!("{file}/persons/")).nth(2).unwrap().split(['/', '"']).next().unwrap();
        let plan = format!("{file}/persons/{person}/plan");
        let fields = [
            ("made_on", "2024-08-01"),
            ("needs", "少出门"),
            ("goals", "每周出门 2 次"),
            ("measures", "邻里结伴"),
            ("review_on", "2025-02-01"),
        ];
        assert_eq!(one.post(&plan, "1", &fields).status, StatusCode::SEE_OTHER);
        let body = one.good(&file);
        assert!(body.contains("每周出门 2 次") && body.contains("您写过或改过，由别人审批"), "{body}");
        let shown = other.good(&file);
        let number = shown.split("name=\"plan\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let own = one.post(&format!("{plan}/approve"), "2", &[("plan", number)]);
        assert_eq!(own.status, StatusCode::FORBIDDEN, "nobody approves their own plan");
        let approved = other.post(&format!("{plan}/approve"), "3", &[("plan", number)]);
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
        assert!(one.good(&file).contains("2024-12-31 manager"));
        // Changed, it has to be approved again, as it now reads.
        let form = one.good(&plan);
        let hidden = |name: &str| {
            let value = format!("name=\"{name}\" value=\"");
            form.split(&value).nth(1).unwrap().split('"').next().unwrap()
        };
        let same = [("which", "same"), ("plan", hidden("plan")), ("version", hidden("version"))];
        let words =
            fields.map(|(name, value)| if name == "goals" { (name, "每周出门 3 次") } else { (name, value) });
        let changed: Vec<_> = words.into_iter().chain(same).collect();
        assert_eq!(one.post(&plan, "4", &changed).status, StatusCode::SEE_OTHER);
        assert!(one.good(&file).contains("未审批"));
        let late = other.post(&format!("{plan}/approve"), "5", &[("plan", number)]);
        assert_eq!(late.status, StatusCode::NOT_FOUND, "what was read is no longer the plan");
        // Nor does who read it earlier write over it.
        let earlier: Vec<_> = fields.into_iter().chain(same).collect();
        assert_eq!(one.post(&plan, "6", &earlier).status, StatusCode::CONFLICT);
    });
}

#[test]
fn levels_needs_risks_contacts_and_consents_are_kept() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let body = who.good(&file);
        let person =
            body.split(&format!("{file}/persons/")).nth(2).unwrap().split(['/', '"']).next().unwrap();
        let done = |end: &str, fields: &[(&str, &str)]| {
            who.good(&format!("{file}/{end}"));
            let answer = who.post(&format!("{file}/{end}"), end, fields);
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{end}: {}", answer.body);
        };
        done("level", &[("level", "two"), ("level_from", "2024-10-01"), ("level_reason", "好转")]);
        done("contact", &[("name", "样本乙"), ("relation", "侄女"), ("phone", "13900001111")]);
        let need =
            [("person", person), ("need", "浴室装扶手"), ("urgency", "month"), ("found_on", "2024-11-01")];
        done("need", &need);
        let risk = [
            ("person", person),
            ("assessed_on", "2024-11-01"),
            ("risk", "high"),
            ("kinds", "fall"),
            ("note", "扶墙走"),
        ];
        done("risk", &risk);
        done(
            &format!("persons/{person}/consent"),
            &[("signed_on", "2024-12-01"), ("until_on", "2025-12-01")],
        );
        let categories = [("categories", "minimum_living"), ("from_on", "2024-12-01")];
        done(&format!("persons/{person}/categories"), &categories);
        let body = who.good(&file);
        for part in
            ["二级", "好转", "侄女 样", "139****1111", "浴室装扶手", "风险：高", "跌倒", "2024-12-01 签"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("样本乙") && !body.contains("class=\"tag\">独居老年人"), "held no longer");
        let met = body.split("/met\"").next().unwrap().rsplit("/needs/").next().unwrap();
        let answer = who.post(&format!("{file}/needs/{met}/met"), "met", &[]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(who.good(&file).contains("2024-12-31 已解决"));
        done("close", &[("closed_on", "2024-12-20"), ("reason", "moved_out")]);
        assert!(who.good(&file).contains("2024-12-20 已销档"));
        assert!(!who.good("/clients").contains("示例东-0001"));
        assert!(who.good("/clients?closed=1").contains("示例东-0001"));
    });
}

#[test]
fn two_files_become_one() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let keep = made(&who, id(11), "示例东-0001", NUMBER);
        let gone = made(&who, id(12), "示例西-0001", "440105194912311010");
        let preview = who.good(&format!("{keep}/merge?other=示例西-0001"));
        let words = "从 示例西-0001（单示例 户）移来：人 1、对象类别 2、同意书 1。服务等级以保留的这一份为准，那一份的 1 段作废";
        assert!(preview.contains(words), "{preview}");
        let sure = gone.rsplit('/').next().unwrap();
        let unseen = who.post(&format!("{keep}/merge"), "1", &[("other", "示例西-0001")]);
        assert!(unseen.header("location").contains("merge?other="), "first it is seen what moves");
        let wrong = who.post(&format!("{keep}/merge"), "2", &[("other", "没有")]);
        assert!(wrong.body.contains("本站没有这个档案号"));
        let fields = [("other", "示例西-0001"), ("sure", sure), ("reason", "同一户建了两份")];
        let merged = who.post(&format!("{keep}/merge"), "3", &fields);
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
        assert!(who.good(&keep).contains("2 人"));
        assert_eq!(who.client.get(&gone).status, StatusCode::NOT_FOUND);
        assert!(who.good("/clients").contains("1 户"));
        let worker = somebody(fresh, "worker", &[in_station(Role::Worker, id(1))]);
        assert_eq!(worker.client.get(&format!("{keep}/merge")).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn what_is_withdrawn_is_found_no_longer() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let without = who.post(&format!("{file}/withdraw"), "1", &[]);
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
        assert_eq!(
            who.post(&format!("{file}/withdraw"), "2", &[("reason", "误建")]).status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(who.client.get(&file).status, StatusCode::NOT_FOUND);
        assert!(who.good("/clients?q=单示例").contains("：0 户"));
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap().0;
        assert!(
            lines
                .iter()
                .any(|line| line.verb == "clients.withdraw" && line.reason.as_deref() == Some("误建"))
        );
    });
}

#[test]
fn without_the_token_nothing_is_written() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let community = id(11);
        let fields = new_household(community.as_str(), "示例东-0001", NUMBER);
        assert_eq!(who.client.post("/clients/new", &fields).status, StatusCode::FORBIDDEN);
        let huge = vec![b'a'; 10 << 20];
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let answer = who.client.send(Method::POST, "/clients/new", &headers, huge);
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(who.good("/clients").contains("0 户"));
    });
}

/// The list and a file ask the database as often for many as for few: fixed numbers, so that one more is noticed.
#[test]
fn pages_ask_a_fixed_number_of_times() {
    use crate::shell::tests::count::statements;
    let asked = |households: usize, path: &str| {
        statements(
            || db::testing::sqlite(NOW),
            |fresh, begin| {
                ground(fresh);
                let who = manager(fresh, 1);
                let community = id(11);
                let mut last = String::new();
                for n in 0..households {
                    let number = format!("示例东-{n:04}");
                    last = made(&who, community, &number, &id_number(n));
                }
                begin();
                let path = if path.is_empty() { last.as_str() } else { path };
                who.good(path);
            },
        )
    };
    // Without a path it is a file that is asked for.
    for path in ["", "/clients", "/clients?q=示例东"] {
        let (few, many) = (asked(1, path), asked(12, path));
        assert_eq!(few, many, "{path}");
        assert!((5..=37).contains(&few), "{path}: {few} statements");
    }
}

/// A valid identity number of a region of its own for each `n`.
fn id_number(n: usize) -> String {
    let first = format!("440105{}1231{:03}", 1930 + n, 2 * n);
    format!("{first}{}", rules::identity::check_digit(&first).unwrap())
}
