//! Requests for the audit log through the router, on both databases.

use db::testing::each;
use diesel::connection::SimpleConnection as _;
use kernel::{Actor, Id};
use serde_json::json;
use web::testing::{Client, faults_of};

use super::detail::changed;
use super::words;
use crate::access::testing::{everywhere, form_token, in_station, signed_in};
use crate::access::{Asker, Correct, Role, Withdraw, permit};
use crate::areas::{self, Areas, Community};
use crate::shell::tests::station::{NOW, fill, id, site};

struct Desk {
    client: Client,
    token: String,
}

impl Desk {
    fn of(database: &db::Database, cookie: String) -> Self {
        let token = form_token(database, &cookie);
        Self { client: Client::new(crate::router(site(database))).with_cookie(cookie), token }
    }

    fn get(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer.body
    }

    fn verify(&self) -> String {
        let answer = self.client.post("/audit/verify", &[("_token", &self.token)]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new());
        answer.body
    }
}

/// Two stations, one community of the first corrected and another withdrawn.
fn on_both(test: impl Fn(&db::Database, &Desk, &Desk)) {
    each(NOW, |fresh| {
        let database = &fresh.database;
        fill(database, 1, "zhanyi", 3);
        fill(database, 2, "zhaner", 3);
        let change = |tx: &mut db::Tx<'_>| {
            let now = tx.at();
            let all = areas::communities(tx, id(1, 0), now)?;
            let mut first = all[0].clone();
            first.name = "东<一>甲".into();
            permit::<Correct<Areas>>(&Asker::Console, id(1, 0))?.correct(tx, &first)?;
            permit::<Withdraw<Areas>>(&Asker::Console, id(1, 0))?.withdraw::<Community>(
                tx,
                all[1].id,
                "与东一合并",
            )
        };
        database.write(&Actor::Console, change).unwrap();
        let all = Desk::of(database, signed_in(database, "shenji", &[everywhere(Role::AuditAdmin)]));
        let one = signed_in(database, "shenji.one", &[in_station(Role::AuditAdmin, id(1, 0))]);
        test(database, &all, &Desk::of(database, one));
    });
}

#[test]
fn a_line_says_who_what_when_why_and_what_changed() {
    on_both(|_, all, _| {
        let body = all.get("/audit?station=zhanyi&verb=areas.correct");
        for part in [
            "1 条，新的在前",
            "2024-12-31 12:00",
            "命令行",
            "更正 · 片区与社区",
            "示例社工站 zhanyi 第 ",
            "<dt>名称</dt><dd>东一 → 东&#60;一&#62;甲</dd>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(all.get("/audit?verb=areas.withdraw").contains("理由：与东一合并"));
        let record = id(1, 11);
        let body = all.get(&format!("/audit?record={record}"));
        assert!(body.contains("1 条，新的在前") && body.contains(record.as_str()), "{body}");
        assert!(body.contains("href=\"/audit\" aria-current=\"page\""), "it is in the menu");
    });
}

#[test]
fn lines_are_found_by_who_what_where_and_when() {
    on_both(|_, all, _| {
        let count = |query: &str| {
            let body = all.get(&format!("/audit?{query}"));
            let text = body.split_once("<p class=\"meta\">").unwrap().1.split_once(" 条").unwrap().0;
            text.parse::<i64>().unwrap()
        };
        let whole = count("");
        assert!(whole > 15, "{whole}");
        assert_eq!(count("from=2024-12-31&to=2024-12-31"), whole);
        assert_eq!(count("from=2025-01-01"), 0);
        assert_eq!(count("to=2024-12-30"), 0);
        assert_eq!(count("who=nobody.here"), 0);
        assert_eq!(count("who=visitor"), 0);
        assert_eq!(count("who=console"), whole, "everything was done on the console");
        assert_eq!(count("station=all") + count("station=zhanyi") + count("station=zhaner"), whole);
        assert_eq!(count("verb=areas."), count("verb=areas.record") + 2);
        assert_eq!(count(&format!("record={}", Id::NIL)), 0);
        let check = |query: &str, status: u16, part: &str| {
            let answer = all.client.get(&format!("/audit?{query}"));
            assert!(answer.status == status && answer.body.contains(part), "{query}: {}", answer.body);
        };
        check("record=x", 400, "36 个字符");
        check("from=never", 400, "from=2024-12-31");
        check("from=2024-12-31&to=2024-12-01", 400, "截止日期在起始日期之前");
        check("station=nowhere", 404, "没有代码为“nowhere”的社工站");
        check("page=99", 404, "没有第 99 页");
        check("who=%00%27%3B", 200, "没有这样的记录");
    });
}

#[test]
fn long_lists_come_in_pages_that_keep_the_question() {
    on_both(|database, all, _| {
        for n in 0..60 {
            signed_in(database, &format!("more{n}"), &[]);
        }
        let first = all.get("/audit?verb=access.users");
        assert!(first.contains("第 1 / 2 页"), "{first}");
        assert!(first.contains("href=\"/audit?verb=access.users&#38;page=2\""), "{first}");
        let second = all.get("/audit?verb=access.users&page=2");
        assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""));
    });
}

