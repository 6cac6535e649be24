//! What may be wrong with the scores: each case once, with its stable code and its words.

use super::{dec, small, three};
use crate::scoring::{Added, Deducted, Inputs, PartyScore, Vetoed, aggregate};

fn check(change: impl FnOnce(&mut Inputs), expected: &[(&str, &str)]) {
    let mut given = three();
    change(&mut given);
    let problems = aggregate(&small(&[]), &given).expect_err("a problem");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, expected.iter().map(|(code, _)| *code).collect::<Vec<_>>());
    for (problem, (_, words)) in problems.iter().zip(expected) {
        assert!(problem.to_string().contains(words), "{words} in {problem}");
    }
}

#[test]
fn scores_stay_within_their_points() {
    check(
        |given| given.scores[0].score = dec("40.01"),
        &[("score_above_points", "专家“a”对“files”的评分 40.01超过满分 40")],
    );
    check(|given| given.scores[1].score = dec("30.5"), &[("score_above_points", "talk@north")]);
    check(|given| given.scores[0].score = dec("-0.5"), &[("score_negative", "-0.5")]);
    check(|given| given.scores[0].score = dec("30.125"), &[("score_too_fine", "2 位")]);
    check(|given| given.parties[0].score = dec("100.5"), &[("score_above_points", "街道")]);
    check(|given| given.parties[0].score = dec("-1"), &[("score_negative", "街道")]);
}

#[test]
fn full_and_no_points_are_within_them() {
    for score in ["40", "0", "40.00"] {
        let mut given = three();
        given.scores[0].score = dec(score);
        aggregate(&small(&[]), &given).expect(score);
    }
}

#[test]
fn every_expert_scores_every_item() {
    check(|given| drop(given.scores.remove(0)), &[("score_missing", "专家“a”没有给“档案”（files）评分")]);
    check(|given| drop(given.scores.remove(2)), &[("score_missing", "“探访”（talk@south）")]);
    check(
        |given| given.experts.push("d".to_owned()),
        &[
            ("score_missing", "files"),
            ("score_missing", "liked"),
            ("score_missing", "list"),
            ("score_missing", "talk@north"),
            ("score_missing", "talk@south"),
        ],
    );
    check(
        |given| {
            let again = given.scores[0].clone();
            given.scores.push(again);
        },
        &[("duplicate_score", "评了两次分")],
    );
}

#[test]
fn names_are_known() {
    check(
        |given| given.scores[0].expert = "x".to_owned(),
        &[("unknown_expert", "此人不在专家组"), ("score_missing", "专家“a”")],
    );
    check(
        |given| given.scores[0].item = "fils".to_owned(),
        &[("unknown_item", "fils"), ("score_missing", "files")],
    );
    check(
        |given| given.scores[1].item = "talk".to_owned(),
        &[("unknown_item", "代码@片区"), ("score_missing", "talk@north")],
    );
    let deducted = Deducted { code: "x".to_owned(), times: 1, note: String::new() };
    check(|given| given.deductions.push(deducted), &[("unknown_deduction", "“x”的扣分")]);
    let added = Added { code: "z".to_owned(), times: 1, note: String::new() };
    check(|given| given.bonuses.push(added), &[("unknown_bonus", "“z”的加分")]);
    let vetoed = Vetoed { code: "y".to_owned(), note: String::new() };
    check(|given| given.vetoes.push(vetoed), &[("unknown_veto", "“y”的否决")]);
}

#[test]
fn the_panel_is_large_enough_and_nobody_counts_twice() {
    check(
        |given| {
            given.experts.truncate(1);
            given.scores.truncate(5);
        },
        &[("below_quorum", "只有 1 名专家评分，少于最少人数 2")],
    );
    check(|given| given.experts.push("a".to_owned()), &[("duplicate_expert", "重复")]);
    check(|given| given.areas.push("north".to_owned()), &[("duplicate_area", "重复")]);
    check(
        |given| {
            given.areas.clear();
            given.scores.retain(|score| !score.item.contains('@'));
        },
        &[("no_areas", "片区")],
    );
}

#[test]
fn other_parties_score_once_and_the_third_not_directly() {
    let own = |party: &str, score: &str| PartyScore { party: party.to_owned(), score: dec(score) };
    check(|given| given.parties.push(own("third_party", "90")), &[("unexpected_party", "评估机构")]);
    check(|given| given.parties.push(own("supervisor", "90")), &[("unexpected_party", "supervisor")]);
    check(
        |given| given.parties.push(own("purchaser", "90")),
        &[("duplicate_party", "街道"), ("duplicate_party", "街道")],
    );
    check(
        |given| given.parties[0].score = dec("100.01"),
        &[("score_above_points", "街道的评分 100.01超过满分 100")],
    );
}
