//! Entering, listing, showing, correcting and withdrawing a record of every sheet.

use axum::http::StatusCode;
use kernel::Id;

use super::*;
use crate::sheets::column::{Column, Holds};

/// A column that can be corrected without more, and what it becomes.
fn corrected(sheet: &'static Sheet) -> Option<(&'static Column, &'static str, &'static str)> {
    sheet.columns.iter().filter(|column| column.is_asked()).find_map(|column| match sheet.holds(column) {
        Holds::Text(_) | Holds::Long => Some((column, "样本二", "样本二")),
        Holds::Whole(_) => Some((column, "0", "0")),
        Holds::Flag => Some((column, "no", "否")),
        Holds::Word(words) => words().get(1).map(|(word, label)| (column, *word, *label)),
        _ => None,
    })
}

#[test]
fn a_record_of_every_sheet_lives_from_its_form_to_its_withdrawal() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        for sheet in crate::SHEETS.all().iter().filter(|sheet| sheet.page.is_none()) {
            let list = sheet.href();
            let fields = fields(fresh, &made, sheet);
            let before = who.count(&list);
            let form = who.good(&format!("{list}/new"));
            for column in sheet.columns.iter().filter(|column| column.is_asked()) {
                assert!(form.contains(&format!("name=\"{}\"", column.name)), "{list}: {}", column.name);
            }
            let path = who.done(&format!("{list}/new"), &fields);
            let number: Id = path.rsplit('/').next().unwrap().parse().unwrap();
            assert_eq!(who.count(&list), before + 1, "{list}");
            assert!(who.good(&list).contains(number.as_str()), "{list}");
            assert!(!who.good(&path).contains("改动记录"), "{path}");

            // Saved as it is, nothing changes; with another value both are shown.
            let mut same = fields.clone();
            same.push(("version", "1".to_owned()));
            same.retain(|(name, _)| !(*name == "phone" || *name == "station_id"));
            who.good(&format!("{path}/edit"));
            assert_eq!(who.done(&format!("{path}/edit"), &same), path);
            assert!(!who.good(&path).contains("改动记录"), "{path}: nothing was changed");
            if let Some((column, value, shown)) = corrected(sheet) {
                who.done(&format!("{path}/edit"), &with(&same, column.name, value));
                let page = who.good(&path);
                assert!(page.contains("改动记录") && page.contains("第 2 版"), "{path}: {page}");
                assert!(page.contains(&format!("<ins>{shown}</ins>")) && page.contains("<del>"), "{page}");
            }
            assert_eq!(who.count(&list), before + 1, "{list}");

            let without = who.post(&format!("{path}/withdraw"), &[("reason", "")]);
            assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(without.body.contains("作废的理由"), "{}", without.body);
            assert_eq!(who.count(&list), before + 1, "{list}");
            assert_eq!(who.done(&format!("{path}/withdraw"), &[("reason", "登记错了")]), list);
            assert_eq!((who.count(&list), who.status(&path)), (before, 404), "{path}");
            let again = who.post(&format!("{path}/withdraw"), &[("reason", "登记错了")]);
            assert_eq!(again.status, StatusCode::NOT_FOUND, "{path}");

            let lines = fresh.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap().0;
            let verbs: Vec<&str> = lines
                .iter()
                .filter(|line| line.record_id == Some(number))
                .map(|line| line.verb.as_str())
                .collect();
            let ops = sheet.ops;
            let mut wanted = vec![ops.record, ops.correct, ops.withdraw];
            wanted.retain(|verb| *verb != ops.correct || corrected(sheet).is_some());
            assert_eq!(verbs, wanted, "{path}");
        }
        assert_eq!(fresh.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap().1, None, "an unbroken chain");
    });
}

#[test]
fn a_list_is_narrowed_by_its_address_and_read_page_by_page() {
    each(NOW, |fresh| {
        station::fill(&fresh.database, 1, "lizhan", 120);
        let who = manager(fresh, 1);
        let list = "/activities/events";
        let (one, west, worker) = (id(1, 11), id(1, 21), id(1, 5));
        for (narrowed, expected) in [
            (String::new(), 120),
            ("q=便民".into(), 120),
            ("q=没有的".into(), 0),
            ("q=%25".into(), 0),
            (format!("community_id={one}"), 40),
            (format!("community_id={}", id(2, 11)), 0),
            (format!("worker_id={worker}"), 120),
            (format!("worker_id={}", id(2, 5)), 0),
            ("size=large".into(), 120),
            ("size=small".into(), 0),
            ("status=held&basis=sign_in".into(), 120),
            ("size=huge".into(), 120),
            ("from=2024-09-01&until=2024-09-30".into(), 20),
            (format!("from=2024-09-01&community_id={west}"), 40),
            ("held_on=none".into(), 0),
        ] {
            let path = format!("{list}?{narrowed}");
            assert_eq!(who.count(&path), expected, "{path}");
            assert_eq!(who.good(&path).contains("没有符合的记录"), expected == 0, "{path}");
        }
        let rows = |path: &str| who.good(path).matches("<th scope=\"row\"").count();
        let pages = [1, 2, 3].map(|page| rows(&format!("{list}?page={page}")));
        assert_eq!(pages, [50, 50, 20]);
        let kept = who.good(&format!("{list}?size=large&page=2"));
        assert!(kept.contains("size=large&amp;page=3") || kept.contains("size=large&#38;page=3"), "{kept}");
        assert_eq!(
            [who.status(&format!("{list}?page=4")), who.status(&format!("{list}?page=x"))],
            [404, 400]
        );
        assert_eq!(who.status(&format!("{list}?from=gestern")), 400);
        // Where no column holds a text, none is found.
        assert_eq!(who.count("/hotline/calls?q=样本"), 0);
        let empty = who.good("/visits");
        assert!(empty.contains("还没有记录") && empty.contains("0 条"), "{empty}");
    });
}

