//! Requests through the router, on both databases.

use db::{DbResult, Tx};

use super::super::{IndicatorTarget, targets};
use crate::access::Role;
use crate::shell::tests::count::statements;
use crate::shell::tests::station::{NOW, client, fill, id};
use crate::testing::{Desk, on_both};

/// The targets of the first station's contract as they hold on a day.
fn on(desk: &Desk<'_>, day: &str) -> Vec<IndicatorTarget> {
    let read = |tx: &mut Tx<'_>| -> DbResult<Vec<IndicatorTarget>> {
        let now = tx.at();
        targets(tx, id(1, 6), day.parse().unwrap(), now)
    };
    desk.database.read(read).unwrap()
}

fn of(desk: &Desk<'_>, day: &str, code: &str) -> i32 {
    on(desk, day).iter().find(|one| one.code == code).unwrap().target
}

#[test]
fn the_usual_indicators_are_added_by_filling_in_their_targets() {
    on_both(|database, micros| {
        let desk = Desk::at(database, micros, Role::StationManager);
        let contract = id(1, 6).to_string();
        let page = desk.get(&format!("/indicators/targets/new?contract={contract}"));
        assert!(page.contains("协议里常有的指标") && page.contains("name=\"target.home_visits\""));
        assert!(page.contains("方式为“入户探访”"), "each rule is read out");
        assert!(page.contains("已有：200 次") && !page.contains("name=\"target.large_activities\""));
        assert!(page.len() < 150_000, "{} bytes", page.len());
        let form = [
            ("contract", contract.as_str()),
            ("target.home_visits", "１，０００"),
            ("target.phone_visits", ""),
            ("target.outcome.volunteer_services", "36"),
        ];
        let (status, to) = desk.post("/indicators/targets/new", &form);
        assert_eq!((status, to.as_str()), (303, &*format!("/indicators/targets?contract={contract}")));
        let all = on(&desk, "2024-12-31");
        let codes: Vec<(&str, i32, i32)> =
            all.iter().map(|one| (one.code.as_str(), one.target, one.position)).collect();
        let expected = [
            ("large_activities", 200, 7),
            ("large_activity_attendances", 100, 8),
            ("home_visits", 1_000, 9),
            ("outcome.volunteer_services", 36, 10),
        ];
        assert_eq!(codes, expected);
        let visits = all.iter().find(|one| one.code == "home_visits").unwrap();
        let frozen = "name = \"入户探访\"\nunit = \"个\"\nrecord = \"visit\"\ndate = \"visited_on\"\n\
                      where = { kind = \"home\" }\n";
        assert_eq!((visits.rule.as_str(), visits.heading.as_str()), (frozen, "探访"));
        let board = desk.get("/indicators");
        assert!(board.contains("4 项协议指标") && board.contains("入户探访实际 0 个"));
        // The same again: what is agreed already is not agreed twice.
        let (status, said) = desk.post("/indicators/targets/new", &form[..2]);
        assert_eq!((status, said.contains("一项也没有填")), (422, true));
    });
}

#[test]
fn what_cannot_be_read_is_said_beside_its_field_and_nothing_is_written() {
    on_both(|database, micros| {
        let desk = Desk::at(database, micros, Role::Operator);
        let contract = id(1, 6).to_string();
        let form = [
            ("contract", contract.as_str()),
            ("target.home_visits", "很多"),
            ("target.phone_visits", "2086"),
            ("target.groups", "0"),
        ];
        let (status, said) = desk.post("/indicators/targets/new", &form);
        assert_eq!(status, 422);
        for part in ["要改 2 处", "入户探访的指标量“很多”读不懂", "value=\"2086\"", "小组的指标量“0”读不懂"]
        {
            assert!(said.contains(part), "{part}");
        }
        assert_eq!(on(&desk, "2024-12-31").len(), 2);
    });
}

