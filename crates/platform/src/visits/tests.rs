//! Visits entered at the door, what becomes of them, and who is to be contacted: through the router, on both databases.

use kernel::Id;

use crate::access::testing::in_station;
use crate::access::{Asker, Enter, NewGrant, Reach, Role, Scope, permit};
use crate::clients::{Clients, Person, Whose};
use crate::sheets::tests::{Somebody, household, manager, on_both, somebody};
use crate::shell::tests::count::statements;
use crate::shell::tests::station::{self, id};

/// Somebody of level one who has never been visited, in community 东一.
fn home(fresh: &db::testing::Fresh, who: &Somebody) -> (Id, Id) {
    household(fresh, who, id(1, 11), "示例甲", 1)
}

/// What the form of a good home visit sends.
fn good(person: Id) -> Vec<(&'static str, String)> {
    let pairs = [
        ("kind", "home"),
        ("visited_on", "2024-12-31"),
        ("started_at", "14:05"),
        ("ended_at", "14:40"),
        ("physical", "血压 152/88，漏服降压药两天"),
        ("physical_state", "changed"),
        ("physical_seen", "用药"),
        ("psychological", "愿意聊天"),
        ("social", "邻居帮忙买菜"),
        ("risk", "middle"),
        ("risk_kinds", "fall"),
        ("follow_1", "联系社区医生看降压药"),
        ("follow_1_due", "2025-01-03"),
        ("need_1", "浴室加扶手"),
        ("need_1_urgency", "month"),
    ];
    let own = pairs.into_iter().map(|(name, value)| (name, value.to_owned()));
    own.chain([("met", person.to_string())]).collect()
}

fn but(fields: &[(&'static str, String)], name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let others = fields.iter().filter(|(known, _)| *known != name).cloned();
    others.chain([(name, value.to_owned())]).collect()
}

#[test]
fn a_visit_is_entered_with_all_that_comes_of_it() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        assert!(who.good("/today").contains(&path));
        let page = who.good(&format!("{path}?kind=phone"));
        assert!(page.contains("记录电访") && page.contains("name=\"kind\" value=\"phone\""));
        let visit = who.done(&path, &good(person));
        let page = who.good(&visit);
        for part in ["14:05", "35", "用药", "有变化", "跌倒", "示例甲"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(who.good("/visits/follow_ups").contains("联系社区医生看降压药"));
        let file = who.good(&format!("/clients/{household}"));
        assert!(file.contains("浴室加扶手") && file.contains("风险：中"));
        // Next time what was promised stands first, and what becomes of it is a correction of it.
        let page = who.good(&path);
        assert!(page.contains("上次约定的事") && page.contains("漏服降压药两天"));
        let follow = page.split("name=\"promise_").nth(1).unwrap()[..36].to_owned();
        let promise: &'static str = Box::leak(format!("promise_{follow}").into_boxed_str());
        let again = but(&but(&good(person), "kind", "phone"), promise, "done");
        who.done(&path, &but(&but(&again, "follow_1", ""), "follow_1_due", ""));
        let one = who.good(&format!("/visits/follow_ups/{follow}"));
        assert!(one.contains("第 2 版") && one.contains("2024-12-31"), "{one}");
        assert!(!who.good(&path).contains("name=\"promise_"));
    });
}

#[test]
fn what_is_wrong_with_a_visit_is_said_beside_the_field() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let good = good(person);
        for (name, value, what) in [
            ("met", "", "没见到人的不算一次探访"),
            ("visited_on", "2025-01-01", "不能在今天"),
            ("ended_at", "14:00", "结束要在开始之后"),
            ("started_at", "2 点", "例如 14:05"),
            ("psychological", "", "心理状态：写一句"),
            ("risk", "high", "现在就告知站长"),
            ("unmet", "no_answer", "去掉一个"),
            ("risk_kinds", "", "选是哪一类风险"),
            ("follow_1_due", "", "填完成日期，例如 2025-01-10"),
            ("follow_1_due", "2024-12-30", "不能早于探访那天"),
            ("follow_1", "", "填做什么，或删去日期"),
            ("administrative", "很多", "0 到 20"),
        ] {
            let page = who.refused(&path, &but(&good, name, value));
            assert!(page.contains(what), "{name}={value}: {page}");
            assert!(page.contains("血压 152/88"), "what was typed stays");
        }
        // Nothing was written by any of them.
        assert_eq!(who.count("/visits/visits"), 0);
        let greeting = but(&but(&good, "psychological", ""), "greeting_only", "yes");
        who.done(&path, &greeting);
    });
}

