//! The shipped files hold, and what is wrong in one is said with file and line.

use super::super::{By, Calendar, Levels};
use super::{CATEGORIES, LEVELS, calendar, day, levels};

#[test]
fn the_calendar_knows_the_published_years() {
    let calendar = calendar();
    for (text, worked) in [
        ("2024-02-04", true),  // Sunday, made up
        ("2024-02-12", false), // spring festival
        ("2024-09-14", true),  // Saturday, made up
        ("2024-10-01", false),
        ("2024-10-08", true),
        ("2024-10-12", true),
        ("2024-12-28", false),
        ("2025-01-01", false),
        ("2025-01-26", true),
        ("2025-02-04", false),
        ("2026-01-04", true),
        ("2026-02-23", false),
        ("2026-02-28", true),
        ("2030-06-03", true), // no such year: a Monday
        ("2030-06-01", false),
    ] {
        assert_eq!(calendar.is_workday(day(text)), worked, "{text}");
    }
    assert!(!calendar.is_provisional(day("2026-12-31")) && calendar.is_provisional(day("2027-01-01")));
    assert!(calendar.is_provisional(day("2030-01-01")));
}

#[test]
fn the_levels_hold_from_their_day() {
    let levels = levels();
    assert_eq!(levels.frequency("one", By::Home, day("2024-12-31")).map(|often| often.every), Some(30));
    assert_eq!(levels.frequency("one", By::Home, day("2024-06-20")), None);
    assert_eq!(levels.frequency("six", By::Home, day("2024-12-31")), None);
}

#[test]
fn a_later_edition_of_a_level_begins_on_its_day() {
    let later = "\n[[levels]]\nlevel = \"one\"\nfrom = \"2025-01-01\"\nhome = { every = 7 }\n";
    let levels = Levels::parse("l.toml", &format!("{LEVELS}{later}"), CATEGORIES).unwrap();
    for (text, every) in [("2024-12-31", 30), ("2025-01-01", 7)] {
        assert_eq!(levels.frequency("one", By::Home, day(text)).map(|often| often.every), Some(every));
    }
}

#[test]
fn a_level_is_looked_at_again_after_its_days() {
    let later = "\n[[levels]]\nlevel = \"one\"\nfrom = \"2025-01-01\"\nregrade = 90\n\n[[levels]]\nlevel = \"six\"\nfrom = \"2025-01-01\"\n";
    let levels = Levels::parse("l.toml", &format!("{LEVELS}{later}"), CATEGORIES).unwrap();
    for (level, from, expected) in [
        ("one", "2024-07-01", Some("2024-12-28")),
        ("two", "2024-07-01", Some("2025-07-01")),
        ("one", "2021-01-01", Some("2021-06-30")), // older than the file: by its first edition
        ("one", "2025-01-01", Some("2025-04-01")),
        ("six", "2025-01-01", None), // no interval any more
        ("seven", "2024-07-01", None),
    ] {
        assert_eq!(levels.regrade_on(level, day(from)), expected.map(day), "{level} from {from}");
    }
}

/// What is wrong with the shipped levels, changed.
fn wrong(from: &str, to: &str) -> Vec<String> {
    let text = LEVELS.replacen(from, to, 1);
    assert_ne!(text, LEVELS, "{from}");
    let problems = Levels::parse("levels.toml", &text, CATEGORIES).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_wrong_in_the_levels_is_said_with_its_line() {
    let line = LEVELS.lines().position(|line| line == "level = \"one\"").unwrap() + 1;
    let said = wrong("level = \"one\"", "level = \"first\"");
    assert!(said[0].starts_with(&format!("levels.toml 第 {line} 行：没有“first”")), "{said:?}");
    assert!(said[1].contains("没有写一级（one）"), "{said:?}");
    for (from, to, what) in [
        ("from = \"2024-06-21\"", "from = \"2024-06-31\"", "“2024-06-31”不是日期"),
        ("every = 30", "every = 0", "这个天数不合规定"),
        ("level = \"two\"", "level = \"one\"", "“one”从 2024-06-21 起写了两次"),
        ("category = \"child_in_difficulty\"", "category = \"elder\"", "没有“elder”"),
        ("before = 7", "within = 7", "天数写得不对"),
        ("levels = [\"one\", \"two\"]", "levels = [\"one\", \"ten\"]", "没有“ten”这个等级"),
        ("window = 7", "windows = 7", "读不懂"),
        ("regrade = 180", "regrade = 0", "这个天数不合规定"),
        ("phone = { every = 60 }", "phone = { every = 60 }\nregrade = 60", "类别没有复评"),
    ] {
        let said = wrong(from, to);
        assert!(
            said.iter().any(|one| one.contains(what) && one.contains("levels.toml 第")),
            "{to}: {said:?}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_calendar_is_said_with_its_line() {
    let file = |holiday: &str, workday: &str| {
        format!(
            "name = \"n\"\nversion = \"1\"\n[[years]]\nyear = 2024\nsource = \"s\"\nworkdays = [\"{workday}\"]\nholidays = [{holiday}]\n"
        )
    };
    let good = "{ name = \"元旦\", from = \"2024-01-01\", to = \"2024-01-01\" }";
    for (text, what) in [
        (file(good, "2024-02-05"), "第 6 行：2024-02-05 不能作 2024 年的调休上班日"),
        (file(good, "2024-13-05"), "第 6 行：“2024-13-05”不是日期"),
        (
            file(&good.replace("to = \"2024-01-01", "to = \"2023-12-31"), "2024-02-04"),
            "第 7 行：元旦在开始前就结束",
        ),
        (file(&good.replace("2024-01-01", "2025-01-01"), "2024-02-04"), "第 7 行：2025-01-01 不在 2024 年"),
        (file(&format!("{good}, {good}"), "2024-02-04"), "重叠"),
        (
            format!(
                "{0}{1}",
                file(good, "2024-02-04"),
                "[[years]]\nyear = 2024\nsource = \"s\"\nholidays = []\n"
            ),
            "2024 年写了两次",
        ),
    ] {
        let problems = Calendar::parse("c.toml", &text).unwrap_err();
        assert!(problems.iter().any(|one| one.to_string().contains(what)), "{what}: {problems:?}");
    }
}
