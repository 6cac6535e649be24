//! Requests through the router, on both databases, as the roles of a station and beyond.

use std::collections::BTreeSet;

use db::{Database, Sealed, Tx};
use kernel::{Actor, Id};

use super::duties::day_words;
use crate::access::testing::{everywhere, in_station};
use crate::access::{Asker, Enter, Role, permit};
use crate::clients::{Clients, Household, LevelPeriod, Person, PersonalPlan, Residence, ServiceLevel, Sex};
use crate::hotline::{Call, Direction, Hotline, Ticket};
use crate::shell::tests::count::statements;
use crate::shell::tests::station::{NOW, client, fill, id};
use crate::testing::{Desk, on_both};

/// A household of community 东一 with one person, a level to be looked at again, and two plans of which the later
/// counts; a call whose ticket is empty.
fn household(database: &Database, n: u32) {
    let write = |tx: &mut Tx<'_>| {
        let station = id(1, 0);
        let (household, person) = (id(1, 10_000 + n), id(1, 20_000 + n));
        let base = |id: Id| (id, station, Some(self::id(1, 1)), Some(self::id(1, 11)), Some(self::id(1, 5)));
        let seal = |tx: &Tx<'_>, column: &str, id: &Id| Sealed::new(tx.keys(), column, id, "示例").unwrap();
        let day = |text: &str| text.parse().unwrap();
        let clients = permit::<Enter<Clients>>(&Asker::Console, station)?;
        let (id, station_id, area_id, community_id, worker_id) = base(household);
        clients.append(
            tx,
            &[Household {
                id,
                station_id,
                area_id,
                community_id,
                worker_id,
                file_number: format!("东一-{n}"),
                building: "示例路 1 号".into(),
                door: seal(tx, "households.door", &id),
                residence: Residence::Present,
                opened_on: day("2024-07-01"),
                closed_on: None,
                platform_id: None,
                housing: None,
                closed_reason: None,
            }],
        )?;
        let (id, ..) = base(person);
        clients.append(
            tx,
            &[Person {
                id,
                station_id,
                area_id,
                community_id,
                worker_id,
                household_id: household,
                name: format!("示例{n}"),
                sex: Sex::Female,
                born_on: day("1950-01-01"),
                id_number: seal(tx, "persons.id_number", &id),
                id_number_hash: format!("hash-{n}"),
                phone: None,
                phone_tail_hash: None,
                filed_on: day("2024-07-01"),
                closed_on: None,
                relation: Some("head".into()),
                platform_id: None,
                care: None,
                marriage: None,
                subsidies: None,
                closed_reason: None,
            }],
        )?;
        clients.append(
            tx,
            &[LevelPeriod {
                id: self::id(1, 30_000 + n),
                station_id,
                area_id,
                community_id,
                worker_id,
                household_id: household,
                level: ServiceLevel::Three,
                from_on: day("2024-07-01"),
                to_on: None,
                reason: "独居".into(),
                regrade_due_on: Some(day("2025-01-05")),
            }],
        )?;
        let plan = |number: u32, made: &str, review: &str| PersonalPlan {
            id: self::id(1, number + n),
            station_id,
            area_id,
            community_id,
            worker_id,
            person_id: person,
            made_on: day(made),
            needs: "需要".into(),
            goals: "目标".into(),
            measures: "措施".into(),
            review_on: day(review),
            outcome: None,
            written_by: None,
            approved_by: None,
            approved_on: None,
            reviewed_on: None,
            reviewed_by: None,
        };
        let plans = [plan(40_000, "2024-07-01", "2024-08-01"), plan(50_000, "2024-08-01", "2024-12-30")];
        clients.append(tx, &plans)?;
        let call = Call {
            id: self::id(1, 60_000 + n),
            station_id,
            area_id,
            community_id,
            worker_id,
            direction: Direction::Inbound,
            called_on: day("2024-12-30"),
            answered: true,
            seconds: 60,
            household_id: None,
            person_id: None,
        };
        let hotline = permit::<Enter<Hotline>>(&Asker::Console, station)?;
        let call_id = call.id;
        hotline.append(tx, &[call])?;
        hotline.append(
            tx,
            &[Ticket {
                id: self::id(1, 70_000 + n),
                station_id,
                area_id,
                community_id,
                worker_id,
                call_id,
                direction: Direction::Inbound,
                opened_on: day("2024-12-30"),
                filled_on: None,
                reason: None,
                action: None,
            }],
        )
    };
    database.write(&Actor::Console, write).unwrap();
}