#[test]
fn an_amendment_holds_from_its_day_and_both_versions_stay() {
    on_both(|database, micros| {
        let desk = Desk::at(database, micros, Role::StationManager);
        let path = format!("/indicators/targets/{}/edit", id(1, 7));
        assert!(desk.get(&path).contains("规则在签订时已定"));
        let form = |target: &'static str, from: &'static str, version: &'static str| {
            [
                ("target", target),
                ("amended_on", from),
                ("name", "大型社区活动"),
                ("unit", "次"),
                ("heading", "社区活动"),
                ("position", "7"),
                ("version", version),
            ]
        };
        assert_eq!(desk.post(&path, &form("240", "2024-11-01", "1")).0, 303);
        let code = "large_activities";
        assert_eq!((of(&desk, "2024-10-31", code), of(&desk, "2024-11-01", code)), (200, 240));
        let list = desk.get("/indicators/targets");
        for part in ["2024-11-01 起按补充协议", "2024-11-01 起（补充协议）：指标量 200 → 240。"]
        {
            assert!(list.contains(part), "{part} in {list}");
        }
        assert!(desk.get("/indicators?as_of=2024-10-31").contains("指标量 200\""));
        assert!(desk.get("/indicators?as_of=2024-11-30").contains("指标量 240\""));
        assert!(desk.get("/figures/large_activities.target?as_of=2024-10-31").contains("<b>200</b>"));
        // A slip is corrected without a day of its own; what held before the amendment stays.
        assert_eq!(desk.post(&path, &form("245", "2024-11-01", "2")).0, 303);
        assert_eq!((of(&desk, "2024-10-31", code), of(&desk, "2024-12-31", code)), (200, 245));
        // Somebody else was faster, a day outside the contract, no number.
        assert_eq!(desk.post(&path, &form("250", "2024-11-01", "2")).0, 409);
        let (status, said) = desk.post(&path, &form("250", "2024-06-21", "3"));
        assert_eq!((status, said.contains("2024-06-21 不在协议期内")), (422, true));
        assert_eq!(desk.post(&path, &form("x", "", "3")).0, 422);
        assert_eq!(of(&desk, "2024-12-31", code), 245);
    });
}

#[test]
fn a_withdrawn_indicator_takes_a_reason_and_is_gone_from_the_board() {
    on_both(|database, micros| {
        let desk = Desk::at(database, micros, Role::StationManager);
        let path = format!("/indicators/targets/{}/withdraw", id(1, 8));
        assert!(desk.get(&path).contains("已经出的报告不变"));
        assert_eq!(desk.post(&path, &[("reason", "")]).0, 422);
        assert_eq!(desk.post(&path, &[("reason", "补充协议取消")]).0, 303);
        assert_eq!(on(&desk, "2024-12-31").len(), 1);
        assert_eq!(desk.post(&path, &[("reason", "再来一次")]).0, 404, "it is withdrawn");
        assert!(desk.get("/indicators").contains("1 项协议指标"));
    });
}

#[test]
fn who_may_not_change_them_may_look_and_no_further_than_their_stations() {
    on_both(|database, micros| {
        let worker = Desk::at(database, micros, Role::Worker);
        let list = worker.get("/indicators/targets");
        assert!(list.contains("大型社区活动") && !list.contains("/edit") && !list.contains("targets/new"));
        let (mine, other) = (id(1, 7), id(2, 7));
        assert_eq!(worker.status(&format!("/indicators/targets/{mine}/edit")), 403);
        assert_eq!(worker.status("/indicators/targets/new"), 403);
        assert_eq!(worker.status(&format!("/indicators/targets?contract={}", id(2, 6))), 404);
        assert_eq!(worker.status("/indicators/targets?station=erzhan"), 404);
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!(manager.status(&format!("/indicators/targets/{other}/edit")), 404);
        let form = [("contract", &*id(2, 6).to_string()), ("target.home_visits", "5")];
        assert_eq!(manager.post("/indicators/targets/new", &form).0, 404);
        assert_eq!(manager.post(&format!("/indicators/targets/{other}/withdraw"), &[("reason", "x")]).0, 404);
        let admin = Desk::at(database, micros, Role::SystemAdmin);
        assert_eq!(admin.status("/indicators/targets"), 403);
    });
}

#[test]
fn the_list_asks_as_often_for_many_indicators_as_for_few() {
    let asked = |more: usize| {
        statements(
            || db::testing::sqlite(NOW),
            |fresh, begin| {
                fill(&fresh.database, 1, "yizhan", 1);
                let add = |tx: &mut Tx<'_>| {
                    let now = tx.at();
                    let one = targets(tx, id(1, 6), "2024-12-31".parse().unwrap(), now)?.remove(0);
                    let rows: Vec<IndicatorTarget> = (0..more)
                        .map(|n| IndicatorTarget {
                            id: id(1, 5_000 + u32::try_from(n).unwrap()),
                            code: format!("more_{n}"),
                            ..one.clone()
                        })
                        .collect();
                    let asker = crate::access::Asker::Console;
                    let enter = crate::access::permit::<crate::access::Enter<super::super::Indicators>>;
                    enter(&asker, id(1, 0))?.append(tx, &rows)
                };
                fresh.database.write(&kernel::Actor::Console, add).unwrap();
                let client = client(&fresh.database);
                begin();
                assert!(client.get("/indicators/targets").status.is_success());
            },
        )
    };
    assert_eq!(asked(1), asked(60));
}