#[test]
fn a_second_visit_on_a_day_is_asked_about_and_one_sent_twice_is_entered_once() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let fields = but(&good(person), "id", "01939f5c-7d2e-7c4a-9b1e-5a0c3f2d1e4b");
        let first = who.done(&path, &fields);
        assert_eq!(who.done(&path, &fields), first, "the same id is the same visit");
        assert_eq!(who.count("/visits/visits"), 1);
        let page = who.refused(&path, &good(person));
        assert!(page.contains("已经记过一次入户探访") && page.contains("name=\"again\""));
        who.done(&path, &but(&good(person), "again", "yes"));
        assert_eq!(who.count("/visits/visits"), 2);
    });
}

#[test]
fn a_high_risk_and_suspected_harm_of_a_minor_are_raised_at_once() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let high = but(&good(person), "risk", "high");
        let to = who.done(&path, &but(&high, "told", "站长 样本，14:50 电话"));
        assert_eq!(to, "/visits/escalations");
        let page = who.good(&to);
        assert!(page.contains("高风险") && page.contains("站长 样本"), "{page}");
        // Of a minor: also to whom it was reported. The one person of this household is an elder, so nothing is asked.
        let harm = but(&but(&but(&high, "risk_kinds", "harm"), "told", "站长 10:00"), "again", "yes");
        who.done(&path, &harm);
    });
}

#[test]
fn visits_with_administrative_workers_are_one_common_work_a_day() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (first, person) = home(fresh, &who);
        let (second, other) = household(fresh, &who, id(1, 11), "示例乙", 2);
        let with = |person| but(&good(person), "administrative", "1");
        who.done(&format!("/visits/record/{first}"), &with(person));
        who.done(&format!("/visits/record/{second}"), &with(other));
        who.done(&format!("/visits/record/{second}"), &but(&with(other), "again", "yes"));
        assert_eq!(who.count("/joint_work/ledger"), 1);
        let page = who.good("/joint_work/ledger");
        let href = page.split("href=\"/joint_work/ledger/").find(|rest| rest.as_bytes()[8] == b'-').unwrap();
        let one = who.good(&format!("/joint_work/ledger/{}", &href[..36]));
        assert!(one.contains("第 2 版") || one.contains("第 3 版"), "{one}");
        assert!(one.contains("<dd>2</dd>"), "two households, however many visits: {one}");
    });
}

#[test]
fn nobody_enters_a_visit_outside_their_scope_or_reads_the_list() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let west =
            NewGrant { reach: Reach::Area, place: Some(id(1, 2)), ..in_station(Role::Worker, id(1, 0)) };
        for (name, grant) in [("xi", west), ("wai", in_station(Role::Worker, id(2, 0)))] {
            let other = somebody(fresh, name, &[grant]);
            assert_eq!(other.status(&path), 404, "{name}");
            assert_eq!(other.post(&path, &good(person)).status, 404, "{name}");
            assert!(!other.good("/today?worker=all").contains("示例甲"), "{name}");
            assert!(!other.good("/visits/due").contains("样本乙"), "{name}");
        }
        let bureau = somebody(fresh, "ju", &[in_station(Role::DistrictBureau, id(1, 0))]);
        for path in [path.as_str(), "/today", "/visits/due"] {
            assert_eq!(bureau.status(path), 403, "{path}");
        }
        assert_eq!(bureau.post(&path, &good(person)).status, 403);
        assert_eq!(who.count("/visits/visits"), 0);
    });
}

