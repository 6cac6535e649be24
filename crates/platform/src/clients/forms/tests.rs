//! What is read from the forms, and what is said to be wrong: case tables.

use rules::codes::Codes;
use web::Form;
use web::form::Reading;

use super::*;

fn codes() -> Codes {
    let text = include_str!("../../../../../schemes/guangzhou-codes.toml");
    Codes::parse("guangzhou-codes.toml", text).unwrap()
}

const TODAY: &str = "2024-12-31";

fn form(text: &str) -> Form {
    Form::parse(text.as_bytes())
}

#[test]
fn a_person_is_read_or_every_wrong_field_is_named() {
    let codes = codes();
    let check = |sent: &str, expected: &[(&str, &str)]| {
        let form = form(sent);
        let mut reading = Reading::of(&form);
        let person = PersonForm::read(&form, &mut reading, &codes, TODAY.parse().unwrap(), true);
        for (field, part) in expected {
            let said = reading.wrong.iter().find(|wrong| wrong.field == *field);
            assert!(
                said.is_some_and(|wrong| wrong.what.contains(part)),
                "{sent}: {field}: {:?}",
                reading.wrong
            );
        }
        assert_eq!(reading.wrong.len(), expected.len(), "{sent}: {:?}", reading.wrong);
        assert!(expected.is_empty() || person.is_none() || !reading.wrong.is_empty());
    };
    let good = "name=示例甲&relation=head&id_number=11010519491231002X&phone=13800000000";
    check(good, &[]);
    check("name=示例甲&relation=head&id_number=１１０１０５１９４９１２３１００２ｘ", &[]);
    check("relation=head&id_number=11010519491231002X", &[("name", "填姓名")]);
    check("name=示例甲&id_number=11010519491231002X", &[("relation", "关系")]);
    check("name=示例甲&relation=head", &[("id_number", "18 位")]);
    check("name=示例甲&relation=head&id_number=110105194912310021", &[("id_number", "校验位")]);
    check("name=示例甲&relation=head&id_number=110105491231002", &[("id_number", "15 位")]);
    check("name=示例甲&relation=head&id_number=110105202612310025", &[("id_number", "还没有到")]);
    check("name=示例甲&relation=king&id_number=11010519491231002X", &[("relation", "选")]);
    check(
        "name=示例甲&relation=head&id_number=11010519491231002X&phone=12",
        &[("phone", "手机号应有 11 位")],
    );
    let long = format!("name={}&relation=head&id_number=11010519491231002X", "长".repeat(41));
    check(&long, &[("name", "最多 40 字")]);
}

#[test]
fn categories_fit_the_age() {
    let codes = codes();
    let check = |sent: &str, born: &str, expected: Option<&str>| {
        let form = form(sent);
        let mut reading = Reading::of(&form);
        read_categories(&form, &mut reading, &codes, born.parse().ok(), TODAY.parse().unwrap());
        match expected {
            None => assert!(reading.wrong.is_empty(), "{sent}: {:?}", reading.wrong),
            Some(part) => assert!(reading.wrong[0].what.contains(part), "{sent}: {:?}", reading.wrong),
        }
    };
    check("categories=elder_alone", "1964-12-31", None);
    check("categories=elder_alone", "1965-01-01", Some("要满 60 岁，本人 59 岁"));
    check("categories=child_in_difficulty", "2007-01-01", None);
    check("categories=child_in_difficulty", "2006-12-31", Some("要不满 18 岁"));
    check("categories=minimum_living&categories=disabled", "2000-01-01", None);
}

#[test]
fn a_consent_of_a_child_is_the_guardians() {
    let check = |sent: &str, under_14: bool, wrong: &[&str]| {
        let form = form(sent);
        let mut reading = Reading::of(&form);
        ConsentForm::read(&mut reading, under_14);
        let fields: Vec<&str> = reading.wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, wrong, "{sent}");
    };
    check("signed_on=2024-09-02", false, &[]);
    check("signed_on=2024-09-02", true, &["guardian"]);
    check("signed_on=2024-09-02&guardian=样本乙", true, &["guardian_relation"]);
    check("signed_on=2024-09-02&guardian=样本乙&guardian_relation=母亲", true, &[]);
    check("signed_on=2024-09-02&until_on=2024-09-02", false, &["until_on"]);
    check("", false, &["signed_on"]);
}

#[test]
fn dates_follow_one_another() {
    let check = |sent: &str, wrong: &[&str], read: fn(&mut Reading<'_>)| {
        let form = form(sent);
        let mut reading = Reading::of(&form);
        read(&mut reading);
        let fields: Vec<&str> = reading.wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, wrong, "{sent}");
    };
    let plan = |reading: &mut Reading<'_>| drop(PlanForm::read(reading));
    let words = "needs=一&goals=二&measures=三";
    check(&format!("{words}&made_on=2024-01-02&review_on=2024-07-02"), &[], plan);
    check(&format!("{words}&made_on=2024-01-02&review_on=2024-01-02"), &["review_on"], plan);
    check("made_on=2024-01-02&review_on=2024-07-02", &["needs", "goals", "measures"], plan);
    let level = |reading: &mut Reading<'_>| drop(LevelForm::read(reading));
    check("level=one&level_from=2024-06-01&level_reason=独居", &[], level);
    check("level=seven&level_from=2024-06-01&level_reason=独居", &["level"], level);
    check("level=one&level_from=x&level_reason=独居&regrade_due_on=2024-05-01", &["level_from"], level);
    check(
        "level=one&level_from=2024-06-01&level_reason=a&regrade_due_on=2024-05-01",
        &["regrade_due_on"],
        level,
    );
}

#[test]
fn age_is_in_whole_years() {
    let check = |born: &str, day: &str, expected: u32| {
        assert_eq!(age(born.parse().unwrap(), day.parse().unwrap()), expected, "{born} at {day}");
    };
    check("1949-12-31", "2024-12-30", 74);
    check("1949-12-31", "2024-12-31", 75);
    check("2024-02-29", "2025-02-28", 0);
    check("2024-02-29", "2025-03-01", 1);
}
