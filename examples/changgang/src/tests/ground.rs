//! Places, contract, staff and evaluation of the stored sample.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{date_of, id_of, known, rows, sum};
use crate::calendar::{END, START, day};

#[test]
fn places_and_contract() {
    for (table, count) in [
        ("stations", 1),
        ("areas", 4),
        ("communities", 22),
        ("service_points", 22),
        ("contracts", 1),
        ("contract_categories", 17),
        ("community_funds", 22),
        ("indicator_targets", 15),
    ] {
        assert_eq!(known()[table].len(), count, "{table}");
    }
    let contract = &known()["contracts"][0];
    for (field, value) in [
        ("code", json!("changgang-2024")),
        ("starts_on", json!("2024-06-21")),
        ("ends_on", json!("2025-06-20")),
        ("funding", json!(240_000_000)),
        ("agreed_workers", json!(20)),
        ("agreed_certified", json!(12)),
    ] {
        assert_eq!(contract[field], value, "{field}");
    }
    assert_eq!(rows("contract_categories", &[("elder", true.into())]).len(), 7);
    let in_force = rows("regulations", &[("repealed_on", Value::Null)]);
    assert_eq!(in_force.len(), 15);
    let with_worker = rows("community_funds", &[("worker_on_committee", true.into())]);
    assert_eq!(with_worker.len(), 1);
    assert_eq!(with_worker[0]["community_id"], id_of("communities", "xiaoyuandong"));
}

#[test]
fn files_of_each_community() {
    let check = |code: &str, files: usize| {
        let community = id_of("communities", code);
        let open = rows("households", &[("community_id", community.clone()), ("closed_on", Value::Null)]);
        assert_eq!(open.len(), files, "{code}");
        let listed = rows("roster_entries", &[("community_id", community), ("delisted_on", Value::Null)]);
        assert_eq!(listed.len(), files, "{code}");
    };
    for (code, files) in [
        ("xiaogangdong", 152),
        ("qinghui", 110),
        ("xiaogangzhong", 103),
        ("xiaoxi", 116),
        ("changgangdong", 74),
        ("xiaoyuandong", 99),
        ("xiaoyuanxin", 119),
        ("yuejinnan", 119),
        ("yuejinbei", 70),
        ("xigangdong", 51),
        ("xigangxi", 79),
    ] {
        check(code, files);
    }
    for (area, households, persons) in
        [("xiaogang", 555, 601), ("xiaoyuan", 537, 616), ("haifu", 447, 482), ("beipian", 376, 419)]
    {
        let open = [("area_id", id_of("areas", area)), ("closed_on", Value::Null)];
        assert_eq!(rows("households", &open).len(), households, "{area}");
        assert_eq!(rows("persons", &open).len(), persons, "{area}");
    }
}

#[test]
fn attendance_in_halves() {
    let check = |conditions: &[(&str, Value)], halves: i64| {
        assert_eq!(sum(&rows("attendances", conditions), "halves"), halves, "{conditions:?}");
    };
    check(&[], 270);
    check(&[("level", "none".into())], 73);
    check(&[("level", "assistant".into())], 171);
    check(&[("level", "intermediate".into())], 26);
    let dues = rows("attendance_dues", &[]);
    assert_eq!((dues.len(), sum(&dues, "due"), sum(&dues, "certified_due")), (13, 260, 156));
}

#[test]
fn workers_at_the_end() {
    let on_duty = |worker: &&Value| date_of(worker, "left_on").is_none_or(|left| left > END);
    let now: Vec<&Value> = rows("workers", &[]).into_iter().filter(on_duty).collect();
    assert_eq!((known()["workers"].len(), now.len()), (28, 21));
    let since = |field: &str, latest| now.iter().filter(|row| date_of(row, field).unwrap() <= latest).count();
    assert_eq!(since("joined_on", START), 14);
    assert_eq!(since("in_field_since", day(2022, 12, 31)), 17);
    assert_eq!(now.iter().filter(|worker| worker["party_member"] == true).count(), 5);
    let certified: BTreeSet<&str> =
        rows("certificates", &[]).into_iter().map(|row| row["worker_id"].as_str().unwrap()).collect();
    assert_eq!(now.iter().filter(|worker| certified.contains(worker["id"].as_str().unwrap())).count(), 15);
    let manager = rows("workers", &[("role", "manager".into())]);
    assert_eq!(manager.len(), 1);
    assert_eq!(
        (&manager[0]["in_field_since"], &manager[0]["joined_on"]),
        (&json!("2014-03-01"), &json!("2024-04-01"))
    );
}

#[test]
fn halves_at_work_agree_with_days_at_work() {
    for worker in rows("workers", &[]) {
        let halves: Vec<_> = rows("attendances", &[("worker_id", worker["id"].clone())])
            .into_iter()
            .map(|row| date_of(row, "half_ends_on").unwrap())
            .collect();
        let expected: Vec<_> = (1..=13)
            .map(crate::calendar::half)
            .filter(|(first, _)| date_of(worker, "joined_on").unwrap() <= *first)
            .filter(|(_, last)| date_of(worker, "left_on").is_none_or(|left| left > *last))
            .map(|(_, last)| last)
            .collect();
        let mut halves = halves;
        halves.sort_unstable();
        assert_eq!(halves, expected, "{worker}");
    }
}

#[test]
fn the_round() {
    let round = &known()["rounds"][0];
    for (field, value) in [
        ("code", json!("changgang-2024-mid")),
        ("stage", json!("issued")),
        ("kind", json!("mid_term")),
        ("scheme", json!("guangzhou-2024")),
        ("previous", json!("changgang-2023-final")),
        ("records_until", json!("2024-12-31")),
        ("evaluated_on", json!("2025-03-25")),
        ("known_at", json!(crate::KNOWN_UNTIL.micros())),
    ] {
        assert_eq!(round[field], value, "{field}");
    }
    assert_eq!(crate::KNOWN_UNTIL, kernel::Moment::end_of(day(2025, 4, 10)));
    assert_eq!(rows("panel_members", &[("role", "expert".into())]).len(), 5);
    assert_eq!(rows("panel_members", &[("role", "staff".into())]).len(), 1);
    assert_eq!(known()["on_site_days"].len(), 1);
    // Seventeen items as they stand and three for each of four areas, by five experts.
    assert_eq!(known()["expert_scores"].len(), 5 * (17 + 3 * 4));
    let given = rows("expert_scores", &[("expert", "jia".into()), ("item", "sq_contacts@xiaogang".into())]);
    assert_eq!((given[0]["score"].clone(), &given[0]["area_id"]), (json!(600), &id_of("areas", "xiaogang")));
    for (party, score) in [("purchaser", 8600), ("supervision_centre", 8520), ("supervisor", 8300)] {
        assert_eq!(rows("party_scores", &[("party", party.into())])[0]["score"], score, "{party}");
    }
    assert_eq!(rows("feedbacks", &[("answer", "no_objection".into())]).len(), 4);
    assert_eq!(known()["past_figures"][0]["value"], 8000);
    assert_eq!(rows("findings", &[("kind", "recommendation".into())]).len(), 3);
}
