//! Findings through the router, on both databases.

use std::sync::atomic::Ordering;

use crate::access::Role;
use crate::evaluation::Stage;
use crate::evaluation::panel::testing as panel;
use crate::evaluation::testing::{self, empty_round};
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const NOTED: &str = "evaluation.noted";
const RECORD: &str = "evaluation.record";
const CORRECT: &str = "evaluation.correct";

#[test]
fn a_note_is_its_experts_alone_until_scoring_has_ended_and_then_becomes_a_finding() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let experts: Vec<Desk<'_>> = (0..2)
            .map(|_| {
                let desk = Desk::of(database, micros, &[]);
                let seat = testing::seat(database, &round.code, desk.user());
                panel::cleared(database, &round, seat, runs.user());
                micros.fetch_add(1_000_000, Ordering::SeqCst);
                desk
            })
            .collect();
        let notes = format!("{ROUND}/findings/notes");
        let list = format!("{ROUND}/findings");
        let fields = [
            ("cell", "pm_staffing"),
            ("kind", "concern"),
            ("words", "两名社工同时有两份合同"),
            ("suggestion", "逐份清理"),
            ("evidence", "人事档案抽查"),
            ("back", "desk"),
        ];
        experts[0].refused(&notes, &[("cell", "none"), ("kind", "concern"), ("words", "x")], 422);
        let to = experts[0].wrote(&notes, &fields, NOTED);
        assert_eq!(to, "/evaluation/rounds/yizhan-panel/desk/pm_staffing");
        assert!(experts[0].get(&list).contains("两份合同"));
        for other in [&experts[1], &runs] {
            assert!(!other.get(&list).contains("两份合同"), "not before scoring has ended");
        }
        runs.refused(&notes, &fields, 403); // Staff note nothing at items.
        let other = [("cell", "pm_staffing"), ("kind", "concern"), ("words", "培训记录缺签名。")];
        experts[1].wrote(&notes, &other, NOTED);
        testing::move_to(database, &round, Stage::Drafting);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let page = runs.get(&list);
        assert!(page.contains("两份合同"));
        let form = page.split("/findings/new?note=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let new = format!("{list}/new");
        assert!(runs.get(&format!("{new}?note={form}")).contains("逐份清理"), "prefilled");
        let finding = |words: &'static str, suggestion: &'static str| {
            [
                ("kind", "concern"),
                ("section", "project_management"),
                ("words", words),
                ("suggestion", suggestion),
                ("owner", "承办机构"),
                ("due_on", "2025-06-30"),
                ("evidence", "人事档案抽查"),
                ("position", "1"),
            ]
        };
        for (words, suggestion, said) in [
            ("探访949次", "补齐", "手写的数字"),
            ("探访{none}次", "补齐", "没有代码"),
            ("合同不清", "", "需要关注的写上建议"),
        ] {
            let body = runs.refused(&new, &finding(words, suggestion), 422);
            assert!(body.contains(said), "{words}: {body}");
        }
        for (field, value, said) in [
            ("owner", "", "需要关注的写上由谁整改"),
            ("due_on", "", "需要关注的写上在哪一天以前整改完成"),
            ("due_on", "2024-01-01", "完成期限要在实地评估"),
            ("due_on", "月底", "完成期限要写成年-月-日"),
        ] {
            let mut fields = finding("合同不清", "清理");
            fields.iter_mut().filter(|one| one.0 == field).for_each(|one| one.1 = value);
            let body = runs.refused(&new, &fields, 422);
            assert!(body.contains(said), "{field} {value}: {body}");
        }
        let mut taken = finding("大型活动{large_activities}次，合同不清", "逐份清理").to_vec();
        taken.push(("note", form.as_str()));
        runs.wrote(&new, &taken, RECORD);
        let page = runs.get(&list);
        assert!(page.contains("已采用") && page.contains("大型活动3次，合同不清"), "{page}");
        assert!(page.contains("整改：承办机构，2025-06-30 以前"), "{page}");
        // Edited with its history; two at once are told.
        let id =
            page.split("/findings/").find_map(|rest| rest.get(..36).filter(|id| id.contains("-7"))).unwrap();
        let one = format!("{list}/{id}");
        let mut edit = finding("大型活动{large_activities}次，合同已清", "保持").to_vec();
        edit.push(("version", "1"));
        runs.wrote(&one, &edit, CORRECT);
        runs.refused(&one, &edit, 409); // Somebody was there before.
        let page = runs.get(&one);
        assert!(page.contains("合同<del>不</del><ins>已</ins>清"), "word by word: {page}");
        assert!(page.contains("写下") && page.contains("改写") && page.contains("大型活动3次"), "{page}");
        // What another expert noted goes into the same finding, and is said once.
        let joining = page.split("?note=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = runs.get(&format!("{one}?note={joining}"));
        assert!(page.contains("合同已清培训记录缺签名。</textarea>"), "{page}");
        let mut joined = finding("大型活动{large_activities}次，合同已清。培训记录缺签名。", "保持").to_vec();
        joined.extend([("version", "2"), ("note", joining.as_str())]);
        runs.wrote(&one, &joined, CORRECT);
        let page = runs.get(&list);
        assert!(page.matches("已采用").count() == 2 && page.matches("缺签名").count() == 2, "{page}");
        assert!(!runs.get(&one).contains("并入"));
        // Looked at before it is saved, and a phrase of the library taken over: neither writes.
        let typed = finding("大型活动{large_activities}次，合同待查", "清理");
        let (status, body) = runs.post(&format!("{one}/preview"), &typed);
        assert!(status == 200 && body.contains("大型活动3次，合同待查"), "{body}");
        let (status, body) = runs.post(&format!("{new}/preview"), &finding("探访949次", "补齐"));
        assert!(status == 200 && body.contains("手写的数字"), "{body}");
        let page = runs.get(&new);
        assert!(
            page.contains("项目管理 · 队伍稳定") && page.contains("phrase=stability.concern.1"),
            "{page}"
        );
        let page = runs.get(&format!("{new}?phrase=stability.concern.1"));
        assert!(page.contains("交接记录写得简略。</textarea>"), "in the form: {page}");
        assert!(page.contains("value=\"concern\" checked"), "{page}");
        assert!(
            runs.get(&format!("{new}?phrase=none.concern.9")).contains("参考用语"),
            "nothing of that name"
        );
        assert!(!runs.get(&list).contains("合同待查") && !runs.get(&list).contains("逐人了解"));
        runs.refused(&format!("{one}/withdraw"), &[], 422); // With a reason.
        runs.wrote(&format!("{one}/withdraw"), &[("reason", "重复")], "evaluation.finding_withdrawn");
        assert!(!runs.get(&list).contains("合同已清"));
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!(manager.status(&list), 403, "the station reads the draft, not the desk of its authors");
    });
}
