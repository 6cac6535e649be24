//! How what is written in a field finds the record that it means.

use super::*;

#[test]
fn a_person_is_found_by_name_and_by_file_number() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        household(fresh, &who, id(1, 11), "双样本", 2);
        household(fresh, &who, id(1, 12), "双样本", 3);
        let visit = fields(fresh, &made(person, home), kind("visit"));
        for asked in ["单示例", "示例-0001", "单示例 示例-0001", "双样本 示例-0003", person.as_str()]
        {
            let path = who.done_anyway("/visits/visits/new", &with(&visit, "person_id", asked));
            let named =
                if asked.contains("双样本") { "双样本 示例-0003" } else { "单示例 示例-0001" };
            assert!(who.good(&path).contains(named), "{asked}");
        }
        let many = who.refused("/visits/visits/new", &with(&visit, "person_id", "双样本"));
        for part in
            ["“双样本”有 2 个，选一个", "type=\"radio\"", "双样本 示例-0002", "双样本 示例-0003", "都不是"]
        {
            assert!(many.contains(part), "{part} in {many}");
        }
        let chosen = between(&many, "name=\"person_id\" value=\"", "\"").to_owned();
        who.done_anyway("/visits/visits/new", &with(&visit, "person_id", &chosen));
        // None of them: the line is there again.
        let again = who.refused("/visits/visits/new", &with(&visit, "person_id", ""));
        assert!(again.contains("<input id=\"f-person_id\" name=\"person_id\" type=\"text\""), "{again}");
        let none = who.refused("/visits/visits/new", &with(&visit, "person_id", "没有的人"));
        assert!(none.contains("“没有的人”没有找到：请核对写法，或先登记服务对象"), "{none}");
        // What was chosen stays chosen, by name, when something else is wrong.
        let kept = who.refused("/visits/visits/new", &with(&visit, "minutes", "很久"));
        assert!(kept.contains("单示例 示例-0001") && kept.contains("checked"), "{kept}");
    });
}

#[test]
fn numbers_days_and_words_find_what_they_name() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let case = fields(fresh, &made, kind("case"));
        let session = fields(fresh, &made, kind("case_session"));
        for number in ["C-1", "C-10", "c-2"] {
            who.done_anyway("/casework/cases/new", &with(&case, "number", number));
        }
        // The whole number is meant, and capitals are as good as small letters.
        for (asked, named) in [("C-1", "C-1 单示例"), ("C-10", "C-10 单示例"), ("C-2", "c-2 单示例")]
        {
            let path = who.done_anyway("/casework/sessions/new", &with(&session, "case_id", asked));
            assert!(who.good(&path).contains(named), "{asked}");
        }
        let several = who.refused("/casework/sessions/new", &with(&session, "case_id", "-1"));
        assert!(several.contains("有 2 个"), "{several}");
        let ticket = fields(fresh, &made, kind("ticket"));
        who.done_anyway(
            "/hotline/calls/new",
            &with(&fields(fresh, &made, kind("call")), "called_on", "2024-12-05"),
        );
        let sent = with(&with(&ticket, "call_id", "2024.12.5"), "filled_on", "2024-12-06");
        who.done_anyway("/hotline/tickets/new", &sent);
        let group = with(&fields(fresh, &made, kind("group")), "name", "手工小组");
        let group = who.done_anyway("/groups/groups/new", &group);
        let group = group.rsplit('/').next().unwrap();
        let meeting = with(&fields(fresh, &made, kind("group_session")), "group_id", group);
        for number in ["1", "11"] {
            who.done_anyway("/groups/sessions/new", &with(&meeting, "number", number));
        }
        let attended = fields(fresh, &made, kind("group_attendance"));
        let path =
            who.done_anyway("/groups/attendances/new", &with(&attended, "session_id", "手工小组第1节"));
        assert!(who.good(&path).contains("手工小组 1</a>"), "{}", who.good(&path));
    });
}

#[test]
fn nothing_that_is_withdrawn_is_meant() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let case = who
            .done_anyway("/casework/cases/new", &with(&fields(fresh, &made, kind("case")), "number", "K9"));
        who.done(&format!("{case}/withdraw"), &[("reason", "误建")]);
        let session = fields(fresh, &made, kind("case_session"));
        for asked in ["K9", case.rsplit('/').next().unwrap()] {
            let body = who.refused("/casework/sessions/new", &with(&session, "case_id", asked));
            assert!(body.contains("没有找到"), "{body}");
        }
    });
}