#[test]
fn the_list_follows_events_stays_and_warnings() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        who.done(&format!("/visits/record/{household}"), &good(person));
        let owed = |day: &str| {
            let library = crate::library::Library::load(None).unwrap();
            let day = day.parse().unwrap();
            let read = |tx: &mut db::Tx<'_>| {
                super::today::for_worker(tx, &library, &Scope::everything(), Whose::All, day)
            };
            let items = fresh.database.read(read).unwrap();
            items[0].outlook.owed.iter().map(|due| due.why.clone()).collect::<Vec<_>>().join("\n")
        };
        assert!(owed("2024-12-31").contains("一级每 14 天电访 1 次，上次 12-31"), "{}", owed("2024-12-31"));
        let person = person.to_string();
        let event = [
            ("person_id", person.as_str()),
            ("kind", "bereavement"),
            ("what", "配偶去世"),
            ("happened_on", "2024-12-31"),
            ("known_on", "2024-12-31"),
            ("worker_id", ""),
        ];
        who.done("/visits/events/new", &event);
        let stay = [("person_id", person.as_str()), ("hospital", "示例医院"), ("admitted_on", "2024-12-30")];
        who.done("/visits/stays/new", &stay);
        assert!(
            !owed("2025-01-15").contains("入户"),
            "in hospital nobody is visited: {}",
            owed("2025-01-15")
        );
        let station = id(1, 0).to_string();
        let warning = [
            ("station_id", station.as_str()),
            ("kind", "cold"),
            ("what", "寒冷橙色预警"),
            ("issued_on", "2024-12-31"),
        ];
        who.done("/visits/warnings/new", &warning);
        // Contacted on the day itself: nothing more is owed for either.
        let after = owed("2025-01-02");
        assert!(!after.contains("寒冷橙色预警") && !after.contains("配偶去世"), "{after}");
        assert!(who.good("/visits/due").contains("按服务等级"));
        for path in ["/today?order=route", "/today?level=one&by=home", "/today?all=1"] {
            assert!(who.good(path).contains("该联系的家户"));
        }
    });
}

#[test]
fn the_list_asks_as_often_for_many_households_as_for_one() {
    let asked = |many: usize| {
        statements(
            || db::testing::sqlite(crate::sheets::tests::NOW),
            |fresh, begin| {
                station::fill(&fresh.database, 1, "yizhan", 1);
                station::fill(&fresh.database, 2, "erzhan", 1);
                let who = manager(fresh, 1);
                for n in 1..=many {
                    household(fresh, &who, id(1, 11), &format!("示例{n}号"), n);
                }
                begin();
                who.good("/today");
                who.good("/visits/due");
            },
        )
    };
    assert_eq!(asked(1), asked(12));
}

#[test]
fn an_attempt_at_which_nobody_was_met_is_no_visit_and_no_contact() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let before = who.good("/today");
        assert!(before.contains("上次入户 还没有"), "{before}");
        let attempt = [
            ("kind", "home"),
            ("visited_on", "2024-12-31"),
            ("minutes", "30"),
            ("started_at", "14:05"),
            ("met", ""),
            ("unmet", "no_answer"),
            ("unmet_note", "灯亮着"),
        ];
        let to = who.done(&path, &attempt);
        assert!(to.starts_with("/visits/attempts/"), "{to}");
        let page = who.good(&to);
        assert!(page.contains("无人应门") && page.contains("灯亮着") && page.contains("14:05"), "{page}");
        assert_eq!((who.count("/visits/attempts"), who.count("/visits/visits")), (1, 0));
        assert!(who.good("/today").contains("上次入户 还没有"), "no contact was made");
        assert!(who.good(&format!("/clients/{household}")).contains("去过，没见到人"));
        let call = [("kind", "phone"), ("visited_on", "2024-12-31"), ("unmet", "not_reached")];
        assert!(who.good(&who.done(&path, &call)).contains("未接通"));
        for (name, value, what) in [
            ("visited_on", "2025-01-01", "不能在今天"),
            ("unmet", "x", "选怎么没见到"),
            ("physical", "好", "去掉一个"),
        ] {
            let fields: Vec<(&str, &str)> =
                attempt.iter().filter(|(known, _)| *known != name).copied().chain([(name, value)]).collect();
            assert!(who.refused(&path, &fields).contains(what), "{name}");
        }
        // No rule can name it, so that none counts it; a visit of the same day is not a second one.
        assert!(super::SLICE.kinds.iter().all(|kind| kind.table != "visit_attempts"));
        who.done(&path, &good(person));
        // A file is attached to an attempt as to a visit.
        assert!(page.contains(&format!(
            "/documents/new?kind=visit_attempt&#38;id={}",
            &to["/visits/attempts/".len()..]
        )));
    });
}

