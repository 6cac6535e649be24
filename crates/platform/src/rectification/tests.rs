//! Rectification through the router, on both databases: from a concern to what somebody else has verified.

use std::sync::atomic::Ordering;

use crate::access::Role;
use crate::access::testing::in_station;
use crate::evaluation::Stage;
use crate::evaluation::testing::{self, empty_round};
use crate::shell::tests::station::id;
use crate::testing::{Desk, on_both};

#[test]
fn a_concern_is_planned_claimed_and_verified_by_somebody_else() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Drafting);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        testing::finding(database, &round.code);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let begin = format!("/rectification/rounds/{}", round.code);
        assert_eq!(runs.post(&begin, &[]).0, 422, "not before the report is issued");
        testing::move_to(database, &round, Stage::Issued);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert!(runs.get("/rectification").contains("1 条“需要关注”还没有建立"));
        assert_eq!(manager.post(&begin, &[]).0, 403);
        assert_eq!(runs.post(&begin, &[]).0, 303);
        assert_eq!(runs.post(&begin, &[]).0, 422, "once");
        let board = manager.get("/rectification");
        assert!(board.contains("文书不齐"), "{board}");
        let item =
            board.split("/rectification/").find_map(|rest| rest.get(..36).filter(|id| id.contains("-7")));
        let one = format!("/rectification/{}", item.unwrap());
        let planned = [("owner", "样本乙"), ("plan", "每月抽查"), ("due_on", "2024-12-01")];
        assert_eq!(manager.post(&format!("{one}/plan"), &[("owner", "样本乙")]).0, 422);
        assert_eq!(manager.post(&format!("{one}/plan"), &planned).0, 303);
        assert!(manager.get("/rectification?status=late").contains("2024-12-01 过期"));
        let claim = |status: &'static str, comment: &'static str| {
            [("status", status), ("done", "已补齐签名"), ("proof", "抽查表"), ("comment", comment)]
        };
        let claims = format!("{one}/claim");
        assert_eq!(manager.post(&claims, &claim("done", "")).0, 422, "with a comment");
        assert_eq!(manager.post(&claims, &claim("open", "x")).0, 422);
        assert_eq!(manager.post(&claims, &claim("done", "全部补齐")).0, 303);
        let verify = format!("{one}/verify");
        let claimed = |desk: &Desk| {
            let page = desk.get(&one);
            let value = page.split("name=\"claimed\" value=\"").nth(1).unwrap_or_default();
            value.split('"').next().unwrap_or_default().to_owned()
        };
        let verdict = |desk: &Desk, word: &str| {
            desk.post(&verify, &[("verdict", word), ("opinion", "抽查十份"), ("claimed", &claimed(desk))])
        };
        assert_eq!(verdict(&manager, "accept").0, 403, "not by the station");
        assert_eq!(runs.post(&verify, &[("verdict", "accept")]).0, 422, "with an opinion");
        assert_eq!(verdict(&runs, "reopen").0, 303);
        assert!(manager.get(&one).contains("退回 1 次"));
        assert_eq!(verdict(&runs, "accept").0, 422, "nothing is claimed");
        assert_eq!(manager.post(&claims, &claim("partly", "一半")).0, 303);
        assert_eq!(verdict(&runs, "accept").0, 303);
        assert!(manager.get(&one).contains("部分完成"));
        // The evaluator may write down what a station did, and somebody else verifies it.
        assert_eq!(runs.post(&claims, &claim("done", "电话核对")).0, 303);
        let (status, body) = verdict(&runs, "accept");
        assert_eq!(status, 422);
        assert!(body.contains("报送的人不能自己核实"), "{body}");
        let other = Desk::at(database, micros, Role::Evaluator);
        assert_eq!(verdict(&other, "accept").0, 303);
        assert_eq!(manager.post(&claims, &claim("done", "再报")).0, 422, "it is done");
        let said = database
            .read(|tx| {
                let now = tx.at();
                super::items_of(tx, id(1, 0), "yizhan-panel", now)
            })
            .unwrap();
        assert_eq!(
            (said[0].status, said[0].action.as_str()),
            (super::RectificationStatus::Done, "已补齐签名")
        );
        // The neighbour sees nothing of it.
        let neighbour = Desk::of(database, micros, &[in_station(Role::StationManager, id(2, 0))]);
        assert_eq!(neighbour.status(&one), 404);
        assert!(!neighbour.get("/rectification").contains("文书不齐"));
    });
}

#[test]
fn a_concern_that_comes_back_is_marked_with_what_became_of_it() {
    on_both(|database, micros| {
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        let first = empty_round(database, 1, "yizhan", Stage::Drafting);
        pass();
        testing::finding(database, &first.code);
        testing::move_to(database, &first, Stage::Issued);
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        assert_eq!(runs.post(&format!("/rectification/rounds/{}", first.code), &[]).0, 303);
        let second = testing::next_round(database, &first, Stage::Drafting);
        pass();
        let findings = format!("/evaluation/rounds/{}/findings", second.code);
        let form = runs.get(&format!("{findings}/new"));
        assert!(form.contains("与上一轮哪一条相同") && form.contains("value=\"f1\""), "{form}");
        let finding = |kind: &'static str, returns: &'static str| {
            [
                ("kind", kind),
                ("section", "service_quality"),
                ("area", ""),
                ("words", "文书仍然不齐"),
                ("suggestion", "补齐"),
                ("owner", "承办机构"),
                ("due_on", "2026-06-30"),
                ("evidence", "抽查"),
                ("position", "1"),
                ("returns", returns),
            ]
        };
        let new = format!("{findings}/new");
        assert!(runs.post(&new, &finding("strength", "f1")).1.contains("需要关注的才会再次出现"));
        assert!(runs.post(&new, &finding("concern", "f9")).1.contains("上一轮没有这一条"));
        assert_eq!(runs.post(&new, &finding("concern", "f1")).0, 303);
        assert!(runs.get(&findings).contains("再次出现"));
        testing::move_to(database, &second, Stage::Issued);
        pass();
        assert_eq!(runs.post(&format!("/rectification/rounds/{}", second.code), &[]).0, 303);
        let board = runs.get("/rectification");
        assert_eq!(board.matches("再次出现").count(), 1, "{board}");
        let of = |words: &str| {
            let before = board.split(words).next().unwrap();
            format!("/rectification/{}", &before.rsplit_once("href=\"/rectification/").unwrap().1[..36])
        };
        let page = runs.get(&of("文书仍然不齐"));
        assert!(
            page.contains("<dd>承办机构</dd>") && page.contains("<dd>2026-06-30</dd>"),
            "as the panel proposed: {page}"
        );
        assert!(
            page.contains("以前提出过 1 次") && page.contains("未完成") && page.contains("<p>文书不齐</p>"),
            "{page}"
        );
        assert!(!runs.get(&of("文书不齐")).contains("以前提出过"));
    });
}
