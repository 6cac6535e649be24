//! What may be wrong with a scheme file: each case once, with its code, its line and the words of its remedy.

use super::{FIGURES, Scheme, changed, dec, small};
use crate::scoring::{Paper, Silence};

fn check(changes: &[(&str, &str)], code: &str, line: usize, words: &[&str]) {
    let text = changed(changes);
    let problems = Scheme::parse("小样.toml", &text, &FIGURES).expect_err(code);
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.to_string())).collect();
    let (_, message) =
        found.iter().find(|(given, _)| *given == code).unwrap_or_else(|| panic!("{code}: {found:?}"));
    assert!(message.starts_with(&format!("小样.toml 第 {line} 行：")), "{message}");
    for word in words {
        assert!(message.contains(word), "{word} in {message}");
    }
}

#[test]
fn sums_must_be_right() {
    check(&[("weight = 40", "weight = 41")], "weights_not_full", 23, &["101", "weight"]);
    check(
        &[(
            "points = 30\n[[section.item]]\ncode = \"liked\"",
            "points = 31\n[[section.item]]\ncode = \"liked\"",
        )],
        "sections_not_full",
        50,
        &["101"],
    );
    check(&[("points = 10", "points = 9.5")], "items_not_section", 50, &["成效", "30", "29.5"]);
    check(&[("by = \"panel\"", "by = \"district_bureau\"")], "not_one_panel", 23, &["0 方", "panel"]);
    check(&[("by = \"street_office\"", "by = \"panel\"")], "not_one_panel", 23, &["2 方", "panel"]);
}

#[test]
fn names_must_be_known() {
    check(
        &[("rule = \"expert\"", "rule = \"expret\"")],
        "unknown_rule",
        46,
        &["expret", "expert、measured、checklist、survey"],
    );
    check(
        &[("figure = \"registry.coverage_percent\"", "figure = \"registry.coverage\"")],
        "unknown_figure",
        36,
        &["registry.coverage", "是不是“registry.coverage_percent”"],
    );
    check(&[("by = \"street_office\"", "by = \"buyer\"")], "unknown_scorer", 21, &["buyer", "street_office"]);
    check(&[("rule = \"mean\"", "rule = \"average\"")], "unknown_averaging", 10, &["trimmed_mean", "median"]);
    check(&[("\"weighted\"", "\"weight\"")], "unknown_stage", 7, &["weighted"]);
    check(
        &[("note = \"测试用\"", "note = \"测试用\"\nsilence = \"agreed\"")],
        "unknown_silence",
        5,
        &["agreed", "wait、no_objection"],
    );
    check(&[("\"refuse\"", "\"ignore\"")], "unknown_missing_party", 12, &["refuse、reweigh"]);
    check(
        &[("grade = \"unqualified\"", "grade = \"unqualifed\"")],
        "unknown_grade",
        89,
        &["是不是“unqualified”"],
    );
    check(&[("asks = \"深不深\"", "askes = \"深不深\"")], "unknown_key", 43, &["askes", "asks", "evidence"]);
}

#[test]
fn codes_must_be_unique() {
    check(&[("code = \"list\"", "code = \"files\"")], "duplicate_code", 61, &["files", "第 29 行"]);
    check(&[("code = \"effect\"", "code = \"work\"")], "duplicate_code", 48, &["work"]);
    check(&[("code = \"purchaser\"", "code = \"third_party\"")], "duplicate_code", 20, &["third_party"]);
    check(&[("code = \"qualified\"", "code = \"good\"")], "duplicate_code", 78, &["good"]);
    check(&[("code = \"list\"", "code = \"list@north\"")], "bad_code", 61, &["@"]);
}

#[test]
fn steps_and_grades_leave_no_gap() {
    check(&[("{ from = 0, share = 0 }, ", "")], "steps_gap", 37, &["from = 0"]);
    check(&[("from = 80, share", "from = 100, share")], "steps_overlap", 37, &["100"]);
    check(&[("from = 80, share = 50", "from = 120, share = 50")], "steps_overlap", 37, &["120"]);
    check(&[("share = 100", "share = 101")], "share_above_100", 37, &["101"]);
    check(
        &[("name = \"不合格\"\nfrom = 0", "name = \"不合格\"\nfrom = 1")],
        "grades_gap",
        84,
        &["1 分以下", "from = 0"],
    );
    check(
        &[("name = \"合格\"\nfrom = 60", "name = \"合格\"\nfrom = 80")],
        "grades_overlap",
        80,
        &["合格", "良好"],
    );
}

