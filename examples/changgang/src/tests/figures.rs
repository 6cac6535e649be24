//! Each published number by counting the stored rows.

use serde_json::{Value, json};

use super::{date_of, id_of, rows, rows_in_period, sum};
use crate::calendar::END;

/// Counts rows of the period, and adds up a field where one is named.
fn check(table: &str, date: &str, conditions: &[(&str, Value)], field: &str, expected: i64) {
    let found = rows_in_period(table, date, conditions);
    let value = if field.is_empty() { i64::try_from(found.len()).unwrap() } else { sum(&found, field) };
    assert_eq!(value, expected, "{table} {conditions:?} {field}");
}

#[test]
fn visits() {
    let xiaogang = id_of("areas", "xiaogang");
    check("visits", "visited_on", &[("kind", json!("home"))], "", 949);
    check("visits", "visited_on", &[("kind", json!("phone"))], "", 8642);
    check("visits", "visited_on", &[("kind", json!("home")), ("area_id", xiaogang.clone())], "", 271);
    check("visits", "visited_on", &[("kind", json!("phone")), ("area_id", xiaogang)], "", 2873);
}

#[test]
fn casework_and_groups() {
    check("cases", "opened_on", &[], "", 69);
    check("cases", "opened_on", &[("one_to_one", json!(true))], "", 45);
    check("case_sessions", "held_on", &[], "", 371);
    check("case_closures", "closed_on", &[], "", 56);
    assert!(rows("cases", &[]).len() > 69, "cases are carried over");
    check("groups", "started_on", &[], "", 9);
    check("group_sessions", "held_on", &[], "", 56);
    check("group_attendances", "held_on", &[], "", 560);
}

#[test]
fn activities() {
    let held = |size: &str| vec![("size", json!(size)), ("status", json!("held"))];
    check("activities", "held_on", &held("large"), "", 18);
    check("activities", "held_on", &held("large"), "attendances", 2922);
    check("activities", "held_on", &held("small"), "", 6);
    check("activities", "held_on", &held("small"), "attendances", 160);
    let home_safety = [("programme", json!("nuanxin_anju")), ("status", json!("held"))];
    check("activities", "held_on", &home_safety, "attendances", 1025);
    let mut club = held("regular");
    club.extend([("programme", json!("xingxing_diandeng")), ("area_id", id_of("areas", "xiaogang"))]);
    check("activities", "held_on", &club, "attendances", 240);
    check("activities", "held_on", &[("status", json!("cancelled"))], "", 2);
    check("activities", "held_on", &[("status", json!("planned"))], "", 1);
}

#[test]
fn volunteers_and_partners() {
    check("volunteers", "registered_on", &[], "", 116);
    check("volunteer_backbones", "assessed_on", &[], "", 14);
    check("volunteer_teams", "founded_on", &[], "", 2);
    check("volunteer_services", "held_on", &[], "", 130);
    check("volunteer_services", "held_on", &[], "attendances", 582);
    let earlier = rows("volunteer_teams", &[("active", json!(true))])
        .into_iter()
        .filter(|row| date_of(row, "founded_on").unwrap() < crate::calendar::START)
        .count();
    assert_eq!((earlier, rows("volunteer_teams", &[("active", json!(false))]).len()), (10, 1));
    let partners: Vec<_> =
        rows("partners", &[]).into_iter().filter(|row| date_of(row, "joined_on").unwrap() <= END).collect();
    let current = partners.iter().filter(|row| date_of(row, "left_on").is_none_or(|left| left > END)).count();
    assert_eq!((current, partners.len()), (57, 59));
    check("fund_drives", "held_on", &[], "", 13);
    check("fund_incomes", "received_on", &[("area_id", id_of("areas", "xiaogang"))], "amount", 7_905_265);
}

#[test]
fn aid_and_homes() {
    let supplies = [("programme", json!("zhuhang")), ("kind", json!("supplies"))];
    let mut xiaogang = supplies.to_vec();
    xiaogang.push(("area_id", id_of("areas", "xiaogang")));
    check("aids", "given_on", &xiaogang, "attendances", 773);
    check("home_adaptations", "found_on", &[("kind", json!("home"))], "", 12);
    check("home_adaptations", "done_on", &[("kind", json!("home"))], "", 1);
    check("home_adaptations", "done_on", &[("kind", json!("stair_handrail"))], "buildings", 1);
    check("home_adaptations", "done_on", &[("kind", json!("stair_handrail"))], "elders", 20);
}

#[test]
fn hotline() {
    for (direction, calls, answered, unfilled) in [("inbound", 500, 276, 159), ("outbound", 3000, 1671, 332)]
    {
        let direction = ("direction", json!(direction));
        check("calls", "called_on", std::slice::from_ref(&direction), "", calls);
        check("calls", "called_on", &[direction.clone(), ("answered", json!(true))], "", answered);
        check("tickets", "opened_on", std::slice::from_ref(&direction), "", calls);
        check("tickets", "opened_on", &[direction, ("filled_on", Value::Null)], "", unfilled);
    }
}

#[test]
fn publicity() {
    check("publicity_posts", "posted_on", &[], "", 72);
    check("publicity_posts", "posted_on", &[], "views", 19_696);
    check("media_reports", "published_on", &[("level", json!("city_or_above"))], "", 8);
    check("media_reports", "published_on", &[("level", json!("district"))], "", 5);
    for (kind, count) in [("thank_you_letter", 2), ("banner", 1), ("commendation", 2)] {
        check("recognitions", "received_on", &[("kind", json!(kind))], "", count);
    }
    check("brochure_rounds", "given_on", &[], "copies", 1046);
    let views = rows("publicity_posts", &[]);
    assert!(views.iter().all(|row| row["views"].as_i64().unwrap() > 0));
}

#[test]
fn survey() {
    let round = ("round", json!("changgang-2024-mid"));
    assert_eq!(rows("sampled_persons", &[round.clone(), ("outcome", json!("answered"))]).len(), 96);
    assert_eq!(rows("sampled_persons", &[round.clone(), ("outcome", json!("unreached"))]).len(), 4);
    let answers = rows("survey_answers", std::slice::from_ref(&round));
    for (field, expected) in [
        ("problem_solved", 448),
        ("abilities", 448),
        ("support_network", 449),
        ("points", 1345),
        ("points_possible", 1440),
    ] {
        assert_eq!(sum(&answers, field), expected, "{field}");
    }
    assert_eq!(rows("survey_answers", &[round, ("wants_more_care", json!(true))]).len(), 2);
    for answer in answers {
        for place in ["area_id", "community_id", "worker_id"] {
            assert!(answer[place].is_null(), "an answer says nothing of whom it came from");
        }
    }
}