#[test]
fn two_people_who_correct_the_same_record_see_both_values() {
    on_both(|fresh| {
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let (home, person) = household(fresh, &one, id(1, 11), "单示例", 1);
        let fields = fields(fresh, &made(person, home), kind("activity"));
        let path = one.done("/activities/events/new", &fields);
        let edit = |who: &Somebody, version: &str, name: &str, community: Id| {
            let mut sent = with(&with(&fields, "name", name), "community_id", community.as_str());
            sent.push(("version", version.to_owned()));
            who.post(&format!("{path}/edit"), &sent)
        };
        assert!(other.good(&format!("{path}/edit")).contains("name=\"version\" value=\"1\""));
        assert_eq!(edit(&one, "1", "甲改的", id(1, 11)).status, StatusCode::SEE_OTHER);
        let stale = edit(&other, "1", "乙改的", id(1, 12));
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        for part in [
            "现在是“甲改的”，您填的是“乙改的”",
            "现在是“东一”，您填的是“东二”",
            "value=\"乙改的\"",
            "name=\"version\" value=\"2\"",
            "看过了，按我填的保存",
        ] {
            assert!(stale.body.contains(part), "{part} in {}", stale.body);
        }
        assert!(one.good(&path).contains("甲改的"), "nothing was overwritten");
        assert_eq!(edit(&other, "2", "乙改的", id(1, 12)).status, StatusCode::SEE_OTHER);
        let page = one.good(&path);
        for part in ["第 3 版", "<del>甲改的</del> → <ins>乙改的</ins>", "<del>东一</del> → <ins>东二</ins>"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }
        // What is wrong is said before anybody is told of another version.
        assert_eq!(edit(&one, "1", "", id(1, 11)).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_figure_of_the_board_moves_with_its_records() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let figure = || {
            let body = who.good("/figures/large_activities");
            between(&body, "<p class=\"score\"><b>", "</b>").to_owned()
        };
        let fields = fields(fresh, &made(id(1, 5), id(1, 5)), kind("activity"));
        let fields = with(&fields, "size", "large");
        assert_eq!(figure(), "2");
        let path = who.done_anyway("/activities/events/new", &fields);
        assert_eq!(figure(), "3");
        let mut smaller = with(&fields, "size", "small");
        smaller.push(("version", "1".to_owned()));
        who.done(&format!("{path}/edit"), &smaller);
        assert_eq!(figure(), "2");
        let path = who.done_anyway("/activities/events/new", &fields);
        assert_eq!(figure(), "3");
        who.done(&format!("{path}/withdraw"), &[("reason", "重复登记")]);
        assert_eq!(figure(), "2");
    });
}

/// Lists, pages and forms ask the database as often for many records as for few: fixed numbers, so that one more is
/// noticed.
#[test]
fn pages_ask_a_fixed_number_of_times() {
    use crate::shell::tests::count::statements;
    let asked = |attendances: usize, end: &str| {
        statements(
            || db::testing::sqlite(NOW),
            |fresh, begin| {
                ground(fresh);
                let who = manager(fresh, 1);
                let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
                let made = made(person, home);
                let fields = fields(fresh, &made, kind("group_attendance"));
                let session = fields.iter().find(|(name, _)| *name == "session_id").unwrap().1.clone();
                for n in 0..attendances {
                    let (_, person) = household(fresh, &who, id(1, 11), "单示例", n + 2);
                    who.done("/groups/attendances/new", &with(&fields, "person_id", person.as_str()));
                }
                begin();
                who.good(&end.replace("{session}", &session));
            },
        )
    };
    for end in [
        "/groups/attendances",
        "/groups/attendances/new?session_id={session}",
        "/groups/sessions/{session}",
        "/groups/sessions/{session}/edit",
    ] {
        let (few, many) = (asked(2, end), asked(12, end));
        assert_eq!(few, many, "{end}");
        assert!((5..=40).contains(&few), "{end}: {few} statements");
    }
}
