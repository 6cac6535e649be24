//! Attendances of a session entered all at once.

use axum::http::StatusCode;
use db::testing::Fresh;
use kernel::Id;

use crate::access::Role;
use crate::access::testing::in_station;
use crate::sheets::tests::{Somebody, fields, household, kind, made, manager, on_both, somebody, with};
use crate::shell::tests::station::id;

/// A group with two sessions: the ids of the sessions.
fn group(fresh: &Fresh, who: &Somebody, person: Id, home: Id) -> [String; 2] {
    let made = made(person, home);
    let group = with(&fields(fresh, &made, kind("group")), "name", "手工小组");
    let group = who.done("/groups/groups/new", &group);
    let session = fields(fresh, &made, kind("group_session"));
    let session = with(&session, "group_id", group.rsplit('/').next().unwrap());
    let session = with(&session, "held_on", "2024-12-07");
    ["1", "2"].map(|number| {
        let path = who.done_anyway("/groups/sessions/new", &with(&session, "number", number));
        path.rsplit('/').next().unwrap().to_owned()
    })
}

#[test]
fn those_who_came_before_are_ticked_and_others_written() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, one) = household(fresh, &who, id(1, 11), "单示例", 1);
        let (_, two) = household(fresh, &who, id(1, 12), "双样本", 2);
        household(fresh, &who, id(1, 11), "双样本", 3);
        let [first, second] = group(fresh, &who, one, home);
        let form = format!("/groups/sessions/{first}/attend");
        assert!(who.good(&format!("/groups/sessions/{first}")).contains(&format!("href=\"{form}\"")));
        let body = who.good(&form);
        assert!(body.contains("手工小组 第 1 节") && body.contains("还没有登记出席"), "{body}");
        assert!(!body.contains("type=\"checkbox\""), "nobody came before");
        let several = who.refused(&form, &[("people", "单示例\n双样本\n没有的人")]);
        for part in
            ["要改 2 处", "“双样本”有 2 个，选一个：双样本 示例-0002、双样本 示例-0003", "“没有的人”没有找到"]
        {
            assert!(several.contains(part), "{part} in {several}");
        }
        assert_eq!(who.count("/groups/attendances"), 0, "all or nothing");
        // Written twice, meant once.
        who.done(&form, &[("people", "单示例\n双样本 示例-0002\n\n  示例-0001 ")]);
        assert_eq!(who.count("/groups/attendances"), 2);
        assert!(who.good(&form).contains("已登记 2 人"));

        let form = format!("/groups/sessions/{second}/attend");
        let body = who.good(&form);
        for person in [one, two] {
            assert!(body.contains(&format!("name=\"tick\" value=\"{person}\"")), "{body}");
        }
        let ticks = [("tick", one.as_str()), ("tick", two.as_str()), ("people", "双样本 示例-0003\n单示例")];
        who.done(&form, &ticks);
        assert_eq!(who.count(&format!("/groups/attendances?session_id={second}")), 3);
        let again = who.refused(&form, &[("tick", one.as_str()), ("people", "双样本 示例-0003")]);
        for part in ["单示例 示例-0001 这一节已经登记过出席", "双样本 示例-0003 这一节已经登记过出席"]
        {
            assert!(again.contains(part), "{part} in {again}");
        }
        assert_eq!(who.count("/groups/attendances"), 5);
        assert!(who.refused(&form, &[("people", " ")]).contains("勾选或写上来了的人"));
        let row = who.good("/groups/attendances");
        assert!(row.contains("2024-12-07"), "the session's day: {row}");
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap().0;
        let entered = lines.iter().rfind(|line| line.verb == "groups.record").unwrap();
        assert_eq!(entered.records, 3, "one line for all of them");
    });
}

#[test]
fn a_session_of_another_station_has_no_such_form() {
    on_both(|fresh| {
        let (who, there) = (manager(fresh, 1), manager(fresh, 2));
        let (home, one) = household(fresh, &who, id(1, 11), "单示例", 1);
        let [first, _] = group(fresh, &who, one, home);
        let form = format!("/groups/sessions/{first}/attend");
        assert_eq!(there.status(&form), 404);
        assert_eq!(there.post(&form, &[("people", "单示例")]).status, StatusCode::NOT_FOUND);
        assert_eq!(who.status("/groups/sessions/x/attend"), 404);
        let reader = somebody(fresh, "reader", &[in_station(Role::Evaluator, id(1, 0))]);
        assert_eq!(reader.status(&form), 403);
        assert!(!reader.good(&format!("/groups/sessions/{first}")).contains("登记出席"));
    });
}
