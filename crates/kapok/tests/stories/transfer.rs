//! A station as a folder of workbooks: out of one database, into an empty one of the other engine, and the same figures.

use super::{copy, dir, run};

/// One of each way of counting: records, sums, distinct people, halves, money, ratios, shares of others.
const RULES: [&str; 10] = [
    "phone_visits",
    "home_visits",
    "group_attendances",
    "large_activity_attendances",
    "volunteer_backbones",
    "contract.funding_yuan",
    "station.years_operated",
    "registry.coverage_percent",
    "staff.retention_percent",
    "hotline.answer_rate_percent",
];

#[test]
fn a_station_goes_to_the_other_engine_with_the_same_digests() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let taken = run(&["export", "--dir", dir(), "--station", "changgang", "--out", out]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(taken.out.contains("visit.xlsx  9591 条"), "{}", taken.out);
    run(&["export", "--dir", dir(), "--station", "changgang", "--out", out]).refused(&["文件夹里已有文件"]);

    let fresh = db::testing::postgres_address("transfer");
    let other = folder.path().join("other");
    let at = ["--database-url", fresh.as_str(), "--dir", other.to_str().unwrap()];
    let brought = run(&[&["import", out], &at[..]].concat());
    assert_eq!(brought.code, 0, "{}", brought.err);
    for rule in RULES {
        let figure = |place: &[&str]| {
            let asked =
                ["figure", "--station", "changgang", rule, "--as-of", "2024-12-31", "--format", "json"];
            run(&[&asked, place].concat()).json()
        };
        assert_eq!(figure(&at), figure(&["--dir", dir()]), "{rule}");
    }
    let indicators = |place: &[&str]| {
        let asked = ["indicators", "--station", "changgang", "--as-of", "2024-12-31", "--format", "json"];
        run(&[&asked, place].concat()).json()
    };
    assert_eq!(indicators(&at), indicators(&["--dir", dir()]));

    // A second time nothing is written twice, and nothing half: the station is there already.
    run(&[&["import", out], &at[..]].concat()).refused(&[]);
    assert_eq!(indicators(&at), indicators(&["--dir", dir()]));
    let (_copy, there) = copy();
    run(&["import", there.as_str(), "--dir", &there]).refused(&["没有可以导入的表格"]);
}
