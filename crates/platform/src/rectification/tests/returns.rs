//! A concern that comes back at the next round.

use super::*;
use crate::access::Role;
use crate::testing::on_both;

const FINDING: &str = "evaluation.record";

/// A finding as its form sends it.
fn finding(
    kind: &'static str,
    section: &'static str,
    words: &'static str,
    returns: &'static str,
) -> [(&'static str, &'static str); 10] {
    [
        ("kind", kind),
        ("section", section),
        ("area", ""),
        ("words", words),
        ("suggestion", "补齐"),
        ("owner", "承办机构"),
        ("due_on", "2026-06-30"),
        ("evidence", "抽查"),
        ("position", "1"),
        ("returns", returns),
    ]
}

#[test]
fn a_concern_that_comes_back_is_marked_with_what_became_of_it() {
    on_both(|database, micros| {
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        let first = over(database, micros);
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        runs.wrote(&format!("/rectification/rounds/{}", first.code), &[], RECORD);
        let second = testing::next_round(database, &first, Stage::Drafting);
        pass();
        let findings = format!("/evaluation/rounds/{}/findings", second.code);
        let new = format!("{findings}/new");
        let form = runs.get(&new);
        assert!(form.contains("与上一轮哪一条相同") && form.contains("value=\"f1\""), "{form}");
        let again = |kind: &'static str, returns: &'static str| {
            finding(kind, "service_quality", "文书仍然不齐", returns)
        };
        let body = runs.refused(&new, &again("strength", "f1"), 422);
        assert!(body.contains("需要关注的才会再次出现"), "{body}");
        let body = runs.refused(&new, &again("concern", "f9"), 422);
        assert!(body.contains("上一轮没有这一条"), "{body}");
        runs.wrote(&new, &again("concern", "f1"), FINDING);
        assert!(runs.get(&findings).contains("再次出现"));
        testing::move_to(database, &second, Stage::Issued);
        pass();
        runs.wrote(&format!("/rectification/rounds/{}", second.code), &[], RECORD);
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

#[test]
fn earlier_concerns_stand_beside_the_new_findings_with_what_became_of_them() {
    on_both(|database, micros| {
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        let first = empty_round(database, 1, "yizhan", Stage::Drafting);
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let long = "大型活动{large_activities}次，台账里有几场没有签到表、没有照片、没有小结，现场问到的社工说不清由谁保管，\
                    只好逐场回忆";
        let read = long.replace("{large_activities}", "3");
        let before = format!("/evaluation/rounds/{}/findings", first.code);
        testing::finding(database, &first.code);
        runs.wrote(&format!("{before}/new"), &finding("concern", "project_management", long, ""), FINDING);
        testing::move_to(database, &first, Stage::Issued);
        pass();
        let second = testing::next_round(database, &first, Stage::Drafting);
        pass();
        let findings = format!("/evaluation/rounds/{}/findings", second.code);
        let page = runs.get(&findings);
        assert_eq!(page.matches("没有建立整改事项").count(), 2, "{page}");

        // What becomes of the first: claimed, then verified.
        runs.wrote(&format!("/rectification/rounds/{}", first.code), &[], RECORD);
        let board = runs.get("/rectification");
        assert!(board.contains("大型活动3次"), "as the figure stood: {board}");
        let of = |words: &str| {
            let before = board.split(words).next().unwrap();
            format!("/rectification/{}", &before.rsplit_once("href=\"/rectification/").unwrap().1[..36])
        };
        let one = of("文书不齐");
        manager.wrote(&format!("{one}/claim"), &claim("partly", "补齐了一半签名"), CLAIMED);
        assert!(runs.get(&findings).contains("未完成，报送部分完成，等核实"));
        verdict(&runs, &one, "accept", "属实");

        // Beside the form: whole, with the figures, the state, what was done; similar ones first, and what that means.
        let form = runs.get(&format!("{findings}/new"));
        let beside = form.split("id=\"h-before\"").nth(1).unwrap();
        for part in
            [read.as_str(), "文书不齐", "部分完成", "补齐了一半签名", one.as_str(), "系统只看部分和片区"]
        {
            assert!(beside.contains(part), "{part} in {beside}");
        }
        assert!(!beside.contains("t-info\">同一部分"), "nothing is chosen yet: {beside}");
        let typed = finding("concern", "service_quality", "文书仍然不齐", "");
        let (status, form) = runs.post(&format!("{findings}/new/preview"), &typed);
        let beside = form.split("id=\"h-before\"").nth(1).unwrap();
        assert_eq!(status, 200);
        assert_eq!(beside.matches("t-info\">同一部分、同一片区").count(), 1, "{beside}");
        assert!(beside.find("文书不齐") < beside.find(&read), "similar ones first: {beside}");

        // Beside what is saved; the other is not said again.
        runs.wrote(&format!("{findings}/new"), &typed, FINDING);
        let page = runs.get(&findings);
        let (saved, unsaid) = page.split_once("id=\"h-u\"").unwrap();
        assert!(saved.contains("上一轮（同一部分、同一片区）：文书不齐"), "{saved}");
        assert!(saved.contains("部分完成</a>") && saved.contains("采取的措施：补齐了一半签名"), "{saved}");
        let unsaid = unsaid.split("id=\"h-n\"").next().unwrap();
        assert!(unsaid.contains("未再提出") && unsaid.contains("同一部分、同一片区"), "{unsaid}");
        assert!(unsaid.contains(&read) && !unsaid.contains("文书不齐"), "{unsaid}");
        assert!(unsaid.contains("未完成</a>"), "{unsaid}");

        // One that names it speaks of it, in whatever section.
        let code = form.split("2. 大型活动").next().unwrap().rsplit("value=\"").next().unwrap();
        let code: &'static str = code.split('"').next().unwrap().to_owned().leak();
        let named = finding("concern", "service_quality", "活动台账仍然不全", code);
        runs.wrote(&format!("{findings}/new"), &named, FINDING);
        let page = runs.get(&findings);
        assert!(page.contains(&format!("上一轮（再次出现）：{read}")), "{page}");
        assert!(!page.contains("未再提出"), "{page}");
    });
}
