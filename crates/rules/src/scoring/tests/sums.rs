//! The sums: averaging, areas, rounding, deductions, vetoes, a missing party.

use super::{dec, inputs, small, three};
use crate::scoring::{Deducted, Inputs, Outcome, Scheme, Vetoed, aggregate};

fn result(scheme: &Scheme, inputs: &Inputs) -> Outcome {
    aggregate(scheme, inputs).expect("a result")
}

#[test]
fn every_step_is_kept() {
    let outcome = result(&small(&[]), &three());
    let items: Vec<_> =
        outcome.items.iter().map(|item| (item.code.as_str(), item.aggregate.to_string())).collect();
    assert_eq!(
        items,
        [
            ("files", "33.666666666666666666666666667".to_owned()),
            ("talk", "25.166666666666666666666666667".to_owned()),
            ("liked", "15.833333333333333333333333333".to_owned()),
            ("list", "7.6666666666666666666666666667".to_owned()),
        ]
    );
    // 101/3 + 75.5/3 = 176.5/3; 47.5/3 + 23/3 = 70.5/3; together 247/3 = 82.333…
    let sections: Vec<_> = outcome.sections.iter().map(|section| section.score).collect();
    assert_eq!(sections, [dec("58.833333333333333333333333333"), dec("23.5")]);
    let parties: Vec<_> = outcome.parties.iter().map(|party| (party.score, party.weighted)).collect();
    assert_eq!(parties, [(dec("82.33"), dec("49.4")), (dec("88.5"), dec("35.4"))]);
    assert_eq!((outcome.total, outcome.grade.as_str()), (dec("84.8"), "良好"));
}

#[test]
fn averaging_of_ties_and_extremes() {
    let check = |rule: &str, files: &[&str], expected: &str| {
        let scheme =
            small(&[("rule = \"mean\"", &format!("rule = \"{rule}\"")), ("quorum = 2", "quorum = 3")]);
        let codes = ["a", "b", "c", "d", "e"];
        let experts: Vec<_> = codes
            .into_iter()
            .zip(files)
            .map(|(code, files)| (code, [*files, "24", "24", "16", "8"]))
            .collect();
        let outcome = result(&scheme, &inputs(&experts, "80"));
        assert_eq!(outcome.items[0].aggregate, dec(expected), "{rule} {files:?}");
    };
    check("mean", &["30", "31", "32", "33", "40"], "33.2");
    check("trimmed_mean", &["30", "31", "32", "33", "40"], "32");
    check("trimmed_mean", &["40", "30", "32", "33", "31"], "32");
    check("trimmed_mean", &["30", "30", "40", "40", "35"], "35");
    check("trimmed_mean", &["30", "30", "30", "30", "40"], "30");
    check("trimmed_mean", &["30", "30", "30", "30", "30"], "30");
    check("trimmed_mean", &["30", "36", "40"], "36");
    check("median", &["30", "31", "32", "33", "40"], "32");
    check("median", &["40", "40", "0", "31", "31"], "31");
    check("median", &["30", "31", "34", "40"], "32.5");
    check("median", &["30", "30", "30.5", "30.5"], "30.25");
}

#[test]
fn an_item_by_area_is_the_mean_of_the_areas() {
    let outcome = result(&small(&[]), &three());
    let talk: Vec<_> = outcome.items[1].scores.iter().map(|score| (score.score, score.areas.len())).collect();
    assert_eq!(talk, [(dec("25"), 2), (dec("24.5"), 2), (dec("26"), 2)]);
    assert!(outcome.items[0].scores.iter().all(|score| score.areas.is_empty()));
}

#[test]
fn rounding_happens_half_up_and_only_where_the_scheme_says() {
    let check = |at: &str, third: &str, weighted: &str, total: &str| {
        let outcome = result(&small(&[("[\"party\", \"weighted\", \"total\"]", at)]), &three());
        let party = &outcome.parties[0];
        assert_eq!(
            (party.score, party.weighted, outcome.total),
            (dec(third), dec(weighted), dec(total)),
            "{at}"
        );
    };
    check("[]", "82.333333333333333333333333333", "49.4", "84.8");
    check("[\"party\"]", "82.33", "49.398", "84.798");
    check("[\"item\"]", "82.34", "49.404", "84.804");
    check("[\"section\"]", "82.33", "49.398", "84.798");
    check("[\"item\", \"party\", \"weighted\", \"total\"]", "82.34", "49.4", "84.8");
    // Half a hundredth goes up, a little less does not: 84.125 × 60 % = 50.475.
    let check = |files: &str, weighted: &str| {
        let given = [("a", [files, "25", "25", "16", "8"]), ("b", [files, "25", "25", "16", "8.25"])];
        let outcome = result(&small(&[("[\"party\", ", "[")]), &inputs(&given, "80"));
        assert_eq!(outcome.parties[0].weighted, dec(weighted), "{files}");
    };
    check("35", "50.48");
    check("34.99", "50.47");
}

#[test]
fn thirds_add_up_to_the_whole() {
    // Three experts, one of whom gives a third item a point more: 1/3 + 1/3 + 1/3 must be 1, not 0.99….
    let scores = [
        ("a", ["31", "20", "20", "10", "5"]),
        ("b", ["30", "21", "21", "10", "5"]),
        ("c", ["30", "20", "20", "11", "5"]),
    ];
    let outcome = result(&small(&[("[\"party\", \"weighted\", \"total\"]", "[]")]), &inputs(&scores, "80"));
    assert_eq!(outcome.parties[0].score, dec("66"));
    assert_eq!(outcome.total, dec("71.6"));
}

#[test]
fn deductions_come_off_the_total_and_never_below_zero() {
    let check = |times: u32, total: &str, grade: &str| {
        let mut given = three();
        given.deductions = vec![Deducted { code: "late".to_owned(), times, note: "示例".to_owned() }];
        let outcome = result(&small(&[]), &given);
        assert_eq!(outcome.weighted_total, dec("84.8"));
        assert_eq!((outcome.total, outcome.grade_code.as_str()), (dec(total), grade), "{times} times");
    };
    check(0, "84.8", "good");
    check(1, "84.3", "good");
    check(9, "80.3", "good");
    check(10, "79.8", "qualified");
    check(4_000_000_000, "0", "unqualified");
}

#[test]
fn a_veto_limits_the_grade_and_leaves_the_total() {
    let check = |limit: &str, grade: &str| {
        let mut given = three();
        given.vetoes = vec![Vetoed { code: "false_records".to_owned(), note: "示例".to_owned() }];
        let outcome = result(&small(&[("grade = \"unqualified\"", &format!("grade = \"{limit}\""))]), &given);
        assert_eq!((outcome.total, outcome.grade_code.as_str()), (dec("84.8"), grade));
        assert_eq!(outcome.vetoes[0].grade_code, limit);
    };
    check("unqualified", "unqualified");
    check("qualified", "qualified");
    // A limit above what was reached lifts nothing.
    check("excellent", "good");
}

#[test]
fn a_missing_party_is_refused_or_reweighed() {
    let mut given = three();
    given.parties.clear();
    let problems = aggregate(&small(&[]), &given).expect_err("refused");
    assert_eq!(problems[0].code, "party_missing");
    assert!(problems[0].to_string().contains("街道（purchaser）还没有评分"));
    let outcome = result(&small(&[("\"refuse\"", "\"reweigh\"")]), &given);
    assert_eq!(outcome.scheme.weight_base, dec("60"));
    assert_eq!((outcome.parties.len(), outcome.total), (1, dec("82.33")));
}
