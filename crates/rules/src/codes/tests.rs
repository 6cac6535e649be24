//! The shipped lists, the words they know, and what is refused in a file.

use super::{Codes, List};

const SHIPPED: &str = include_str!("../../../../schemes/guangzhou-codes.toml");

fn shipped() -> Codes {
    Codes::parse("guangzhou-codes.toml", SHIPPED).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_seventeen_categories_keep_their_codes() {
    let codes = shipped();
    let list: Vec<(&str, bool)> = codes
        .list(List::Categories)
        .iter()
        .map(|category| (category.code.as_str(), category.elder()))
        .collect();
    // As they stand in the tables of the sample station and in contracts.
    let expected = [
        ("minimum_living", false),
        ("extreme_poverty", false),
        ("near_minimum_living", false),
        ("heavy_expenditure", false),
        ("disabled", false),
        ("homeless", false),
        ("rural_left_behind_child", false),
        ("child_in_difficulty", false),
        ("single_mother", false),
        ("rural_left_behind_woman", false),
        ("elder_childless", true),
        ("elder_empty_nest", true),
        ("elder_alone", true),
        ("elder_left_behind", true),
        ("elder_disabled", true),
        ("elder_severely_disabled", true),
        ("elder_family_planning", true),
    ];
    assert_eq!(list, expected);
    assert!(
        codes.list(List::Categories).iter().all(|category| category.group.as_deref() == Some("safety_net"))
    );
}

#[test]
fn every_list_is_there_and_answers_to_its_labels() {
    let codes = shipped();
    for list in List::ALL {
        assert!(codes.list(list).len() > 1, "{}", list.name());
        for entry in codes.list(list) {
            for word in entry.also.iter().chain([&entry.label, &entry.code]) {
                assert_eq!(codes.find(list, word), Some(entry), "{word}");
            }
        }
    }
}

#[test]
fn words_that_stand_for_a_code() {
    let codes = shipped();
    let check = |list: List, word: &str, expected: Option<&str>| {
        assert_eq!(codes.find(list, word).map(|entry| entry.code.as_str()), expected, "{word}");
    };
    check(List::Categories, "低保", Some("minimum_living"));
    check(List::Categories, " 独居 长者 ", Some("elder_alone"));
    check(List::Categories, "困境儿童(含孤儿、事实无人抚养儿童)", Some("child_in_difficulty"));
    check(List::Categories, "低保户 。", Some("minimum_living"));
    check(List::Categories, "高龄", None);
    check(List::Categories, "", None);
    check(List::ServiceLevels, "１级", Some("one"));
    check(List::ServiceLevels, "Ⅲ", Some("three"));
    check(List::ServiceLevels, "七级", None);
    check(List::Residence, "户在 人不在", Some("registered_absent"));
    check(List::RosterStates, "已故", Some("deceased"));
    check(List::Relations, "妻", Some("spouse"));
    assert_eq!(codes.similar(List::Categories, "独居老年")[0], "独居老年人");
    assert_eq!(codes.label(List::Housing, "owned"), "自有住房");
    assert_eq!(codes.label(List::Housing, "gone"), "gone");
}

#[test]
fn ages_of_categories() {
    let codes = shipped();
    let check = |code: &str, age: u32, expected: bool| {
        assert_eq!(codes.get(List::Categories, code).unwrap().fits_age(age), expected, "{code} {age}");
    };
    check("elder_alone", 59, false);
    check("elder_alone", 60, true);
    check("child_in_difficulty", 17, true);
    check("child_in_difficulty", 18, false);
    check("rural_left_behind_child", 15, true);
    check("rural_left_behind_child", 16, false);
    check("disabled", 3, true);
}

#[test]
fn what_is_wrong_with_a_file() {
    let check = |from: &str, to: &str, code: &str, says: &str| {
        assert!(SHIPPED.contains(from), "{from}");
        let wrong = SHIPPED.replacen(from, to, 1);
        let problems = Codes::parse("代码表.toml", &wrong).expect_err(to);
        let problem = problems.iter().find(|problem| problem.code == code);
        let said = problem.unwrap_or_else(|| panic!("{code}: {problems:#?}")).to_string();
        assert!(said.contains(says) && said.starts_with("代码表.toml 第 "), "{said}");
        assert!(!problem.unwrap().remedy.is_empty());
    };
    check("code = \"minimum_living\"", "code = \"Minimum\"", "bad_code", "第 28 行");
    check("code = \"minimum_living\"", "code = \"1st\"", "bad_code", "小写字母");
    check("code = \"extreme_poverty\"", "code = \"minimum_living\"", "duplicate_code", "写了两次");
    check(
        "also = [\"低保\",",
        "also = [\"特困人员\",",
        "duplicate_word",
        "“特困人员”已经是对象类别“低保对象”的说法",
    );
    check("also = [\"低保\",", "also = [\" 。\",", "empty_word", "没有写字");
    check("group = \"safety_net\"", "group = \"safety\"", "unknown_group", "safety_net、inclusive");
    check("group = \"safety_net\"\n", "\n", "missing_group", "minimum_living");
    check("min_age = 60", "min_age = 60\nunder_age = 60", "empty_age", "没有人能属于");
    check("code = \"six\"", "code = \"seven\"", "unknown_code", "one、two、three、four、five、six");
    check("label = \"未婚\"", "label = \"未婚\"\nmin_age = 20", "not_a_category", "婚姻状况");
    check("[[marriage]]", "[[marrige]]", "not_toml", "marrige");
    check("code = \"minimum_living\"", "cod = \"minimum_living\"", "not_toml", "cod");
    let none = Codes::parse("空.toml", "name = \"空\"\nversion = \"1\"").unwrap_err();
    assert_eq!(none.iter().filter(|problem| problem.code == "missing_list").count(), 11, "all at once");
}
