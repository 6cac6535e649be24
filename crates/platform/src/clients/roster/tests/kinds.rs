//! Every kind of difference, applied and undone; files due and made.

use db::testing::each;

use super::super::super::model::{Residence, ServiceLevel};
use super::*;

#[test]
fn every_kind_is_applied_leaves_no_difference_and_is_undone() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let first = import(&who, "1", (1..=12).map(|n| line(n, &[])));
        assert_eq!(counts(&who.good(&first)), [("全部".to_owned(), 12), ("名册有、档案无".to_owned(), 12)]);
        applied(&who, &first, "new");
        assert!(who.good(&first).contains("没有不同"), "{}", who.good(&first));
        assert!(who.good("/clients").contains("12 户") && who.good("/clients?q=示例7").contains("示例7 户"));
        // One file is closed by hand, so that the roster finds it closed.
        let file = format!("/clients/{}", persons(fresh, "示例11")[0].household_id);
        let closed = [("closed_on", "2024-12-31"), ("reason", "lost_contact")];
        assert_eq!(who.post(&format!("{file}/close"), "close", &closed).status, StatusCode::SEE_OTHER);
        let before = standing(fresh);

        let second = import(&who, "2", changed());
        let shown = who.good(&second);
        let expected = [
            ("全部", 15),
            ("名册有、档案无", 2),
            ("名册在册、档案已销", 1),
            ("档案有、名册无", 2),
            ("已死亡", 1),
            ("社区变更", 1),
            ("服务等级变更", 1),
            ("类别变更", 1),
            ("内容不一致", 6),
        ];
        assert_eq!(counts(&shown), expected.map(|(label, count)| (label.to_owned(), count)), "{shown}");
        assert!(!shown.contains("13800009999") && !shown.contains(&number(99)), "numbers are masked");
        assert!(shown.contains("138****9999") && shown.contains("另一个号码"));
        for kind in [
            "new",
            "file_closed",
            "left",
            "deceased",
            "moved",
            "level_changed",
            "category_changed",
            "conflict",
        ] {
            applied(&who, &second, kind);
        }
        let after = who.good(&second);
        assert!(after.contains("没有不同"), "{:?} {after}", counts(&after));
        as_the_roster_says(fresh);

        undo(&who, &second);
        assert_eq!(standing(fresh), before, "everything as it was");
        let undone = who.good(&second);
        assert!(undone.contains("已撤销") && !undone.contains("保留没动的"), "{undone}");
        assert!(!who.good("/clients?q=样本新").contains("样本新 户"), "found no longer");
        let again = who.post(&format!("{second}/undo"), "again", &[]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "there is nothing to undo twice");
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap();
        assert_eq!(lines.1, None, "the chain holds");
        for verb in ["clients.record", "clients.correct", "clients.withdraw", "clients.roster"] {
            assert!(lines.0.iter().any(|line| line.verb == verb), "{verb}");
        }
    });
}

/// The roster of the second time: 1 and 2 stay as they are.
fn changed() -> Vec<String> {
    let date = (12, "2024-10-01");
    vec![
        line(1, &[]),
        line(2, &[]),
        // 3 is left out.
        line(4, &[(11, "迁出"), date]),
        line(5, &[(11, "死亡"), date]),
        line(6, &[(5, "示例东社区"), date]),
        line(7, &[(8, "一级"), date]),
        line(8, &[(7, "低保、独居"), date]),
        line(9, &[(0, "示例九"), (9, "13800009999"), (10, "户在人不在")]),
        line(10, &[(1, &number(99)), (2, "P10000"), (3, "CG-10000")]).replace("P10000,", "P00010,"),
        line(11, &[]),
        // Two platform numbers of one person would be two rows: this one has another, matched by identity number.
        line(12, &[(2, "P20000")]),
        // A new household, and somebody who joins the household of 1.
        line(21, &[(0, "样本新"), (7, "低保、残疾")]),
        line(22, &[(0, "样本添"), (3, "CG-00001"), (4, "H00001"), (5, "示例东社区")]),
    ]
}

