//! Who is strict and who is lenient, and what the total would be without each.

use super::{dec, inputs, small, three};
use crate::scoring::{aggregate, severity};

#[test]
fn leniency_is_in_percent_of_points() {
    // `a` gives every item 10 % of its points less than `b`: half of that from the mean.
    let given = inputs(&[("a", ["30", "21", "21", "14", "7"]), ("b", ["34", "24", "24", "16", "8"])], "80");
    let report = severity(&small(&[]), &given).expect("a report");
    let lines: Vec<_> =
        report.experts.iter().map(|line| (line.expert.as_str(), line.leniency, line.spread)).collect();
    assert_eq!(lines, [("a", dec("-5"), dec("0")), ("b", dec("5"), dec("0"))]);
    // Two experts are the quorum, so there is no total without either.
    assert!(report.experts.iter().all(|line| line.total_without.is_none() && line.effect.is_none()));
}

#[test]
fn the_effect_of_leaving_one_out_is_the_difference_of_totals() {
    let report = severity(&small(&[]), &three()).expect("a report");
    let lines: Vec<_> = report.experts.iter().map(|line| (line.total_without, line.effect)).collect();
    // Third party without a: (82 + 85) / 2 = 83.5 (talk counts half for each area), × 60 % + 35.4.
    assert_eq!(lines[0], (Some(dec("85.5")), Some(dec("-0.7"))));
    assert_eq!(lines[1], (Some(dec("84.9")), Some(dec("-0.1"))));
    assert_eq!(lines[2], (Some(dec("84")), Some(dec("0.8"))));
}

#[test]
fn it_informs_and_changes_nothing() {
    let before = aggregate(&small(&[]), &three());
    severity(&small(&[]), &three()).expect("a report");
    assert_eq!(aggregate(&small(&[]), &three()), before);
}

#[test]
fn differences_above_the_threshold_are_discussed() {
    let check = |files: [&str; 2], expected: &[&str]| {
        let given = inputs(
            &[("a", [files[0], "24", "24", "16", "8"]), ("b", [files[1], "24", "24", "16", "8"])],
            "80",
        );
        let report = severity(&small(&[]), &given).expect("a report");
        let found: Vec<_> =
            report.discussions.iter().map(|found| format!("{} {}", found.item, found.apart)).collect();
        assert_eq!(found, expected);
    };
    check(["30", "38"], &[]);
    check(["30", "38.01"], &["files 20.03"]);
    check(["40", "0"], &["files 100"]);
}
