//! What is wrong with a record is said beside its fields, all at once, and nothing is written.

use super::*;

#[test]
fn everything_wrong_is_said_at_once() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let body = who.refused(
            "/activities/events/new",
            &[
                ("name", ""),
                ("size", "特大"),
                ("held_on", "上周三"),
                ("place", "广场"),
                ("status", "held"),
                ("attendances", "很多"),
                ("basis", ""),
                ("worker_id", "没有这个人"),
            ],
        );
        for part in [
            "要改 7 处",
            "填活动名称",
            "规模没有“特大”这一项",
            "举办日期",
            "参加人次要填",
            "填点算依据",
            "选社区",
            "“没有这个人”没有找到",
            "value=\"广场\"",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert_eq!(who.count("/activities/events"), 2);
        let long = "长".repeat(201);
        let body = who.refused("/activities/events/new", &[("name", long.as_str())]);
        assert!(body.contains("活动名称最多 200 字，现有 201 字"), "{body}");
    });
}

#[test]
fn what_was_done_lies_neither_in_the_future_nor_before_its_beginning() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        // The day is 2024-12-31; everything made up lies on 2024-11-30.
        for (of, field, day, part) in [
            ("visit", "visited_on", "2025-01-01", "不能在今天（2024-12-31）之后"),
            ("case", "opened_on", "2025-01-01", "不能在今天"),
            ("case_session", "held_on", "2025-01-01", "不能在今天"),
            ("case_session", "held_on", "2024-11-29", "不能早于接案日期（2024-11-30）"),
            ("case_closure", "closed_on", "2024-11-29", "不能早于接案日期（2024-11-30）"),
            ("case_closure", "closed_on", "2025-01-01", "不能在今天"),
            ("group_session", "held_on", "2024-11-29", "不能早于开组日期（2024-11-30）"),
            ("activity", "held_on", "2025-01-01", "状态选“计划中”"),
            ("ticket", "filled_on", "2024-11-29", "不能早于"),
            ("home_adaptation", "done_on", "2024-11-29", "不能早于"),
            ("post", "to_on", "2024-11-29", "结束日期不能早于开始日期（2024-11-30）"),
            ("programme", "ended_on", "2024-11-29", "结束日期不能早于开始日期"),
            ("contract", "ends_on", "2024-11-29", "结束日期不能早于开始日期"),
            ("fund_drive", "held_on", "2024-11-29", "不能早于"),
            ("attendance", "half_ends_on", "2024-11-29", "15 日，或当月最后一天"),
            ("attendance", "half_ends_on", "2025-01-15", "还没有开始"),
            ("attendance_due", "half_ends_on", "2024-11-16", "15 日，或当月最后一天"),
        ] {
            let sheet = crate::SHEETS.of_kind(of).unwrap_or_else(|| panic!("no sheet of {of}"));
            let (path, fields) = (format!("{}/new", sheet.href()), fields(fresh, &made, sheet));
            let before = who.count(&sheet.href());
            let body = who.refused(&path, &with(&fields, field, day));
            assert!(
                body.contains("要改 1 处") && body.contains(part),
                "{of} {field} {day}: {part} in {body}"
            );
            assert_eq!(who.count(&sheet.href()), before, "{of}");
            who.done_anyway(&path, &fields);
        }
        // What is planned may lie in the future, and nobody has come yet.
        let activity = fields(fresh, &made, kind("activity"));
        let planned = with(&with(&activity, "status", "planned"), "held_on", "2025-03-01");
        let body = who.refused("/activities/events/new", &planned);
        assert!(body.contains("参加人次填 0"), "{body}");
        who.done_anyway("/activities/events/new", &with(&planned, "attendances", "0"));
        let post = with(&fields(fresh, &made, kind("post")), "from_on", "2025-02-01");
        who.done_anyway("/staff/posts/new", &with(&post, "to_on", ""));
    });
}

#[test]
fn a_case_does_not_open_after_its_sessions() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let mut opened = fields(fresh, &made, kind("case"));
        let case = who.done_anyway("/casework/cases/new", &opened);
        let case_id = case.rsplit('/').next().unwrap();
        let session = with(&fields(fresh, &made, kind("case_session")), "case_id", case_id);
        let session = who.done_anyway("/casework/sessions/new", &session);
        opened.push(("version", "1".to_owned()));
        let body = who.refused(&format!("{case}/edit"), &with(&opened, "opened_on", "2024-12-01"));
        assert!(body.contains("接案日期晚于已经登记的个案节次（1 条）"), "{body}");
        who.done(&format!("{case}/edit"), &with(&opened, "opened_on", "2024-11-01"));
        // And it is not withdrawn from under them.
        let used = who.post(&format!("{case}/withdraw"), &[("reason", "误建")]);
        assert_eq!(used.status, StatusCode::CONFLICT);
        assert!(used.body.contains("还有记录属于它：个案节次 1 条"), "{}", used.body);
        who.done(&format!("{session}/withdraw"), &[("reason", "误建")]);
        who.done(&format!("{case}/withdraw"), &[("reason", "误建")]);
    });
}

#[test]
fn a_form_sent_twice_writes_once_and_without_its_token_nothing() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let fields = fields(fresh, &made(person, home), kind("call"));
        let key = "0123456789abcdef0123";
        let mut sent = vec![("_token", who.token.as_str()), ("_key", key)];
        sent.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        let (one, two) =
            (who.client.post("/hotline/calls/new", &sent), who.client.post("/hotline/calls/new", &sent));
        assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.body);
        assert_eq!((two.status, two.header("location")), (one.status, one.header("location")));
        assert_eq!(who.count("/hotline/calls"), 1);
        assert_eq!(who.client.post("/hotline/calls/new", &sent[1..]).status, StatusCode::FORBIDDEN);
        assert_eq!(who.count("/hotline/calls"), 1);
        assert_eq!([who.status("/hotline/nothing"), who.status("/hotline/calls/nothing")], [404, 404]);
    });
}
