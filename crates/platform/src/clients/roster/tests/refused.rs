//! What may not be, what cannot be read, and what cannot be applied.

use db::testing::{each, sqlite};
use diesel::prelude::*;

use super::super::store::roster_imports;
use super::*;
use crate::access::testing::in_station;
use crate::access::{NewGrant, Reach, Role};

#[test]
fn nobody_reconciles_outside_their_scope() {
    each(NOW, |fresh| {
        ground(fresh);
        let (here, there) = (manager(fresh, 1), manager(fresh, 2));
        let worker = somebody(fresh, "worker", &[in_station(Role::Worker, id(1))]);
        let area =
            NewGrant { reach: Reach::Area, place: Some(id(10)), ..in_station(Role::StationManager, id(1)) };
        let part = somebody(fresh, "part", &[area]);
        let page = import(&here, "1", [line(1, &[])]);
        let body = here.good(&page);
        let (key, all) = (keys(&body, "new").remove(0), seen(&body, "new"));
        let check = |who: &Somebody, list: StatusCode, one: StatusCode| {
            assert_eq!(who.client.get("/clients/roster").status, list);
            assert_eq!(who.client.get(&page).status, one);
            for fields in [vec![("d", &*key)], vec![("kind", "new"), ("all", "1"), ("seen", &*all)]] {
                assert_eq!(who.post(&format!("{page}/apply"), "a", &fields).status, one);
            }
            assert_eq!(who.post(&format!("{page}/undo"), "u", &[]).status, one);
            let sent = send(who, "s", "名册.csv", &roster([line(2, &[])]));
            assert_ne!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        };
        check(&there, StatusCode::OK, StatusCode::NOT_FOUND);
        check(&worker, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN);
        check(&part, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND);
        assert!(!there.good("/clients/roster").contains("名册.csv"));
        assert!(here.good("/clients").contains("0 户"), "nothing was written");
        assert!(!worker.good("/clients").contains("名册对账") && here.good("/clients").contains("名册对账"));
    });
}

#[test]
fn a_file_that_is_no_roster_is_told_so() {
    let fresh = sqlite(NOW);
    ground(&fresh);
    let who = manager(&fresh, 1);
    let check = |name: &str, content: &[u8], part: &str| {
        let answer = send(&who, name, name, content);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
        assert!(answer.body.contains(part), "{name}: {part} in {}", answer.body);
        assert!(answer.body.contains("还没有导入过名册"), "{name}: nothing is kept");
    };
    check("a.csv", "今天,天气\n很,好\n".as_bytes(), "没有找到表头");
    check("b.xlsx", b"PK\x03\x04 and nothing", "请");
    check("c.xlsx", b"<html><table></table></html>", "请");
    check("d.csv", b"", "请");
    let key = format!("{:0>20}", "e");
    let fields = [("_token", who.token.as_str()), ("_key", &*key), ("station", "one")];
    let none = raw(&who, form_data(&fields, None));
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("没有选文件"));
    let foreign = raw(&who, form_data(&fields[1..], Some(("x.csv", &roster([line(1, &[])])))));
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "without the token");
}

#[test]
fn merged_headings_and_faulty_rows_are_read_and_told() {
    let fresh = sqlite(NOW);
    ground(&fresh);
    let who = manager(&fresh, 1);
    let book = include_bytes!("../../../../../../web/tests/fixtures/roster.xlsx");
    let answer = send(&who, "1", "名册.xlsx", book);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let body = who.good(answer.header("location"));
    assert_eq!(counts(&body)[1], ("名册有、档案无".to_owned(), 4), "{body}");
    for part in
        ["要改的行", "2 行", "名册 第 9 行 C 列", "校验位", "名册 第 10 行 I 列", "1101**********0021"]
    {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert!(!body.contains("110105194912310021"), "not even a wrong number is shown whole");
}

#[test]
fn what_was_read_is_kept_sealed_and_sent_twice_once() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let content = roster([line(1, &[])]);
        let (first, second) = (send(&who, "1", "名册.csv", &content), send(&who, "1", "名册.csv", &content));
        assert_eq!(first.header("location"), second.header("location"));
        assert_eq!(who.good("/clients/roster").matches("名册.csv</a></th>").count(), 1);
        let kept: Vec<Vec<u8>> = fresh
            .database
            .read(|tx| {
                Ok::<_, db::DbError>(roster_imports::table.select(roster_imports::content).load(tx.conn())?)
            })
            .unwrap();
        assert_eq!(kept.len(), 1);
        for clear in ["示例1", &number(1), "13800000001", "CG-00001"] {
            assert!(!kept[0].windows(clear.len()).any(|part| part == clear.as_bytes()), "{clear}");
        }
    });
}

#[test]
fn what_cannot_be_applied_says_why_and_is_not() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, there) = (manager(fresh, 1), manager(fresh, 2));
        made(&there, id(21), "别站-0001", &number(40));
        let first = import(&who, "1", [line(1, &[]), line(3, &[(3, "CG-00001"), (4, "H00001")])]);
        applied(&who, &first, "new");
        let page = import(
            &who,
            "2",
            [
                line(1, &[(8, "一级")]),
                line(3, &[(3, "CG-00001"), (4, "H00001"), (8, "三级")]),
                line(30, &[(1, "")]),
                line(31, &[(5, "没有的社区")]),
                line(40, &[]),
                line(50, &[(0, "示例1"), (1, ""), (2, ""), (3, ""), (4, "")]).replace("示例西", "示例东"),
            ],
        );
        let body = who.good(&page);
        for part in
            ["名册上没有身份证号", "本站没有“没有的社区社区”这个社区", "在别的社工站已有档案", "不能直接应用"]
        {
            let part = part.replace("社区社区", "社区");
            assert!(body.contains(&part), "{part} in {body}");
        }
        assert!(!body.contains("别站"), "not a word of whose it is there");
        assert!(!body.contains("全部应用"), "nothing of these goes by itself");
        let rivals = keys(&body, "conflict");
        assert_eq!(rivals.len(), 2, "one household, two levels: one is to be chosen");
        let both = [("kind", "conflict"), ("d", &*rivals[0]), ("d", &*rivals[1])];
        let answer = who.post(&format!("{page}/apply"), "both", &both);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("只能选一个"));
        let none = who.post(&format!("{page}/apply"), "none", &[("kind", "conflict")]);
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("没有选"));
        let one = who.post(&format!("{page}/apply"), "one", &[("kind", "conflict"), ("d", &*rivals[0])]);
        assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.body);
    });
}
