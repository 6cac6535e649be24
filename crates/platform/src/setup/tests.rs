//! Requests through the router, on both databases.

use crate::access::testing::everywhere;
use crate::access::{NewGrant, Role};
use crate::shell::tests::station::id;
use crate::testing::{Desk, on_both, station};

#[test]
fn a_new_station_says_what_is_missing_and_each_form_mends_it() {
    on_both(|database, micros| {
        station(database, id(3, 0), "sanzhan");
        let desk =
            Desk::of(database, micros, &[crate::access::testing::in_station(Role::StationManager, id(3, 0))]);
        let page = desk.get("/setup");
        for part in [
            "还缺什么：9 步里有 8 步没办完",
            "还没有片区",
            "还没有社区",
            "还没有服务协议",
            "先登记服务协议，再定它的指标",
            "还没有社工",
            "还没有家户档案，也没有名册",
            "href=\"/areas/sanzhan/import\"",
            "href=\"/contracts/contracts/new\"",
            "接着办：片区和社区",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let form = [("name", "东片区"), ("code", "dong"), ("position", "1")];
        assert_eq!(desk.post("/areas/sanzhan/new/area", &form).0, 303);
        let contract = [
            ("code", "sanzhan-2024"),
            ("operator", "示例机构"),
            ("purchaser", "示例街道办事处"),
            ("supervisor", "示例区民政局"),
            ("signed_on", "2024-06-18"),
            ("starts_on", "2024-06-21"),
            ("ends_on", "2025-06-20"),
            ("funding", "2400000"),
            ("agreed_workers", "20"),
            ("agreed_certified", "12"),
        ];
        assert_eq!(desk.post("/contracts/contracts/new", &contract).0, 303);
        let page = desk.get("/setup");
        assert!(!page.contains("还没有片区") && !page.contains("还没有服务协议"));
        assert!(page.contains("协议没有指标") && page.contains("协议没有登记服务对象类别"));
        let worker = [
            ("name", "样本丙"),
            ("role", "manager"),
            ("in_field_since", "2020-01-01"),
            ("joined_on", "2024-06-21"),
            ("party_member", "no"),
        ];
        assert_eq!(desk.post("/staff/workers/new", &worker).0, 303);
        let page = desk.get("/setup");
        for part in ["1 名社工没有证书登记", "1 名社工没有任职", "1 名社工没有账号", "请系统管理员办理"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("/access/new"), "a way that would be refused is not shown");
    });
}

#[test]
fn an_account_is_opened_for_a_worker_or_joined_to_one() {
    on_both(|database, micros| {
        let admin = Desk::at(database, micros, Role::SystemAdmin);
        let page = admin.get("/setup");
        let worker = id(1, 5).to_string();
        let way = format!("/access/new?worker={worker}");
        assert!(page.contains("1 名社工没有账号") && page.contains(&format!("href=\"{way}\"")), "{page}");
        assert!(!page.contains("/staff/"), "the records of workers are not theirs to see");
        let form = admin.get(&way);
        assert!(form.contains("value=\"样本乙\"") && form.contains(&format!("value=\"{worker}\" selected")));
        let sent = [("name", "yang.ben.yi"), ("display_name", "样本乙"), ("worker", worker.as_str())];
        let (status, account) = admin.post("/access/new", &sent);
        assert_eq!(status, 303);
        assert!(admin.get(&account).contains("对应的社工：样本乙"));
        let page = admin.get("/setup");
        assert!(!page.contains("没有账号") && page.contains("1 名社工的账号没有角色"), "{page}");
        // Nobody else can be the same worker; the account can be set free again.
        let sent = [("name", "ling.yi"), ("display_name", "另一个"), ("worker", worker.as_str())];
        let (status, said) = admin.post("/access/new", &sent);
        assert_eq!((status, said.contains("已有账号")), (422, true));
        assert_eq!(admin.post(&format!("{account}/worker"), &[("worker", "")]).0, 303);
        assert!(admin.get(&account).contains("没有对应的社工"));
        assert_eq!(admin.post(&format!("{account}/worker"), &[("worker", worker.as_str())]).0, 303);
        let outside = id(2, 5).to_string();
        assert_eq!(admin.post(&format!("{account}/worker"), &[("worker", outside.as_str())]).0, 422);
    });
}

#[test]
fn it_is_for_those_who_set_up_and_for_their_stations() {
    on_both(|database, micros| {
        let check = |grants: &[NewGrant], path: &str, expected: u16| {
            assert_eq!(Desk::of(database, micros, grants).status(path), expected, "{path} {grants:?}");
        };
        let at = |role: Role| [crate::access::testing::in_station(role, id(1, 0))];
        check(&at(Role::StationManager), "/setup", 200);
        check(&at(Role::Operator), "/setup?station=yizhan", 200);
        check(&at(Role::StationManager), "/setup?station=erzhan", 404);
        check(&[everywhere(Role::SystemAdmin)], "/setup?station=erzhan", 200);
        for role in [Role::Worker, Role::AreaLead, Role::Evaluator, Role::City, Role::AuditAdmin] {
            check(&at(role), "/setup", 403);
        }
    });
}
