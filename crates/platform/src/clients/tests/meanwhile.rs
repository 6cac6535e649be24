//! Two people who correct the same file or person: the second is shown both values, field by field, and decides.

use super::*;

/// Both values as they stand beside a field.
fn beside(now: &str, wanted: &str) -> String {
    format!("<dt>现在是</dt><dd>{now}</dd></div><div><dt>您填的</dt><dd>{wanted}</dd>")
}

#[test]
fn two_people_who_change_the_same_file_see_both_values() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let file = made(&one, id(11), "示例东-0001", NUMBER);
        let edit = |who: &Somebody, key: &str, version: &str, fields: &[(&str, &str)]| {
            let (number, community) = ("示例东-0001", id(11));
            let mut all = vec![("file_number", number), ("opened_on", "2024-07-01"), ("version", version)];
            all.extend([("community", community.as_str()), ("residence", "present")]);
            all.extend_from_slice(fields);
            who.post(&format!("{file}/edit"), key, &all)
        };
        assert!(one.good(&format!("{file}/edit")).contains("name=\"version\" value=\"1\""));
        let first = [("building", "样本路 1 号"), ("housing", "public_rental"), ("door", "801 房")];
        assert_eq!(edit(&one, "1", "1", &first).status, StatusCode::SEE_OTHER);
        let second = [("building", "假设路 2 号"), ("door", "902 房")];
        let stale = edit(&other, "2", "1", &second);
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        assert_eq!(faults_of(&stale.body), Vec::<String>::new());
        let beside = [
            beside("样本路 1 号", "假设路 2 号"),
            beside("公租房", "没填"),
            beside("***", "新填的内容，保密不显示"),
        ];
        let others = [
            "刚被别人改过，3 处和您填的不同",
            "<a href=\"#f-building\">街巷和楼号：现在是“样本路 1 号”，您填的是“假设路 2 号”",
            "value=\"假设路 2 号\"",
            "name=\"version\" value=\"2\"",
            "看过了，按我填的保存",
        ];
        for part in beside.iter().map(String::as_str).chain(others) {
            assert!(stale.body.contains(part), "{part} in {}", stale.body);
        }
        assert!(!stale.body.contains("801 房") && !stale.body.contains("档案号：现在是"), "{}", stale.body);
        assert!(one.good(&file).contains("样本路 1 号"), "nothing was overwritten");
        assert_eq!(edit(&other, "3", "2", &second).status, StatusCode::SEE_OTHER);
        assert!(one.good(&file).contains("假设路 2 号") && one.good("/clients?q=假设路").contains("单示例"));
        assert_eq!(edit(&one, "4", "", &first).status, StatusCode::CONFLICT, "a form without its version");
    });
}

#[test]
fn two_people_who_change_the_same_person_see_both_values() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let file = made(&one, id(11), "示例东-0001", NUMBER);
        let page = person_page(&one, &file);
        let edit = |who: &Somebody, key: &str, version: &str, fields: &[(&str, &str)]| {
            let mut all = vec![("relation", "head"), ("version", version)];
            all.extend_from_slice(fields);
            who.post(&page, key, &all)
        };
        let first =
            [("name", "单样本"), ("phone", "13800005678"), ("care", "independent"), ("subsidies", "old_age")];
        assert!(one.good(&page).contains("name=\"version\" value=\"1\""));
        assert_eq!(edit(&one, "1", "1", &first).status, StatusCode::SEE_OTHER);
        let second = [("name", "单假设"), ("phone", "13800009999"), ("care", "independent")];
        let stale = edit(&other, "2", "1", &second);
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        assert_eq!(faults_of(&stale.body), Vec::<String>::new());
        for part in [
            &beside("单样本", "单假设"),
            &beside("138****5678", "新填的内容，保密不显示"),
            "value=\"单假设\"",
            "name=\"version\" value=\"2\"",
            "看过了，按我填的保存",
        ] {
            assert!(stale.body.contains(part), "{part} in {}", stale.body);
        }
        for part in ["13800005678", NUMBER, "自理能力：现在是"] {
            assert!(!stale.body.contains(part), "{part} in {}", stale.body);
        }
        let body = one.good(&file);
        assert!(body.contains("单样本") && body.contains("138****5678"), "nothing was overwritten");
        assert_eq!(edit(&other, "3", "2", &second).status, StatusCode::SEE_OTHER);
        let body = one.good(&file);
        assert!(body.contains("单假设") && body.contains("138****9999"), "{body}");
    });
}

/// The page on which the first person of a file is corrected.
fn person_page(who: &Somebody, file: &str) -> String {
    let body = who.good(file);
    let start = format!("{file}/persons/");
    let links = body.match_indices(&start).map(|(at, _)| &body[at..]);
    let link = links.map(|rest| rest.split('"').next().unwrap()).find(|link| !link.ends_with("new"));
    let link = link.unwrap().trim_start_matches(&start);
    format!("{start}{}", link.split('/').next().unwrap())
}
