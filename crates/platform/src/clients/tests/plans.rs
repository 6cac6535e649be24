//! Personal plans: what came of one is written beside its approval, all of them stay to be read, and nobody approves what
//! they wrote any part of.

use super::merged::{all, id_of, persons_of};
use super::*;
use crate::clients::PersonalPlan;

const WORDS: [(&str, &str); 5] = [
    ("made_on", "2024-08-01"),
    ("needs", "少出门"),
    ("goals", "每周出门 2 次"),
    ("measures", "邻里结伴"),
    ("review_on", "2024-12-01"),
];

/// A file with a plan that somebody wrote; the address of the file and of the person's pages.
fn planned(fresh: &Fresh, who: &Somebody) -> (String, String) {
    let file = made(who, id(11), "示例东-0001", NUMBER);
    let person = format!("{file}/persons/{}", persons_of(fresh, id_of(&file))[0].id);
    assert_eq!(who.post(&format!("{person}/plan"), "plan", &WORDS).status, StatusCode::SEE_OTHER);
    (file, person)
}

fn hidden(body: &str, name: &str) -> String {
    let value = format!("name=\"{name}\" value=\"");
    body.split(&value).nth(1).unwrap_or_default().split('"').next().unwrap().to_owned()
}

fn approve(who: &Somebody, file: &str, person: &str, text: &str, key: &str) -> Answer {
    let _ = who.good(file);
    who.post(&format!("{person}/plan/approve"), key, &[("plan", text)])
}

/// Rewrites the plan with other goals.
fn rewrite(who: &Somebody, person: &str, goals: &str, key: &str) {
    let form = who.good(&format!("{person}/plan"));
    let (plan, version) = (hidden(&form, "plan"), hidden(&form, "version"));
    let mut fields: Vec<(&str, &str)> = WORDS.into_iter().filter(|(name, _)| *name != "goals").collect();
    fields.extend([("goals", goals), ("which", "same"), ("plan", &plan), ("version", &version)]);
    let answer = who.post(&format!("{person}/plan"), key, &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn review(who: &Somebody, file: &str, fields: &[(&str, &str)], key: &str) -> Answer {
    let body = who.good(file);
    let href = body.split("href=\"").find(|part| part.contains("/plans/")).unwrap();
    let href = href.split('"').next().unwrap();
    let form = who.good(href);
    let version = hidden(&form, "version");
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    who.post(href, key, &all)
}

#[test]
fn what_came_of_a_plan_leaves_its_approval() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let (file, person) = planned(fresh, &one);
        let text = hidden(&other.good(&file), "plan");
        assert_eq!(approve(&other, &file, &person, &text, "1").status, StatusCode::SEE_OTHER);
        assert!(one.good("/").contains("一人一案该检视了"));
        for (fields, part) in [
            ([("reviewed_on", "2024-07-01"), ("outcome", "达到")], "检视不能在制定"),
            ([("reviewed_on", "2025-01-01"), ("outcome", "达到")], "检视日期不能在今天"),
            ([("reviewed_on", "2024-12-01"), ("outcome", "")], "填结果"),
        ] {
            let wrong = review(&one, &file, &fields, part);
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}: {}", wrong.body);
            assert!(wrong.body.contains(part), "{part} in {}", wrong.body);
        }
        let fields = [("reviewed_on", "2024-12-01"), ("outcome", "每周出门 2 次，做到了")];
        let reviewed = review(&one, &file, &fields, "2");
        assert_eq!(reviewed.status, StatusCode::SEE_OTHER, "{}", reviewed.body);
        let body = one.good(&file);
        for part in
            ["做到了", "2024-12-01 manager 检视", "2024-12-31 manager", "检视一人一案", "审批一人一案"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("未审批"), "{body}");
        let plan = &all::<PersonalPlan>(fresh)[0];
        assert!(plan.approved_by.is_some() && plan.approved_on.is_some(), "{plan:?}");
        assert!(!one.good("/").contains("一人一案该检视了") && !one.good("/").contains("等您审批的一人一案"));
        let late = one.post(
            &format!("{person}/plans/{}/review", plan.id),
            "3",
            &[("version", "1"), ("reviewed_on", "2024-12-01"), ("outcome", "没做到")],
        );
        assert_eq!(late.status, StatusCode::CONFLICT, "written over from an earlier version");
        // Whoever cannot see the file reviews nothing of it.
        let there = manager(fresh, 2);
        let path = format!("{person}/plans/{}/review", plan.id);
        assert_eq!(there.client.get(&path).status, StatusCode::NOT_FOUND);
        let none = format!("{person}/plans/{}/review", id(99));
        assert_eq!(one.client.get(&none).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_reviewed_plan_that_nobody_approved_still_waits() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let (file, person) = planned(fresh, &one);
        let fields = [("reviewed_on", "2024-12-01"), ("outcome", "做到了")];
        assert_eq!(review(&one, &file, &fields, "1").status, StatusCode::SEE_OTHER);
        assert!(other.good("/").contains("等您审批的一人一案"));
        assert!(!one.good("/").contains("等您审批的一人一案"), "not for whoever wrote it");
        let text = hidden(&other.good(&file), "plan");
        assert_eq!(approve(&other, &file, &person, &text, "2").status, StatusCode::SEE_OTHER);
        assert!(!other.good("/").contains("等您审批的一人一案"));
        assert!(one.good(&file).contains("做到了"), "what came of it stays");
    });
}