#[test]
fn rules_have_what_they_need_and_no_more() {
    check(&[("entries = [\"一\", \"二\", \"三\"]", "")], "rule_incomplete", 67, &["checklist", "entries"]);
    check(&[("entries = [\"一\", \"二\", \"三\"]", "entries = []")], "rule_incomplete", 67, &["entries"]);
    check(&[("rule = \"measured\"", "rule = \"survey\"")], "stray_key", 37, &["steps"]);
    check(&[("rule = \"mean\"", "rule = \"trimmed_mean\"")], "quorum_too_small", 11, &["3"]);
    check(&[("\"party\", \"weighted\", \"total\"", "\"total\"")], "total_rounded_alone", 6, &["weighted"]);
    check(&[("points = 0.5", "points = 0.125")], "finer_than_total", 94, &["0.125"]);
    check(&[("decimals = 2", "decimals = 20")], "too_many_decimals", 6, &["20"]);
}

#[test]
fn groups_hold_all_items_of_a_section_and_their_points() {
    let group = "points = 70\n[[section.group]]\ncode = \"g\"\nname = \"甲组\"\npoints = 70";
    let own = ("name = \"档案\"", "name = \"档案\"\ngroup = \"g\"");
    let other = ("name = \"探访\"", "name = \"探访\"\ngroup = \"g\"");
    assert_eq!(small(&[("points = 70", group), own, other]).sections[0].groups.len(), 1);
    check(&[("points = 70", group), own], "no_group", 44, &["探访", "group"]);
    check(&[("points = 70", group), own], "items_not_group", 31, &["甲组", "70", "40"]);
    check(&[own], "unknown_group", 31, &["[[section.group]]"]);
    check(
        &[("points = 70", group), own, ("name = \"探访\"", "name = \"探访\"\ngroup = \"h\"")],
        "unknown_group",
        46,
        &["“h”", "改成：g"],
    );
}

#[test]
fn full_marks_and_bonuses_fit() {
    check(&[("from = 90", "from = 101")], "grade_above_full", 72, &["101", "100"]);
    check(&[("note = \"测试用\"", "note = \"测试用\"\nfull = 90")], "weights_not_full", 24, &["100", "90"]);
    check(&[("note = \"测试用\"", "note = \"测试用\"\nfull = 0")], "no_points", 5, &["满分"]);
    check(&[("weight = 60", "weight = 60\nout_of = 80")], "sections_not_full", 51, &["满分 80"]);
    let bonus =
        "points = 0.5\n[[bonus]]\ncode = \"b\"\nname = \"表彰\"\nground = \"每项\"\npoints = 2\nmost = 1";
    check(&[("points = 0.5", bonus)], "bonus_above_most", 100, &["表彰", "2", "1"]);
}

#[test]
fn numbers_are_read_as_written() {
    check(&[("weight = 60", "weight = inf")], "not_a_number", 18, &["inf"]);
    check(&[("weight = 60", "weight = \"60\"")], "wrong_type", 18, &["string"]);
    check(&[("weight = 60", "weight = -60")], "out_of_range", 18, &["-60"]);
    check(&[("weight = 60", "weight = 0x3C")], "not_a_number", 18, &["0x3C"]);
    check(&[("note = \"测试用\"", "note = \"测试用\"\nfeedback_days = 0")], "feedback_days", 5, &["1 到 60"]);
    check(
        &[("note = \"测试用\"", "note = \"测试用\"\nreceipt_days = 61")],
        "receipt_days",
        5,
        &["签收", "1 到 60"],
    );
    check(&[("weight = 60", "weight = = 60")], "bad_toml", 18, &["等号"]);
    // A float would turn 33.3333 + 26.6667 into something else than 60.
    let scheme = small(&[("weight = 60", "weight = 59.9999"), ("weight = 40", "weight = 40.000_1")]);
    assert_eq!(scheme.parties[0].weight, dec("59.9999"));
}

