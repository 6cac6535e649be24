//! What somebody did meanwhile: before applying it is refused, before undoing it is kept.

use db::testing::each;

use super::*;

#[test]
fn a_file_that_changed_meanwhile_is_shown_with_both_values() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let first = import(&who, "1", [line(1, &[]), line(3, &[])]);
        applied(&who, &first, "new");
        let page = import(&who, "2", [line(1, &[(10, "户在人不在")]), line(3, &[(10, "户在人不在")])]);
        let body = who.good(&page);
        let (old, all) = (keys(&body, "conflict"), seen(&body, "conflict"));
        assert_eq!(old.len(), 2);
        let file = format!("/clients/{}", persons(fresh, "示例1")[0].household_id);
        let east = id(11);
        let edit = [
            ("file_number", "CG-00001"),
            ("opened_on", "2024-12-31"),
            ("community", east.as_str()),
            ("building", "示例路1号"),
            ("residence", "resident_only"),
            ("version", "1"),
        ];
        assert_eq!(who.post(&format!("{file}/edit"), "edit", &edit).status, StatusCode::SEE_OTHER);
        let before = standing(fresh);
        let chosen = [("kind", "conflict"), ("d", &*old[0]), ("d", &*old[1])];
        let answer = who.post(&format!("{page}/apply"), "apply", &chosen);
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        for part in [
            "原来：示例1（示例东社区）人户情况：档案为户在人在，名册为户在人不在",
            "现在：示例1（示例东社区）人户情况：档案为户不在人在，名册为户在人不在",
        ] {
            assert!(answer.body.contains(part), "{part} in {}", answer.body);
        }
        let whole = [("kind", "conflict"), ("all", "1"), ("seen", &*all)];
        assert_eq!(who.post(&format!("{page}/apply"), "all", &whole).status, StatusCode::CONFLICT);
        assert_eq!(standing(fresh), before, "nothing was written");
        applied(&who, &page, "conflict");
        assert!(who.good(&page).contains("没有不同"));
    });
}

#[test]
fn what_somebody_changed_since_is_left_and_told_by_name() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let page = import(&who, "1", (1..=4).map(|n| line(n, &[])));
        applied(&who, &page, "new");
        // One got a contact, one a need, one another building; the fourth nobody touched.
        let file = |name: &str| format!("/clients/{}", persons(fresh, name)[0].household_id);
        let contact = [("name", "假设丙"), ("relation", "侄女"), ("phone", "13900001111")];
        let person = persons(fresh, "示例2")[0].id;
        let need =
            [("person", person.as_str()), ("need", "扶手"), ("urgency", "later"), ("found_on", "2024-12-31")];
        let (east, version) = (id(11), "1");
        let edit = [
            ("file_number", "CG-00003"),
            ("opened_on", "2024-12-31"),
            ("community", east.as_str()),
            ("building", "样本路 9 号"),
            ("residence", "present"),
            ("version", version),
        ];
        for (name, end, fields) in
            [("示例1", "contact", &contact[..]), ("示例2", "need", &need), ("示例3", "edit", &edit)]
        {
            let answer = who.post(&format!("{}/{end}", file(name)), end, fields);
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{end}: {}", answer.body);
        }
        let fourth = file("示例4");
        undo(&who, &page);
        let body = who.good(&page);
        for name in ["示例1 户", "示例2 户", "示例3 户"] {
            assert!(body.contains(name), "{name} in {body}");
        }
        assert!(!body.contains("示例4 户"), "{body}");
        assert_eq!(who.client.get(&fourth).status, StatusCode::NOT_FOUND);
        assert!(who.good("/clients").contains("3 户"));
        assert!(who.good(&file("示例3")).contains("样本路 9 号"), "what was changed stays");
        assert!(who.good(&file("示例1")).contains("二级"), "with all that was entered for it");
    });
}