/// Somebody of nine years in the household of a person.
fn child(fresh: &db::testing::Fresh, of: Id) -> Id {
    let child = id(1, 900);
    let write = |tx: &mut db::Tx<'_>| {
        let (_, mut person) = <Person as db::Record>::last(tx.conn(), of)?.unwrap();
        person.id = child;
        (person.name, person.born_on) = ("示例童".into(), "2015-05-01".parse().unwrap());
        (person.relation, person.id_number_hash) = (Some("child".into()), "hash of a child".into());
        person.id_number = db::Sealed::new(tx.keys(), "persons.id_number", &child, "x").unwrap();
        permit::<Enter<Clients>>(&Asker::Console, id(1, 0))?.append(tx, &[person])
    };
    fresh.database.write(&kernel::Actor::Console, write).unwrap();
    child
}

#[test]
fn suspected_harm_of_a_minor_is_not_saved_before_it_is_reported() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let child = child(fresh, person);
        let path = format!("/visits/record/{household}");
        assert!(who.good(&path).contains("未成年人疑似受侵害，立即向公安、民政或教育部门报告"));
        let harm = but(&but(&good(child), "risk", "low"), "risk_kinds", "harm");
        let page = who.refused(&path, &harm);
        assert!(page.contains("未成年人保护法第十一条") && page.contains("现在就告知站长"), "{page}");
        let told = but(&harm, "told", "站长 样本");
        assert!(who.refused(&path, &told).contains("几点告知的"));
        let told = but(&told, "told_at", "14:50");
        assert!(who.refused(&path, &told).contains("填向哪里报告了"));
        assert_eq!((who.count("/visits/visits"), who.count("/visits/escalations")), (0, 0));
        let to = who.done(&path, &but(&told, "reported_to", "示例派出所"));
        let page = who.good(&to);
        assert!(page.contains("未成年人疑似受侵害") && page.contains("站长 样本，14:50"), "{page}");
        for page in ["/", "/today"] {
            assert!(who.good(page).contains("示例甲 户：未成年人疑似受侵害"), "{page}");
        }
    });
}

#[test]
fn a_high_risk_stands_before_those_who_lead_there_until_it_is_handled() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let lead = |name: &str, area: u32| {
            let grant = NewGrant {
                reach: Reach::Area,
                place: Some(id(1, area)),
                ..in_station(Role::AreaLead, id(1, 0))
            };
            somebody(fresh, name, &[grant])
        };
        let (east, west) = (lead("dong", 1), lead("xi", 2));
        let neighbour = somebody(fresh, "lin", &[in_station(Role::StationManager, id(2, 0))]);
        let mark = "示例甲 户：高风险";
        let seen = |by: &Somebody| ["/", "/today"].map(|page| by.good(page).contains(mark));
        assert_eq!(seen(&who), [false, false]);
        let high = but(&but(&good(person), "risk", "high"), "told", "站长 样本，14:50 电话");
        who.done(&format!("/visits/record/{household}"), &high);
        assert_eq!((seen(&who), seen(&east)), ([true, true], [true, true]));
        assert_eq!((seen(&west), seen(&neighbour)), ([false, false], [false, false]));
        let page = who.good("/");
        let href = page.split("href=\"").find(|rest| rest.starts_with("/visits/escalations/")).unwrap();
        let path = href.split('"').next().unwrap().to_owned();
        assert_eq!(neighbour.status(&path), 404);
        let day = "2024-12-31".parse().unwrap();
        let there =
            fresh.database.read(|tx| super::same_day(tx, household, super::VisitKind::Home, day)).unwrap();
        let (person, visit) = (person.to_string(), there[0].id.to_string());
        let handled = [
            ("version", "1"),
            ("person_id", person.as_str()),
            ("visit_id", visit.as_str()),
            ("kind", "high_risk"),
            ("what", "跌倒"),
            ("raised_on", "2024-12-31"),
            ("told", "站长 样本，14:50 电话"),
            ("handled_on", "2024-12-31"),
            ("handled", "已送医，家属到场"),
        ];
        east.done(&format!("{path}/edit"), &handled);
        assert_eq!((seen(&who), seen(&east)), ([false, false], [false, false]));
    });
}

