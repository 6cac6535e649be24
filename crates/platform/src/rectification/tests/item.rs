//! One item: planned, claimed, verified, sent back, opened again; and everything that happened stays readable.

use super::*;
use crate::access::Role;
use crate::access::testing::in_station;
use crate::rectification::RectificationStatus;
use crate::rectification::testing::item;
use crate::shell::tests::station::id;
use crate::testing::on_both;

/// How far the items of the first station are, and what was done.
fn standing(database: &Database, round: &str) -> (RectificationStatus, String) {
    let items = database.read(|tx| {
        let now = tx.at();
        crate::rectification::items_of(tx, id(1, 0), round, now)
    });
    let item = items.unwrap().remove(0);
    (item.status, item.action)
}

#[test]
fn a_concern_is_planned_claimed_and_verified_by_somebody_else() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Drafting);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        testing::finding(database, &round.code);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let begin = format!("/rectification/rounds/{}", round.code);
        runs.refused(&begin, &[], 422); // Not before the report is issued.
        testing::move_to(database, &round, Stage::Issued);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert!(runs.get("/rectification").contains("1 条“需要关注”还没有建立"));
        manager.refused(&begin, &[], 403);
        runs.wrote(&begin, &[], RECORD);
        runs.refused(&begin, &[], 422); // Once.
        let board = manager.get("/rectification");
        assert!(board.contains("文书不齐"), "{board}");
        let one = shown(&board).remove(0);
        let planned = [("owner", "样本乙"), ("plan", "每月抽查"), ("due_on", "2024-12-01")];
        manager.refused(&format!("{one}/plan"), &[("owner", "样本乙")], 422);
        manager.wrote(&format!("{one}/plan"), &planned, PLANNED);
        assert!(manager.get("/rectification?status=late").contains("2024-12-01 过期"));
        let claims = format!("{one}/claim");
        let mut silent = claim("done", "已补齐签名");
        silent[3].1 = "";
        manager.refused(&claims, &silent, 422); // With a comment.
        manager.refused(&claims, &claim("open", "已补齐签名"), 422);
        manager.wrote(&claims, &claim("done", "已补齐签名"), CLAIMED);
        let verify = format!("{one}/verify");
        let seen = hidden(&runs.get(&one), "claimed");
        let fields = [("verdict", "accept"), ("opinion", "抽查十份"), ("claimed", seen.as_str())];
        manager.refused(&verify, &fields, 403); // Not by the station.
        runs.refused(&verify, &[("verdict", "accept"), ("claimed", &seen)], 422); // With an opinion.
        verdict(&runs, &one, "reopen", "抽查十份");
        assert!(manager.get(&one).contains("退回 1 次"));
        let body = runs.refused(&verify, &fields, 422);
        assert!(body.contains("还没有报送"), "{body}");
        manager.wrote(&claims, &claim("partly", "一半"), CLAIMED);
        let body = runs.refused(&verify, &fields, 422);
        assert!(body.contains("又有新的报送"), "read before the second claim: {body}");
        verdict(&runs, &one, "accept", "抽查十份");
        assert_eq!(standing(database, &round.code), (RectificationStatus::Partly, "一半".into()));
        // The evaluator may write down what a station did, and somebody else verifies it.
        runs.wrote(&claims, &claim("done", "已补齐签名"), CLAIMED);
        let body = runs.refused(&verify, &[("verdict", "accept"), ("opinion", "好"), ("claimed", "")], 422);
        assert!(body.contains("报送的人不能自己核实"), "{body}");
        let other = Desk::at(database, micros, Role::Evaluator);
        verdict(&other, &one, "accept", "抽查十份");
        manager.refused(&claims, &claim("done", "再报"), 422); // It is done.
        assert_eq!(standing(database, &round.code), (RectificationStatus::Done, "已补齐签名".into()));
        // The neighbour sees nothing of it; who verifies there and writes here verifies nothing here.
        let neighbour = Desk::of(database, micros, &[in_station(Role::StationManager, id(2, 0))]);
        assert_eq!(neighbour.status(&one), 404);
        assert!(!neighbour.get("/rectification").contains("文书不齐"));
        let both = [in_station(Role::StationManager, id(1, 0)), in_station(Role::Evaluator, id(2, 0))];
        let both = Desk::of(database, micros, &both);
        both.refused(&format!("{one}/reopen"), &[("reason", "不属实")], 403);
        assert!(!both.get(&one).contains("/reopen"));
    });
}

#[test]
fn a_claim_that_is_sent_back_leaves_what_was_verified_before() {
    on_both(|database, micros| {
        let one = format!("/rectification/{}", item(database, id(1, 0)));
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        manager.wrote(&format!("{one}/claim"), &claim("partly", "补齐了一半"), CLAIMED);
        verdict(&runs, &one, "accept", "一半属实");
        manager.wrote(&format!("{one}/claim"), &claim("done", "全部补齐"), CLAIMED);
        verdict(&runs, &one, "reopen", "还差三份");
        let stands = (RectificationStatus::Partly, "补齐了一半".to_owned());
        assert_eq!(standing(database, "earlier"), stands);
        assert_eq!(shown(&runs.get("/rectification?status=partly")), [one]);
        assert_eq!(shown(&runs.get("/rectification?status=open")), [""; 0]);
    });
}