#[test]
fn a_worker_sees_what_is_due_and_records_with_one_tap() {
    on_both(|database, micros| {
        household(database, 1);
        let page = Desk::at(database, micros, Role::Worker).get("/");
        for part in [
            "12 月 31 日 星期二 · 示例社工站 yizhan",
            "href=\"/visits/visits/new\"",
            "href=\"/casework/sessions/new\"",
            "href=\"/activities/events/new\"",
            "一人一案该检视了",
            "2024-12-30 前检视",
            "服务等级该重新评定了",
            "示例1 户",
            "没有填的热线工单",
            "href=\"/hotline/tickets?filled_on=none\"",
            "贴线或落后的指标",
            "id=\"parts\"",
            "家户与服务",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("2024-08-01"), "a plan that a later one took the place of is not due");
        for part in ["开站还缺", "等您审批", "href=\"/access\"", "href=\"/audit\""] {
            assert!(!page.contains(part), "{part}");
        }
        let elsewhere = Desk::of(database, micros, &[in_station(Role::Worker, id(2, 0))]).get("/");
        assert!(!elsewhere.contains("示例1") && !elsewhere.contains("没有填的热线工单"));
    });
}

#[test]
fn a_manager_also_sees_what_is_missing_and_what_waits_for_approval() {
    on_both(|database, micros| {
        household(database, 1);
        let page = Desk::at(database, micros, Role::StationManager).get("/");
        for part in ["开站还缺", "1 名社工没有任职", "/setup?station=yizhan#s-posts", "等您审批的一人一案"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }
    });
}

#[test]
fn others_see_rounds_and_reports_and_administrators_accounts_and_audit() {
    on_both(|database, micros| {
        household(database, 1);
        for role in [Role::Evaluator, Role::DistrictBureau, Role::StreetOffice] {
            let page = Desk::at(database, micros, role).get("/");
            assert!(page.contains("href=\"/reports/yizhan-mid\""), "{role:?}");
            for part in ["erzhan", "示例1", "热线工单", "记录</h2>"] {
                assert!(!page.contains(part), "{role:?} {part}");
            }
        }
        let city = Desk::of(database, micros, &[everywhere(Role::City)]).get("/");
        assert!(city.contains("2 个社工站") && city.contains("各站的指标进度"));
        let admin = Desk::of(database, micros, &[everywhere(Role::SystemAdmin)]).get("/");
        assert!(admin.contains("账号与角色") && admin.contains("个还没有用过登录链接"));
        let audit = Desk::of(database, micros, &[everywhere(Role::AuditAdmin)]).get("/");
        assert!(audit.contains("href=\"/audit\"") && !audit.contains("href=\"/access\""));
    });
}

#[test]
fn no_way_from_home_leads_nowhere_for_any_role() {
    on_both(|database, micros| {
        household(database, 1);
        for role in Role::ALL {
            let desk = Desk::at(database, micros, *role);
            let page = desk.get("/");
            let mut seen = BTreeSet::new();
            for part in page.split("href=\"").skip(1) {
                let href = part.split('"').next().unwrap().replace("&#38;", "&");
                let href = href.split('#').next().unwrap().to_owned();
                if !href.is_empty() && seen.insert(href.clone()) {
                    assert_eq!(desk.status(&href), 200, "{role:?} {href}");
                }
            }
            assert!(seen.len() > 4, "{role:?} {seen:?}");
        }
    });
}

#[test]
fn somebody_without_a_role_is_told_so() {
    on_both(|database, micros| {
        assert_eq!(Desk::of(database, micros, &[]).status("/"), 403);
    });
}

#[test]
fn it_asks_as_often_for_much_as_for_little() {
    let asked = |households: u32| {
        statements(
            || db::testing::sqlite(NOW),
            |fresh, begin| {
                fill(&fresh.database, 1, "yizhan", 3 * households);
                (1..=households).for_each(|n| household(&fresh.database, n));
                let client = client(&fresh.database);
                begin();
                assert!(client.get("/").status.is_success());
                let manager = crate::access::testing::signed_in(
                    &fresh.database,
                    "zhanzhang",
                    &[in_station(Role::StationManager, id(1, 0))],
                );
                begin();
                assert!(client.with_cookie(manager).get("/").status.is_success());
            },
        )
    };
    assert_eq!(asked(1), asked(30));
}

#[test]
fn the_day_in_words() {
    let check = |day: &str, words: &str| assert_eq!(day_words(day.parse().unwrap()), words);
    check("2024-12-31", "12 月 31 日 星期二");
    check("2025-01-05", "1 月 5 日 星期日");
}
