//! What each command answers on the sample station.

use serde_json::{Value, json};

use super::{copy, dir, run};

#[test]
fn indicators_in_json() {
    let rows = run(&["indicators", "--dir", dir(), "--station", "changgang", "--format", "json"]).json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 15);
    let expected = json!({
        "code": "case_closures", "name": "专业个案结案", "unit": "个", "actual": 56, "target": 104,
        "completion_percent": 53.85, "elapsed_percent": 53.15, "forecast": 105, "status": "tight",
    });
    assert_eq!(rows[4], expected);
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    let wanted = [
        "code",
        "name",
        "unit",
        "actual",
        "target",
        "completion_percent",
        "elapsed_percent",
        "forecast",
        "status",
    ];
    assert_eq!(keys, wanted);
}

#[test]
fn an_earlier_day_counts_less() {
    let at = |day: &str| {
        let run = run(&[
            "indicators",
            "--dir",
            dir(),
            "--station",
            "changgang",
            "--as-of",
            day,
            "--format",
            "json",
        ]);
        run.json().as_array().unwrap().clone()
    };
    let (september, december) = (at("2024-09-30"), at("2024-12-31"));
    for (before, after) in september.iter().zip(&december) {
        assert!(before["actual"].as_f64() <= after["actual"].as_f64(), "{before} {after}");
    }
    assert_eq!(september[0]["elapsed_percent"], json!(27.95));
    assert!(september[0]["actual"].as_i64() < december[0]["actual"].as_i64());
}

#[test]
fn a_figure_with_its_breakdown_and_its_records() {
    let figure = |more: &[&str]| {
        let mut arguments =
            vec!["figure", "--dir", dir(), "--station", "changgang", "home_visits", "--format", "json"];
        arguments.extend(more);
        run(&arguments).json()
    };
    let plain = figure(&[]);
    assert_eq!(
        (&plain["rule"], &plain["value"], &plain["unit"]),
        (&json!("home_visits"), &json!(949), &json!("个"))
    );
    assert_eq!(plain["digest"].as_str().unwrap().len(), 64);
    for by in ["area", "community", "worker", "month"] {
        let rows = figure(&["--by", by])["rows"].as_array().unwrap().clone();
        let sum: i64 = rows.iter().map(|row| row["value"].as_i64().unwrap()).sum();
        assert_eq!(sum, 949, "by {by}");
    }
    let areas = figure(&["--by", "area"]);
    let xiaogang = areas["rows"].as_array().unwrap().iter().find(|row| row["key"] == "xiaogang").unwrap();
    assert_eq!((&xiaogang["name"], &xiaogang["value"]), (&json!("晓港片区"), &json!(271)));
    let listed = figure(&["--list"]);
    let records = listed["records"].as_array().unwrap();
    assert_eq!(records.len(), 949);
    assert!(records.iter().all(|record| record["fields"]["kind"] == "home"));
    assert_eq!(listed["digest"], plain["digest"]);
}

#[test]
fn a_derived_figure_lists_what_it_rests_on() {
    let coverage = run(&[
        "figure",
        "--dir",
        dir(),
        "--station",
        "changgang",
        "registry.coverage_percent",
        "--list",
        "--format",
        "json",
    ])
    .json();
    assert_eq!(coverage["value"], json!(100));
    assert_eq!(coverage["records"].as_array().unwrap().len(), 2 * 1915);
}