#[test]
fn what_must_be_raised_at_once_is_not_taken_on_the_sheet() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (_, person) = home(fresh, &who);
        let (child, person) = (child(fresh, person).to_string(), person.to_string());
        let fields = |person: &str, risk: &str, kinds: &str| {
            [
                ("person_id", person.to_owned()),
                ("kind", "home".to_owned()),
                ("visited_on", "2024-12-31".to_owned()),
                ("minutes", "30".to_owned()),
                ("risk", risk.to_owned()),
                ("risk_kinds", kinds.to_owned()),
            ]
        };
        for (whom, risk, kinds) in [(&person, "high", "跌倒"), (&child, "low", "受侵害")] {
            let page = who.refused("/visits/visits/new", &fields(whom, risk, kinds));
            assert!(page.contains("点“记录入户”或“记录电访”填写"), "{page}");
        }
        assert_eq!(who.count("/visits/visits"), 0);
        let to = who.done("/visits/visits/new", &fields(&person, "middle", "跌倒"));
        // It turns out to be high: first it is raised, then the visit says so.
        let mut high = fields(&person, "high", "跌倒").to_vec();
        high.push(("version", "1".to_owned()));
        let edit = format!("{to}/edit");
        assert!(who.refused(&edit, &high).contains("还没有紧急上报"));
        let visit = to.rsplit('/').next().unwrap();
        let raised = [
            ("person_id", person.as_str()),
            ("visit_id", visit),
            ("kind", "high_risk"),
            ("what", "跌倒"),
            ("raised_on", "2024-12-31"),
            ("told", "站长 样本，14:50 电话"),
        ];
        who.done("/visits/escalations/new", &raised);
        who.done(&edit, &high);
        assert!(who.good("/").contains("示例甲 户：高风险"));
    });
}

#[test]
fn the_page_and_the_telephone_ask_the_same() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        // With a minor, so that everything is asked.
        let (household, person) = home(fresh, &who);
        child(fresh, person);
        let page = who.good(&format!("/visits/record/{household}"));
        let mut on_page: Vec<&str> =
            page.split(" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        on_page.retain(|name| !name.starts_with('_') && !["then", "viewport", "q"].contains(name));
        on_page.sort_unstable();
        on_page.dedup();
        let sections = super::sections();
        let mut asked: Vec<&str> =
            sections.iter().flat_map(|section| &section.fields).map(|field| field.name).collect();
        asked.sort_unstable();
        assert_eq!(on_page, asked);
    });
}

#[test]
fn a_signature_on_the_page_is_a_document_of_the_visit() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (household, person) = home(fresh, &who);
        let path = format!("/visits/record/{household}");
        let page = who.good(&path);
        assert!(page.contains("data-sign=\"\" hidden"), "nothing without a script");
        assert!(page.contains("<script type=\"module\""), "{page}");
        let page = who.refused(&path, &but(&good(person), "signature", "bm8gcGljdHVyZQ=="));
        assert!(page.contains("擦掉重签"), "{page}");
        assert_eq!(who.count("/visits/visits"), 0);
        let png =
            base64::Engine::encode(&base64::engine::general_purpose::STANDARD, crate::documents::tests::PNG);
        // What was drawn is not lost where something else is wrong.
        let page = who.refused(&path, &but(&but(&good(person), "signature", &png), "met", ""));
        assert!(page.contains("data-sign=\"iVBOR"), "{page}");
        let visit = who.good(&who.done(&path, &but(&good(person), "signature", &png)));
        assert!(
            visit.contains("签名") && visit.contains("2024-12-31") && !visit.contains("缺签名"),
            "{visit}"
        );
    });
}