/// The scheme with a way of the report behind it.
fn by_way(hops: &[(&str, &str, &str)]) -> Result<Scheme, Vec<(&'static str, String)>> {
    let mut text = changed(&[]);
    for (of, from, to) in hops {
        text.push_str(&format!("[[route]]\nof = \"{of}\"\nfrom = \"{from}\"\nto = \"{to}\"\n"));
    }
    let said =
        |problems: Vec<kernel::Problem>| problems.iter().map(|one| (one.code, one.to_string())).collect();
    Scheme::parse("小样.toml", &text, &FIGURES).map_err(said)
}

#[test]
fn the_report_reaches_everybody_once_from_somebody_who_has_it() {
    let direct = by_way(&[]).expect("a good scheme");
    assert_eq!(direct.way(Paper::Draft), "评估机构送社工站，评估机构送街道办事处（镇人民政府）");
    assert_eq!(direct.way(Paper::Final), direct.way(Paper::Draft));
    assert!(direct.experts_named);
    // What is not written stays as it was before it could be.
    assert_eq!((direct.feedback_days, direct.receipt_days, direct.silence), (7, None, Silence::Wait));
    let written =
        small(&[("note = \"测试用\"", "note = \"测试用\"\nreceipt_days = 2\nsilence = \"no_objection\"")]);
    assert_eq!((written.receipt_days, written.silence), (Some(2), Silence::NoObjection));
    let whole = [
        ("draft", "evaluator", "station"),
        ("draft", "station", "street_office"),
        ("final", "evaluator", "street_office"),
        ("final", "street_office", "station"),
    ];
    let handed = by_way(&whole).expect("a good scheme");
    assert_eq!(handed.way(Paper::Draft), "评估机构送社工站，社工站转街道办事处（镇人民政府）");
    for (at, changed, code, words) in [
        (1, ("draft", "district_bureau", "street_office"), "route_before", "区民政局这时还没有收到初稿"),
        (1, ("draft", "evaluator", "station"), "route_twice", "社工站已经有初稿"),
        (1, ("draft", "station", "evaluator"), "route_twice", "评估机构已经有初稿"),
        (3, ("final", "street_office", "district_bureau"), "route_misses", "终稿送不到社工站"),
        (3, ("finished", "street_office", "station"), "unknown_paper", "draft、final"),
        (3, ("final", "street_office", "city"), "unknown_recipient", "street_office"),
    ] {
        let mut hops = whole;
        hops[at] = changed;
        let problems = by_way(&hops).expect_err(code);
        let found =
            problems.iter().find(|(given, _)| *given == code).unwrap_or_else(|| panic!("{problems:?}"));
        assert!(found.1.contains(words) && found.1.starts_with("小样.toml 第 "), "{}", found.1);
    }
}

#[test]
fn every_problem_is_said_at_once() {
    let text = changed(&[
        ("weight = 40", "weight = 41"),
        ("rule = \"expert\"", "rule = \"x\""),
        ("from = 80, share", "from = 0, share"),
    ]);
    let problems = Scheme::parse("小样.toml", &text, &FIGURES).expect_err("three problems");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["weights_not_full", "steps_overlap", "unknown_rule"]);
}

#[test]
fn rules_propose_a_score() {
    let scheme = small(&[]);
    let items: Vec<_> = scheme.items().map(|(_, item)| item).collect();
    let propose = |item: usize, actual: &str, expected: Option<&str>| {
        assert_eq!(
            items[item].proposed(dec(actual), 2),
            expected.map(dec),
            "{} at {actual}",
            items[item].code
        );
    };
    propose(0, "79.99", Some("0"));
    propose(0, "80", Some("20"));
    propose(0, "99.99", Some("20"));
    propose(0, "100", Some("40"));
    propose(1, "100", None);
    propose(2, "93.4", Some("18.68"));
    propose(2, "104", Some("20"));
    propose(3, "2", Some("6.67"));
    propose(3, "4", Some("10"));
}