#[test]
fn an_administrator_of_one_station_sees_that_chain_only() {
    on_both(|_, all, one| {
        let (body, every) = (one.get("/audit"), all.get("/audit"));
        assert!(body.contains("示例社工站 zhanyi") && !body.contains("zhaner"), "{body}");
        assert!(!body.contains("全库") && every.contains("全库"), "sign-ins belong to no station");
        for outside in ["zhaner", "all"] {
            assert_eq!(one.client.get(&format!("/audit?station={outside}")).status, 404, "{outside}");
        }
        let there = one.get(&format!("/audit?record={}", id(2, 11)));
        assert!(there.contains("没有这样的记录"), "{there}");
        let (mine, whole) = (one.verify(), all.verify());
        assert!(mine.contains("1 条链") && !mine.contains("zhaner"), "{mine}");
        assert!(whole.contains("3 条链") && whole.contains("没有发现改动"), "{whole}");
    });
}

#[test]
fn what_was_altered_behind_our_back_is_found() {
    on_both(|database, all, one| {
        let altered = database.write(&Actor::Console, |tx| {
            let sql =
                format!("UPDATE audit_log SET reason = 'x' WHERE station_id = '{}' AND seq = 2", id(2, 0));
            Ok::<_, db::DbError>(tx.conn().batch_execute(&sql)?)
        });
        altered.unwrap();
        let body = all.verify();
        assert!(body.contains("站点 示例社工站 zhaner 的审计链第 2 行被改动过"), "{body}");
        assert!(one.verify().contains("没有发现改动"), "not theirs to know");
        assert_eq!(all.client.post("/audit/verify", &[]).status, 403, "without a token");
    });
}

#[test]
fn what_is_personal_is_masked() {
    let check =
        |kind: &str, field: &str, before: serde_json::Value, after: serde_json::Value, shown: &str| {
            let detail = json!({ field: [before, after] });
            let one = changed(kind, &detail).remove(0);
            assert_eq!(format!("{} → {}", one.before, one.after), shown, "{kind}.{field}");
        };
    check("person", "name", json!("示例甲"), json!("样本乙"), "••• → •••");
    check("person", "name", json!("abc"), json!(null), "••• → 空");
    check("person", "phone", json!("…"), json!(null), "••• → 空");
    check("person", "id_number", json!(null), json!("…"), "空 → •••");
    check("person", "birth_year", json!(1950), json!(1951), "••• → •••");
    check("person", "sex", json!("male"), json!("female"), "male → female");
    check("visit", "notes", json!("老人一个人住"), json!("x y"), "••• → •••");
    check("visit", "minutes", json!(30), json!(45), "30 → 45");
    check("worker", "name", json!("假设丙"), json!("假设丙丙"), "••• → •••");
    check("worker", "party_member", json!(false), json!(true), "否 → 是");
    check("volunteer", "phone_tail_hash", json!("ab"), json!("cd"), "••• → •••");
    check("activity", "name", json!("便民日"), json!("义诊"), "便民日 → 义诊");
    check("community", "region_code", json!(null), json!("440105001001"), "空 → 440105001001");
    check("station", "pseudonym_key", json!("…"), json!("…"), "••• → •••");
    check("user", "name", json!(null), json!("zhang.san"), "空 → zhang.san");
    assert_eq!(
        changed("activity", &json!({"summary": [null, "字".repeat(200)]}))[0].after.chars().count(),
        121
    );
    assert!(changed("activity", &json!("x")).is_empty());
}

#[test]
fn every_verb_has_words() {
    let check = |name: &str, expected: &str| assert_eq!(words::verb(name), expected);
    check("areas.record", "录入 · 片区与社区");
    check("access.sign_in", "登录");
    check("clients.unmask", "写明理由后看完整的证件号和电话");
    check("strange", "strange");
    check("areas.strange", "areas.strange");
    assert_eq!((words::kind("user"), words::kind("area")), ("账号".into(), "片区".into()));
    assert_eq!(words::field("area", "position"), "次序");
    assert_eq!(words::field("area", "area_id"), "片区");
}