#[test]
fn the_result_can_be_worked_out_by_hand() {
    let result = run(&["result", "--dir", dir(), "--round", "changgang-2024-mid", "--format", "json"]).json();
    assert_eq!((&result["total"], &result["grade"]), (&json!(84.48), &json!("良好")));
    let number = |value: &Value| value.as_f64().unwrap();
    let parties = result["parties"].as_array().unwrap();
    let mut total = 0.0;
    for party in parties {
        let weighted = number(&party["weighted"]);
        assert!(
            (number(&party["score"]) * number(&party["weight"]) / 100.0 - weighted).abs() < 1e-9,
            "{party}"
        );
        total += weighted;
    }
    assert!((total - 84.48).abs() < 1e-9);
    let items = result["items"].as_array().unwrap();
    assert!(items.len() >= 16);
    let sum: f64 = items
        .iter()
        .map(|item| {
            let scores = item["scores"].as_array().unwrap();
            assert_eq!(scores.len(), 5);
            let mean = scores.iter().map(|score| number(&score["score"])).sum::<f64>() / 5.0;
            assert!((mean - number(&item["aggregate"])).abs() < 1e-9, "{item}");
            number(&item["aggregate"])
        })
        .sum();
    assert!((sum - 84.0).abs() < 1e-9, "{sum}");
}

#[test]
fn a_report_verifies_alone_and_against_its_database() {
    let manifest = format!("{}/report/manifest.json", dir());
    let alone = run(&["verify", &manifest]);
    assert_eq!((alone.code, alone.out.contains("全部相符")), (0, true), "{}{}", alone.out, alone.err);
    let with_database = run(&["verify", &manifest, "--dir", dir(), "--format", "json"]);
    assert_eq!((with_database.code, with_database.json()), (0, json!([])));
}

#[test]
fn a_touched_file_or_record_does_not_verify() {
    let (_folder, dir) = copy();
    let manifest = format!("{dir}/report/manifest.json");
    let differs = |what: &str| {
        let run = run(&["verify", &manifest]);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains(what), "{}\nlacks {what}", run.out);
    };
    let change = |file: &str, from: &str, to: &str| {
        let path = format!("{dir}/report/{file}");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        text
    };
    let html = change("report.html", "949", "950");
    differs("[file] report.html");
    std::fs::write(format!("{dir}/report/report.html"), html).unwrap();
    let records = change("records.jsonl", "\"kind\":\"home\"", "\"kind\":\"phone\"");
    differs("[figure] home_visits");
    differs("[record]");
    std::fs::write(format!("{dir}/report/records.jsonl"), records).unwrap();
    let text = change("manifest.json", "\"value\": 949", "\"value\": 950");
    differs("清单为 950，重算为 949");
    std::fs::write(&manifest, text).unwrap();
    assert_eq!(run(&["verify", &manifest]).code, 0);
    std::fs::remove_file(format!("{dir}/report/report.pdf")).unwrap();
    differs("[file] report.pdf：读不了");
}

#[test]
fn what_changed_since_is_listed_record_by_record() {
    let (_folder, dir) = copy();
    let listed = run(&[
        "figure",
        "--dir",
        &dir,
        "--station",
        "changgang",
        "home_visits",
        "--list",
        "--format",
        "json",
    ]);
    let id = listed.json()["records"][0]["id"].as_str().unwrap().to_owned();
    super::demo::withdraw(&dir, "visit", &id);
    let manifest = format!("{dir}/report/manifest.json");
    assert_eq!(run(&["verify", &manifest]).code, 0, "the report itself is untouched");
    let since = run(&["verify", &manifest, "--dir", &dir]);
    assert_eq!(since.code, 1);
    assert!(since.out.contains(&format!("visit {id}：home_visits：不再计入")), "{}", since.out);
    let now = run(&["figure", "--dir", &dir, "--station", "changgang", "home_visits", "--format", "json"]);
    assert_eq!(now.json()["value"], json!(948));
    // The report counts what was known when the round was closed: written again it is the same.
    let again = format!("{dir}/again");
    assert_eq!(run(&["report", "--dir", &dir, "--round", "changgang-2024-mid", "--out", &again]).code, 0);
    let bytes = |folder: &str, name: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
    for name in ["records.jsonl", "report.html", "annexes.xlsx", "manifest.json"] {
        assert_eq!(bytes(&again, name), bytes(&format!("{dir}/report"), name), "{name}");
    }
}