fn as_the_roster_says(fresh: &Fresh) {
    let one = |name: &str| {
        let found = persons(fresh, name);
        assert_eq!(found.len(), 1, "{name}");
        let file = household(fresh, found[0].household_id);
        (found[0].clone(), file)
    };
    let day = |text: &str| Some(text.parse().unwrap());
    let check = |name: &str, closed_on, reason: Option<&str>| {
        let (person, file) = one(name);
        assert_eq!((person.closed_on, person.closed_reason.as_deref()), (closed_on, reason), "{name}");
        assert_eq!((file.closed_on, file.closed_reason.as_deref()), (closed_on, reason), "{name}");
    };
    check("示例1", None, None);
    check("示例3", day("2024-12-31"), Some("category_ended"));
    // The file was made on 31 December; it cannot be closed before.
    check("示例4", day("2024-12-31"), Some("moved_out"));
    check("示例5", day("2024-12-31"), Some("deceased"));
    check("示例11", None, None);
    assert_eq!(one("示例6").1.community_id, Some(id(11)));
    assert_eq!(one("示例6").0.community_id, Some(id(11)));
    let (nine, file) = one("示例九");
    assert_eq!(file.residence, Residence::RegisteredAbsent);
    assert!(nine.phone_tail_hash.is_some());
    assert_eq!(one("示例10").1.file_number, "CG-10000");
    assert_eq!(one("示例12").0.platform_id.as_deref(), Some("P20000"));
    assert_eq!(one("样本添").0.household_id, one("示例1").0.household_id);
    assert_eq!(one("样本新").1.building, "示例路21号");
    let levels: Vec<LevelPeriod> =
        fresh.database.read(|tx| super::super::super::find::levels_of(tx, &[one("示例7").1.id])).unwrap();
    let told: Vec<_> = levels.iter().map(|level| (level.level, level.to_on.is_none())).collect();
    assert!(
        told.contains(&(ServiceLevel::One, true)) && told.contains(&(ServiceLevel::Two, false)),
        "{told:?}"
    );
}

#[test]
fn files_due_and_made_count_each_household_once() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        // Two persons of one household in three categories, one alone, and one in the other community.
        let lines = [
            line(1, &[(7, "低保、独居")]),
            line(3, &[(3, "CG-00001"), (4, "H00001"), (7, "残疾")]),
            line(5, &[]),
            line(2, &[]),
        ];
        let page = import(&who, "1", lines);
        let cells = |body: &str| -> Vec<String> {
            let table =
                body.split("id=\"h-cover\"").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
            let rows = table.split("<tr role=\"row\"").skip(2).map(|row| {
                let cell = |text: &str| {
                    let mut plain = String::new();
                    let mut inside = true;
                    for sign in text.chars() {
                        match sign {
                            '<' => inside = true,
                            '>' => inside = false,
                            sign if !inside => plain.push(sign),
                            _ => {}
                        }
                    }
                    plain.trim().to_owned()
                };
                row.split("<td").map(cell).take(7).collect::<Vec<_>>().join(" ")
            });
            rows.collect()
        };
        let body = who.good("/clients/roster");
        assert_eq!(
            cells(&body),
            ["示例东社区 2 0 0% 3 0 0%", "示例西社区 1 0 0% 1 0 0%", "合计 3 0 0% 4 0 0%"],
            "{body}"
        );
        let drill = format!("{page}?kind=new&#38;community={}", id(11));
        assert!(body.contains(&drill), "{drill} in {body}");
        let there = who.good(&format!("{page}?kind=new&community={}", id(11)));
        assert_eq!(keys(&there, "new").len(), 3, "the three of that community");
        let east = seen(&there, "new");
        let place = id(11);
        let some = [("kind", "new"), ("all", "1"), ("seen", &*east), ("community", place.as_str())];
        let answer = who.post(&format!("{page}/apply"), "east", &some);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let body = who.good("/clients/roster");
        assert_eq!(
            cells(&body),
            ["示例东社区 2 2 100% 3 3 100%", "示例西社区 1 0 0% 1 0 0%", "合计 3 2 66.67% 4 3 75%"],
            "{body}"
        );
        assert!(who.good("/clients").contains("2 户"), "the household of two is one file");
        let due = standing(fresh).iter().filter(|row| row.starts_with("RosterEntry")).count();
        assert_eq!(due, 2, "files due as the counting rule sees them");
    });
}

/// The roster knows no consent: whoever applies it is told at home of the children it brought.
#[test]
fn a_child_from_the_roster_waits_for_a_guardians_consent() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let child = [(0, "样本童"), (1, "440105201506011023"), (7, "低保")];
        let page = import(&who, "1", [line(1, &[]), line(2, &child)]);
        assert!(!who.good("/").contains("14 岁以下缺监护人同意"));
        applied(&who, &page, "new");
        let home = who.good("/");
        let duty = home.split("14 岁以下缺监护人同意").nth(1).unwrap_or_default();
        assert!(
            duty.contains("样本童") && !duty.split("</section>").next().unwrap().contains("示例1"),
            "{home}"
        );
        let file = format!("/clients/{}", persons(fresh, "样本童")[0].household_id);
        assert!(who.good(&file).contains("没有监护人的同意书"));
        // Nor does it say when a level is to be looked at again: then the level does. Two has a year.
        assert!(who.good(&file).contains("2025-12-31 复评"), "{}", who.good(&file));
    });
}