#[test]
fn nobody_approves_what_they_wrote_any_part_of() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other, third) = (manager(fresh, 1), manager(fresh, 1), manager(fresh, 1));
        let (file, person) = planned(fresh, &one);
        rewrite(&other, &person, "每周出门 3 次", "1");
        // Both wrote some of it: neither may, neither is asked.
        let text = hidden(&third.good(&file), "plan");
        for who in [&one, &other] {
            assert_eq!(approve(who, &file, &person, &text, "2").status, StatusCode::FORBIDDEN);
            assert!(who.good(&file).contains("您写过或改过，由别人审批"));
            assert!(!who.good("/").contains("等您审批的一人一案"));
        }
        assert!(third.good("/").contains("等您审批的一人一案"));
        assert_eq!(approve(&third, &file, &person, &text, "3").status, StatusCode::SEE_OTHER);
        // After it was approved, only what is written from then on counts.
        rewrite(&third, &person, "每周出门 4 次", "4");
        let text = hidden(&one.good(&file), "plan");
        assert_eq!(approve(&third, &file, &person, &text, "5").status, StatusCode::FORBIDDEN);
        assert!(one.good("/").contains("等您审批的一人一案"));
        assert_eq!(approve(&one, &file, &person, &text, "6").status, StatusCode::SEE_OTHER);
        // Saved again with not a word changed, it stays approved.
        rewrite(&other, &person, "每周出门 4 次", "7");
        let plan = &all::<PersonalPlan>(fresh)[0];
        assert!(plan.approved_by.is_some(), "{plan:?}");
    });
}

#[test]
fn earlier_plans_stay_to_be_read_and_reviewed() {
    each(NOW, |fresh| {
        ground(fresh);
        let one = manager(fresh, 1);
        let (file, person) = planned(fresh, &one);
        let fields = [
            ("made_on", "2024-12-02"),
            ("needs", "睡不好"),
            ("goals", "每晚睡 6 小时"),
            ("measures", "睡前不看电视"),
            ("review_on", "2025-06-02"),
            ("which", "new"),
        ];
        assert_eq!(one.post(&format!("{person}/plan"), "1", &fields).status, StatusCode::SEE_OTHER);
        let body = one.good(&file);
        for part in ["每晚睡 6 小时", "以前的计划（1）", "2024-08-01 订，2024-12-01 检视", "每周出门 2 次"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        let first =
            all::<PersonalPlan>(fresh).into_iter().find(|plan| plan.goals == "每周出门 2 次").unwrap();
        let path = format!("{person}/plans/{}/review", first.id);
        let version = hidden(&one.good(&path), "version");
        let fields =
            [("version", version.as_str()), ("reviewed_on", "2024-12-02"), ("outcome", "没做到，另订")];
        assert_eq!(one.post(&path, "2", &fields).status, StatusCode::SEE_OTHER);
        assert!(one.good(&file).contains("没做到，另订"));
    });
}