#[test]
fn what_is_done_is_opened_again_with_a_reason_and_never_by_who_claimed_it() {
    on_both(|database, micros| {
        let one = format!("/rectification/{}", item(database, id(1, 0)));
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let other = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let reopen = format!("{one}/reopen");
        let seen = || hidden(&other.get(&one), "verified");
        let body = other.refused(&reopen, &[("reason", "签名又缺了"), ("verified", "")], 422);
        assert!(body.contains("核实完成的才能重新打开"), "{body}");
        runs.wrote(&format!("{one}/claim"), &claim("done", "已补齐签名"), CLAIMED);
        verdict(&other, &one, "accept", "抽查属实");
        manager.refused(&reopen, &[("reason", "签名又缺了"), ("verified", &seen())], 403);
        assert!(!manager.get(&one).contains(&reopen) && !runs.get(&one).contains(&reopen));
        let body = runs.refused(&reopen, &[("reason", "签名又缺了"), ("verified", &seen())], 422);
        assert!(body.contains("报送的人不能自己重新打开"), "{body}");
        other.refused(&reopen, &[("reason", ""), ("verified", &seen())], 422);
        let body = other.refused(&reopen, &[("reason", "签名又缺了"), ("verified", "1")], 422);
        assert!(body.contains("又有新的核实"), "read before: {body}");
        let first = seen();
        assert_eq!(other.wrote(&reopen, &[("reason", "签名又缺了"), ("verified", &first)], REOPENED), one);
        // Open, with what was done; marked; to be claimed and verified again.
        assert_eq!(standing(database, "earlier"), (RectificationStatus::Open, "已补齐签名".into()));
        let page = manager.get(&one);
        assert!(page.contains("重新打开 1 次") && page.contains("签名又缺了"), "{page}");
        assert!(manager.get("/rectification").contains("重新打开 1 次"));
        other.refused(&reopen, &[("reason", "再来"), ("verified", &first)], 422);
        manager.wrote(&format!("{one}/claim"), &claim("done", "每月抽查"), CLAIMED);
        verdict(&runs, &one, "accept", "连续三个月无缺");
        assert_eq!(standing(database, "earlier"), (RectificationStatus::Done, "每月抽查".into()));
        let body = other.refused(&reopen, &[("reason", "再来"), ("verified", &first)], 422);
        assert!(body.contains("又有新的核实"), "of the verification before: {body}");
    });
}

#[test]
fn every_plan_claim_and_opinion_stays_readable_in_its_order() {
    on_both(|database, micros| {
        let one = format!("/rectification/{}", item(database, id(1, 0)));
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let plan = |owner: &'static str, plan: &'static str, due_on: &'static str| {
            [("owner", owner), ("plan", plan), ("due_on", due_on)]
        };
        let (plans, claims) = (format!("{one}/plan"), format!("{one}/claim"));
        manager.wrote(&plans, &plan("样本甲", "先查一遍", "2025-02-01"), PLANNED);
        manager.wrote(&plans, &plan("样本乙", "再查一遍", "2025-03-01"), PLANNED);
        manager.wrote(&claims, &claim("done", "第一次做的"), CLAIMED);
        verdict(&runs, &one, "reopen", "第一次还差三份");
        let second =
            [("status", "done"), ("done", "第二次做的"), ("proof", "第二张表"), ("comment", "都补了")];
        manager.wrote(&claims, &second, CLAIMED);
        verdict(&runs, &one, "accept", "第二次属实");
        let seen = hidden(&runs.get(&one), "verified");
        let reason = [("reason", "又缺了"), ("verified", seen.as_str())];
        runs.wrote(&format!("{one}/reopen"), &reason, REOPENED);
        for desk in [&manager, &runs] {
            let page = desk.get(&one);
            let told = page.split("id=\"h-h\"").nth(1).unwrap();
            let mut rest = told;
            for part in [
                "建立：未完成",
                "定计划",
                "yangben",
                "样本甲",
                "先查一遍",
                "2025-02-01",
                "定计划",
                "样本乙",
                "再查一遍",
                "2025-03-01",
                "报送：已完成",
                "第一次做的",
                "抽查表",
                "逐份核对",
                "退回",
                "第一次还差三份",
                "报送：已完成",
                "第二次做的",
                "第二张表",
                "都补了",
                "核实属实：已完成",
                "第二次属实",
                "重新打开",
                "又缺了",
            ] {
                let place = rest.find(part);
                rest = &rest[place.unwrap_or_else(|| panic!("{part} does not follow in {told}"))..];
            }
            assert_eq!(told.matches("第二次做的").count(), 1, "the version of the record is not told again");
        }
    });
}
